"""An answer that arrives in pieces."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.kernel.chat.message import Message, MessageState, ReasoningPart, TextPart
from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta, TextWasReasoning
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import (
    ANSWER,
    CHINESE,
    EVERYTHING,
    HEBREW,
    REASONING,
    answer,
    question,
)

QUESTION = question("How much?")


def begun(parts: tuple[ReasoningPart | TextPart, ...] = ()) -> Message:
    """An answer of which this much has come."""
    return replace(answer("", state=MessageState.STREAMING), parts=parts)


def pieces(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(0, len(text), length))


def on_screen(reader: Reader) -> QImage:
    """What really is on the screen, from many small paintings."""
    return reader.view.screen().grabWindow(reader.view.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def stream(reader: Reader, text: str, length: int, qtbot: QtBot) -> None:
    reader.show([QUESTION, begun()])
    for piece in pieces(text, length):
        reader.view.grow("m1", (TextDelta(piece),))
        qtbot.wait(0)


@pytest.mark.parametrize(
    "text", [ANSWER, EVERYTHING, CHINESE, HEBREW], ids=["answer", "everything", "chinese", "hebrew"]
)
@pytest.mark.parametrize("length", [3, 29])
def test_at_every_moment_it_looks_like_an_answer_that_was_there_at_once(
    text: str, length: int, make_reader: Callable[..., Reader]
) -> None:
    streamed = make_reader(height=2_600)
    streamed.show([QUESTION, begun()])
    shown = ""
    for number, piece in enumerate(pieces(text, length)):
        streamed.view.grow("m1", (TextDelta(piece),))
        shown += piece
        if number % (120 // length) == 0:
            fresh = make_reader(height=2_600)
            fresh.show([QUESTION, begun((TextPart(shown),))])
            assert streamed.view.document.height == fresh.view.document.height
            assert streamed.scroll == fresh.scroll
            assert streamed.look() == fresh.look(), f"after {shown[-60:]!r}"
            fresh.view.close()


@pytest.mark.parametrize("text", [ANSWER, EVERYTHING, HEBREW], ids=["answer", "everything", "hebrew"])
def test_what_was_read_is_shown_with_the_next_growth_as_if_it_had_been_there_at_once(
    text: str, make_reader: Callable[..., Reader]
) -> None:
    streamed = make_reader(height=2_600)
    streamed.show([QUESTION, begun((TextPart(text[:1]),))])
    before, shown = streamed.look(), text[:1]
    for number, piece in enumerate(pieces(text[1:], 29), start=1):
        shown += piece
        if number % 5:
            assert streamed.view.read("m1", TextDelta(piece))
            assert streamed.look() == before
            continue
        if number % 2:
            streamed.view.read("m1", TextDelta(piece))
        streamed.view.grow("m1", () if number % 2 else (TextDelta(piece),))
        fresh = make_reader(height=2_600)
        fresh.show([QUESTION, begun((TextPart(shown),))])
        before = streamed.look()
        assert before == fresh.look(), f"after {shown[-60:]!r}"
        fresh.view.close()


def test_the_header_of_code_stays_at_the_top_while_the_code_grows(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader()
    view = reader.view.viewport().geometry()  # the bar beside it is painted when there is time
    text = "```py\n" + "def add(first, second):\n    return first + second  # both\n\n" * 30
    reader.show([QUESTION, begun()])
    for number, piece in enumerate(pieces(text, 13)):
        reader.view.grow("m1", (TextDelta(piece),))
        QCoreApplication.processEvents()
        if number % 3 == 0:
            moved = on_screen(reader).copy(view)
            reader.view.viewport().update()
            QCoreApplication.processEvents()
            assert on_screen(reader).copy(view) == moved, number


def test_an_answer_that_ends_shows_what_was_only_read(make_reader: Callable[..., Reader]) -> None:
    streamed, fresh = make_reader(), make_reader()
    streamed.show([QUESTION, begun((TextPart(ANSWER[:10]),))])
    assert streamed.view.read("m1", TextDelta(ANSWER[10:]))
    streamed.view.change_message(answer(ANSWER))
    streamed.view.grow("m1", ())
    fresh.show([QUESTION, answer(ANSWER)])
    assert streamed.look() == fresh.look()


def test_text_that_turns_out_to_be_reasoning_is_taken_back_though_it_was_only_read(
    make_reader: Callable[..., Reader],
) -> None:
    streamed = make_reader()
    streamed.show([QUESTION, begun((TextPart("a"),))])
    assert streamed.view.read("m1", TextDelta("b"))
    streamed.view.grow("m1", (TextWasReasoning(), TextDelta("c")))
    body = streamed.view.document[1].body
    assert (body.grown.reasoning, body.grown.text, len(body.text.blocks)) == ("ab", "c", 1)


def test_nothing_is_read_before_the_text_has_begun_or_for_an_answer_that_is_not_shown(
    make_reader: Callable[..., Reader],
) -> None:
    reader = make_reader()
    reader.show([QUESTION, begun()])
    assert not reader.view.read("m1", TextDelta("a"))
    assert not reader.view.read("gone", TextDelta("a"))
    assert not reader.view.read(QUESTION.id, TextDelta("a"))


def test_the_end_of_a_long_answer_looks_the_same_however_it_came(make_reader: Callable[..., Reader]) -> None:
    streamed, fresh = make_reader(), make_reader()
    streamed.show([QUESTION, begun()])
    for piece in pieces(EVERYTHING, 11):
        streamed.view.grow("m1", (TextDelta(piece),))
    fresh.show([QUESTION, begun((TextPart(EVERYTHING),))])
    assert streamed.at_end
    assert fresh.at_end
    assert streamed.look() == fresh.look()


@pytest.mark.parametrize("text", [ANSWER, EVERYTHING], ids=["answer", "everything"])
def test_painting_only_what_changed_leaves_nothing_old_on_the_screen(text: str, reader: Reader, qtbot: QtBot) -> None:
    qtbot.waitExposed(reader.view)
    stream(reader, text, 5, qtbot)
    qtbot.wait(1)
    seen = on_screen(reader)
    assert seen == reader.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_the_whole_answer_looks_as_if_it_had_never_streamed(make_reader: Callable[[], Reader]) -> None:
    streamed, fresh = make_reader(), make_reader()
    whole = answer(ANSWER, reasoning=REASONING)
    streamed.show([QUESTION, begun()])
    for piece in pieces(REASONING, 9):
        streamed.view.grow("m1", (ReasoningDelta(piece),))
    for piece in pieces(ANSWER, 7):
        streamed.view.grow("m1", (TextDelta(piece),))
    streamed.view.change_message(whole)
    fresh.show([QUESTION, whole])
    assert streamed.view.document.height == fresh.view.document.height
    for reader in (streamed, fresh):
        reader.view.verticalScrollBar().setValue(0)
    assert streamed.look() == fresh.look()


def test_an_answer_that_ends_otherwise_than_it_streamed_shows_what_the_message_says(reader: Reader) -> None:
    reader.show([QUESTION, begun()])
    reader.view.grow("m1", (TextDelta("half of"),))
    reader.view.change_message(answer("something else"))
    assert reader.view.document[1].source(1) == "something else"
    reader.place_of(1, "something else")


@pytest.mark.parametrize("size", [2_000, 20_000, 200_000])
def test_a_piece_costs_the_same_however_long_the_answer_is(size: int, reader: Reader, qtbot: QtBot) -> None:
    reader.show([QUESTION, begun()])
    reader.view.grow("m1", (TextDelta((EVERYTHING + "\n\n") * (size // len(EVERYTHING) + 1)),))
    qtbot.wait(1)
    counters = reader.view.counters
    laid_out, painted, pixels = counters.blocks_laid_out, counters.blocks_painted, counters.pixels_painted
    text = "a few more words in plain sentences, and some more " * 12
    count = len(list(pieces(text, 6)))
    for piece in pieces(text, 6):
        reader.view.grow("m1", (TextDelta(piece),))
        qtbot.wait(0)
    assert counters.blocks_laid_out - laid_out <= 1.1 * count
    assert counters.blocks_painted - painted <= 3 * count
    view = reader.view.viewport()
    assert counters.pixels_painted - pixels <= 0.25 * count * view.width() * view.height()


def test_an_answer_below_the_view_is_not_laid_out(reader: Reader) -> None:
    reader.show([QUESTION, begun()])
    reader.view.grow("m1", (TextDelta(EVERYTHING * 5),))
    reader.view.verticalScrollBar().setValue(0)
    laid_out = reader.view.counters.blocks_laid_out
    for _ in range(20):
        reader.view.grow("m1", (TextDelta("more words\n\n"),))
    assert reader.view.counters.blocks_laid_out == laid_out


def test_text_that_turns_out_to_be_reasoning_moves_into_its_strip(reader: Reader) -> None:
    reader.show([QUESTION, begun()])
    reader.view.grow("m1", (TextDelta("I think about it"),))
    reader.view.grow("m1", (TextWasReasoning(), TextDelta("The answer")))
    item = reader.view.document[1]
    assert (item.source(0), item.source(1)) == ("I think about it", "The answer")
    reader.place_of(1, "The answer")


def test_what_a_continued_answer_has_said_before_stays_where_it_is(make_reader: Callable[..., Reader]) -> None:
    reader, fresh = make_reader(), make_reader()
    reader.show([QUESTION, begun((ReasoningPart("First.", 4_000), TextPart("One, ")))])
    reader.view.grow("m1", (TextDelta("let me see"),))
    reader.view.grow("m1", (TextWasReasoning(len("One, ")), TextDelta("two.")))
    item = reader.view.document[1]
    assert (item.source(0), item.source(1)) == ("First.\n\nlet me see", "One, two.")
    whole = replace(answer("One, two."), parts=(ReasoningPart("First.\n\nlet me see", 5_000), TextPart("One, two.")))
    reader.view.change_message(whole)
    fresh.show([QUESTION, whole])
    assert reader.look() == fresh.look()


def test_growth_of_a_message_that_is_not_shown_is_passed_over(reader: Reader) -> None:
    reader.show([QUESTION])
    reader.view.grow("elsewhere", (TextDelta("words"),))
    reader.view.change_message(answer("words", 7))
    assert len(reader.view.document) == 1


def test_a_chat_opened_in_mid_stream_goes_on_growing(reader: Reader) -> None:
    reader.show([QUESTION, begun((ReasoningPart("thought", 4_000), TextPart("The first half")))])
    reader.view.grow("m1", (TextDelta(" and the second."),))
    assert reader.view.document[1].source(1) == "The first half and the second."
    reader.place_of(1, "The first half and the second.")


@pytest.mark.parametrize(
    "text", [ANSWER, EVERYTHING, CHINESE, HEBREW], ids=["answer", "everything", "chinese", "hebrew"]
)
def test_theme_zoom_and_width_may_change_while_it_streams(
    text: str, make_reader: Callable[..., Reader], appearance: Appearance, qtbot: QtBot
) -> None:
    text = "\n\n".join([text] * (1 + 900 // len(text)))
    streamed = make_reader(height=2_600)
    streamed.show([QUESTION, begun()])
    changes = iter(
        (
            lambda: appearance.set_scheme("dark"),
            lambda: appearance.set_zoom(150),
            lambda: streamed.view.resize(560, 2_600),
            lambda: appearance.set_zoom(100),
            lambda: appearance.set_language("zh_CN"),
        )
    )
    for number, piece in enumerate(pieces(text, 19)):
        streamed.view.grow("m1", (TextDelta(piece),))
        if number % 5 == 4 and (change := next(changes, None)):
            change()
            qtbot.wait(0)
    fresh = make_reader(width=560, height=2_600)
    fresh.show([QUESTION, begun((TextPart(text),))])
    assert streamed.view.document[1].source(TEXT) == text
    qtbot.waitUntil(lambda: streamed.look() == fresh.look())  # code takes its colours a moment at a time
