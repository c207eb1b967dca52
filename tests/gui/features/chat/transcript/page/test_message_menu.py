"""The menu of a message."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.models.domain.model_rows import ModelRow, ServerGroup, StateKind
from chatdesk.kernel.chat.message import FinishReason, MessageState
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import REASONING, answer, failed_chat, question, short_chat


def menu_of(reader: Reader, index: int, qtbot: QtBot) -> QMenu:
    point = reader.rect(index).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, reader.view.viewport().mapToGlobal(point))
    QGuiApplication.sendEvent(reader.view.viewport(), event)
    (menu,) = [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()]
    return menu


def actions(menu: QMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions() if action.text()}


def choose(menu: QMenu, query: str) -> None:
    action = actions(menu)[query]
    menu.close()
    action.trigger()


def test_the_menu_of_an_answer_offers_everything(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat(), {"m1": (1, 2)})
    menu = menu_of(reader, 1, qtbot)
    assert list(actions(menu)) == [
        "Table",  # The pointer is on one.
        "Copy message",
        "Copy as",
        "Copy reasoning",
        "Copy code block",
        "Edit",
        "Regenerate",
        "Previous version",
        "Next version",
        "Show reasoning",
        "Quote",
        "Branch to a new chat",
        "More actions",
        "Delete",
    ]
    rare = actions(menu)["More actions"].menu()
    assert isinstance(rare, QMenu)
    assert list(actions(rare)) == [
        "Save as Word…",
        "Export message…",
        "Copy whole chat",
        "Export chat…",
        "Select all",
    ]
    assert not actions(menu)["Next version"].isEnabled()
    menu.close()


def test_what_is_chosen_is_done(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat(), {"m1": (1, 2)})
    choose(menu_of(reader, 1, qtbot), "Regenerate")
    choose(menu_of(reader, 1, qtbot), "Previous version")
    choose(menu_of(reader, 0, qtbot), "Delete")
    assert reader.signals == [
        ("regenerate_requested", "m1"),
        ("sibling_requested", "m1", -1),
        ("delete_requested", "m0"),
    ]
    choose(menu_of(reader, 1, qtbot), "Copy code block")
    assert QGuiApplication.clipboard().text().startswith("def future_value")


def test_opened_reasoning_can_be_copied_and_hidden(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat())
    choose(menu_of(reader, 1, qtbot), "Show reasoning")
    choose(menu_of(reader, 1, qtbot), "Copy reasoning")
    assert QGuiApplication.clipboard().text() == REASONING
    menu = menu_of(reader, 1, qtbot)
    assert "Hide reasoning" in actions(menu)
    menu.close()


def test_the_menu_opens_from_its_icon_too(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.MENU)
    (menu,) = [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()]
    menu.close()


def table_files(menu: QMenu | None) -> list[QAction]:
    assert isinstance(menu, QMenu)
    return [action for action in menu.actions() if action.text().startswith("Save as")]


def test_a_table_is_saved_for_spreadsheets(reader: Reader, qtbot: QtBot) -> None:
    saved: list[tuple[str, bytes]] = []
    reader.view.file_requested.connect(lambda name, make: saved.append((name, make())))
    reader.show(short_chat())
    menu = menu_of(reader, 1, qtbot)
    excel, csv = table_files(actions(menu)["Table"].menu())
    menu.close()
    excel.trigger()
    csv.trigger()
    assert [name for name, _ in saved] == [
        "Interest added, n, After 10 years, Effective rate.xlsx",
        "Interest added, n, After 10 years, Effective rate.csv",
    ]
    assert saved[0][1].startswith(b"PK")
    assert saved[1][1].decode("utf-8-sig").splitlines()[1] == 'Yearly,1,"€16,288.95",5.000%'


def test_tables_are_reached_without_the_mouse(reader: Reader, qtbot: QtBot) -> None:
    names: list[str] = []
    reader.view.file_requested.connect(lambda name, _make: names.append(name))
    reader.show(
        [question("Go"), answer("| a | b |\n|---|---|\n| 1 | 2 |\n\nand\n\n| c |\n|---|\n| 3 |\n\n" + "More.\n\n" * 30)]
    )
    reader.click_control(1, Verb.MENU)
    (menu,) = [
        menu
        for menu in reader.view.viewport().findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if menu.isVisible()
    ]
    tables = actions(menu)["Save table"].menu()
    assert isinstance(tables, QMenu)
    assert list(actions(tables)) == ["1  a · b", "2  c"]
    second = actions(tables)["2  c"].menu()
    menu.close()
    table_files(second)[0].trigger()
    assert names == ["c.xlsx"]


def test_an_answer_is_saved_as_word_by_one_click(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.SAVE_WORD)
    assert reader.signals == [("message_word_requested", "m1", "Monthly interest earns about €181 more")]


def test_an_answer_that_is_being_written_is_not_saved_as_word(reader: Reader) -> None:
    reader.show([question("Go"), answer("Half", state=MessageState.STREAMING)])
    assert Verb.SAVE_WORD not in {control.command.verb for control in reader.controls(1)}


def test_links_can_be_reached_without_the_mouse(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer("See [here](https://example.org/?a&b) and <https://example.com>.")])
    menu = menu_of(reader, 1, qtbot)
    submenu = actions(menu)["Links"].menu()
    assert isinstance(submenu, QMenu)
    found = actions(submenu)
    assert list(found) == ["https://example.org/?a&&b", "https://example.com"]
    menu.close()
    found["https://example.org/?a&&b"].trigger()
    assert reader.signals == [("link_activated", "https://example.org/?a&b", "here")]


def test_a_selection_is_offered_first(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer("Some words.")])
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    menu = menu_of(reader, 1, qtbot)
    assert next(iter(actions(menu))) == "Copy selection"
    choose(menu, "Copy selection")
    assert QGuiApplication.clipboard().text() == "Go\n\nSome words."


def test_an_answer_that_streams_is_not_asked_for_again(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer("Half", state=MessageState.STREAMING)])
    menu = menu_of(reader, 1, qtbot)
    assert {"Copy message", "Quote", "Branch to a new chat", "Delete"} <= actions(menu).keys()
    assert not {"Edit", "Regenerate"} & actions(menu).keys()
    menu.close()


def test_what_would_leave_an_answer_that_streams_waits_and_says_so(reader: Reader, qtbot: QtBot) -> None:
    cut = replace(answer("Half"), finish=FinishReason.LENGTH)
    chat = [question("Go"), cut, question("More", 2), answer("Half", 3, state=MessageState.STREAMING)]
    reader.show(chat, {"m1": (1, 3)})
    menu = menu_of(reader, 1, qtbot)
    for text in ("Previous version", "Next version", "Continue"):
        assert not actions(menu)[f"{text}\tonce the answer is complete"].isEnabled()
    menu.close()
    control = reader.control(1, Verb.NEXT_SIBLING)
    assert (control.enabled, control.name) == (False, "Next version (once the answer is complete)")
    assert not reader.control(1, Verb.CONTINUE).enabled
    reader.click_control(1, Verb.NEXT_SIBLING)
    assert reader.signals == []
    reader.view.change_message(answer("Half", 3))
    assert reader.control(1, Verb.NEXT_SIBLING).enabled


def test_every_entry_has_an_icon_and_delete_is_red(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat(), {"m1": (1, 2)})
    menu = menu_of(reader, 1, qtbot)
    without = [text for text, action in actions(menu).items() if action.icon().isNull()]
    assert without == []
    assert actions(menu)["Delete"].property(DANGER_PROPERTY)
    menu.close()


def test_a_message_can_be_copied_as_plain_and_as_rich_text(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer("Some **bold** words & `a < b`\n\n- one\n- two")])
    clipboard = QGuiApplication.clipboard()
    for text in ("Plain text", "Rich text"):
        menu = menu_of(reader, 1, qtbot)
        submenu = actions(menu)["Copy as"].menu()
        assert isinstance(submenu, QMenu)
        choose(submenu, text)
        menu.close()
        assert clipboard.text() == "Some bold words & a < b\n\n- one\n- two"
    html = clipboard.mimeData().html()
    assert "<strong>bold</strong> words &amp; <code" in html
    assert "<li>one\n</li>" in html


def test_a_selection_can_be_quoted(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer("Some words.")])
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    choose(menu_of(reader, 1, qtbot), "Quote selection")
    choose(menu_of(reader, 1, qtbot), "Quote")
    assert reader.signals == [("quote_requested", "Go\n\nSome words."), ("quote_requested", "Some words.")]


def test_another_model_can_be_asked(reader: Reader, qtbot: QtBot) -> None:
    own = answer("Yes").model
    other = ModelRef("far", "gpt & co")
    reader.view.set_model_groups(
        (
            ServerGroup("near", "Near", "", StateKind.OK, (ModelRow.of(own, "own", "Near"),)),
            ServerGroup("none", "None", "", StateKind.ERROR),
            ServerGroup("far", "Far", "", StateKind.OK, (ModelRow.of(other, "gpt & co", "Far"),)),
        )
    )
    reader.show(short_chat())
    menu = menu_of(reader, 1, qtbot)
    submenu = actions(menu)["Regenerate with"].menu()
    assert isinstance(submenu, QMenu)
    found = actions(submenu)
    assert list(found) == ["Near", "own", "Far", "gpt && co"]
    assert [text for text, action in found.items() if action.isChecked()] == ["own"]
    menu.close()
    found["gpt && co"].trigger()
    assert reader.signals == [("regenerate_with_requested", "m1", other)]


def test_an_interrupted_answer_can_be_continued_from_its_menu(make_reader, qtbot: QtBot) -> None:
    reader = make_reader(height=1_400)
    reader.show(failed_chat())
    choose(menu_of(reader, 5, qtbot), "Continue")
    assert reader.signals == [("continue_requested", "m5")]


def test_a_closed_menu_is_gone(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat())
    menu_of(reader, 1, qtbot).close()
    qtbot.waitUntil(lambda: not reader.view.viewport().findChildren(QMenu))


def test_several_code_blocks_share_one_entry(reader: Reader) -> None:
    reader.show([question("Go"), answer("Words.\n\n```python\na\n```\n\nWords.\n\n```\nb\nc\n```\n\nThe end.")])
    point = reader.place_of(1, "The end")
    reader.view._menus.show_at(1, point)
    (menu,) = [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()]
    submenu = actions(menu)["Copy code block"].menu()
    assert isinstance(submenu, QMenu)
    assert [text[0] for text in actions(submenu)] == ["1", "2"]
    assert "python" in next(iter(actions(submenu)))
    choose(submenu, list(actions(submenu))[1])
    menu.close()
    assert QGuiApplication.clipboard().text() == "b\nc\n"


def test_the_menu_of_an_answer_fits_into_the_smallest_window(reader: Reader, qtbot: QtBot) -> None:
    reader.show(short_chat())
    menu = menu_of(reader, 1, qtbot)
    assert menu.sizeHint().height() <= 480
    menu.close()


def test_the_menus_of_the_last_messages_show_the_keys_that_do_the_same(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("One"), answer("1"), question("Two", 2), answer("2", 3)])
    shown = {}
    for index in range(4):
        menu = menu_of(reader, index, qtbot)
        shown[index] = {text: keys for text, action in actions(menu).items() if (keys := action.shortcut().toString())}
        menu.close()
    assert shown == {
        0: {},
        1: {},
        2: {"Edit": "Ctrl+E"},
        3: {"Copy message": "Ctrl+Shift+C", "Regenerate": "Ctrl+R"},
    }


def test_changed_keys_are_shown(reader: Reader, appearance: Appearance, qtbot: QtBot) -> None:
    appearance.set_shortcuts('{"regenerate": ["Ctrl+D"], "copy_last_answer": []}')
    reader.show([question("Go"), answer("Done")])
    menu = menu_of(reader, 1, qtbot)
    keys = {text: action.shortcut().toString() for text, action in actions(menu).items()}
    assert (keys["Copy message"], keys["Regenerate"]) == ("", "Ctrl+D")
    menu.close()


def test_the_menu_of_a_selection_shows_the_keys_for_copying(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer("Some words.")])
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    menu = menu_of(reader, 1, qtbot)
    assert actions(menu)["Copy selection"].shortcut().toString() == "Ctrl+C"
    menu.close()
