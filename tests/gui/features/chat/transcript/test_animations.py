"""Pictures that move stand still until a person plays them or points at them, and stop when nobody sees them (case 84)."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.features.chat.ui.transcript.page.pictures.picture_viewer import PictureViewer
from chatdesk.kernel.chat.message import ImagePart, TextPart
from chatdesk.ui_kit.pictures import animation_frames, animation_player
from chatdesk.ui_kit.pictures.animation_frames import AnimationFrames, is_animation
from chatdesk.ui_kit.pictures.animation_player import AnimationPlayer
from chatdesk.ui_kit.pictures.picture_worker import PictureWorker
from tests.gui.conftest import FixedPreferences
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_animations import gif
from tests.gui.features.chat.transcript.sample_chat import answer, question
from tests.gui.features.chat.transcript.sample_pictures import data_uri, picture

RED, BLUE = QColor(200, 60, 30), QColor(30, 90, 200)
SOURCE = data_uri(gif(size=64), "image/gif")


def marks(reader: Reader, index: int = 1) -> list[Control]:
    return [control for control in reader.controls(index) if control.command.verb is Verb.PLAY_PICTURE]


def color(reader: Reader, index: int = 1) -> str:
    picture = next(each for each in reader.controls(index) if each.command.verb is Verb.VIEW_PICTURE)
    return reader.look().pixelColor(picture.rect.topRight() + QPoint(-16, 16)).name()  # the mark is at the left


@pytest.fixture
def shown(reader: Reader, qtbot: QtBot) -> Reader:
    reader.show([question("Go"), answer(f"![a wheel]({SOURCE})")])
    reader.look()
    qtbot.waitUntil(lambda: bool(marks(reader)))
    return reader


def play(reader: Reader, index: int = 1) -> None:
    reader.click(marks(reader, index)[0].rect.center())


def frames_seen(reader: Reader) -> list[object]:
    seen: list[object] = []
    reader.view.pictures.moved.connect(seen.append)
    return seen


def test_it_stands_still_until_it_is_played(shown: Reader, qtbot: QtBot) -> None:
    assert color(shown) == RED.name()
    assert marks(shown)[0].name == "Play animation: a wheel"
    assert not shown.view.pictures.is_playing(SOURCE)
    play(shown)
    qtbot.waitUntil(lambda: color(shown) == BLUE.name())
    qtbot.waitUntil(lambda: color(shown) == RED.name())
    assert marks(shown)[0].name == "Stop animation: a wheel"


def test_the_mark_stops_it_and_the_first_frame_is_seen_again(shown: Reader, qtbot: QtBot) -> None:
    play(shown)
    qtbot.waitUntil(lambda: color(shown) == BLUE.name())
    play(shown)
    assert not shown.view.pictures.is_playing(SOURCE)
    assert color(shown) == RED.name()


def test_a_click_beside_the_mark_opens_the_picture(shown: Reader) -> None:
    (mark,) = marks(shown)
    whole = next(each for each in shown.controls(1) if each.command.verb is Verb.VIEW_PICTURE).rect
    assert whole.contains(mark.rect)
    assert mark.rect != whole


def test_the_keyboard_reaches_it(shown: Reader, qtbot: QtBot) -> None:
    shown.view.clearFocus()
    shown.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    for _ in range(12):
        if shown.view.focused_control and shown.view.focused_control.command.verb is Verb.PLAY_PICTURE:
            break
        shown.press(Qt.Key.Key_Tab)
    shown.press(Qt.Key.Key_Return)
    assert shown.view.pictures.is_playing(SOURCE)
    shown.view.pictures.toggle(SOURCE)


def test_only_its_own_place_is_painted_again(shown: Reader, qtbot: QtBot) -> None:
    seen = frames_seen(shown)
    play(shown)
    qtbot.waitUntil(lambda: sum(not place.isNull() for place in seen) > 2)
    picture = next(each for each in shown.controls(1) if each.command.verb is Verb.VIEW_PICTURE)
    assert all(place.size() == picture.rect.size() for place in seen if not place.isNull())
    play(shown)


def test_out_of_sight_it_stops(shown: Reader, qtbot: QtBot) -> None:
    play(shown)
    qtbot.waitUntil(lambda: color(shown) == BLUE.name())
    shown.view.hide()
    qtbot.waitUntil(lambda: not shown.view.pictures.is_playing(SOURCE))


def test_in_another_chat_it_stops(shown: Reader, qtbot: QtBot) -> None:
    play(shown)
    qtbot.waitUntil(lambda: color(shown) == BLUE.name())
    shown.show([question("Other", chat="other")])
    qtbot.waitUntil(lambda: not shown.view.pictures.is_playing(SOURCE))


def test_it_does_not_play_for_ever(shown: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animation_player, "_MAX_PLAY_MILLISECONDS", 300)
    play(shown)
    qtbot.waitUntil(lambda: not shown.view.pictures.is_playing(SOURCE))


def test_no_two_play_at_once(reader: Reader, qtbot: QtBot) -> None:
    other = data_uri(gif((BLUE.toTuple()[:3], RED.toTuple()[:3]), size=64), "image/gif")
    reader.show([question("Go"), answer(f"![one]({SOURCE})\n\n![two]({other})")])
    reader.look()
    qtbot.waitUntil(lambda: len(marks(reader)) == 2)
    first, second = marks(reader)
    reader.click(first.rect.center())
    assert reader.view.pictures.is_playing(SOURCE)
    reader.click(second.rect.center())
    assert not reader.view.pictures.is_playing(SOURCE)
    assert reader.view.pictures.is_playing(other)
    reader.view.pictures.toggle(other)


def test_what_takes_too_long_stops(shown: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animation_frames, "_MAX_FRAME_SECONDS", -1.0)
    play(shown)
    qtbot.waitUntil(lambda: not shown.view.pictures.is_playing(SOURCE))


def test_one_that_a_person_loaded_plays_too(reader: Reader, qtbot: QtBot) -> None:
    address = "https://pictures.example/wheel.gif"
    reader.show([question("Go"), answer(f"![a wheel]({address})")])
    reader.view.show_picture(address, gif(size=64))
    reader.look()
    qtbot.waitUntil(lambda: bool(marks(reader)))
    play(reader)
    qtbot.waitUntil(lambda: color(reader) == BLUE.name())
    play(reader)


def test_one_that_went_along_plays_too(reader: Reader, qtbot: QtBot) -> None:
    data = gif(size=64)
    part = ImagePart("a" * 64, "image/gif", "wheel.gif", 64, 64, len(data))
    reader.view.pictures.set_stored_reader(lambda sha256: data if sha256 == part.sha256 else None)
    reader.show([replace(question("Look"), parts=(part, TextPart("Look")))])
    reader.look()
    qtbot.waitUntil(lambda: bool(marks(reader, 0)))
    play(reader, 0)
    qtbot.waitUntil(lambda: color(reader, 0) == BLUE.name())
    play(reader, 0)


def move(reader: Reader, point: QPoint) -> None:
    QTest.mouseMove(reader.view.viewport(), point)


def beside_the_mark(reader: Reader) -> QPoint:
    return reader.control(1, Verb.VIEW_PICTURE).rect.topRight() + QPoint(-16, 16)


def point_at_picture(reader: Reader) -> None:
    move(reader, beside_the_mark(reader))


def color_at(reader: Reader, point: QPoint) -> str:
    """As `color` tells it, the pointer left where it is."""
    return reader.look().pixelColor(point).name()


def test_it_plays_while_the_pointer_rests_on_it(shown: Reader, qtbot: QtBot) -> None:
    beside = beside_the_mark(shown)
    move(shown, beside)
    qtbot.waitUntil(lambda: color_at(shown, beside) == BLUE.name())
    assert not shown.view.pictures.is_playing(SOURCE), "the mark still offers to have it go on"
    move(shown, QPoint(1, 1))
    assert color_at(shown, beside) == RED.name()
    qtbot.wait(250)
    assert color_at(shown, beside) == RED.name()


def test_a_pointer_that_passes_by_moves_nothing(shown: Reader, qtbot: QtBot) -> None:
    seen = frames_seen(shown)
    point_at_picture(shown)
    move(shown, QPoint(1, 1))
    qtbot.wait(300)
    assert not seen


def test_pressed_under_the_pointer_it_goes_on_when_the_pointer_goes(shown: Reader, qtbot: QtBot) -> None:
    beside, (mark,) = beside_the_mark(shown), marks(shown)
    move(shown, beside)
    qtbot.waitUntil(lambda: color_at(shown, beside) == BLUE.name())
    shown.click(mark.rect.center())
    move(shown, QPoint(1, 1))
    assert shown.view.pictures.is_playing(SOURCE)
    qtbot.waitUntil(lambda: color(shown) == RED.name())
    qtbot.waitUntil(lambda: color(shown) == BLUE.name())
    play(shown)
    assert color(shown) == RED.name()


def test_what_was_begun_by_hand_is_not_stopped_for_another_that_is_pointed_at(reader: Reader, qtbot: QtBot) -> None:
    other = data_uri(gif((BLUE.toTuple()[:3], RED.toTuple()[:3]), size=64), "image/gif")
    reader.show([question("Go"), answer(f"![one]({SOURCE})\n\n![two]({other})")])
    reader.look()
    qtbot.waitUntil(lambda: len(marks(reader)) == 2)
    reader.view.pictures.toggle(SOURCE)
    second = [each for each in reader.controls(1) if each.command.verb is Verb.VIEW_PICTURE][1]
    move(reader, second.rect.center())
    qtbot.wait(250)
    assert reader.view.pictures.is_playing(SOURCE)
    reader.view.pictures.toggle(SOURCE)


def test_where_the_system_asks_for_less_motion_only_a_press_plays_it(
    shown: Reader, qtbot: QtBot, preferences: FixedPreferences
) -> None:
    preferences.set(reduced_motion=True)
    shown.look()
    seen = frames_seen(shown)
    point_at_picture(shown)
    qtbot.wait(300)
    assert not seen
    play(shown)
    qtbot.waitUntil(lambda: color(shown) == BLUE.name())
    play(shown)


def opened(reader: Reader) -> PictureViewer:
    reader.click(beside_the_mark(reader))
    viewer = reader.view.window().findChild(PictureViewer)
    assert viewer is not None
    return viewer


def middle(viewer: PictureViewer) -> str:
    image = viewer.canvas.grab().toImage()
    return image.pixelColor(image.rect().center()).name()


def test_in_the_viewer_it_plays_and_can_be_stopped(shown: Reader, qtbot: QtBot) -> None:
    viewer = opened(shown)
    viewer.canvas.zoom_to(2.0)
    qtbot.waitUntil(viewer.play.isVisible)
    for wanted in (BLUE, RED, BLUE):
        qtbot.waitUntil(lambda wanted=wanted: middle(viewer) == wanted.name())
    assert viewer.play.text() == "Stop animation"
    zoom = viewer.canvas.zoom
    viewer.play.click()
    assert viewer.play.text() == "Play animation"
    still = middle(viewer)
    qtbot.wait(250)
    assert middle(viewer) == still
    viewer.play.click()
    qtbot.waitUntil(lambda: middle(viewer) != still)
    assert viewer.canvas.zoom == zoom
    viewer.close()


def test_in_the_viewer_it_stands_still_where_the_system_asks_for_less_motion(
    shown: Reader, qtbot: QtBot, preferences: FixedPreferences
) -> None:
    preferences.set(reduced_motion=True)
    viewer = opened(shown)
    qtbot.waitUntil(lambda: middle(viewer) == RED.name())
    qtbot.wait(300)
    assert middle(viewer) == RED.name()
    viewer.play.click()
    qtbot.waitUntil(lambda: middle(viewer) == BLUE.name())
    viewer.close()


def test_a_frame_that_is_decoded_after_the_viewer_has_gone_is_dropped(qtbot: QtBot) -> None:
    asked: list[Callable[[object], None]] = []

    class Worker(QObject):
        def do(self, _work: object, done: Callable[[object], None]) -> None:
            asked.append(done)

    window = QObject()
    player = AnimationPlayer("x", lambda: b"", cast("PictureWorker", Worker()), window)
    player.image(QSize(4, 4), QRect())
    shiboken6.delete(window)
    asked[0](None)
    assert not shiboken6.isValid(player)


def test_the_viewer_offers_nothing_to_play_for_a_picture_that_stands_still(reader: Reader, qtbot: QtBot) -> None:
    reader.show([question("Go"), answer(f"![a cat]({data_uri(picture())})")])
    reader.look()
    viewer = opened(reader)
    qtbot.wait(50)
    assert not viewer.play.isVisible()
    viewer.close()


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        picture(kind="JPEG"),
        picture(kind="WEBP"),
        gif(((1, 2, 3),)),
        gif(size=2_001),
        gif()[:40],
        b"GIF89a",
        b"",
    ],
    ids=["png", "jpeg", "webp", "one frame", "too many pixels", "cut", "head", "nothing"],
)
def test_what_cannot_be_played_is_not_offered(data: bytes) -> None:
    assert not is_animation(data)


def test_frames_go_round_and_a_broken_end_does_not_stop_them() -> None:
    whole = AnimationFrames(gif(), QSize(4, 4))
    shown = [frame.image.pixelColor(0, 0).name() for _ in range(5) if (frame := whole.next())]
    assert shown == [RED.name(), BLUE.name(), RED.name(), BLUE.name(), RED.name()]
    cut = AnimationFrames(gif()[:-20], QSize(4, 4))
    assert all(cut.next() for _ in range(5))


@pytest.mark.parametrize(("delay", "milliseconds"), [(0, 100), (1, 100), (2, 20), (5, 50), (65_535, 10_000)])
def test_delays_are_those_of_browsers(delay: int, milliseconds: int) -> None:
    frame = AnimationFrames(gif(delay=delay), QSize(4, 4)).next()
    assert frame is not None
    assert frame.milliseconds == milliseconds


def test_what_is_dear_is_played_more_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.1])
    monkeypatch.setattr(animation_frames, "thread_time", lambda: next(clock))
    frame = AnimationFrames(gif(delay=2), QSize(4, 4)).next()
    assert frame is not None
    assert frame.milliseconds == 300
