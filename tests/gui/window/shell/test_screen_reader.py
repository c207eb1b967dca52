"""What a screen reader finds on each page: names, roles it knows, and at most one node with the focus."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface

from tests.gui.window.harness import Harness

UNKNOWN = {QAccessible.Role.NoRole, QAccessible.Role.Grip}
PAGES = {
    ("models", "here"): "Models",
    ("models", "get-more"): "Models",
    ("models", "providers"): "Models",
    ("deleted",): "Recently deleted",
}
SECTIONS = ("general", "appearance", "chat", "model-defaults", "keyboard", "data", "about")


@dataclass(frozen=True)
class Node:
    """What a screen reader learns of a node. Qt's own objects are dead soon, and printing a dead one crashes."""

    role: QAccessible.Role
    name: str
    focusable: bool
    focused: bool
    checked: bool


def visible(node: QAccessibleInterface | None) -> Iterator[Node]:
    """All nodes below one that can be seen."""
    if node is not None and node.isValid() and not node.state().invisible:
        state = node.state()
        name = node.text(QAccessible.Text.Name)
        yield Node(node.role(), name, bool(state.focusable), bool(state.focused), bool(state.checked))
        for index in range(node.childCount()):
            yield from visible(node.child(index))


def nodes(harness: Harness) -> list[Node]:
    return list(visible(QAccessible.queryAccessibleInterface(harness.window)))


def named(found: list[Node]) -> list[tuple[str, str]]:
    return [(node.role.name, node.name) for node in found]


def expect_readable(harness: Harness) -> None:
    found = nodes(harness)
    assert named([node for node in found if node.role in UNKNOWN]) == []
    assert named([node for node in found if node.focusable and not node.name]) == []
    # A list with the focus is one together with its current row.
    focused = named([node for node in found if node.focused and node.role is not QAccessible.Role.List])
    assert len(focused) <= 1, focused


@pytest.mark.parametrize(("page", "title"), PAGES.items())
async def test_a_page_can_be_read(harness: Harness, page: tuple[str, ...], title: str) -> None:
    harness.router.show_page(*page)
    await harness.until(lambda: harness.window.windowTitle().startswith(title))
    expect_readable(harness)


@pytest.mark.parametrize("section", SECTIONS)
async def test_a_section_of_the_settings_can_be_read(harness: Harness, section: str) -> None:
    harness.window.show_settings(section)
    await harness.until(lambda: harness.part(f"section.{section}").hasFocus())
    expect_readable(harness)


async def test_one_of_several_sections_is_no_check_box(harness: Harness) -> None:
    harness.window.show_settings("data")
    assert [
        node.checked for node in nodes(harness) if (node.name, node.role) == ("Data", QAccessible.Role.RadioButton)
    ] == [True]


async def test_only_the_message_has_the_focus_while_one_writes(harness: Harness) -> None:
    await harness.ask_and_wait("Why?")
    await harness.until(harness.edit.hasFocus)
    assert named([node for node in nodes(harness) if node.focused]) == [("EditableText", "Message")]


async def test_only_a_row_of_the_list_has_the_focus_while_one_chooses_a_chat(harness: Harness) -> None:
    await harness.ask_and_wait("Why?")
    harness.part("conversationList").setFocus(Qt.FocusReason.TabFocusReason)
    assert [node.name for node in nodes(harness) if node.focused and node.name != "Chats"] == ["Why?"]
    harness.part("searchChats").setFocus(Qt.FocusReason.TabFocusReason)
    assert named([node for node in nodes(harness) if node.focused]) == [("EditableText", "Search chats")]
    harness.part("conversationList").setFocus(Qt.FocusReason.TabFocusReason)
    assert harness.part("conversationList").currentIndex().data() == "Why?"


async def test_only_a_row_of_the_presets_has_the_focus_while_one_chooses_a_preset(harness: Harness) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    harness.window.show_presets()
    presets = harness.part("presetList")
    await harness.until(lambda: presets.hasFocus() and presets.currentIndex().isValid())
    focused = [node for node in nodes(harness) if node.focused and node.role is not QAccessible.Role.List]
    assert [(node.role, node.name) for node in focused] == [(QAccessible.Role.ListItem, presets.currentIndex().data())]
    harness.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, presets)
    roles = [node.role for node in nodes(harness) if node.focused]
    assert QAccessible.Role.EditableText in roles
    assert QAccessible.Role.ListItem not in roles


async def test_what_opens_the_side_panel_is_a_button_that_is_pressed_or_not(harness: Harness) -> None:
    names = {"Show or hide outline", "Show or hide chat settings"}
    await harness.ask_and_wait("Why?")
    harness.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    found = {(node.name, node.role, node.checked) for node in nodes(harness) if node.name in names}
    assert found == {
        ("Show or hide outline", QAccessible.Role.Button, False),
        ("Show or hide chat settings", QAccessible.Role.Button, True),
    }
