"""The fields of a preset above the text: the way of Tab through them, what they take by themselves, and their rest."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.system.folders import Folders
from tests.gui.window.desk import Desk, Speaker
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


def is_in(desk: Desk, field: str) -> bool:
    return desk.part(field).parentWidget().isAncestorOf(desk.window.focusWidget())


async def test_tab_goes_through_the_fields_on_to_the_text_and_back(desk: Desk) -> None:
    for name, fields in (("shout", ["variable_to", "variable_size"]), ("note", ["variable_what"])):
        await choose(desk, name)
        await desk.until(lambda field=fields[-1]: desk.part(field).isVisible())
        for field in fields:
            assert is_in(desk, field)
            while is_in(desk, field):  # a long text has buttons under it
                QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        assert desk.window.focusWidget() is desk.edit
        QTest.keyClick(desk.edit, Qt.Key.Key_Backtab)
        assert is_in(desk, fields[-1])
        desk.edit.setFocus()


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


async def test_a_form_that_is_open_lets_the_window_rest(desk: Desk) -> None:
    await choose(desk, "shout")
    await desk.until(lambda: desk.part("variable_size").isVisible())
    await asyncio.sleep(0.3)
    asked = LayoutRequests(desk.window)
    desk.part("variable_size").updateGeometry()
    await asyncio.sleep(0.3)
    assert 0 < asked.count < 20


async def test_what_is_selected_goes_along_without_a_further_key(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("hello")
    desk.transcript.setFocus()
    QTest.keyClick(desk.transcript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert desk.transcript.selected_text()
    desk.edit.setFocus()
    await choose(desk, "part")
    desk.ask("Why?")
    await desk.until(lambda: len(speaker.asked) > 1)
    assert system_of(speaker.asked[-1]) == "About this: hello\n\nYes."
