"""How often a growing answer is laid out and painted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from chatdesk.domain.stream_events import ReasoningDelta, StreamEvent, TextDelta
from chatdesk.ui.shell.growth_pacer import GrowthPacer


@dataclass
class Screen:
    """Notes what it is told."""

    can_read: bool = True
    shown: list[tuple[str, tuple[StreamEvent, ...]]] = field(default_factory=list)
    only_read: list[tuple[str, TextDelta]] = field(default_factory=list)

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        self.shown.append((message_id, events))

    def read(self, message_id: str, text: TextDelta) -> bool:
        if self.can_read:
            self.only_read.append((message_id, text))
        return self.can_read


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QObject]:
    parent = QObject()
    yield parent
    for timer in parent.findChildren(QTimer):
        timer.stop()


A, B, C = TextDelta("a"), TextDelta("b"), TextDelta("c")


def test_the_first_words_are_shown_at_once_and_what_follows_fast_is_shown_together(parent: QObject) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent)
    for text in (A, B, C):
        pacer.grow("m", (text,))
    assert screen.shown == [("m", (A,))]
    assert screen.only_read == [("m", B), ("m", C)]
    pacer._rest.timeout.emit()
    assert screen.shown[1:] == [("m", ())]


def test_after_a_rest_words_are_shown_at_once(parent: QObject, qtbot: QtBot) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent)
    pacer.grow("m", (A,))
    qtbot.waitUntil(lambda: not pacer._rest.isActive())
    pacer.grow("m", (B,))
    assert screen.shown == [("m", (A,)), ("m", (B,))]


def test_what_was_read_is_shown_without_more_coming_and_then_nothing_runs_on(parent: QObject, qtbot: QtBot) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent)
    pacer.grow("m", (A,))
    pacer.grow("m", (B,))
    qtbot.waitUntil(lambda: screen.shown[1:] == [("m", ())])
    qtbot.waitUntil(lambda: not pacer._rest.isActive())
    assert len(screen.shown) == 2


@pytest.mark.parametrize("events", [(ReasoningDelta("r"),), (A, ReasoningDelta("r")), ()])
def test_whatever_is_not_just_text_is_shown_at_once(events: tuple[StreamEvent, ...], parent: QObject) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent)
    pacer.grow("m", (A,))
    pacer.grow("m", events)
    assert screen.shown == [("m", (A,)), ("m", events)]


def test_what_cannot_only_be_read_is_shown_at_once(parent: QObject) -> None:
    screen = Screen(can_read=False)
    pacer = GrowthPacer(screen, parent)
    pacer.grow("m", (A,))
    pacer.grow("other", (B,))
    assert screen.shown == [("m", (A,)), ("other", (B,))]


def test_of_much_text_at_once_only_the_beginning_is_shown_in_the_same_turn(parent: QObject, qtbot: QtBot) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent)
    text = "word " * 400
    pacer.grow("m", (TextDelta(text),))
    (begun,) = screen.shown[0][1]
    assert len(screen.shown) == 1
    assert isinstance(begun, TextDelta)
    assert len(begun.text) < len(text) // 2
    assert not screen.only_read
    qtbot.waitUntil(lambda: bool(screen.only_read))
    assert begun.text + screen.only_read[0][1].text == text
    qtbot.waitUntil(lambda: screen.shown[1:] == [("m", ())])


def test_what_is_left_of_much_text_comes_before_whatever_is_next(parent: QObject) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent)
    text = "word " * 400
    pacer.grow("m", (TextDelta(text),))
    pacer.grow("m", (B,))
    assert "".join(read.text for _, read in screen.only_read) == text[500:] + "b"
    pacer.grow("m", (TextDelta(text),))
    pacer.catch_up()
    assert "".join(read.text for _, read in screen.only_read) == text[500:] + "b" + text
    pacer.catch_up()
    assert len(screen.only_read) == 3


def test_much_text_that_cannot_only_be_read_is_shown_soon(parent: QObject, qtbot: QtBot) -> None:
    screen = Screen(can_read=False)
    text = "word " * 400
    pacer = GrowthPacer(screen, parent)
    pacer.grow("m", (TextDelta(text),))
    qtbot.waitUntil(lambda: len(screen.shown) == 2)
    assert "".join(event.text for _, events in screen.shown for event in events if isinstance(event, TextDelta)) == text


@dataclass
class SlowScreen(Screen):
    """Takes long to show anything."""

    milliseconds: float = 0.0

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        super().grow(message_id, events)
        end = perf_counter() + self.milliseconds / 1000
        while perf_counter() < end:
            pass


@pytest.mark.parametrize(("takes", "rests"), [(0.0, 25), (5.0, 50), (60.0, 100)])
def test_what_takes_long_to_show_is_shown_less_often(takes: float, rests: int, parent: QObject) -> None:
    pacer = GrowthPacer(SlowScreen(milliseconds=takes), parent)
    pacer.grow("m", (A,))
    assert rests <= pacer._rest.interval() <= 100
    assert takes or pacer._rest.interval() < 100
