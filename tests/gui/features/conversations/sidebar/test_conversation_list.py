"""What keyboard and mouse do in the list."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.features.conversations.ui.sidebar.list.row_painter import spinner_rect
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import ROW_ROLE
from tests.counted_calls import calls_during
from tests.gui.features.conversations.sidebar.conftest import Reader
from tests.gui.features.conversations.sidebar.sample_sidebar import conversations

KEYS = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LONG = "Compound interest, monthly or yearly, with a fee taken off each year"


def editor_of(reader: Reader) -> QLineEdit:
    editor = reader.view.findChild(QLineEdit, "renameField")
    assert editor.hasFocus()
    return editor


def test_a_click_opens_a_chat(reader: Reader) -> None:
    with reader.qtbot.waitSignal(reader.sidebar.conversation_opened) as opened:
        reader.click("Snake game")
    assert opened.args == ["4"]
    assert reader.selected() == ["Snake game"]


def test_a_click_on_a_head_or_beside_the_rows_does_nothing(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    with reader.qtbot.assertNotEmitted(reader.sidebar.conversation_opened):
        reader.click("Today")
    assert reader.selected() == ["Snake game"]


def test_arrows_move_the_ring_over_heads_and_open_nothing_until_enter(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    reader.view.setFocus()
    with reader.qtbot.assertNotEmitted(reader.sidebar.conversation_opened):
        reader.press(KEYS.Key_Down)
    assert reader.keyboard_row() == "Letter to the landlord, in German"
    assert reader.selected() == ["Snake game"]
    with reader.qtbot.waitSignal(reader.sidebar.conversation_opened) as opened:
        reader.press(KEYS.Key_Return)
    assert opened.args == ["5"]


def test_home_and_end_reach_the_first_and_the_last_chat(reader: Reader) -> None:
    reader.view.setFocus()
    reader.press(KEYS.Key_End)
    assert reader.keyboard_row() == "New chat"
    reader.press(KEYS.Key_Home)
    assert reader.keyboard_row() == "Quarterly report outline"


def test_letters_find_a_title(reader: Reader) -> None:
    reader.view.setFocus()
    reader.qtbot.keyClicks(reader.view, "uni")
    assert reader.keyboard_row() == "Unit tests for the parser"


def test_f2_renames_in_place(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    reader.view.setFocus()
    reader.press(KEYS.Key_F2)
    editor = editor_of(reader)
    assert editor.selectedText() == "Snake game"
    reader.qtbot.keyClicks(editor, "  Snake,  second try ")
    with reader.qtbot.waitSignal(reader.sidebar.rename_requested) as renamed:
        reader.qtbot.keyClick(editor, KEYS.Key_Return)
    assert renamed.args == ["4", "Snake, second try"]


def test_a_long_title_is_renamed_from_its_beginning(reader: Reader) -> None:
    title = "A very long title " * 20
    model = reader.view.model()
    row = next(each for each in range(model.rowCount()) if model.index(each, 0).data() == "Snake game")
    conversation = model.index(row, 0).data(ROW_ROLE).conversation
    reader.sidebar.conversation_changed(replace(conversation, title=title))
    reader.sidebar.rename("4")
    editor = reader.view.findChild(QLineEdit, "renameField")
    assert editor.selectedText() == title
    assert editor.cursorPosition() == 0, "the beginning is in sight"
    QTest.keyClicks(editor, "New")
    assert editor.text() == "New"


def test_enter_in_the_title_renames_and_opens_nothing(reader: Reader) -> None:
    reader.sidebar.rename("4")
    with reader.qtbot.assertNotEmitted(reader.sidebar.conversation_opened):
        reader.qtbot.keyClicks(editor_of(reader), "Snake, second try")
        reader.qtbot.keyClick(editor_of(reader), KEYS.Key_Return)


@pytest.mark.parametrize("typed", ["", "   ", "Snake game"])
def test_an_empty_or_unchanged_title_asks_for_nothing(reader: Reader, typed: str) -> None:
    reader.sidebar.rename("4")
    editor = editor_of(reader)
    editor.clear()
    reader.qtbot.keyClicks(editor, typed)
    with reader.qtbot.assertNotEmitted(reader.sidebar.rename_requested):
        reader.qtbot.keyClick(editor, KEYS.Key_Return)


def test_escape_leaves_the_old_title(reader: Reader) -> None:
    reader.sidebar.rename("4")
    editor = editor_of(reader)
    reader.qtbot.keyClicks(editor, "other")
    with reader.qtbot.assertNotEmitted(reader.sidebar.rename_requested):
        reader.qtbot.keyClick(editor, KEYS.Key_Escape)
    assert "Snake game" in reader.titles()


def test_a_double_click_renames(reader: Reader) -> None:
    reader.click("Snake game")
    reader.qtbot.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=reader.place("Snake game"))
    assert editor_of(reader).text() == "Snake game"


def test_what_is_typed_while_renaming_survives_changes_of_the_chat(reader: Reader) -> None:
    reader.sidebar.rename("4")
    editor = editor_of(reader)
    reader.qtbot.keyClicks(editor, "half a ti")
    reader.sidebar.set_streaming("4", True)
    chat = conversations()[4]
    reader.sidebar.conversation_changed(replace(chat, updated_at=chat.updated_at + timedelta(hours=1)))
    assert editor_of(reader).text() == "half a ti"
    reader.sidebar.set_streaming("4", False)


def test_what_is_typed_while_renaming_survives_a_replaced_list(reader: Reader) -> None:
    reader.sidebar.rename("4")
    reader.qtbot.keyClicks(editor_of(reader), "half a ti")
    reader.qtbot.keyClick(editor_of(reader), KEYS.Key_Left)
    model = reader.view.model()
    assert isinstance(model, ConversationModel)
    added = replace(conversations()[4], id="from another computer", title="From another computer")
    model.set_conversations([*conversations(), added])
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "From another computer" in reader.titles()
    reader.qtbot.keyClicks(editor_of(reader), "-")
    with reader.qtbot.waitSignal(reader.sidebar.rename_requested) as renamed:
        reader.qtbot.keyClick(editor_of(reader), KEYS.Key_Return)
    assert renamed.args == ["4", "half a t-i"]


def test_a_selected_title_is_still_selected_in_a_replaced_list(reader: Reader) -> None:
    reader.sidebar.rename("4")
    model = reader.view.model()
    assert isinstance(model, ConversationModel)
    model.set_conversations(conversations())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert editor_of(reader).selectedText() == "Snake game"
    assert editor_of(reader).cursorPosition() == 0


def test_the_field_of_a_chat_that_is_not_listed_any_more_is_closed(reader: Reader) -> None:
    reader.sidebar.rename("4")
    model = reader.view.model()
    assert isinstance(model, ConversationModel)
    with reader.qtbot.assertNotEmitted(reader.sidebar.rename_requested):
        model.set_conversations(chat for chat in conversations() if chat.id != "4")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert reader.view.findChild(QLineEdit, "renameField") is None


def test_delete_asks_for_the_trash(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    reader.view.setFocus()
    with reader.qtbot.waitSignal(reader.sidebar.trash_requested) as trashed:
        reader.press(KEYS.Key_Delete)
    assert trashed.args == [["4"]]


def test_several_chats_go_to_the_trash_together(reader: Reader) -> None:
    reader.click("Snake game")
    with reader.qtbot.assertNotEmitted(reader.sidebar.conversation_opened):
        reader.click("Packing list for Norway", CONTROL)
    with reader.qtbot.waitSignal(reader.sidebar.trash_requested) as trashed:
        reader.press(KEYS.Key_Delete)
    assert sorted(trashed.args[0]) == ["4", "6"]


def test_shift_and_arrows_select_on_and_escape_goes_back(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    reader.view.setFocus()
    reader.press(KEYS.Key_Down, modifier=SHIFT)
    assert reader.selected() == ["Letter to the landlord, in German", "Snake game"]
    reader.press(KEYS.Key_Escape)
    assert reader.selected() == ["Snake game"]


def test_the_three_dots_ask_for_the_menu_and_open_no_chat(reader: Reader) -> None:
    with (
        reader.qtbot.assertNotEmitted(reader.sidebar.conversation_opened),
        reader.qtbot.waitSignal(reader.sidebar.menu_requested) as asked,
    ):
        reader.qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=reader.dots("Snake game"))
    assert asked.args[0] == ["4"]


def test_the_menu_key_asks_for_the_menu_of_the_keyboards_row(reader: Reader) -> None:
    reader.sidebar.set_current("0")
    reader.view.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    with reader.qtbot.waitSignal(reader.sidebar.menu_requested) as asked:
        QApplication.sendEvent(reader.view.viewport(), event)
    assert asked.args[0] == ["0"]


def test_a_right_click_asks_for_the_menu_of_the_row_it_hits_and_selects_nothing(reader: Reader) -> None:
    reader.sidebar.set_current("0")
    place = reader.place("Snake game")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, reader.view.viewport().mapToGlobal(place))
    with reader.qtbot.waitSignal(reader.sidebar.menu_requested) as asked:
        QApplication.sendEvent(reader.view.viewport(), event)
    assert asked.args == [["4"], reader.view.viewport().mapToGlobal(place)]
    assert reader.selected() == ["Quarterly report outline"]


def test_the_menu_of_a_selected_row_is_for_all_selected_ones(reader: Reader) -> None:
    reader.click("Snake game")
    reader.click("Packing list for Norway", CONTROL)
    with reader.qtbot.waitSignal(reader.sidebar.menu_requested) as asked:
        reader.qtbot.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=reader.dots("Snake game"))
    assert sorted(asked.args[0]) == ["4", "6"]


def test_a_cut_title_is_reported_in_full_as_plain_text(reader: Reader) -> None:
    def hover(place: QPoint) -> str:
        event = QHelpEvent(QEvent.Type.ToolTip, place, reader.view.mapToGlobal(place))
        QApplication.sendEvent(reader.view.viewport(), event)
        text = QToolTip.text() if QToolTip.isVisible() else ""
        QToolTip.hideText()
        reader.qtbot.waitUntil(lambda: not QToolTip.isVisible())
        return text

    assert hover(reader.place(LONG)).split() == LONG.split()
    assert hover(reader.place("Snake game")) == ""
    assert hover(reader.dots("Snake game")) == "More"


def test_changes_above_leave_what_is_read_where_it_is(reader: Reader) -> None:
    reader.sidebar.resize(264, 400)
    reader.qtbot.wait(1)
    reader.view.verticalScrollBar().setValue(150)
    assert reader.view.verticalScrollBar().value() == 150
    before = reader.place("Packing list for Norway")
    older = conversations()[10]
    reader.sidebar.conversation_changed(replace(older, updated_at=conversations()[2].updated_at + timedelta(hours=1)))
    assert reader.titles()[5] == older.title
    assert reader.place("Packing list for Norway") == before
    reader.sidebar.conversation_removed("0")
    assert reader.place("Packing list for Norway") == before


def test_at_the_top_what_is_new_is_seen(reader: Reader) -> None:
    reader.sidebar.resize(264, 400)
    newest = replace(conversations()[2], id="new", title="brand new")
    reader.sidebar.conversation_added(newest)
    reader.qtbot.wait(1)
    assert reader.view.verticalScrollBar().value() == 0


def test_the_selection_follows_the_chat_that_moves(reader: Reader) -> None:
    reader.sidebar.set_current("9")
    chat = conversations()[9]
    reader.sidebar.conversation_changed(replace(chat, updated_at=conversations()[2].updated_at + timedelta(hours=1)))
    assert reader.selected() == [chat.title]
    reader.sidebar.conversation_changed(replace(chat, pinned=True))
    assert reader.selected() == [chat.title]


def test_the_chat_being_shown_is_marked_when_it_is_listed_later(reader: Reader) -> None:
    reader.sidebar.set_current("later")
    assert reader.selected() == []
    reader.sidebar.conversation_added(replace(conversations()[2], id="later", title="later"))
    assert reader.selected() == ["later"]


def test_the_spinner_turns_only_while_something_streams(reader: Reader) -> None:
    painted: list[float] = []
    reader.view._clock.ticked.connect(painted.append)
    reader.sidebar.set_streaming("4", True)
    reader.qtbot.waitUntil(lambda: len(painted) >= 2)
    assert painted[1] > painted[0]
    reader.sidebar.set_streaming("4", False)
    count = len(painted)
    reader.qtbot.wait(80)
    assert len(painted) == count


@dataclass
class Since:
    """A QElapsedTimer that shows what the test sets."""

    milliseconds: int = 0

    def start(self) -> None:
        self.milliseconds = 0

    def elapsed(self) -> int:
        return self.milliseconds


def test_the_spinner_turns_along_with_an_answer_and_nothing_wakes_up_for_it_meanwhile(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, since, turned = reader.view._clock, Since(99), list[float]()
    monkeypatch.setattr(clock, "_since_tick", since)
    clock._timer.setInterval(60_000)
    clock.ticked.connect(turned.append)
    reader.sidebar.tick_if_due()
    assert not turned, "nothing streams"
    reader.sidebar.set_streaming("4", True)
    since.milliseconds = 33
    reader.sidebar.tick_if_due()
    assert not turned, "it is too soon"
    since.milliseconds = 66
    reader.sidebar.tick_if_due()
    assert len(turned) == 1
    assert since.milliseconds == 0
    reader.sidebar.set_streaming("4", False)


def test_a_spinner_that_turns_looks_like_a_row_that_is_drawn_anew(reader: Reader) -> None:
    reader.sidebar.set_current("4")
    reader.sidebar.set_streaming("4", True)
    reader.view._clock.stop()
    viewport = reader.view.viewport()
    shown = QImage(viewport.size(), QImage.Format.Format_RGB32)
    viewport.render(shown)
    reader.view._advance_spinners(200.0)
    place = spinner_rect(reader.view._appearance.theme, QRectF(reader.view.visualRect(reader.view._rows.index_of("4"))))
    viewport.render(shown, place.topLeft(), QRegion(place))
    whole = QImage(viewport.size(), QImage.Format.Format_RGB32)
    viewport.render(whole)
    assert shown == whole
    reader.view._delegate.spinner_angle = 20.0
    viewport.render(whole)
    assert shown != whole


def test_what_a_search_finds_among_ten_thousand_is_laid_out_some_at_a_time(reader: Reader) -> None:
    """Counted: functions of Python in the turn of a letter; each chat that is laid out is four of them."""
    first = conversations()[0]
    reader.sidebar.set_conversations(
        replace(first, id=f"chat {number}", title=f"About subject {number}", pinned=False) for number in range(10_000)
    )
    reader.view.grab()

    def find(text: str) -> None:
        reader.view._rows.set_filter(text)
        reader.view.grab()

    assert calls_during(lambda: find("subject")) < 20_000
    assert len(reader.titles()) == 10_001
    last = reader.view.model().index(10_000, 0)
    reader.qtbot.waitUntil(lambda: reader.view.visualRect(last).isValid())
    reader.view.setFocus()
    reader.press(KEYS.Key_End)
    assert reader.view.viewport().rect().contains(reader.view.visualRect(last).center())
