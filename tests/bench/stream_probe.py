"""The whole program answering the second question of a chat, seen from within its own process.

bench_end_to_end.py runs it and plays the server. Prints, as JSON, with times as `time.time()` gives them: when Enter was pressed, when the
first words and when the last were on the screen; CPU seconds of the process and of the GUI thread between Enter and the end; how many
characters the stored answer has; and with `--watched` the longest stretch, in ms of CPU time, that the GUI thread worked without coming
back to its loop.
"""

import asyncio
import json
import sys
import time

from chatdesk.app.plain_imports import load_pyside

load_pyside()
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Qt  # noqa: E402 - after load_pyside
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from chatdesk.app.composition import open_program  # noqa: E402
from chatdesk.app.event_loop import run_until_quit  # noqa: E402
from chatdesk.app.garbage import GarbageCollector  # noqa: E402
from chatdesk.app.shell.main_window import MainWindow  # noqa: E402
from chatdesk.kernel.chat.message import Message, MessageState  # noqa: E402
from chatdesk.kernel.redaction import Redactor  # noqa: E402
from chatdesk.system.folders import Folders  # noqa: E402
from chatdesk.system.resources import Resources  # noqa: E402
from chatdesk.ui_kit.style.appearance import Appearance  # noqa: E402
from chatdesk.ui_kit.style.style import Style  # noqa: E402


class _Slices(QObject):
    """Measures how long the GUI thread works without coming back to its loop, where keys and the mouse have their turn, in CPU time."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._before = time.thread_time()
        QAbstractEventDispatcher.instance().awake.connect(self._come_back)  # told after each round of the loop

    def _come_back(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._before)
        self._before = now


class _Paintings(QObject):
    """Notes when the transcript was painted first with words of the answer in it, and when last."""

    def __init__(self, window: MainWindow, messages: int) -> None:
        super().__init__()
        self._window = window
        self._messages = messages
        self.first = self.last = 0.0
        window._page.transcript.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and (self.first or self._has_words()):
            self.last = time.time()
            self.first = self.first or self.last
        return False

    def _has_words(self) -> bool:
        document = self._window._page.transcript.document
        item = document[len(document) - 1] if len(document) == self._messages else None
        return item is not None and any(placed.column.blocks for placed in item.columns())


async def _run(application: QApplication) -> int:
    resources, folders = Resources.locate(), Folders.locate()
    folders.make()
    appearance = Appearance(application, resources.resources)
    application.setStyle(Style(application, appearance))
    async with open_program(folders, resources, Redactor()) as program:
        window = MainWindow(appearance, program)
        window.resize(1280, 900)
        await window.open_last_chat()
        window.show()
        window.begin()
        await window.warm_up()
        while not program.servers.models.was_asked:
            await asyncio.sleep(0.01)
        await asyncio.sleep(1.0)
        garbage = GarbageCollector(window)
        await _ask(window, answers=1)
        report = await _ask(window, answers=2)
        garbage.close()
        sys.stdout.write(json.dumps(report) + "\n")
        await window.end()
    return 0


async def _ask(window: MainWindow, answers: int) -> dict[str, float]:
    edit = window.findChild(QWidget, "message")
    assert edit is not None
    QTest.keyClicks(edit, "A question")
    await asyncio.sleep(0.5)
    paintings = _Paintings(window, 2 * answers)
    slices = _Slices() if "--watched" in sys.argv else None
    process, thread = time.process_time(), time.thread_time()
    asked = time.time()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    while (last := _last(window, 2 * answers)) is None or last.state is not MessageState.COMPLETE:
        await asyncio.sleep(0.5)  # to look is not free: the window has to wake up
    return {
        "asked": asked,
        "first_words": paintings.first,
        "last_words": paintings.last,
        "process": time.process_time() - process,
        "gui": time.thread_time() - thread,
        "longest": slices.longest * 1000 if slices else 0.0,
        "characters": len(last.text),
    }


def _last(window: MainWindow, count: int) -> Message | None:
    messages = window._page.transcript.document.messages
    return messages[-1] if len(messages) == count else None


if __name__ == "__main__":
    sys.setswitchinterval(0.001)  # as app/window.py does
    app = QApplication(sys.argv[:1])
    sys.exit(run_until_quit(app, lambda: _run(app)))
