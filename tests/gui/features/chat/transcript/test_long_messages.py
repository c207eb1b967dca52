"""Messages of megabytes (K3): read in slices, with what is being read in its place, and shown as far as a person may want to look."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import AT_ONCE
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.rendering.markdown.bounded_parser import BLOCKS, CHARACTERS
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

LONG = "".join(f"Paragraph number {number} of a *long* text.\n\n" for number in range(2_000))
ENDLESS = "".join(
    f"Paragraph number {number} of a text without measure. {'And more. ' * 40}\n\n" for number in range(4_000)
)
ITEMS = "- item\n" * 3 * BLOCKS


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def blocks(reader: Reader, index: int = 1, part: int = TEXT) -> list[str]:
    column = reader.view.document[index].column(part)
    return [text_of(block) for block in column.blocks] if column else []


def more(reader: Reader, index: int = 1) -> str:
    """What the way to the rest says; empty if there is none."""
    found = [control for control in reader.controls(index) if control.command.verb is Verb.MORE_TEXT]
    return found[0].note if found else ""


def test_a_long_message_is_read_some_of_it_at_a_time(reader: Reader) -> None:
    reader.view.show_path([question("Go"), answer(LONG)], {})
    shown = sum(map(len, blocks(reader)))
    assert shown <= AT_ONCE
    before, steps = len(blocks(reader)), 0

    def turn() -> None:
        nonlocal steps
        steps += reader.view.document.parse_more() is not None

    reader.read(turn)
    assert len(blocks(reader)) == 2_000 > before
    assert steps > 20
    assert more(reader) == ""


def test_who_opens_a_chat_at_its_end_is_there_when_it_is_read(reader: Reader) -> None:
    reader.show([question("Go"), answer(LONG)])
    assert reader.at_end
    reader.place_of(1, "Paragraph number 1999")


def test_what_was_being_read_far_down_in_a_long_message_is_found_again(make_reader: Callable[..., Reader]) -> None:
    first, again = make_reader(), make_reader()
    first.show([question("Go"), answer(LONG)])
    first.view.verticalScrollBar().setValue(first.view.verticalScrollBar().maximum() * 2 // 3)
    first.look()
    position = first.view.reading_position()
    assert position is not None
    again.view.show_path([question("Go"), answer(LONG)], {})
    again.view.restore_reading_position(position)
    again.read()
    assert again.view.reading_position() == position


def test_somebody_who_scrolls_meanwhile_stays_where_he_goes(reader: Reader) -> None:
    reader.view.show_path([question("Go"), answer(LONG)], {})
    reader.press(Qt.Key.Key_Home)
    reader.read()
    assert reader.scroll == 0


@pytest.mark.parametrize("text", [ENDLESS, ITEMS], ids=["characters", "blocks"])
def test_the_beginning_is_shown_and_the_rest_when_it_is_asked_for(reader: Reader, text: str) -> None:
    reader.show([question("Go"), answer(text)])
    count = len(blocks(reader))
    hidden = reader.view.document[1].hidden(TEXT)
    assert 0 < hidden < len(text)
    assert more(reader) == f"{hidden:,} more characters"
    reader.click_control(1, Verb.MORE_TEXT)
    reader.read()
    assert len(blocks(reader)) > count
    while more(reader):
        reader.press(Qt.Key.Key_End)
        reader.click_control(1, Verb.MORE_TEXT)
        reader.read()
    assert blocks(reader)[-1] == ("item" if text is ITEMS else text.rstrip().rpartition("\n")[2])


def test_what_streams_beyond_measure_is_what_is_opened(make_reader: Callable[..., Reader]) -> None:
    streamed, opened = make_reader(), make_reader()
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for start in range(0, len(ENDLESS), 30_011):
        streamed.view.grow("m1", (TextDelta(ENDLESS[start : start + 30_011]),))
    streamed.read()
    streamed.view.change_message(answer(ENDLESS))
    streamed.read()
    opened.show([question("Go"), answer(ENDLESS)])
    assert blocks(streamed) == blocks(opened)
    assert more(streamed) == more(opened) != ""
    for reader in (streamed, opened):
        reader.press(Qt.Key.Key_End)
        reader.view.setFocus()
    assert streamed.look() == opened.look()


def test_all_of_it_is_copied_whatever_is_shown(reader: Reader) -> None:
    reader.show([question("Go"), answer(ENDLESS)])
    reader.click_control(1, Verb.COPY)
    assert QGuiApplication.clipboard().text() == ENDLESS
    assert len(ENDLESS) > CHARACTERS


def test_reasoning_without_measure_is_shown_in_parts_too(reader: Reader) -> None:
    reader.show([question("Go"), answer("So.", reasoning=ENDLESS)])
    reader.click_control(1, Verb.FOLD_REASONING)
    reader.read()
    before = len(blocks(reader, part=REASONING))
    (control,) = [
        control for control in reader.view.document[1].body.controls() if control.command.verb is Verb.MORE_TEXT
    ]
    assert control.command.part == REASONING
    reader.view._commands.perform(1, control.command)
    reader.read()
    assert len(blocks(reader, part=REASONING)) > before


def test_a_question_without_measure_is_folded_and_unfolds_in_parts(reader: Reader) -> None:
    reader.show([question(ENDLESS), answer("So.")])
    assert more(reader, 0) == ""
    reader.press(Qt.Key.Key_Home)
    reader.click_control(0, Verb.FOLD_QUESTION)
    before = len(blocks(reader, 0))
    (control,) = [
        control
        for control in reader.view.document[0].own_controls(with_actions=False)
        if control.command.verb is Verb.MORE_TEXT
    ]
    reader.view._commands.perform(0, control.command)
    reader.read()
    assert len(blocks(reader, 0)) > before


def test_a_width_that_changes_estimates_some_of_thousands_of_blocks(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.show([question("Go"), answer("- an item with some words\n" * 3_000)])
    column = reader.view.document[1].column(TEXT)
    assert column is not None
    estimated: list[object] = []
    estimate = type(column)._estimate
    monkeypatch.setattr(
        type(column), "_estimate", lambda self, *block: estimated.append(block) or estimate(self, *block)
    )
    reader.view.resize(600, 640)
    reader.look()
    assert len(estimated) < 200
    assert reader.at_end
    reader.place_of(1, "an item with some words")


def test_only_pictures_in_view_are_controls(reader: Reader) -> None:
    reader.show([question("Go"), answer("word ![x](https://t.example/1) " * 500)])
    reader.look()
    shown = [control for control in reader.controls(1) if control.command.verb is Verb.VIEW_PICTURE]
    assert 0 < len(shown) < 300


def test_words_far_down_in_a_long_message_are_gone_to_when_they_are_read(reader: Reader) -> None:
    reader.view.show_path([question("Go"), answer(LONG), question("And?", 2), answer("So.", 3)], {})
    reader.view.show_text("m1", "Paragraph number 1500")
    reader.read()
    assert reader.view.selected_text() == "Paragraph number 1500"
    reader.place_of(1, "Paragraph number 1500")
