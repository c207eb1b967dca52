"""The fields of a preset above the text: the way of Tab through them, what they take by themselves, and their rest."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.system.folders import Folders
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.presets.test_presets import SHOUT, choose, system_of

NOTE = """\
+++
name = "Note"

[[variables]]
name = "what"
kind = "long-text"
+++
Note: {{what}}
"""

PART = """\
+++
name = "Part"

[[variables]]
name = "text"
kind = "selection"
required = true
+++
About this: {{text}}
"""


@pytest.fixture(autouse=True)
def own_presets() -> Path:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True)
    for name, text in (("shout", SHOUT), ("note", NOTE), ("part", PART)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def is_in(harness: Harness, field: str) -> bool:
    return harness.part(field).parentWidget().isAncestorOf(harness.window.focusWidget())


async def test_tab_goes_through_the_fields_on_to_the_text_and_back(harness: Harness) -> None:
    for name, fields in (("shout", ["variable_to", "variable_size"]), ("note", ["variable_what"])):
        await choose(harness, name)
        await harness.until(lambda field=fields[-1]: harness.part(field).isVisible())
        harness.part(fields[0]).setFocus()
        for field in fields:
            assert is_in(harness, field)
            while is_in(harness, field):  # a long text has buttons under it
                QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Tab)
        assert harness.window.focusWidget() is harness.edit
        QTest.keyClick(harness.edit, Qt.Key.Key_Backtab)
        assert is_in(harness, fields[-1])
        harness.edit.setFocus()


class LayoutRequests(QObject):
    """Counts how often a widget of the window asks to be laid out."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.count = 0
        for widget in window.findChildren(QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


async def test_a_form_that_is_open_lets_the_window_rest(harness: Harness) -> None:
    await choose(harness, "shout")
    await harness.until(lambda: harness.part("variable_size").isVisible())
    await asyncio.sleep(0.3)
    asked = LayoutRequests(harness.window)
    harness.part("variable_size").updateGeometry()
    await asyncio.sleep(0.3)
    assert 0 < asked.count < 20


async def test_what_is_selected_goes_along_without_a_further_key(harness: Harness, fake_model: FakeModel) -> None:
    await harness.ask_and_wait("hello")
    harness.transcript.setFocus()
    QTest.keyClick(harness.transcript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert harness.transcript.selected_text()
    harness.edit.setFocus()
    await choose(harness, "part")
    harness.ask("Why?")
    await harness.until(lambda: len(fake_model.asked) > 1)
    assert system_of(fake_model.asked[-1]) == "About this: hello\n\nYes."
