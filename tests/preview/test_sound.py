"""A page is heard only after a person has used it, and its sound plays then."""

import base64
import struct

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.preview.harness import Harness

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


def _use_by_mouse(harness: Harness) -> None:
    harness.click(100, 100)


def _use_by_keys(harness: Harness) -> None:
    harness.host.setFocus()
    harness.until_page("document.hasFocus()")
    harness.type("x")


@pytest.mark.parametrize("use", [_use_by_mouse, _use_by_keys])
def test_a_page_is_silent_until_it_is_used(harness: Harness, use: object) -> None:
    assert callable(use)
    harness.activateWindow()
    run = harness.open(_PAGE)
    harness.until_page("answers.length === 1")
    assert harness.ask("answers") == ["NotAllowedError"]
    assert run.page
    assert run.page.isAudioMuted(), "sounds of its own making begin without a gesture: Chromium does not ask for one"
    use(harness)
    harness.until_page(
        "answers[1] === 'plays' && sound.currentTime > 0.1 && tones.state === 'running' && tones.currentTime > 0.1"
    )
    assert not run.page.isAudioMuted()


def test_escape_and_a_moving_mouse_are_no_use_of_it(harness: Harness) -> None:
    harness.activateWindow()
    run = harness.open(_PAGE)
    harness.host.setFocus()
    harness.until_page("document.hasFocus()")
    QTest.mouseMove(harness.page_window(), harness.page_window().rect().center())
    harness.keys(Qt.Key.Key_Escape)
    harness.ask("1")
    assert run.page
    assert run.page.isAudioMuted()


def test_the_next_page_is_silent_again(harness: Harness) -> None:
    harness.open(_PAGE)
    harness.click(100, 100)
    run = harness.open(_PAGE)
    assert run.page
    assert run.page.isAudioMuted()
