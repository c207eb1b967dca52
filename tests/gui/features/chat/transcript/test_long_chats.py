"""Chats of thousands of messages: only what is near the view costs anything."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.page.layout.message_heights import MessageEstimate
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.chat.message import Message
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import ANSWER, CHINESE, EVERYTHING, answer, describe, question


def chat(count: int) -> list[Message]:
    texts = (ANSWER, EVERYTHING, CHINESE, "A short answer.")
    return [
        question(f"Question {number}?", number) if number % 2 == 0 else answer(texts[number // 2 % 4], number)
        for number in range(count)
    ]


def test_a_chat_of_two_thousand_messages_lays_out_a_screenful(reader: Reader) -> None:
    reader.show(chat(2_000))
    assert reader.view.counters.messages_parsed <= 8
    assert reader.view.counters.blocks_laid_out <= 60
    assert reader.rect(1_999).bottom() < reader.view.viewport().height()


def test_a_jump_into_the_middle_lays_out_a_screenful_there(reader: Reader) -> None:
    reader.show(chat(2_000))
    before = reader.view.counters.blocks_laid_out
    reader.view.verticalScrollBar().setValue(reader.view.verticalScrollBar().maximum() // 2)
    assert 0 < reader.view.counters.blocks_laid_out - before <= 60


def test_scrolling_up_step_by_step_never_makes_what_is_seen_jump(reader: Reader) -> None:
    reader.show(chat(60))
    for _ in range(600):
        document, before = reader.view.document, reader.scroll
        anchor = document.anchor_at(before + 20)
        assert anchor is not None
        where = document.y_of(anchor) - before
        reader.wheel(1)
        if reader.scroll == 0:
            break
        assert document.y_of(anchor) - reader.scroll == where + 60
    assert reader.scroll == 0


def test_scrolling_through_does_not_keep_everything_laid_out(reader: Reader) -> None:
    reader.show(chat(200))
    bar = reader.view.verticalScrollBar()
    while bar.value() > 0:
        bar.setValue(bar.value() - 500)
    document = reader.view.document
    retained = sum(len(placed.column._leaves) for index in document._items for placed in document[index].columns())
    assert retained <= 150


def test_reading_through_two_thousand_messages_keeps_few_of_them(reader: Reader) -> None:
    reader.show(chat(2_000))
    bar = reader.view.verticalScrollBar()
    for part in range(100, 0, -1):
        bar.setValue(bar.maximum() * part // 100)
    document = reader.view.document
    assert len(document._items) <= 60
    measured = reader.view.counters.blocks_laid_out
    reader.view.resize(700, 640)
    assert reader.view.counters.blocks_laid_out - measured <= 60


def test_what_was_read_is_as_high_as_before_when_one_comes_back(reader: Reader) -> None:
    reader.show(chat(120))
    bar = reader.view.verticalScrollBar()
    while bar.value() > 0:
        bar.setValue(bar.value() - 500)
    document = reader.view.document
    assert document._items.keys() < set(range(120))
    tops = [document.top(index) for index in range(120)]
    while not reader.at_end:
        bar.setValue(bar.value() + 500)
        assert [document.top(index) for index in range(120)] == tops


def test_what_a_person_opened_far_away_stays_open(reader: Reader) -> None:
    reader.show([question("A line\n" * 40, 0), *chat(120)[1:]])
    bar = reader.view.verticalScrollBar()
    bar.setValue(0)
    reader.click_control(0, Verb.FOLD_QUESTION)
    opened = reader.rect(0).height()
    bar.setValue(bar.maximum())
    bar.setValue(0)
    assert reader.rect(0).height() == opened
    assert reader.control(0, Verb.FOLD_QUESTION).on


def test_a_long_chat_is_painted_before_all_of_it_is_estimated(reader: Reader, qtbot: QtBot) -> None:
    reader.show(chat(10_000))
    counters, document = reader.view.counters, reader.view.document
    assert counters.messages_measured <= 400
    guessed = document.height
    reader.view.verticalScrollBar().setValue(reader.view.verticalScrollBar().maximum() // 2)
    place = reader.view.reading_position()
    qtbot.waitUntil(lambda: not document.waiting)
    assert counters.messages_measured == pytest.approx(10_000, abs=10)
    assert reader.view.reading_position() == place
    assert document.height == pytest.approx(guessed, rel=0.2)


def test_whoever_scrolls_is_not_held_up_by_estimates(reader: Reader, qtbot: QtBot) -> None:
    reader.show(chat(10_000))
    counters, bar = reader.view.counters, reader.view.verticalScrollBar()
    late, document = reader.view._deferred_estimates, reader.view.document
    was_scrolled = []

    def scroll_after_the_first_slice() -> None:
        if not was_scrolled:
            assert late.active
            bar.setValue(bar.maximum() // 3)
            was_scrolled.append((late.active, counters.messages_measured, document.height))

    late._work.progressed.connect(scroll_after_the_first_slice)
    qtbot.waitUntil(lambda: bool(was_scrolled))
    ((is_active, measured, total),) = was_scrolled
    assert not is_active
    assert measured < 10_000
    qtbot.waitUntil(lambda: not document.waiting)
    assert counters.messages_measured == pytest.approx(10_000, abs=10)
    assert document.height != total


def test_the_last_slice_of_the_estimates_only_adds_up(
    reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.show(chat(10_000))
    document = reader.view.document
    estimated = []
    measured = reader.view.counters.messages_measured
    take, height = document.apply_estimates, MessageEstimate.height

    def counted_take() -> None:
        monkeypatch.setattr(
            MessageEstimate, "height", lambda self, shape: estimated.append(shape) or height(self, shape)
        )
        take()
        monkeypatch.setattr(MessageEstimate, "height", height)

    monkeypatch.setattr(document, "apply_estimates", counted_take)
    qtbot.waitUntil(lambda: not document.waiting)
    assert reader.view.counters.messages_measured - measured > 9_000
    assert not estimated


@pytest.mark.parametrize("width", [500, 700])
def test_estimates_that_come_in_the_midst_of_a_resize_are_for_the_new_width(
    width: int, reader: Reader, make_reader: Callable[[], Reader], qtbot: QtBot
) -> None:
    reader.show(chat(2_000))
    document = reader.view.document
    for _ in zip(document.estimate_waiting(), range(20), strict=False):
        pass
    reader.view.resize(width, 640)
    qtbot.waitUntil(lambda: not document.waiting)
    other = make_reader()
    other.view.resize(width, 640)
    other.show(chat(2_000))
    qtbot.waitUntil(lambda: not other.view.document.waiting)
    assert document.height == pytest.approx(other.view.document.height, rel=0.01)


@pytest.mark.parametrize("width", [520, 700, 1_400])
def test_another_width_keeps_what_is_read_at_the_top(width: int, reader: Reader) -> None:
    reader.show(chat(80))
    reader.view.verticalScrollBar().setValue(6_000)
    place = reader.view.reading_position()
    reader.view.resize(width, 640)
    after = reader.view.reading_position()
    assert place is not None
    assert after is not None
    assert (after.message_id, after.part, after.block) == (place.message_id, place.part, place.block)
    reader.view.resize(860, 640)
    assert reader.view.reading_position() == place


@pytest.mark.parametrize("zoom", [75, 150, 200])
def test_another_zoom_keeps_what_is_read_and_parses_nothing_again(
    zoom: int, reader: Reader, appearance: Appearance
) -> None:
    reader.show(chat(80))
    reader.view.verticalScrollBar().setValue(6_000)
    place, parsed = reader.view.reading_position(), reader.view.counters.messages_parsed
    document = reader.view.document
    known = dict(document._items)
    appearance.set_zoom(zoom)
    after = reader.view.reading_position()
    assert place is not None
    assert after is not None
    assert (after.message_id, after.part, after.block) == (place.message_id, place.part, place.block)
    assert all(document._items[index] is item for index, item in known.items())
    assert reader.view.counters.messages_parsed - parsed <= 4


def test_another_scheme_paints_other_colours_in_the_same_places(reader: Reader, appearance: Appearance) -> None:
    reader.show(chat(80))
    reader.view.verticalScrollBar().setValue(6_000)
    before, scroll, parsed = reader.look(), reader.scroll, reader.view.counters.messages_parsed
    appearance.set_scheme("dark")
    assert (reader.scroll, reader.view.counters.messages_parsed) == (scroll, parsed)
    assert reader.look().pixelColor(2, 2) == appearance.theme.color("page")
    appearance.set_scheme("light")
    assert reader.look() == before


def test_a_closed_transcript_leaves_nothing_behind(appearance: Appearance, qtbot) -> None:
    view = TranscriptView(appearance, describe)
    view.resize(860, 640)
    view.show()
    view.show_path(chat(200), {})
    document = weakref.ref(view.document)
    item = weakref.ref(view.document[199])
    view.close()
    view.deleteLater()
    del view
    for _ in range(2):  # what a screen reader holds goes after the widget
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert item() is None
    assert document() is None


def test_showing_another_chat_forgets_the_one_before(make_reader: Callable[[], Reader]) -> None:
    reader = make_reader()
    reader.show(chat(40))
    item = weakref.ref(reader.view.document[39])
    reader.view.clear()
    gc.collect()
    assert item() is None
    assert len(reader.view.document) == 0
    assert reader.view.verticalScrollBar().maximum() == 0
