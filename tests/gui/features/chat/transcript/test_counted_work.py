"""The gate on cost: what a piece of an answer sets off is counted, not timed, and does not grow with the answer or the chat."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from chatdesk.kernel.chat.message import Message, MessageState, TextPart
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question
from tests.unit.rendering.answers import answer as answer_text

PIECE = 13
MORE = answer_text(3_000, seed=1, definitions=False)


def streaming(text: str, number: int) -> Message:
    return replace(answer("", number, state=MessageState.STREAMING), parts=(TextPart(text),))


def work_of(reader: Reader, before: list[Message], text: str) -> tuple[float, float, float]:
    """Return how many blocks are laid out and painted for a piece on average, and which share of the view is painted."""
    number = len(before)
    reader.show([*before, streaming(text + "\n\n", number)])
    counters, viewport = reader.view.counters, reader.view.viewport()
    reader.look()
    begun = replace(counters)
    pieces = [MORE[start : start + PIECE] for start in range(0, len(MORE), PIECE)]
    for piece in pieces:
        reader.view.grow(f"m{number}", (TextDelta(piece),))
        QCoreApplication.processEvents()
    assert counters.messages_parsed == begun.messages_parsed
    return (
        (counters.blocks_laid_out - begun.blocks_laid_out) / len(pieces),
        (counters.blocks_painted - begun.blocks_painted) / len(pieces),
        (counters.pixels_painted - begun.pixels_painted) / len(pieces) / (viewport.width() * viewport.height()),
    )


@pytest.mark.parametrize("length", [20_000, 200_000])
def test_a_piece_costs_the_same_however_long_the_answer_is(length: int, make_reader: Callable[..., Reader]) -> None:
    asked = [question("Why?")]
    short = work_of(make_reader(), asked, answer_text(2_000, definitions=False))
    long = work_of(make_reader(), asked, answer_text(length, definitions=False))
    assert long[0] == pytest.approx(short[0], rel=0.02)
    assert long[0] < 1.5
    assert long[1] < 4
    assert long[2] < 0.15


def test_a_piece_costs_the_same_however_long_the_chat_is(make_reader: Callable[..., Reader]) -> None:
    def chat(count: int) -> list[Message]:
        return [question("Why?", number) if number % 2 == 0 else answer("So.", number) for number in range(count)]

    short, long = (work_of(make_reader(), chat(count), "Well") for count in (3, 5_001))
    assert long[0] == pytest.approx(short[0], rel=0.02)
    assert long[1] < 4


class Paintings(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_growing_answer_does_not_paint_the_scroll_bar_with_every_line(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader()
    reader.show([question("Why?"), streaming(answer_text(20_000, definitions=False) + "\n\n", 1)])
    reader.look()
    paintings = Paintings()
    reader.view.verticalScrollBar().installEventFilter(paintings)
    for _ in range(20):
        reader.view.grow("m1", (TextDelta("One more line.\n\n"),))
        QCoreApplication.processEvents()
    assert paintings.count <= 4
    reader.view.verticalScrollBar().setValue(0)
    before = paintings.count
    QCoreApplication.processEvents()
    assert paintings.count > before


def test_a_line_of_code_paints_neither_the_header_above_nor_the_margins(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader()
    reader.show([question("Why?"), streaming("```py\n" + "total = add(1, 2)\n" * 80, 1)])
    viewport, counters = reader.view.viewport(), reader.view.counters
    painted = []
    for _ in range(7):  # colours that come late paint everything, once
        before = counters.pixels_painted
        reader.view.grow("m1", (TextDelta("one = 1\n"),))
        QCoreApplication.processEvents()
        painted.append(counters.pixels_painted - before)
    assert 0 < median(painted) < viewport.width() * viewport.height() // 5


def test_words_at_the_end_of_a_line_paint_that_line_alone(make_reader: Callable[..., Reader]) -> None:
    reader = make_reader()
    reader.show([question("Why?"), streaming("Well", 1)])
    QCoreApplication.processEvents()
    before = reader.view.counters.pixels_painted
    reader.view.grow("m1", (TextDelta(", because"),))
    QCoreApplication.processEvents()
    line = reader.view._appearance.theme.line("reading")
    assert 0 < reader.view.counters.pixels_painted - before <= reader.view.viewport().width() * line
