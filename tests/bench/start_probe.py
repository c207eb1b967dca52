"""One start of the window (`window`) or of an empty Qt window (`empty`), seen from within its own process; bench_start.py runs it.

Prints, as JSON: seconds from the start of the process (second argument, as `time.time()` gives it) to the first painting and to the
composer that has the focus and is painted; then, after the start has settled, memory and the share of a core that idling takes.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

if sys.argv[1] == "window":  # as the program itself loads it
    from chatdesk.app.plain_imports import load_pyside

    load_pyside()
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_SETTLE_SECONDS, _IDLE_SECONDS = 3.0, 5.0


class Probe(QObject):
    """Watches every event until the start is over, then measures from a thread and ends the program."""

    def __init__(self, application: QApplication, started: float, wait_for_focus: bool) -> None:
        super().__init__()
        self._application = application
        self._started = started
        self._wait_for_focus = wait_for_focus
        self._report: dict[str, float] = {}
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            now = time.time() - self._started
            self._report.setdefault("painted", now)
            # On Xvfb there is nobody to make the window the active one.
            focus = self._application.focusWidget() or watched.window().focusWidget()
            if not self._wait_for_focus or (focus is not None and (watched is focus or focus.isAncestorOf(watched))):
                self._report["usable"] = now
                self._application.removeEventFilter(self)
                threading.Thread(target=self._settle_and_measure, daemon=True).start()
        return False

    def _settle_and_measure(self) -> None:
        time.sleep(_SETTLE_SECONDS)
        before = time.process_time()
        time.sleep(_IDLE_SECONDS)
        self._report["idle"] = (time.process_time() - before) / _IDLE_SECONDS * 100
        rollup = Path("/proc/self/smaps_rollup")
        if rollup.exists():
            sizes = dict(line.split(":") for line in rollup.read_text().splitlines()[1:])
            self._report["pss"] = int(sizes["Pss"].split()[0]) / 1024
        sys.stdout.write(json.dumps(self._report) + "\n")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGTERM)


def _window(started: float) -> int:
    from chatdesk.app import command_line, event_loop  # noqa: PLC0415 - their loading is part of what is measured

    run = event_loop.run_until_quit

    def run_watched(application: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
        probe = Probe(application, started, wait_for_focus=True)
        try:
            return run(application, main)
        finally:
            probe.deleteLater()

    event_loop.run_until_quit = run_watched
    return command_line.main([])


def _empty(started: float) -> int:
    application = QApplication([])
    probe = Probe(application, started, wait_for_focus=False)
    window = QWidget()
    window.resize(1100, 760)
    window.show()
    QCoreApplication.exec()
    return probe is None


if __name__ == "__main__":
    kind, when = sys.argv[1:]
    sys.exit({"window": _window, "empty": _empty}[kind](float(when)))
