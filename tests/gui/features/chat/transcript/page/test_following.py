"""Where the page stands while it grows, and who may move it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import Following
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import ANSWER, EVERYTHING, answer, full_chat, question

LONG = "\n\n".join(f"Paragraph {number} of an answer." for number in range(40))
STREAMING = answer("", 11, state=MessageState.STREAMING)


def ask(reader: Reader) -> None:
    """A chat of five turns, and a new question whose answer begins."""
    reader.show(full_chat())
    reader.view.add_message(question("And now?", 10))
    reader.view.add_message(STREAMING)


def test_a_chat_is_opened_at_its_end(reader: Reader) -> None:
    reader.show(full_chat())
    assert reader.at_end
    assert reader.rect(9).bottom() < reader.view.viewport().height()


def test_a_new_question_goes_near_the_top_and_stays_while_the_answer_fills_the_view(reader: Reader) -> None:
    ask(reader)
    top = reader.rect(10).top()
    assert top == 24
    reader.view.grow("m11", (TextDelta("A few words."),))
    assert reader.rect(10).top() == top


def test_an_answer_that_fills_the_view_is_followed(reader: Reader) -> None:
    ask(reader)
    reader.view.grow("m11", (TextDelta(LONG),))
    assert reader.rect(10).bottom() < 0
    assert reader.at_end


@pytest.mark.parametrize("action", ["wheel", "key", "selection"])
def test_the_reader_who_does_anything_is_left_alone_at_once(action: str, reader: Reader) -> None:
    ask(reader)
    reader.view.grow("m11", (TextDelta(LONG),))
    match action:
        case "wheel":
            reader.wheel(1)
        case "key":
            reader.press(Qt.Key.Key_PageUp)
        case "selection":
            reader.drag(reader.place_of(11, "Paragraph 38"), reader.place_of(11, "of an answer"))
    before = reader.scroll
    reader.view.grow("m11", (TextDelta("\n\n" + LONG),))
    assert reader.scroll == before


def test_going_back_to_the_end_is_following_again(reader: Reader) -> None:
    ask(reader)
    reader.view.grow("m11", (TextDelta(LONG),))
    reader.wheel(2)
    reader.wheel(-30)
    reader.view.grow("m11", (TextDelta("\n\n" + LONG),))
    assert reader.at_end


def test_the_round_button_is_there_away_from_the_end_and_goes_back(reader: Reader) -> None:
    ask(reader)
    reader.view.grow("m11", (TextDelta(LONG),))
    assert not reader.view._return_button.isVisible()
    reader.wheel(5)
    assert reader.view._return_button.isVisible()
    assert reader.view._return_button.accessibleName()
    reader.view._return_button.click()
    assert reader.at_end
    assert not reader.view._return_button.isVisible()
    reader.view.grow("m11", (TextDelta("\n\n" + LONG),))
    assert reader.at_end


def test_what_is_read_stays_where_it_is_while_the_answer_grows_above_and_below(reader: Reader) -> None:
    ask(reader)
    for _ in range(3):
        reader.view.grow("m11", (ReasoningDelta(LONG),))
    reader.view.grow("m11", (TextDelta(LONG),))
    reader.wheel(3)
    place = reader.place_of(11, "Paragraph 30 ")
    reader.view.grow("m11", (TextDelta(LONG),))
    assert reader.place_of(11, "Paragraph 30 ") == place


def test_when_the_reasoning_folds_the_question_stays_in_its_place(reader: Reader) -> None:
    ask(reader)
    reader.view.grow("m11", (ReasoningDelta(LONG),))
    top = reader.rect(10).top()
    reader.view.grow("m11", (TextDelta("The answer."),))
    assert reader.rect(10).top() == top


def test_a_question_that_comes_with_another_path_goes_near_the_top_too(reader: Reader) -> None:
    reader.show(full_chat())
    reader.show([*full_chat(), question("And now?", 10), STREAMING])
    assert reader.rect(10).top() == 24


def test_another_version_of_an_answer_leaves_what_is_read_in_its_place(reader: Reader) -> None:
    messages = full_chat()
    reader.show(messages)
    reader.view.verticalScrollBar().setValue(500)
    place = reader.place_of(3, "Heading two")
    reader.show([*messages[:9], answer(LONG, 19)])
    assert reader.place_of(3, "Heading two") == place


def test_another_chat_is_shown_at_its_own_end(reader: Reader) -> None:
    reader.show(full_chat())
    reader.view.verticalScrollBar().setValue(0)
    reader.show([question("Hi", 0, "other"), answer(LONG, 1, chat="other")])
    assert reader.at_end


def test_a_reading_position_is_found_again(reader: Reader) -> None:
    messages = full_chat()
    reader.show(messages)
    reader.view.verticalScrollBar().setValue(700)
    position = reader.view.reading_position()
    place = reader.place_of(3, "Heading two")
    reader.show([question("Hi", 0, "other")])
    reader.show(messages)
    assert reader.at_end
    assert position is not None
    reader.view.restore_reading_position(position)
    assert reader.place_of(3, "Heading two") == place


def test_a_reading_position_at_the_end_is_the_end_also_when_more_has_come(reader: Reader) -> None:
    reader.show(full_chat())
    position = reader.view.reading_position()
    assert position is not None
    assert position.at_end
    reader.show([*full_chat(), question("more", 10), answer(ANSWER + EVERYTHING, 11)])
    reader.view.verticalScrollBar().setValue(0)
    reader.view.restore_reading_position(position)
    assert reader.at_end


def test_an_answer_that_is_complete_moves_nothing(reader: Reader) -> None:
    ask(reader)
    reader.view.grow("m11", (TextDelta(LONG),))
    place = reader.place_of(11, "Paragraph 38 ")
    reader.view.change_message(replace(answer(LONG, 11)))
    assert reader.place_of(11, "Paragraph 38 ") == place


def test_folding_something_leaves_what_was_pressed_under_the_pointer(reader: Reader) -> None:
    reader.show(full_chat())
    control = reader.control(7, Verb.FOLD_REASONING)
    before = control.rect.topLeft()
    reader.click(control.rect.center())
    assert reader.control(7, Verb.FOLD_REASONING).rect.topLeft() == before


def test_a_question_with_a_long_page_below_is_not_what_ends_the_scrolling() -> None:
    following = Following(question_y=1_000)
    assert following.max_scroll(page_height=5_000, view_height=600, margin=24) == 4_400
    assert following.max_scroll(page_height=1_100, view_height=600, margin=24) == 976
    assert Following().max_scroll(page_height=100, view_height=600, margin=24) == 0


def test_a_pointer_outside_scrolls_while_a_selection_is_drawn(reader: Reader, qtbot) -> None:
    reader.show(full_chat())
    start = reader.place_of(9, "And English")
    viewport = reader.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, start - QPoint(0, 40))
    before = reader.scroll
    QTest.mouseMove(viewport, QPoint(start.x(), -60))
    qtbot.waitUntil(lambda: reader.scroll < before - 200)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(start.x(), -60))
    stopped = reader.scroll
    qtbot.wait(80)
    assert reader.scroll == stopped
