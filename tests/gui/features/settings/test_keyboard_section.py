"""The table of keys: read, searched and changed."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.settings.ui.key_field import KeyField
from chatdesk.features.settings.ui.keyboard_section import GROUPS, KeyboardSection
from chatdesk.kernel.settings.declarations import SHORTCUT_KEYS
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.feature import Command, Wording
from chatdesk.ui_kit.shortcuts import SHORTCUTS, CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def _commands() -> tuple[Command, ...]:
    of_table = (Command(row.command, Wording(row.words, row.words), lambda: None) for row in SHORTCUTS)
    batch = Command("page.batch", Wording("Batch run", "Batch run"), lambda: None)
    setting = Command("setting.zoom", Wording("Zoom", "Zoom"), lambda: None, section=Wording("Settings", "Settings"))
    return (*of_table, batch, setting)


@dataclass
class Person:
    """The section, and who sits in front of it. `toasts` are the toasts with what their Undo does."""

    section: KeyboardSection
    appearance: Appearance
    settings: Settings
    toasts: list[tuple[str, Callable[[], object] | None]] = field(default_factory=list)

    def field(self, command: str) -> KeyField:
        found = self.section.findChild(KeyField, f"keys.{command}")
        assert found is not None
        return found

    def record(
        self, command: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.mouseClick(self.field(command), Qt.MouseButton.LeftButton)
        assert self.field(command).is_recording
        QTest.keyClick(self.field(command), key, modifiers)

    def sentences(self) -> list[str]:
        """What stands below the shortcuts."""
        return [problem for row in self.section._rows.values() if (problem := row.problem())]

    def press(self, caption: str) -> None:
        buttons = self.section.findChildren(QAbstractButton)
        button = next(each for each in buttons if caption in {each.text(), each.accessibleName()} and each.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def search(self, text: str) -> list[str]:
        """Search, and return the titles of the rows that are left."""
        search = self.section.findChild(QWidget, "searchShortcuts")
        search.clear()
        QTest.keyClicks(search, text)
        return [row._title.text() for row in self.section._rows.values() if row.isVisible()]


@pytest.fixture
async def person(appearance: Appearance, qtbot: QtBot) -> AsyncIterator[Person]:
    settings = Settings({}, lambda _values: None)
    settings.changes.subscribe(lambda _change: appearance.set_shortcuts(settings.get(SHORTCUT_KEYS)))
    reported: list[tuple[str, Callable[[], object] | None]] = []
    section = KeyboardSection(appearance, settings, _commands, lambda text, undo: reported.append((text, undo)))
    qtbot.addWidget(section)
    section.resize(900, 2400)
    section.show()
    section.activateWindow()
    assert QTest.qWaitForWindowActive(section)
    yield Person(section, appearance, settings, reported)
    await settings.close()


def test_every_command_is_in_one_group() -> None:
    counted = Counter(command for _, commands in GROUPS for command in commands)
    assert counted == Counter(CommandId)


async def test_every_key_is_shown_with_what_it_does(person: Person) -> None:
    texts = {label.text() for label in person.section.findChildren(Label)}
    for shortcut in SHORTCUTS:
        assert shortcut.words in texts
        assert person.field(shortcut.command).shown() == shortcut.keys
        assert person.field(shortcut.command).accessibleName() == (
            f"Shortcut of {shortcut.words}: {', '.join(shortcut.keys)}"
        )


async def test_the_keys_pressed_after_a_click_are_the_new_shortcut(person: Person) -> None:
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    assert person.field(CommandId.NEW_CHAT).shown() == ("Ctrl+D",)
    assert not person.field(CommandId.NEW_CHAT).is_recording
    assert person.field(CommandId.NEW_CHAT).hasFocus()
    assert person.appearance.shortcuts.keys(CommandId.NEW_CHAT) == ("Ctrl+D",)


async def test_a_shortcut_is_changed_with_the_keyboard_alone(person: Person) -> None:
    person.field(CommandId.NEW_CHAT).setFocus()
    QTest.keyClick(person.field(CommandId.NEW_CHAT), Qt.Key.Key_Return)
    QTest.keyClick(person.field(CommandId.NEW_CHAT), Qt.Key.Key_Tab, CTRL | ALT)
    assert person.field(CommandId.NEW_CHAT).shown() == ("Ctrl+Alt+Tab",)


async def test_held_modifiers_are_shown_while_recording(person: Person) -> None:
    field = person.field(CommandId.NEW_CHAT)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyPress(field, Qt.Key.Key_Control, CTRL)
    assert field._texts() == ("Ctrl+…",)
    QTest.keyRelease(field, Qt.Key.Key_Control)
    assert field._texts() == ("Press the new keys",)


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
async def test_backspace_and_delete_remove_a_shortcut(person: Person, key: Qt.Key) -> None:
    person.record(CommandId.QUIT, key)
    assert person.field(CommandId.QUIT).shown() == ()
    assert person.appearance.shortcuts.keys(CommandId.QUIT) == ()
    assert person.field(CommandId.QUIT).accessibleName() == "Shortcut of Quit: none"


async def test_escape_a_second_click_and_another_focus_leave_the_shortcut_as_it_is(person: Person) -> None:
    field = person.field(CommandId.NEW_CHAT)
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_Escape)
    assert not field.is_recording
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not field.is_recording
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    person.field(CommandId.QUIT).setFocus()
    assert not field.is_recording
    assert person.settings.get(SHORTCUT_KEYS) == ""


@pytest.mark.parametrize(
    ("key", "modifiers", "sentence"),
    [
        (Qt.Key.Key_A, SHIFT, "Shift+A types text. Press it together with Ctrl."),
        (Qt.Key.Key_Return, CTRL, "Ctrl+Return is needed for editing text and moving around."),
        (Qt.Key.Key_F4, ALT, "Alt+F4 is reserved by the system."),
        (Qt.Key.Key_Print, Qt.KeyboardModifier.NoModifier, "This key cannot be a shortcut."),
    ],
)
async def test_unusable_keys_are_refused_and_others_can_be_pressed_at_once(
    person: Person, key: Qt.Key, modifiers: Qt.KeyboardModifier, sentence: str
) -> None:
    person.record(CommandId.NEW_CHAT, key, modifiers)
    assert person.sentences() == [sentence]
    assert person.settings.get(SHORTCUT_KEYS) == ""
    QTest.keyClick(person.field(CommandId.NEW_CHAT), Qt.Key.Key_D, CTRL)
    assert person.sentences() == []
    assert person.field(CommandId.NEW_CHAT).shown() == ("Ctrl+D",)


async def test_keys_of_another_command_are_taken_away_only_after_a_question(person: Person) -> None:
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_B, CTRL)
    assert person.sentences() == ["Ctrl+B is used by “Show or hide sidebar”."]
    assert person.settings.get(SHORTCUT_KEYS) == ""
    person.press("Replace")
    assert person.sentences() == []
    assert person.field(CommandId.NEW_CHAT).shown() == ("Ctrl+B",)
    assert person.field(CommandId.TOGGLE_SIDEBAR).shown() == ()


async def test_the_question_is_answered_with_escape_or_cancel(person: Person) -> None:
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_B, CTRL)
    focused = person.section.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert person.sentences() == []
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_B, CTRL)
    person.press("Cancel")
    assert person.sentences() == []
    assert person.field(CommandId.NEW_CHAT).hasFocus()
    assert person.settings.get(SHORTCUT_KEYS) == ""


async def test_one_question_at_a_time_is_asked(person: Person) -> None:
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_B, CTRL)
    person.record(CommandId.QUIT, Qt.Key.Key_K, CTRL)
    assert person.sentences() == ["Ctrl+K is used by “Search chats”."]


async def test_one_shortcut_is_reset(person: Person) -> None:
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    person.record(CommandId.QUIT, Qt.Key.Key_Delete)
    person.press("Reset shortcut of New chat")
    assert person.field(CommandId.NEW_CHAT).shown() == ("Ctrl+N", "Ctrl+Shift+O")
    assert person.field(CommandId.QUIT).shown() == ()


async def test_resetting_asks_for_keys_that_another_command_has_now(person: Person) -> None:
    person.record(CommandId.SEARCH_CHATS, Qt.Key.Key_D, CTRL)
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_K, CTRL)
    person.press("Reset shortcut of Search chats")
    assert person.sentences() == ["Ctrl+K is used by “New chat”."]
    person.press("Replace")
    assert person.field(CommandId.SEARCH_CHATS).shown() == ("Ctrl+K",)
    assert person.field(CommandId.NEW_CHAT).shown() == ()


async def test_all_shortcuts_are_reset_and_the_reset_is_undone(person: Person) -> None:
    reset = person.section.findChild(QAbstractButton, "resetShortcuts")
    assert not reset.isEnabled()
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_D, CTRL)
    person.record(CommandId.QUIT, Qt.Key.Key_Delete)
    person.press("Reset all")
    assert person.appearance.shortcuts.changed == {}
    assert not reset.isEnabled()
    ((sentence, undo),) = person.toasts
    assert sentence == "All shortcuts were reset."
    assert undo is not None
    undo()
    assert person.field(CommandId.NEW_CHAT).shown() == ("Ctrl+D",)
    assert person.field(CommandId.QUIT).shown() == ()


async def test_commands_are_found_by_name_by_other_names_and_by_keys(person: Person) -> None:
    assert person.search("sidebar") == ["Show or hide sidebar"]
    assert person.search("ctrl+shift+m") == ["Choose a model"]
    assert person.search("batch") == ["Batch run"]
    assert person.search("zoom") == [], "a single setting is no command to run"
    assert "Batch run" not in person.search("")
    assert len(person.search("")) == len(SHORTCUTS)


async def test_other_commands_get_a_shortcut_as_well(person: Person, qtbot: QtBot) -> None:
    person.section.resize(900, 500)
    person.press("Show other commands")
    assert person.field("page.batch").hasFocus()
    qtbot.waitUntil(lambda: not person.field("page.batch").visibleRegion().isEmpty())
    person.record("page.batch", Qt.Key.Key_B, CTRL | ALT)
    assert person.appearance.shortcuts.keys("page.batch") == ("Ctrl+Alt+B",)
    person.record(CommandId.NEW_CHAT, Qt.Key.Key_B, CTRL | ALT)
    assert person.sentences() == ["Ctrl+Alt+B is used by “Batch run”."]


async def test_a_shortcut_whose_meaning_depends_on_the_focus_stays(person: Person) -> None:
    field = person.field(CommandId.UNDO_IN_LIST)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert not field.is_recording
    assert field.toolTip() == "This shortcut cannot be changed"
