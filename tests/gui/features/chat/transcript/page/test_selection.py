"""One selection over blocks and messages."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.blocks.block_text import SelectionUnit
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.features.chat.ui.transcript.text_position import (
    ColumnPosition,
    ColumnSelection,
    Selection,
    TextPosition,
)
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import EVERYTHING, REASONING, answer, question, short_chat

CONTROL = Qt.KeyboardModifier.ControlModifier


def copied(reader: Reader) -> str:
    QGuiApplication.clipboard().setText("nothing was copied")
    reader.press(Qt.Key.Key_C, CONTROL)
    return QGuiApplication.clipboard().text()


def test_a_drag_over_a_message_selects_its_words(reader: Reader) -> None:
    reader.show([question("What?"), answer("Select some of these words.")])
    reader.drag(reader.place_of(1, "some"), reader.place_of(1, " words"))
    assert copied(reader) == "some of these"


def test_a_drag_from_below_selects_the_same(reader: Reader) -> None:
    reader.show([question("What?"), answer("Select some of these words.")])
    reader.drag(reader.place_of(1, " words"), reader.place_of(1, "some"))
    assert copied(reader) == "some of these"


def test_a_selection_runs_over_blocks_and_messages(reader: Reader) -> None:
    reader.show([question("What do you know?"), answer("# Head\n\nFirst.\n\n- one\n- two\n\nLast words.")])
    reader.drag(reader.place_of(0, "do you"), reader.place_of(1, " words."))
    assert copied(reader) == "do you know?\n\nHead\n\nFirst.\n\n- one\n- two\n\nLast"


def test_everything_is_copied_with_its_markers_and_without_its_looks(reader: Reader) -> None:
    reader.show([question("Show me"), answer(EVERYTHING)])
    reader.press(Qt.Key.Key_A, CONTROL)
    text = copied(reader)
    assert text.startswith(
        "Show me\n\nHeading one\n\nA paragraph with bold, italic, both, struck, inline code, a link and"
    )
    assert "1. First item" in text
    assert "\n2. Second item\n- nested bullet\n" in text
    assert "- [x] done\n- [ ] not done" in text
    assert "Left\tCentre\tRight\tWords that need a good deal of room\na\tb\t1\t" in text
    assert "<!DOCTYPE html>\n<html>" in text
    assert "A chart of the yearly growth · tracker.example.net" in text
    assert "\ufffc" not in text


def test_two_clicks_select_a_word_and_three_a_block(reader: Reader) -> None:
    reader.show([question("What?"), answer("Some words here.\n\nMore words.")])
    point = reader.place_of(1, "ords here")
    QTest.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert copied(reader) == "words"
    reader.click(point)
    assert copied(reader) == "Some words here."


def test_a_click_later_is_a_single_one(reader: Reader) -> None:
    reader.show([question("What?"), answer("Some words here.")])
    point = reader.place_of(1, "ords here")
    QTest.mouseDClick(reader.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    reader.clock.now += 5
    reader.click(point)
    assert copied(reader) == "nothing was copied"


def test_words_are_drawn_on_word_by_word(reader: Reader) -> None:
    reader.show([question("What?"), answer("Some words are here.")])
    viewport, start = reader.view.viewport(), reader.place_of(1, "ords")
    end = reader.place_of(1, "re here")
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, none, start)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, none, start)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, none, start)
    reader.view._pointer.press(start, SelectionUnit.WORD, extend=False)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, none, end)
    assert copied(reader) == "words are"


def test_shift_draws_the_selection_to_where_one_clicks(reader: Reader) -> None:
    reader.show([question("What?"), answer("Select some of these words.")])
    reader.click(reader.place_of(1, "some"))
    reader.click(reader.place_of(1, " words"), Qt.KeyboardModifier.ShiftModifier)
    assert copied(reader) == "some of these"


def test_a_click_selects_nothing(reader: Reader) -> None:
    reader.show([question("What?"), answer("Select some of these words.")])
    reader.press(Qt.Key.Key_A, CONTROL)
    reader.click(reader.place_of(1, "some"))
    assert copied(reader) == "nothing was copied"


def test_escape_leaves_the_selection(reader: Reader) -> None:
    reader.show(short_chat())
    reader.press(Qt.Key.Key_A, CONTROL)
    reader.press(Qt.Key.Key_Escape)
    assert copied(reader) == "nothing was copied"


def test_what_is_selected_is_seen(reader: Reader, appearance) -> None:
    reader.show([question("What?"), answer("Select some of these words.")])
    before = reader.look()
    reader.drag(reader.place_of(1, "some"), reader.place_of(1, " words"))
    after = reader.look()
    point = reader.place_of(1, "some")
    assert before != after
    colors = {after.pixelColor(point.x() + dx, point.y() - 9).name() for dx in range(1, 30)}
    assert appearance.theme.color("selection").name() in colors


def test_folded_reasoning_is_not_copied_and_opened_reasoning_is(reader: Reader) -> None:
    reader.show(short_chat())
    reader.press(Qt.Key.Key_A, CONTROL)
    assert "make the comparison visible" not in copied(reader)
    reader.click_control(1, Verb.FOLD_REASONING)
    reader.press(Qt.Key.Key_A, CONTROL)
    assert REASONING.split("\n")[0] in copied(reader)


def test_a_selection_outlives_the_layout(reader: Reader, appearance) -> None:
    reader.show(short_chat())
    reader.drag(reader.place_of(1, "period"), reader.place_of(1, "adds its"))
    reader.view.resize(600, 500)
    appearance.set_zoom(150)
    assert copied(reader) == "period "


def test_another_chat_has_no_selection(reader: Reader) -> None:
    reader.show(short_chat())
    reader.press(Qt.Key.Key_A, CONTROL)
    reader.show([question("Hi", 0, "other")])
    assert copied(reader) == "nothing was copied"


def test_two_hundred_messages_are_copied_without_laying_them_out(reader: Reader) -> None:
    reader.show([question(f"Question {n}", n) if n % 2 == 0 else answer(f"Answer {n}", n) for n in range(200)])
    laid_out = reader.view.counters.blocks_laid_out
    document = reader.view.document
    text = selected_text(document, Selection(TextPosition(0, 0, 0, 0), TextPosition(199, 9, 9, 9)))
    assert text.split("\n\n") == [f"{'Question' if n % 2 == 0 else 'Answer'} {n}" for n in range(200)]
    # A question is measured when it is made, so that its bubble fits its words.
    assert reader.view.counters.blocks_laid_out - laid_out <= 2 * 100


@pytest.mark.parametrize(
    ("message", "part", "expected"),
    [
        (0, 1, None),
        (1, 0, None),
        (1, 1, ColumnSelection(ColumnPosition(2, 5), None)),
        (2, 0, ColumnSelection(ColumnPosition(0, 0), None)),
        (2, 1, ColumnSelection(ColumnPosition(0, 0), None)),
        (3, 0, ColumnSelection(ColumnPosition(0, 0), ColumnPosition(0, 3))),
        (3, 1, None),
    ],
)
def test_a_selection_knows_what_of_a_part_it_covers(message: int, part: int, expected: object) -> None:
    selection = Selection(anchor=TextPosition(3, 0, 0, 3), head=TextPosition(1, 1, 2, 5))
    assert selection.within(message, part) == expected


def test_a_point_beside_the_column_finds_the_line_beside_it(reader: Reader) -> None:
    reader.show([question("What?"), answer("First line.\n\nSecond line.")])
    point = reader.place_of(1, "Second")
    place = reader.view._surface.position_at(QPoint(2, point.y()))
    assert place is not None
    assert (place.block, place.offset) == (1, 0)
