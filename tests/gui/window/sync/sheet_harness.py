"""What a user does with the sheet of synchronisation, and what it shows."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from chatdesk.features.sync.ui.sync_sheet import SyncSheet
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.gui.window.harness import Harness

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def sheet(harness: Harness) -> SyncSheet | None:
    return next((each for each in harness.window.findChildren(SyncSheet) if each.isVisible()), None)


def said(harness: Harness) -> str:
    """All visible words of the sheet's cards and notices."""
    shown = sheet(harness)
    assert shown is not None
    cards = [
        label.text() for card in shown.findChildren(RowCard) for label in card.findChildren(Label) if label.isVisible()
    ]
    return "\n".join((*cards, *(notice.text() for notice in shown.findChildren(Notice) if notice.isVisible())))


def fill(harness: Harness, name: str, words: str) -> None:
    field = harness.part(name)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


async def open_sheet(harness: Harness) -> None:
    harness.press(Qt.Key.Key_P, _BOTH)
    QTest.keyClicks(harness.part("paletteField"), "sync with other")
    QTest.keyClick(harness.part("paletteField"), Qt.Key.Key_Return)
    await harness.until(lambda: sheet(harness))


async def begin(harness: Harness, cloud: Path) -> None:
    await open_sheet(harness)
    fill(harness, "syncFolder", str(cloud))
    fill(harness, "syncName", "Desk")
    harness.click("startSync")
    await harness.until(lambda: "Synchronised" in said(harness))


def choose_server(harness: Harness, server: WebDavServer) -> None:
    kinds = harness.part("syncLocationKind").findChildren(QAbstractButton)
    QTest.mouseClick(kinds[1], Qt.MouseButton.LeftButton)
    assert not harness.part("syncFolder").isVisible()
    fill(harness, "webDavAddress", f"{server.url}/dav")
    fill(harness, "webDavUser", USER)
    fill(harness, "webDavPassword", PASSWORD)
