"""Opens a preview in a window like Chatdesk's and tells as JSON what it cost: `preview_probe cold|warmed`. Started by bench_preview."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QPlainTextEdit, QWidget

from chatdesk.features.previews.web_engine.chromium import prepare_environment
from chatdesk.features.previews.web_engine.prewarm import Prewarmer
from chatdesk.features.previews.web_engine.run import Processes
from chatdesk.system.processes import end_process, memory_of, processor_time_of, release_memory

_PAGE = b"<!doctype html><h1>hello</h1><script>requestAnimationFrame(() => requestAnimationFrame(() => document.title = 'drawn'))</script>"


class Slices:
    """The longest times in milliseconds that the event loop stood still since `reset`."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.reset()

    def reset(self) -> None:
        self._last, self._longest = time.perf_counter(), [0.0, 0.0]

    def longest(self, order: int = 0) -> float:
        """Return the longest, or with `order` 1 the one after it."""
        self._tick()
        return self._longest[order] * 1000

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = sorted((*self._longest, now - self._last), reverse=True)[:2]
        self._last = now


def main(kind: str) -> None:
    prepare_environment(os.environ)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["probe"])
    window, middle = QMainWindow(), QWidget()
    row = QHBoxLayout(middle)
    row.addWidget(QPlainTextEdit("chat"))
    window.setCentralWidget(middle)
    window.resize(1100, 700)
    window.show()
    QTest.qWaitForWindowExposed(window)
    QTest.qWait(300)
    figures = {"memory before": _pss()}
    slices = Slices()
    if kind == "warmed":
        warm: list[bool] = []
        prewarmer = Prewarmer(window)
        prewarmer.finished.connect(lambda: warm.append(True))
        prewarmer.start()
        _wait(lambda: bool(warm))
        figures["warming slice"], figures["other slice"] = slices.longest(), slices.longest(1)
        QTest.qWait(500)
        figures["memory warmed"] = _pss()
    slices.reset()
    start = time.perf_counter()
    from chatdesk.features.previews.web_engine.run_view import (  # noqa: PLC0415 - what the first preview loads is measured
        RunView,
    )

    processes = Processes(memory_of, processor_time_of, end_process, release_memory)
    stage = RunView(Path("resources/preview/shims.js").read_text(encoding="utf-8"), processes)
    row.addWidget(stage)
    run = stage.open(_PAGE)
    _wait(lambda: bool(run.page and run.page.title() == "drawn"))
    figures["open"] = (time.perf_counter() - start) * 1000
    figures["open slice"] = slices.longest()
    QTest.qWait(1_000)
    figures["memory open"] = _pss()
    slices.reset()
    stage.close_run()
    QTest.qWait(1_500)
    figures["close slice"] = slices.longest()
    figures["memory closed"] = _pss()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.deleteLater()
    _wait(lambda: bool(gone))
    application.processEvents()
    sys.stdout.write(json.dumps(figures))


def _wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        QTest.qWait(1)


def _pss() -> float:
    """MiB of this process and all below it. Shared memory is divided, but counts in full where the sandbox lets nobody look."""
    processes = {int(entry.name): entry for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    ours = {os.getpid()}
    for number, entry in sorted(processes.items()):
        try:
            if int((entry / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1]) in ours:
                ours.add(number)
        except OSError:
            continue
    total = 0
    for number in ours:
        try:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
            total += int(rollup.partition("\nPss:")[2].split()[0])
        except (OSError, IndexError):  # not to be looked into: what it holds, shared memory in full
            total += memory_of(number) >> 10
    return total / 1024


if __name__ == "__main__":
    main(sys.argv[1])
