"""The whole program reading hostile texts, seen from within its own process: each streamed into a chat of its own, then opened after
a new start.

bench_hostile.py runs it and plays the server, which answers with the text whose name it is asked. Prints a JSON object a line: the name,
"streamed" or "opened", and the longest stretch, in ms of CPU time, that the GUI thread worked without coming back to its loop; at last the
most memory the process has held, in MB.
"""

import asyncio
import json
import resource
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from chatdesk.app.plain_imports import load_pyside

load_pyside()
from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt  # noqa: E402 - after load_pyside
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QListView, QWidget  # noqa: E402

from chatdesk.app.composition import open_program  # noqa: E402
from chatdesk.app.event_loop import run_until_quit  # noqa: E402
from chatdesk.app.garbage import GarbageCollector  # noqa: E402
from chatdesk.app.shell.main_window import MainWindow  # noqa: E402
from chatdesk.kernel.chat.message import MessageState  # noqa: E402
from chatdesk.kernel.redaction import Redactor  # noqa: E402
from chatdesk.system.folders import Folders  # noqa: E402
from chatdesk.system.resources import Resources  # noqa: E402
from chatdesk.ui_kit.style.appearance import Appearance  # noqa: E402
from chatdesk.ui_kit.style.style import Style  # noqa: E402

SMALL = "a small answer"
IMPORTED = "a hundred megabytes"
_MEGABYTES = 100


class _Slices(QObject):
    """Measures how long the GUI thread works without coming back to its loop, in CPU time."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._before = time.thread_time()
        QAbstractEventDispatcher.instance().awake.connect(self._come_back)

    def begin(self) -> None:
        self.longest, self._before = 0.0, time.thread_time()

    def _come_back(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._before)
        self._before = now


async def _run(application: QApplication, names: list[str]) -> int:
    resources, folders = Resources.locate(), Folders.locate()
    folders.make()
    appearance = Appearance(application, resources.resources)
    application.setStyle(Style(application, appearance))
    slices = _Slices()
    async with _opened(appearance, folders, resources) as window:
        for name in [SMALL, *names, SMALL]:
            QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
            await _until(lambda: not window._page.transcript.document.messages)
            edit = window.findChild(QWidget, "message")
            assert edit is not None
            QTest.keyClicks(edit, name)
            await asyncio.sleep(0.05)
            slices.begin()
            QTest.keyClick(edit, Qt.Key.Key_Return)
            await _until(lambda name=name: _asked(window) == name and _is_read(window) and _answers(window) == 1)
            _tell(name, "streamed", slices)
    if IMPORTED in names:
        _put_in(folders, IMPORTED, "Words of a *long* chat. " * (_MEGABYTES * 1_000_000 // 24))
    async with _opened(appearance, folders, resources) as window:
        rows = window.findChild(QListView, "conversationList")
        assert rows is not None
        for name in names:
            model = rows.model()
            row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
            rows.scrollTo(model.index(row, 0))
            await asyncio.sleep(0.05)
            slices.begin()
            place = rows.visualRect(model.index(row, 0)).center()
            QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
            await _until(lambda name=name: _asked(window) == name and _is_read(window))
            for key in (Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_End):
                QTest.keyClick(window._page.transcript, key)
                await _until(lambda: _is_read(window))
            _tell(name, "opened", slices)
    sys.stdout.write(json.dumps(["", "memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000]) + "\n")
    return 0


@asynccontextmanager
async def _opened(appearance: Appearance, folders: Folders, resources: Resources) -> AsyncIterator[MainWindow]:
    async with open_program(folders, resources, Redactor()) as program:
        window = MainWindow(appearance, program)
        window.resize(1280, 900)
        await window.open_last_chat()
        window.show()
        window.begin()
        await window.warm_up()
        await _until(lambda: program.servers.models.was_asked)
        await asyncio.sleep(0.5)
        garbage = GarbageCollector(window)
        yield window
        garbage.close()
        await window.end()


async def _until(condition: Callable[[], bool]) -> None:
    """Wait until something holds, and for what it leaves to be done."""
    async with asyncio.timeout(120):
        while not condition():
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)


def _is_read(window: MainWindow) -> bool:
    document = window._page.transcript.document
    return not document.is_parsing and all(message.state is not MessageState.STREAMING for message in document.messages)


def _answers(window: MainWindow) -> int:
    return len(window._page.transcript.document.messages) - 1


def _asked(window: MainWindow) -> str:
    messages = window._page.transcript.document.messages
    return messages[0].text if messages else ""


def _put_in(folders: Folders, question: str, text: str) -> None:
    """Let an answer be this text, as an import leaves it."""
    with sqlite3.connect(next(folders.data.glob("*.sqlite3"))) as database:
        found = database.execute(
            "SELECT answer.number FROM parts JOIN messages AS asked ON asked.number = parts.message_number "
            "JOIN messages AS answer ON answer.parent_id = asked.id WHERE parts.text = ?",
            (question,),
        ).fetchone()
        database.execute("UPDATE parts SET text = ? WHERE message_number = ?", (text, found[0]))
    database.close()


def _tell(name: str, how: str, slices: _Slices) -> None:
    sys.stdout.write(json.dumps([name, how, slices.longest * 1_000]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.setswitchinterval(0.001)  # as app/window.py does
    app = QApplication(sys.argv[:1])
    sys.exit(run_until_quit(app, lambda: _run(app, json.loads(sys.argv[1]))))
