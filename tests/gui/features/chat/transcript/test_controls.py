"""What can be pressed, by the mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.message import DocumentPart, MessageState, TextPart, ToolCallPart
from chatdesk.kernel.chat.stream_events import ReasoningDelta, TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import (
    ANSWER,
    REASONING,
    answer,
    failed_chat,
    full_chat,
    question,
    short_chat,
)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def verbs(reader: Reader, index: int) -> set[Verb]:
    return {control.command.verb for control in reader.controls(index)}


def test_copy_of_a_code_block_gives_its_exact_source_and_says_so_for_a_moment(reader: Reader, qtbot) -> None:
    reader.show(short_chat())
    before = reader.look()
    reader.click_control(1, Verb.COPY_CODE)
    assert clipboard() == ANSWER.split("```python\n")[1].removesuffix("```\n")
    said = reader.look()
    assert said != before
    assert reader.view._commands.just_copied is not None
    reader.view._commands._forget_copied.timeout.emit()
    assert reader.view._commands.just_copied is None
    assert reader.look() != said


def test_copy_of_a_message_gives_its_markdown(reader: Reader) -> None:
    reader.show(short_chat())
    reader.click_control(1, Verb.COPY)
    assert clipboard() == ANSWER
    reader.click_control(0, Verb.COPY)
    assert clipboard() == short_chat()[0].text


def test_the_last_answer_and_the_last_code_can_be_copied_without_looking_for_them(reader: Reader) -> None:
    reader.show([*short_chat(), question("And?", 2), answer("Nothing more.", 3)])
    reader.view.copy_last_answer()
    assert clipboard() == "Nothing more."
    reader.view.copy_last_code()
    assert clipboard().startswith("def future_value")


def test_actions_are_shown_on_the_last_answer_and_where_the_pointer_is(reader: Reader) -> None:
    reader.show(full_chat())
    reader.view.verticalScrollBar().setValue(0)
    painter, view = reader.view._painter, reader.view
    assert [i for i in range(10) if painter.shows_actions(i, view._state())] == [9]
    reader.point_at(1)
    assert [i for i in range(10) if painter.shows_actions(i, view._state())] == [1, 9]
    QTest.mouseMove(reader.view.viewport(), QPoint(1, 1))
    QGuiApplication.sendEvent(reader.view.viewport(), QEvent(QEvent.Type.Leave))
    assert [i for i in range(10) if painter.shows_actions(i, view._state())] == [9]


@pytest.mark.parametrize(
    ("index", "verb", "signal"),
    [
        (1, Verb.REGENERATE, ("regenerate_requested", "m1")),
        (1, Verb.PREVIOUS_SIBLING, ("sibling_requested", "m1", -1)),
        (1, Verb.NEXT_SIBLING, ("sibling_requested", "m1", 1)),
        (0, Verb.NEXT_SIBLING, ("sibling_requested", "m0", 1)),
    ],
)
def test_actions_ask_for_what_they_say(index: int, verb: Verb, signal: tuple[object, ...], reader: Reader) -> None:
    reader.show(short_chat(), {"m1": (1, 3), "m0": (0, 2)})
    reader.click_control(index, verb)
    assert reader.signals == [signal]


def test_there_is_no_version_before_the_first_nor_after_the_last(reader: Reader) -> None:
    reader.show(short_chat(), {"m1": (2, 3), "m0": (0, 2)})
    reader.click_control(1, Verb.NEXT_SIBLING)
    reader.click_control(0, Verb.PREVIOUS_SIBLING)
    assert reader.signals == []
    assert Verb.NEXT_SIBLING not in verbs(reader, 0) or not reader.control(0, Verb.PREVIOUS_SIBLING).enabled


@pytest.mark.parametrize("index", [0, 1])
def test_versions_are_shown_without_the_pointer_and_stay_where_they_are_with_it(reader: Reader, index: int) -> None:
    siblings = (Verb.PREVIOUS_SIBLING, Verb.NEXT_SIBLING)
    reader.show(full_chat(), {f"m{index}": (1, 3)})
    reader.view.verticalScrollBar().setValue(0)
    alone = {each.command.verb: each.rect for each in reader.view.controls_of(index) if each.command.verb in siblings}
    assert alone.keys() == set(siblings)
    assert Verb.MENU not in {each.command.verb for each in reader.view.controls_of(index)}
    reader.click(alone[Verb.NEXT_SIBLING].center())
    assert reader.signals == [("sibling_requested", f"m{index}", 1)]
    found = {each.command.verb: each.rect for each in reader.controls(index)}
    assert Verb.MENU in found
    assert {verb: found[verb] for verb in siblings} == alone


def test_a_message_without_siblings_offers_none(reader: Reader) -> None:
    reader.show(short_chat())
    assert Verb.NEXT_SIBLING not in verbs(reader, 1)


def test_a_press_that_is_released_elsewhere_does_nothing(reader: Reader) -> None:
    reader.show(short_chat())
    viewport, point = reader.view.viewport(), reader.control(1, Verb.REGENERATE).rect.center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point + QPoint(200, 0))
    assert reader.signals == []


def test_reasoning_opens_and_folds(reader: Reader) -> None:
    reader.show(short_chat())
    height = reader.view.document.height
    reader.click_control(1, Verb.FOLD_REASONING)
    assert reader.view.document.height > height + 100
    reader.click_control(1, Verb.COPY_REASONING)
    assert clipboard() == REASONING
    reader.click_control(1, Verb.FOLD_REASONING)
    assert reader.view.document.height == height


def test_code_wraps_and_runs_on_again(reader: Reader) -> None:
    reader.show([question("Long?"), answer("```\n" + "word " * 60 + "\n```")])
    height = reader.view.document.height
    reader.click_control(1, Verb.WRAP_CODE)
    assert reader.view.document.height > height
    reader.click_control(1, Verb.WRAP_CODE)
    assert reader.view.document.height == height


def test_a_long_question_is_folded_until_it_is_asked_for(reader: Reader) -> None:
    reader.show([question("\n".join(f"line {n}" for n in range(60))), answer("Yes.")])
    folded = reader.rect(0).height()
    assert folded < 16 * 24
    reader.view.verticalScrollBar().setValue(0)
    reader.click_control(0, Verb.FOLD_QUESTION)
    assert reader.rect(0).height() > 60 * 24
    reader.place_of(0, "line 59")


def test_a_question_of_twelve_lines_is_shown_whole(reader: Reader) -> None:
    reader.show([question("\n".join(f"line {n}" for n in range(12)))])
    assert Verb.FOLD_QUESTION not in verbs(reader, 0)


def test_a_bubble_is_as_wide_as_its_words_and_never_wider_than_four_fifths(reader: Reader) -> None:
    reader.show([question("Short."), question("Long words. " * 40, 1)])
    column = reader.view.page_geometry.column[1]
    short, long = (reader.view.document[index]._bubble_width for index in (0, 1))
    assert short < 120
    assert short < long <= 0.8 * column


def test_files_are_named_in_the_bubble(reader: Reader) -> None:
    message = replace(
        question(""),
        parts=(
            DocumentPart("0" * 64, "text/plain", "list.txt", text="text"),
            DocumentPart("1" * 64, "text/plain", "notes.txt", text="text"),
            TextPart("What is this?"),
        ),
    )
    reader.show([question("What is this?"), replace(message, id="m1")])
    assert reader.rect(1).height() == reader.rect(0).height() + 2 * 36 + 4 + 8


@pytest.mark.parametrize(
    ("index", "verb", "signals"),
    [
        (1, Verb.FAILURE_ACTION, [("action_requested", "m1", "retry")]),
        (3, Verb.FAILURE_ACTION, [("action_requested", "m3", "use_built_in")]),
        (5, Verb.CONTINUE, [("continue_requested", "m5")]),
        (5, Verb.REGENERATE, [("regenerate_requested", "m5")]),
        (7, Verb.CONTINUE, [("continue_requested", "m7")]),
    ],
)
def test_an_answer_that_did_not_end_well_offers_the_next_step(
    index: int, verb: Verb, signals: list[tuple[object, ...]], make_reader
) -> None:
    reader = make_reader(height=1_400)
    reader.show(failed_chat())
    reader.click_control(index, verb)
    assert reader.signals == signals


def test_the_details_of_a_failure_are_shown_when_asked_for(make_reader) -> None:
    reader = make_reader(height=1_400)
    reader.show(failed_chat())
    before = reader.rect(3).height()
    reader.click_control(3, Verb.FAILURE_DETAILS)
    assert reader.rect(3).height() > before


def test_a_stopped_answer_can_be_continued(reader: Reader) -> None:
    reader.show([question("Go"), answer("Half", state=MessageState.STOPPED)])
    assert {Verb.CONTINUE, Verb.REGENERATE} <= verbs(reader, 1)


def test_a_tool_that_was_asked_for_is_reported_and_not_run(reader: Reader) -> None:
    asked = replace(answer("", 1), parts=(ToolCallPart("1", "search", '{"q": "x"}'),))
    reader.show([question("Go"), asked])
    assert Verb.FAILURE_DETAILS in verbs(reader, 1)


def test_an_answer_that_still_streams_offers_no_actions(reader: Reader) -> None:
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    reader.view.grow("m1", (ReasoningDelta("thinking"), TextDelta("half")))
    assert verbs(reader, 1) == {Verb.FOLD_REASONING}


def test_a_link_that_is_clicked_is_handed_on_and_not_opened(reader: Reader) -> None:
    reader.show([question("Go"), answer("See [the page](https://example.org/a?b=c) there.")])
    reader.click(reader.place_of(1, "the page") + QPoint(3, 0))
    assert reader.signals == [("link_activated", "https://example.org/a?b=c", "the page")]


def test_a_drag_over_a_link_selects_and_does_not_follow_it(reader: Reader) -> None:
    reader.show([question("Go"), answer("See [the page](https://example.org) there.")])
    reader.drag(reader.place_of(1, "the page") + QPoint(2, 0), reader.place_of(1, " there"))
    assert reader.signals == []


def test_the_tooltip_of_a_link_tells_where_it_really_leads_as_plain_text(reader: Reader) -> None:
    reader.show([question("Go"), answer("See [the page](javascript:a('<b>')) there.")])
    point = reader.place_of(1, "the page") + QPoint(3, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, point, reader.view.viewport().mapToGlobal(point))
    QGuiApplication.sendEvent(reader.view.viewport(), event)
    assert QToolTip.text() == "javascript:a('<b>')"
    QToolTip.hideText()


def test_the_pointer_shows_what_can_be_done(reader: Reader) -> None:
    reader.show([question("Go"), answer("See [the page](https://example.org) there.")])
    viewport = reader.view.viewport()

    def cursor_at(point: QPoint) -> Qt.CursorShape:
        QTest.mouseMove(viewport, point)
        return viewport.cursor().shape()

    assert cursor_at(reader.place_of(1, "the page") + QPoint(3, 0)) is Qt.CursorShape.PointingHandCursor
    assert cursor_at(reader.place_of(1, "See")) is Qt.CursorShape.IBeamCursor
    assert cursor_at(reader.control(1, Verb.COPY).rect.center()) is Qt.CursorShape.PointingHandCursor
    assert cursor_at(QPoint(3, 3)) is Qt.CursorShape.ArrowCursor


def test_what_is_too_wide_scrolls_sideways_by_wheel_and_by_dragging_its_thumb(reader: Reader) -> None:
    reader.show([question("Long?"), answer("```\n" + "word " * 60 + "\n```")])
    code = reader.place_of(1, "word")
    before = reader.look()
    event = QWheelEvent(
        QPointF(code),
        QPointF(reader.view.viewport().mapToGlobal(code)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(reader.view.viewport(), event)
    scrolled = reader.look()
    assert scrolled != before
    column = reader.view.document[1].column(1)
    track = column._leaves[0].layout._track()
    thumb = column._leaves[0].layout._horizontal_scroll.thumb(track).center()
    origin = reader.view.page_geometry.to_view(track.translated(0, reader.view.document.top(1)))
    start = QPoint(origin.left() + thumb.x() - track.left(), origin.center().y())
    reader.drag(start, start + QPoint(120, 0))
    assert reader.look() != scrolled


def test_ctrl_and_the_wheel_are_left_to_the_window(reader: Reader) -> None:
    reader.show(full_chat())
    before = reader.scroll
    middle = QPointF(reader.view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.accept()
    reader.view.wheelEvent(event)
    assert not event.isAccepted()
    assert reader.scroll == before


def test_a_touchpad_scrolls_pixel_by_pixel(reader: Reader) -> None:
    reader.show(full_chat())
    before = reader.scroll
    middle = QPointF(reader.view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        middle,
        QPoint(0, 7),
        QPoint(0, 14),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )
    reader.view.wheelEvent(event)
    assert reader.scroll == before - 7


def test_what_is_hidden_in_a_link_is_reported_in_its_tooltip(reader: Reader) -> None:
    reader.show([question("Go"), answer("See [the page](https://host/\u202egnp.exe) there.")])
    point = reader.place_of(1, "the page") + QPoint(3, 0)
    assert reader.view.tooltip_at(point) == "https://host/[U+202E]gnp.exe"


def test_the_statistics_tell_more_on_hover(reader: Reader) -> None:
    reader.show(short_chat())
    rect = reader.rect(1)
    tooltip = reader.view.tooltip_at(QPoint(rect.right() - 5, rect.bottom() - 10))
    assert "deepseek-r1:14b" in tooltip.split("\n")
    assert reader.view.tooltip_at(QPoint(rect.left() + 300, rect.bottom() - 10)) == ""
