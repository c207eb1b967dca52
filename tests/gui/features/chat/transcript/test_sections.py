"""Sections that fold (`details`): by click and key, while they stream, when something is looked for or copied in them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import HTML, answer, question

FOLDED = "before\n\n<details>\n<summary>The head</summary>\n\nhidden words\n\n- an item\n\n</details>\n\nafter"
NESTED = "<details><summary>Outer</summary>\n\nouter words\n\n<details><summary>Inner</summary>inner words</details>\n</details>\n\nafter"


def shown(reader: Reader, text: str) -> bool:
    """Whether a person sees these words."""
    try:
        place = reader.place_of(1, text)
    except pytest.fail.Exception:
        return False
    return reader.view.viewport().rect().contains(place)


def head(reader: Reader, number: int = 0) -> Control:
    return [control for control in reader.controls(1) if control.command.verb is Verb.FOLD_SECTION][number]


def test_a_click_on_the_head_shows_the_content_and_hides_it_again(reader: Reader) -> None:
    reader.show([question("Go"), answer(FOLDED)])
    height = reader.rect(1).height()
    assert shown(reader, "The head")
    assert shown(reader, "after")
    assert not shown(reader, "hidden words")
    assert head(reader).name == "Show: The head"

    reader.click_control(1, Verb.FOLD_SECTION)

    assert shown(reader, "hidden words")
    assert shown(reader, "an item")
    assert head(reader).name == "Hide: The head"
    assert reader.rect(1).height() > height

    reader.click_control(1, Verb.FOLD_SECTION)

    assert not shown(reader, "hidden words")
    assert reader.rect(1).height() == height


def test_the_head_stays_where_it_is(reader: Reader) -> None:
    reader.show([question("Go"), answer("line\n\n" * 40 + FOLDED + "\n\nline" * 40)])
    reader.view.verticalScrollBar().setValue(reader.view.verticalScrollBar().maximum() // 2)
    reader.wheel(1)
    before = head(reader).rect.top()

    reader.click(head(reader).rect.center())

    assert head(reader).rect.top() == before
    assert shown(reader, "hidden words")


def test_a_section_written_as_open_is_open(reader: Reader) -> None:
    reader.show([question("Go"), answer(FOLDED.replace("<details>", "<details open>"))])

    assert shown(reader, "hidden words")


def test_sections_in_each_other_fold_by_themselves(reader: Reader) -> None:
    reader.show([question("Go"), answer(NESTED)])
    reader.click(head(reader).rect.center())
    assert shown(reader, "Inner")
    assert not shown(reader, "inner words")

    reader.click(head(reader, 1).rect.center())
    assert shown(reader, "inner words")

    reader.click(head(reader).rect.center())
    assert not shown(reader, "inner words")
    assert not shown(reader, "Inner")

    reader.click(head(reader).rect.center())
    assert shown(reader, "inner words"), "the inner one is as it was"


def test_a_section_is_open_while_it_streams_and_stays_so(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader(height=1_000)
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for piece in ("<details>\n<summary>The", " head</summary>\n\nhidden", " words\n"):
        reader.view.grow("m1", (TextDelta(piece),))
    assert shown(reader, "hidden words")

    reader.view.grow("m1", (TextDelta("\n</details>\n\nafter"),))
    assert shown(reader, "hidden words")

    reader.view.change_message(answer("<details>\n<summary>The head</summary>\n\nhidden words\n\n</details>\n\nafter"))
    assert shown(reader, "hidden words")
    assert shown(reader, "after")


def test_it_streams_to_what_it_is_when_it_is_whole(make_reader: Callable[..., Reader]) -> None:
    text = HTML.replace("<details>", "<details open>")
    streamed, whole = make_reader(height=1_600), make_reader(height=1_600)
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for start in range(0, len(text), 7):
        streamed.view.grow("m1", (TextDelta(text[start : start + 7]),))
    streamed.view.change_message(answer(text))
    whole.show([question("Go"), answer(text)])

    assert streamed.look() == whole.look()


def test_folding_looks_as_if_it_had_never_been_unfolded(make_reader: Callable[..., Reader]) -> None:
    folded, other = make_reader(height=1_600), make_reader(height=1_600)
    for reader in (folded, other):
        reader.show([question("Go"), answer(HTML)])
    folded.click(head(folded, 1).rect.center())
    folded.click(head(folded, 1).rect.center())
    for reader in (folded, other):
        reader.point_at(0)

    assert folded.look().copy(folded.rect(1)) == other.look().copy(other.rect(1))


def test_a_new_width_and_theme_keep_what_is_unfolded(reader: Reader) -> None:
    reader.show([question("Go"), answer(FOLDED)])
    reader.click_control(1, Verb.FOLD_SECTION)

    reader.view.resize(560, 700)
    reader.look()

    assert shown(reader, "hidden words")


def test_a_link_in_the_head_is_followed_and_does_not_fold(reader: Reader) -> None:
    reader.show([question("Go"), answer("<details><summary>See [this](https://a.b/c)</summary>words</details>")])
    followed: list[str] = []
    reader.view._surface.link_followed.connect(lambda link: followed.append(link.target))

    reader.click(reader.place_of(1, "this") + QPoint(8, 0))

    assert followed == ["https://a.b/c"]
    assert not shown(reader, "words")


def test_what_is_copied_contains_the_folded_words(reader: Reader) -> None:
    reader.show([question("Go"), answer(FOLDED)])
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    data = QGuiApplication.clipboard().mimeData()
    assert "hidden words" in data.text()
    assert "<summary>The head</summary>" in data.html()
    assert "hidden words" in data.html()


def test_the_text_cursor_goes_past_folded_words(reader: Reader) -> None:
    reader.show([question("Go"), answer(FOLDED)])
    column = reader.view.document[1].column(TEXT)
    assert column is not None
    hidden = [number for number in range(len(column.blocks)) if column.is_hidden(number)]
    assert len(hidden) == 2
    reader.view.setFocus()
    reader.press(Qt.Key.Key_Down)
    reader.press(Qt.Key.Key_F7)
    seen = set()
    for _ in range(40):
        reader.press(Qt.Key.Key_Right)
        selection = reader.view.selection
        assert selection is not None
        seen.add(selection.head.block)

    assert seen.isdisjoint(hidden)
    assert max(seen) > max(hidden)


def test_a_table_cell_breaks_at_br_and_its_row_grows(reader: Reader) -> None:
    reader.show([question("Go"), answer("| a | b |\n|---|---|\n| one<br>two | x |\n")])
    column = reader.view.document[1].column(TEXT)
    assert column is not None
    text = text_of(column.blocks[0])
    one, two, beside = (column.cursor_rect(ColumnPosition(0, text.index(content))) for content in ("one", "two", "x"))

    assert two.left() == one.left()
    assert two.top() == one.bottom() + 1
    assert one.top() == beside.top(), "cells stand at the top of their row"


def test_a_cell_with_two_lines_is_copied_as_one_cell(reader: Reader) -> None:
    reader.show([question("Go"), answer("| a | b |\n|---|---|\n| one<br>two | x |\n")])
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    reader.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert "one two\tx" in QGuiApplication.clipboard().text()
