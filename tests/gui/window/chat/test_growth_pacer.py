"""How often a growing answer is laid out and painted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.growth_pacer import GrowthPacer
from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent, TextDelta


@dataclass
class Screen:
    """Records what it receives."""

    can_read: bool = True
    shown: list[tuple[str, tuple[StreamEvent, ...]]] = field(default_factory=list)
    only_read: list[tuple[str, TextDelta]] = field(default_factory=list)

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        self.shown.append((message_id, events))

    def read(self, message_id: str, text: TextDelta) -> bool:
        if self.can_read:
            self.only_read.append((message_id, text))
        return self.can_read


@dataclass
class Clock:
    """Shows the seconds that the test sets."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QObject]:
    parent = QObject()
    yield parent
    for timer in parent.findChildren(QTimer):
        timer.stop()


A, B, C = TextDelta("a"), TextDelta("b"), TextDelta("c")


def test_the_first_words_are_shown_at_once_and_what_follows_fast_is_shown_together(
    parent: QObject, clock: Clock, qtbot: QtBot
) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
    for text in (A, B, C):
        pacer.grow("m", (text,))
    assert screen.shown == [("m", (A,))]
    assert screen.only_read == [("m", B), ("m", C)]
    qtbot.waitUntil(lambda: len(screen.shown) > 1)
    assert screen.shown[1:] == [("m", ())]


def test_after_a_rest_words_are_shown_at_once_and_nothing_had_to_run_for_it(parent: QObject, clock: Clock) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
    for text in (A, B, C):
        pacer.grow("m", (text,))
        assert not any(timer.isActive() for timer in parent.findChildren(QTimer))
        clock.now += 0.033
    assert screen.shown == [("m", (A,)), ("m", (B,)), ("m", (C,))]


def test_what_was_read_is_shown_without_more_coming_and_then_nothing_runs_on(
    parent: QObject, clock: Clock, qtbot: QtBot
) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
    pacer.grow("m", (A,))
    pacer.grow("m", (B,))
    qtbot.waitUntil(lambda: screen.shown[1:] == [("m", ())])
    assert not pacer._pause_timer.isActive()
    qtbot.wait(60)
    assert len(screen.shown) == 2


def test_what_was_read_is_shown_with_what_comes_after_it(parent: QObject, clock: Clock, qtbot: QtBot) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
    for text in (A, B):
        pacer.grow("m", (text,))
    clock.now += 0.03
    pacer.grow("m", (C,))
    assert screen.shown == [("m", (A,)), ("m", (C,))]
    assert not pacer._pause_timer.isActive()


@pytest.mark.parametrize("events", [(ReasoningDelta("r"),), (A, ReasoningDelta("r")), ()])
def test_whatever_is_not_just_text_is_shown_at_once(
    events: tuple[StreamEvent, ...], parent: QObject, clock: Clock
) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
    pacer.grow("m", (A,))
    pacer.grow("m", events)
    assert screen.shown == [("m", (A,)), ("m", events)]


def test_what_cannot_only_be_read_is_shown_at_once(parent: QObject, clock: Clock) -> None:
    screen = Screen(can_read=False)
    pacer = GrowthPacer(screen, parent, clock)
    pacer.grow("m", (A,))
    pacer.grow("other", (B,))
    assert screen.shown == [("m", (A,)), ("other", (B,))]


def test_of_much_text_at_once_only_the_beginning_is_shown_in_the_same_turn(
    parent: QObject, clock: Clock, qtbot: QtBot
) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
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


def test_what_is_left_of_much_text_comes_before_whatever_is_next(parent: QObject, clock: Clock) -> None:
    screen = Screen()
    pacer = GrowthPacer(screen, parent, clock)
    text = "word " * 400
    pacer.grow("m", (TextDelta(text),))
    pacer.grow("m", (B,))
    assert "".join(read.text for _, read in screen.only_read) == text[500:] + "b"
    pacer.grow("m", (TextDelta(text),))
    pacer.catch_up()
    assert "".join(read.text for _, read in screen.only_read) == text[500:] + "b" + text
    pacer.catch_up()
    assert len(screen.only_read) == 3


def test_much_text_that_cannot_only_be_read_is_shown_soon(parent: QObject, clock: Clock, qtbot: QtBot) -> None:
    screen = Screen(can_read=False)
    text = "word " * 400
    pacer = GrowthPacer(screen, parent, clock)
    pacer.grow("m", (TextDelta(text),))
    qtbot.waitUntil(lambda: len(screen.shown) == 2)
    assert "".join(event.text for _, events in screen.shown for event in events if isinstance(event, TextDelta)) == text


@dataclass
class SlowScreen(Screen):
    """Takes long to show anything."""

    clock: Clock = field(default_factory=Clock)
    seconds: float = 0.0

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        super().grow(message_id, events)
        self.clock.now += self.seconds


@pytest.mark.parametrize(("takes", "rests"), [(0.0, 0.025), (0.005, 0.05), (0.06, 0.1)])
def test_what_takes_long_to_show_is_shown_less_often(takes: float, rests: float, parent: QObject, clock: Clock) -> None:
    screen = SlowScreen(clock=clock, seconds=takes)
    pacer = GrowthPacer(screen, parent, clock)
    pacer.grow("m", (A,))
    clock.now += rests - 0.001
    pacer.grow("m", (B,))
    assert screen.only_read == [("m", B)]
    assert pacer._pause_timer.interval() in {1, 2}
    clock.now += 0.002
    pacer.grow("m", (C,))
    assert screen.shown == [("m", (A,)), ("m", (C,))]
