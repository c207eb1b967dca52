"""Steps of a person who exports chats."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from chatdesk.features.conversations.ui.exporting.export_sheet import ExportSheet
from tests.gui.window.harness import Harness


def shown_sheet(harness: Harness) -> ExportSheet | None:
    return next((each for each in harness.window.findChildren(ExportSheet) if each.isVisible()), None)


async def opened_sheet(harness: Harness) -> ExportSheet:
    """The sheet that opens."""
    await harness.until(lambda: shown_sheet(harness))
    sheet = shown_sheet(harness)
    assert sheet is not None
    return sheet


def button_of(parent: QWidget, text: str) -> QAbstractButton:
    """The button, check box or segment with these words that can be seen."""
    return next(each for each in parent.findChildren(QAbstractButton) if each.text() == text and each.isVisible())


def click_on(parent: QWidget, text: str) -> None:
    QTest.mouseClick(button_of(parent, text), Qt.MouseButton.LeftButton, pos=button_of(parent, text).rect().center())


def check(sheet: ExportSheet, text: str, *, on: bool) -> None:
    """Click on a check box unless it is as wanted. Its words are at the left end."""
    box = button_of(sheet, text)
    if box.isChecked() is not on:
        box.click()


def choose_file(harness: Harness, path: Path) -> QFileDialog:
    dialog = harness.part("saveDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    harness.window.activateWindow()
    return dialog


async def save_in(harness: Harness, path: Path) -> None:
    """Save with the filled button, and wait until the sheet has closed and the file is announced."""
    harness.click("exportSave")
    choose_file(harness, path)
    await harness.until(lambda: path.name in " ".join(harness.toast()))
    await harness.until(lambda: shown_sheet(harness) is None)
