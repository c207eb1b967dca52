"""What a person does in the sheet of the import, and sees there."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet, Step
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import Harness


def sheet(harness: Harness) -> ImportSheet | None:
    return next((each for each in harness.window.findChildren(ImportSheet) if each.isVisible()), None)


async def at(harness: Harness, step: Step) -> ImportSheet:
    """The sheet once it shows a step."""
    await harness.until(lambda: (found := sheet(harness)) is not None and found.step is step)
    found = sheet(harness)
    assert found is not None
    return found


def press(harness: Harness, name: str) -> None:
    """Press a button of the sheet."""
    opened = sheet(harness)
    assert opened is not None
    button = opened.findChild(QPushButton, name)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def words(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(Label) if label.isVisible())


def with_other_ids(path: Path) -> Path:
    """Make a file into one of a chat that is not here."""
    other = re.sub(r"\b[0-9a-f]{32}\b", lambda found: found[0][::-1], path.read_text("utf-8"))
    path.write_text(other, "utf-8")
    return path
