"""Wheel, touchpad, scroll bar and jumps: how the page moves and what the bar shows."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.ui_kit.style.appearance import Appearance
from tests.fakes.fixed_preferences import FixedPreferences
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import ANSWER, answer, question

LONG = "\n\n".join(f"Paragraph {number} of an answer." for number in range(60))


def turns(count: int, text: str = LONG) -> list:
    return [
        question(f"Question number {number}?", number) if number % 2 == 0 else answer(text, number)
        for number in range(2 * count)
    ]


def move_fingers(
    reader: Reader, pixels: int, phase: Qt.ScrollPhase = Qt.ScrollPhase.ScrollUpdate, *, sideways: int = 0
) -> None:
    """Move two fingers on a touchpad."""
    middle = QPointF(reader.view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        reader.view.viewport().mapToGlobal(middle),
        QPoint(sideways, pixels),
        QPoint(sideways * 2, pixels * 2),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        phase,
        False,
    )
    QGuiApplication.sendEvent(reader.view.viewport(), event)


def test_a_notch_glides_and_ends_where_it_should(reader: Reader) -> None:
    reader.show(turns(5))
    before = reader.scroll
    reader.turn_wheel(1)
    assert reader.scroll == before
    seen = []
    for _ in range(7):
        reader.clock.now += 0.02
        reader.view._wheel._glide_step()
        seen.append(before - reader.scroll)
    assert seen == sorted(seen)
    assert 0 < seen[0] < 60
    assert seen[-1] == 60
    assert not reader.view._wheel._frames.isActive()


def test_notches_add_up(reader: Reader) -> None:
    reader.show(turns(5))
    before = reader.scroll
    reader.turn_wheel(1)
    reader.clock.now += 0.03
    reader.view._wheel._glide_step()
    reader.turn_wheel(1)
    reader.wheel(1)
    assert before - reader.scroll == 180


def test_turning_back_goes_back_at_once(reader: Reader) -> None:
    reader.show(turns(5))
    reader.turn_wheel(5)
    reader.clock.now += 0.02
    reader.view._wheel._glide_step()
    here = reader.scroll
    reader.wheel(-1)
    assert reader.scroll == here + 60


def test_with_reduced_motion_a_notch_is_one_step(reader: Reader, preferences: FixedPreferences) -> None:
    preferences.set(reduced_motion=True)
    reader.show(turns(5))
    before = reader.scroll
    reader.turn_wheel(1)
    assert before - reader.scroll == 60


def test_fingers_move_the_page_pixel_by_pixel(reader: Reader) -> None:
    reader.show(turns(5))
    before = reader.scroll
    for pixels in (3, 7, -2):
        move_fingers(reader, pixels)
    assert before - reader.scroll == 8


def test_fingers_that_let_go_let_the_page_run_on_until_somebody_goes_elsewhere(reader: Reader) -> None:
    begin, moves, runs, ends = (
        Qt.ScrollPhase.ScrollBegin,
        Qt.ScrollPhase.ScrollUpdate,
        Qt.ScrollPhase.ScrollMomentum,
        Qt.ScrollPhase.ScrollEnd,
    )
    reader.show(turns(5))
    before = reader.scroll
    for pixels, phase in ((0, begin), (30, moves), (20, moves), (0, ends), (10, runs), (5, runs)):
        move_fingers(reader, pixels, phase)
    assert before - reader.scroll == 65
    reader.press(Qt.Key.Key_Home)
    for _ in range(3):
        move_fingers(reader, -4, runs)
    assert reader.scroll == 0
    for pixels, phase in ((0, begin), (-7, moves)):
        move_fingers(reader, pixels, phase)
    assert reader.scroll == 7


def test_a_page_moved_a_little_askew_moves_straight(reader: Reader) -> None:
    long = "x" * 2_000
    reader.show([question("Go"), answer(f"{LONG}\n\n```text\n{long}\n```\n\n{LONG}")])
    reader.view._scroller.scroll_to(reader.scroll // 2)
    sideways: list[int] = []
    reader.view._surface.scroll_horizontally = lambda _point, distance: sideways.append(distance)  # type: ignore[method-assign]
    before = reader.scroll
    move_fingers(reader, 0, Qt.ScrollPhase.ScrollBegin)
    for pixels, x in ((5, 2), (4, 5), (3, 8), (6, 1)):
        move_fingers(reader, pixels, sideways=x)
    assert (before - reader.scroll, sideways) == (18, [])
    move_fingers(reader, 0, Qt.ScrollPhase.ScrollBegin)
    for pixels, x in ((1, 6), (7, 5)):
        move_fingers(reader, pixels, sideways=x)
    assert (before - reader.scroll, sideways) == (18, [-6, -5])


def glide(reader: Reader, seconds: float) -> list[int]:
    """Let time go on in frames; return where the page was."""
    seen = []
    for _ in range(round(seconds / 0.05)):
        reader.clock.now += 0.05
        if reader.view._wheel._frames.isActive():
            reader.view._wheel._glide_step()
        seen.append(reader.scroll)
    return seen


def fling(reader: Reader, pixels: int, seconds: float = 0.01) -> None:
    """Let two fingers go while they move."""
    move_fingers(reader, 0, Qt.ScrollPhase.ScrollBegin)
    for _ in range(6):
        move_fingers(reader, pixels)
        reader.clock.now += seconds
    move_fingers(reader, 0, Qt.ScrollPhase.ScrollEnd)


def test_where_the_system_does_not_the_page_runs_on_by_itself_and_comes_to_rest(reader: Reader) -> None:
    reader.show(turns(20))
    reader.view._wheel.glides = True
    before = reader.scroll
    fling(reader, 10)
    let_go = reader.scroll
    assert before - let_go == 60
    seen = [let_go, *glide(reader, 1.2)]
    steps = [first - second for first, second in pairwise(seen)]
    assert steps[0] == pytest.approx(50, abs=8), "as fast as the fingers: 1,000 pixels a second"
    assert all(first >= second for first, second in pairwise(steps))
    assert let_go - seen[-1] == pytest.approx(325, abs=20)
    assert not reader.view._wheel._frames.isActive()


def test_fingers_that_come_down_hold_the_page(reader: Reader) -> None:
    reader.show(turns(20))
    reader.view._wheel.glides = True
    fling(reader, 10)
    glide(reader, 0.1)
    move_fingers(reader, 0, Qt.ScrollPhase.ScrollBegin)
    here = reader.scroll
    assert set(glide(reader, 0.5)) == {here}


@pytest.mark.parametrize("seconds", [0.3, 0.2])
def test_fingers_that_rest_before_they_let_go_leave_the_page_there(reader: Reader, seconds: float) -> None:
    reader.show(turns(20))
    reader.view._wheel.glides = True
    fling(reader, 10, seconds)
    here = reader.scroll
    assert set(glide(reader, 0.5)) == {here}


def test_where_the_system_lets_it_run_on_or_less_motion_is_wanted_it_does_not_by_itself(
    reader: Reader, preferences: FixedPreferences
) -> None:
    reader.show(turns(20))
    fling(reader, 10)
    here = reader.scroll
    assert set(glide(reader, 0.5)) == {here}
    reader.view._wheel.glides = True
    preferences.set(reduced_motion=True)
    fling(reader, 10)
    here = reader.scroll
    assert set(glide(reader, 0.5)) == {here}


def test_fingers_go_one_way_also_where_nobody_tells_when_they_come_and_go(reader: Reader) -> None:
    long = "x" * 2_000
    reader.show([question("Go"), answer(f"{LONG}\n\n```text\n{long}\n```\n\n{LONG}")])
    reader.view._scroller.scroll_to(reader.scroll // 2)
    sideways: list[int] = []
    reader.view._surface.scroll_horizontally = lambda _point, distance: sideways.append(distance)  # type: ignore[method-assign]
    before = reader.scroll
    for pixels, x in ((5, 2), (4, 5), (3, 8)):
        move_fingers(reader, pixels, Qt.ScrollPhase.NoScrollPhase, sideways=x)
    assert (before - reader.scroll, sideways) == (12, [])
    reader.clock.now += 0.5
    move_fingers(reader, 1, Qt.ScrollPhase.NoScrollPhase, sideways=6)
    assert (before - reader.scroll, sideways) == (12, [-6])


@pytest.mark.parametrize("part", [1, 8, 15, 24, 40])
def test_parts_of_a_notch_are_followed_at_once_and_add_up_to_notches(reader: Reader, part: int) -> None:
    reader.show(turns(5))
    before = reader.scroll
    for _ in range(2 * 120 // part):
        reader.turn_wheel(part / 120)
    assert before - reader.scroll == 120
    for _ in range(2 * 120 // part):
        reader.turn_wheel(-part / 120)
    assert reader.scroll == before
    assert not reader.view._wheel._frames.isActive()


def test_a_notch_lets_go_of_what_streams_at_once(reader: Reader) -> None:
    reader.show(turns(3))
    reader.view.add_message(question("More?", 6))
    reader.view.add_message(answer("", 7, state=MessageState.STREAMING))
    reader.view.grow("m7", (TextDelta(LONG),))
    reader.turn_wheel(1)
    before = reader.scroll
    reader.view.grow("m7", (TextDelta("\n\n" + LONG),))
    assert reader.scroll == before


def test_who_jumps_elsewhere_glides_no_further(reader: Reader) -> None:
    reader.show(turns(5))
    reader.turn_wheel(5)
    reader.view.show_text("m4", "nothing of the kind")
    here = reader.scroll
    reader.clock.now += 0.05
    reader.view._wheel._glide_step()
    assert reader.scroll == here


def test_the_way_back_says_that_there_is_new_text(reader: Reader) -> None:
    reader.show(turns(3))
    reader.view.add_message(question("More?", 6))
    reader.view.add_message(answer("", 7, state=MessageState.STREAMING))
    reader.view.grow("m7", (TextDelta(LONG),))
    reader.wheel(5)
    assert reader.view._return_button.isVisible()
    assert not reader.view._return_button.has_new_content
    old_name = reader.view._return_button.accessibleName()
    reader.view.grow("m7", (TextDelta("\n\nNews."),))
    assert reader.view._return_button.has_new_content
    assert reader.view._return_button.accessibleName() != old_name
    reader.view._return_button.click()
    assert not reader.view._return_button.has_new_content
    assert reader.at_end


def test_one_goes_from_question_to_question(reader: Reader) -> None:
    reader.show(turns(5))
    reader.view.verticalScrollBar().setValue(0)
    reader.view.go_to_question(1)
    assert reader.rect(2).top() == 24
    reader.view.go_to_question(1)
    assert reader.rect(4).top() == 24
    reader.wheel(-2)
    reader.view.go_to_question(-1)
    assert reader.rect(4).top() == 24
    reader.view.go_to_question(-1)
    assert reader.rect(2).top() == 24
    for _ in range(5):
        reader.view.go_to_question(1)
    assert reader.at_end


def test_going_to_a_question_lets_go_of_the_end(reader: Reader) -> None:
    reader.show(turns(3))
    reader.view.go_to_question(-1)
    assert reader.rect(4).top() == 24
    before = reader.scroll
    reader.view.add_message(answer(LONG, 7))
    assert reader.scroll == before


def test_a_click_beside_the_thumb_goes_a_page(reader: Reader) -> None:
    reader.show(turns(5))
    bar = reader.view.verticalScrollBar()
    bar.setValue(0)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(6, bar.height() - 20))
    assert reader.view.viewport().height() - 60 <= bar.value() <= reader.view.viewport().height()


def test_questions_are_marked_on_the_bar_and_reported_on_hover(reader: Reader, appearance: Appearance) -> None:
    reader.show(turns(5))
    bar = reader.view.verticalScrollBar()
    image = bar.grab().toImage()
    color = appearance.theme.color("borderControl")
    marked = [y for y in range(image.height()) if _is(image.pixelColor(3, y), color)]
    assert len(marked) >= 4
    top = reader.view.document.top(4) * bar.height() // bar.page_height
    assert any(abs(y - top) <= 2 for y in marked)
    place = QPoint(6, top + 4)
    QGuiApplication.sendEvent(bar, QHelpEvent(QHelpEvent.Type.ToolTip, place, bar.mapToGlobal(place)))
    assert "Question number 4?" in QToolTip.text()
    QToolTip.hideText()


def test_hits_are_marked_on_the_bar(reader: Reader, appearance: Appearance) -> None:
    reader.show(turns(5))
    reader.view.open_find_bar()
    reader.view._find_bar._edit.setText("Paragraph 30 ")
    while reader.view._find.finder.searching:
        QGuiApplication.processEvents()
    bar = reader.view.verticalScrollBar()
    image = bar.grab().toImage()
    hits, current = appearance.theme.color("warning"), appearance.theme.color("accent")
    assert sum(_is(image.pixelColor(9, y), hits) for y in range(image.height())) >= 3
    assert any(_is(image.pixelColor(9, y), current) for y in range(image.height()))
    reader.view._find.close()


def test_thousands_of_questions_make_no_stripe(reader: Reader) -> None:
    reader.show(turns(1_000, ANSWER))
    assert len(list(reader.view._bar.marks(600))) == 0


def test_thousands_of_hits_make_no_more_marks_than_there_are_pixels(reader: Reader) -> None:
    reader.show(turns(1_000, "Short."))
    reader.view.open_find_bar()
    reader.view._find_bar._edit.setText("Question")
    while reader.view._find.finder.searching:
        QGuiApplication.processEvents()
    assert reader.view._find.finder.total == 1_000
    assert 100 < len(list(reader.view._bar.marks(600))) <= 301
    reader.view._find.close()


@pytest.mark.parametrize("width", [520, 1_400])
def test_the_line_that_is_read_stays_through_resize_zoom_and_theme(
    width: int, make_reader: Callable[..., Reader], appearance: Appearance
) -> None:
    reader = make_reader()
    reader.show(turns(20))
    reader.view.verticalScrollBar().setValue(9_000)
    before = reader.view.reading_position()
    assert before
    reader.view.resize(width, 640)
    appearance.set_zoom(150)
    appearance.set_scheme("dark")
    after = reader.view.reading_position()
    assert after
    assert (after.message_id, after.part, after.block) == (before.message_id, before.part, before.block)
    appearance.set_zoom(100)
    reader.view.resize(860, 640)
    assert reader.view.reading_position() == before


def _is(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_what_is_moved_around_what_floats_looks_as_if_painted_anew(reader: Reader) -> None:
    reader.show(turns(5, ANSWER))
    reader.view.open_find_bar()
    QGuiApplication.processEvents()
    for distance in (60, 120, 60, -35, 7):
        reader.view._scroller.scroll_to(reader.scroll - distance)
        before = reader.view.counters.pixels_painted
        QGuiApplication.processEvents()
    whole = reader.view.viewport().width() * reader.view.viewport().height()
    assert 0 < reader.view.counters.pixels_painted - before < whole // 2
    assert reader.view._return_button.isVisible()
    on_screen = reader.view.screen().grabWindow(reader.view.winId()).toImage()
    anew = reader.view.grab().toImage()
    assert on_screen.convertToFormat(anew.format()) == anew
    reader.view._find.close()


def test_text_fades_out_above_the_composer_unless_the_end_is_shown(reader: Reader, appearance: Appearance) -> None:
    def inked_rows(rows: range) -> int:
        image = reader.view.grab().toImage()
        page = appearance.theme.color("page").rgb()
        columns = range(reader.view.viewport().width() // 4, reader.view.viewport().width() // 2)
        return sum(any(image.pixel(column, row) != page for column in columns) for row in rows)

    reader.show([question("Why?", 0), answer("\n".join(["Many words in one line."] * 200), 1)])
    reader.view.verticalScrollBar().setValue(100)
    height = reader.view.height()
    assert inked_rows(range(height - 200, height - 50)) > 50
    assert inked_rows(range(height - 1, height)) == 0
    reader.view.verticalScrollBar().setValue(117)
    assert inked_rows(range(height - 1, height)) == 0
