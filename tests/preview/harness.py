"""A window like Chatdesk's: a chat one can type in, and beside it the stage. It waits by conditions and measures the event loop."""

import json
import re
import time
from collections.abc import Callable
from typing import Any, Self

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPlainTextEdit, QWidget

from chatdesk.features.previews.web_engine.run import End, Processes, Run
from chatdesk.features.previews.web_engine.run_view import RunView
from chatdesk.kernel.chat.stored_items import StoredItems
from chatdesk.system.processes import end_process, memory_of, processor_time_of, release_memory
from tests.own_time import TIMEOUT, OwnTime
from tests.paths import ROOT

SHIMS = (ROOT / "resources/preview/shims.js").read_text(encoding="utf-8")
PROCESSES = Processes(memory_of, processor_time_of, end_process, release_memory)
_TIMEOUT_MILLISECONDS = int(TIMEOUT * 1000)
_BEAT = 5


class Harness(QMainWindow):
    """Drives a page the way a person would, and asks it questions the way no program of ours does."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1100, 700)
        self.chat = QPlainTextEdit("\n".join(map(str, range(200))))
        self.host = RunView(SHIMS, PROCESSES)
        self.ends: list[End] = []
        middle = QWidget()
        layout = QHBoxLayout(middle)
        layout.addWidget(self.chat, 1)
        layout.addWidget(self.host, 2)
        self.setCentralWidget(middle)

    def open(self, page: str, content_type: str = "text/html; charset=utf-8") -> Run:
        """Open a page and wait until it is loaded."""
        run = self.begin(page, content_type)
        loaded: list[bool] = []
        run.loaded.connect(loaded.append)
        self.until(lambda: loaded or run.is_over, "the page to be loaded")
        return run

    def begin(self, page: str, content_type: str = "text/html; charset=utf-8", stored: StoredItems = ()) -> Run:
        run = self.host.open(page.encode(), content_type, stored)
        run.ended.connect(self.ends.append)
        return run

    def ask(self, expression: str) -> Any:
        """Return what an expression is in the page, as JSON has it."""
        answers: list[str] = []
        assert self.host.run
        assert self.host.run.page
        self.host.run.page.runJavaScript(f"JSON.stringify({expression})", answers.append)
        self.until(lambda: answers, f"the page to answer {expression}")
        return json.loads(answers[0]) if answers[0] else None

    def until_page(self, condition: str) -> None:
        """Wait until a condition holds in the page."""
        timer = QElapsedTimer()
        timer.start()
        while not self.ask(f"!!({condition})"):
            assert timer.elapsed() < _TIMEOUT_MILLISECONDS, f"{condition} never held; console: {self._console()}"
            QTest.qWait(10)

    def until(self, condition: Callable[[], Any], what: str, timeout: int = _TIMEOUT_MILLISECONDS) -> None:
        """Wait until a condition holds."""
        wait_until(condition, timeout)
        assert condition(), f"waited in vain for {what}; {self._state()}; console: {self._console()}"

    def click(self, x: int, y: int) -> None:
        """Click into the page, x and y from its corner."""
        QTest.mouseClick(self.page_window(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys while the page has the keyboard."""
        for key in keys:
            QTest.keyClick(self.page_window(), key)

    def type(self, text: str) -> None:
        """Type a text; `<Enter>` and the like are keys by Qt's names."""
        for part in re.findall(r"<\w+>|.", text):
            key = part if len(part) == 1 else Qt.Key[f"Key_{part[1:-1]}".replace("Enter", "Return")]
            QTest.keyClick(self.page_window(), key)

    def page_window(self) -> QWidget:
        """The widget that takes the page's events."""
        inner = self.host._view.focusProxy()
        assert inner
        return inner

    def take_down(self) -> None:
        """Close the window and wait until nothing of it is left."""
        gone: list[object] = []
        self.destroyed.connect(lambda: gone.append(True))
        self.host.close_run()
        self.close()
        self.deleteLater()
        wait_until(lambda: gone)

    def _state(self) -> str:
        page = self.host.run and self.host.run.page
        return (
            f"at {page.url().toString()}, {'loading' if page.isLoading() else 'loaded'}" if page else "without a page"
        )

    def _console(self) -> object:
        return self.host.run and self.host.run.console.lines[-5:]


def wait_until(condition: Callable[[], Any], timeout: int = _TIMEOUT_MILLISECONDS) -> None:
    """Let the event loop run until a condition holds, or for `timeout` milliseconds."""
    if condition():
        return
    loop = QEventLoop()
    look, late = QTimer(loop, interval=5), QTimer(loop, interval=timeout, singleShot=True)
    look.timeout.connect(lambda: condition() and loop.quit())
    late.timeout.connect(loop.quit)
    look.start()
    late.start()
    loop.exec()
    look.stop()
    late.stop()
    loop.deleteLater()


class Heartbeat:
    """The longest time in milliseconds for which the event loop came to nothing, while the block runs and the machine let us."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._watch = OwnTime()

    def __enter__(self) -> Self:
        self._watch.__enter__()
        self._last = (0.0, time.thread_time())
        self._timer = QTimer(interval=_BEAT, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tick()
        self._timer.stop()
        self._watch.__exit__()

    def _tick(self) -> None:
        now = (self._watch.seconds, time.thread_time())  # waited, and worked
        self.longest = max(
            self.longest, *((late - last) * 1000 - _BEAT for late, last in zip(now, self._last, strict=True))
        )
        self._last = now
