"""A page is heard only after a person has used it, and its sound plays then."""

import base64
import struct

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.preview.desk import Desk

_RATE = 8_000
_HEAD = struct.pack(
    "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + _RATE, b"WAVE", b"fmt ", 16, 1, 1, _RATE, _RATE, 1, 8, b"data", _RATE
)
_SECOND = base64.b64encode(_HEAD + b"\x80" * _RATE).decode()
_PAGE = f"""<body><script>
var answers = [], sound = new Audio('data:audio/wav;base64,{_SECOND}'), tones = new AudioContext(), tone = tones.createOscillator();
const play = () => sound.play().then(() => answers.push('plays'), error => answers.push(error.name));
tone.connect(tones.destination); tone.start(); play();
onclick = onkeydown = () => {{ tones.resume(); play() }};
</script>"""


def _use_by_mouse(desk: Desk) -> None:
    desk.click(100, 100)


def _use_by_keys(desk: Desk) -> None:
    desk.stage.setFocus()
    desk.until_page("document.hasFocus()")
    desk.type("x")


@pytest.mark.parametrize("use", [_use_by_mouse, _use_by_keys])
def test_a_page_is_silent_until_it_is_used(desk: Desk, use: object) -> None:
    assert callable(use)
    desk.activateWindow()
    run = desk.open(_PAGE)
    desk.until_page("answers.length === 1")
    assert desk.ask("answers") == ["NotAllowedError"]
    assert run.page
    assert run.page.isAudioMuted(), "sounds of its own making begin without a gesture: Chromium does not ask for one"
    use(desk)
    desk.until_page(
        "answers[1] === 'plays' && sound.currentTime > 0.1 && tones.state === 'running' && tones.currentTime > 0.1"
    )
    assert not run.page.isAudioMuted()


def test_escape_and_a_moving_mouse_are_no_use_of_it(desk: Desk) -> None:
    desk.activateWindow()
    run = desk.open(_PAGE)
    desk.stage.setFocus()
    desk.until_page("document.hasFocus()")
    QTest.mouseMove(desk.page_window(), desk.page_window().rect().center())
    desk.keys(Qt.Key.Key_Escape)
    desk.ask("1")
    assert run.page
    assert run.page.isAudioMuted()


def test_the_next_page_is_silent_again(desk: Desk) -> None:
    desk.open(_PAGE)
    desk.click(100, 100)
    run = desk.open(_PAGE)
    assert run.page
    assert run.page.isAudioMuted()
