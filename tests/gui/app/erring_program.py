"""A window whose overridden virtuals fail as PySide's own calls fail; says on standard output what came of it.

Started by `test_crash_handling.py`, in a process of its own: such an error once ended the process.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QListView, QVBoxLayout, QWidget

from chatdesk.app.crash_handling import CrashHandler
from chatdesk.app.event_loop import run_until_quit

PAINTINGS = 20


def overflow() -> None:
    QApplication.translate("TranscriptTexts", "%n tokens", "", 2**31)


def wrong_argument() -> None:
    QTimer().start("soon")  # type: ignore[call-overload]


class Erring(QWidget):
    """Fails where it is told to, and counts."""

    def __init__(self, place: str, fail: Callable[[], None]) -> None:
        super().__init__()
        self._place, self._fail = place, fail
        self.calls = 0
        self.on = False

    def _come(self, place: str) -> None:
        if self.on and place == self._place:
            self.calls += 1
            self._fail()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        self._come("paintEvent")

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            self._come("event")
        return super().event(event)

    def sizeHint(self) -> QSize:
        self._come("sizeHint")
        return QSize(50, 50)


class ErringArea(QAbstractScrollArea):
    """Fails in painting, below another virtual of its own, as the transcript would."""

    def __init__(self, fail: Callable[[], None]) -> None:
        super().__init__()
        self._fail = fail
        self.calls = 0
        self.on = True

    def viewportEvent(self, event: QEvent) -> bool:
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        if self.on:
            self.calls += 1
            self._fail()


class ErringModel(QAbstractListModel):
    """Fails when it is asked what it holds."""

    def __init__(self, fail: Callable[[], None]) -> None:
        super().__init__()
        self._fail = fail
        self.calls = 0

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 3

    def data(self, _index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            self.calls += 1
            self._fail()
        return None


async def _run(place: str, fail: Callable[[], None]) -> int:
    reported: list[int] = []
    handler = CrashHandler(lambda: reported.append(1))
    window, erring, edit = QWidget(), Erring(place, fail), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(erring)
    layout.addWidget(edit)
    view, model, area = QListView(), ErringModel(fail), ErringArea(fail)
    if place == "viewport":
        layout.addWidget(area)
    if place == "data":
        layout.addWidget(view)
    with handler.installed(asyncio.get_running_loop()):
        window.show()
        window.activateWindow()
        edit.setFocus()
        erring.on = True
        if place == "data":
            view.setModel(model)
        for _ in range(PAINTINGS):
            QApplication.postEvent(erring, QEvent(QEvent.Type.User))
            erring.updateGeometry()
            erring.update()
            view.viewport().update()
            area.viewport().update()
            await asyncio.sleep(0.01)
        calls = erring.calls + model.calls + area.calls
        erring.on = area.on = False
        QTest.keyClicks(edit, "still here")
        await asyncio.sleep(0.01)
    report = {"calls": calls, "reported": len(reported), "typed": edit.text(), "visible": window.isVisible()}
    window.deleteLater()
    view.deleteLater()
    area.deleteLater()
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, format="LOGGED %(levelname)s %(message)s")
    erring_place, mode = sys.argv[1:]
    application = QApplication(sys.argv[:1])
    failing = overflow if mode == "overflow" else wrong_argument
    sys.exit(run_until_quit(application, lambda: _run(erring_place, failing)))
