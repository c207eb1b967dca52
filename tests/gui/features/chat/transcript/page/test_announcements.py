"""What is announced to a screen reader while an answer streams."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from chatdesk.features.chat.ui.transcript.page.accessibility.announcements import Announcements
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(Announcements, "announce", lambda _self, text: said.append(text))
    return said


@pytest.fixture
def grow(reader: Reader) -> Callable[[str], None]:
    """Let an answer grow, and let as much time go by as an announcement takes."""
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    announcements = reader.view._announcements
    announcements._is_reader_active = lambda: True

    def grow(text: str) -> None:
        reader.view.grow("m1", (TextDelta(text),))
        assert announcements._timer.isActive() or not announcements.enabled
        announcements._timer.stop()
        if announcements.enabled:
            announcements._announce_finished()

    return grow


def test_sentences_are_said_once_they_are_finished(grow: Callable[[str], None], said: list[str]) -> None:
    grow("The first sentence is")
    assert said == []
    grow(" done. The second")
    assert said == ["The first sentence is done."]
    grow(" one too! And")
    assert said == ["The first sentence is done.", "The second one too!"]


def test_looks_are_not_read_out_and_chinese_sentences_end_too(grow: Callable[[str], None], said: list[str]) -> None:
    grow("**今天** [天气](https://e.org)很好。我们")
    assert said == ["今天 天气很好。"] or said == ["今天天气很好。"]


def test_what_is_left_is_said_at_the_end(reader: Reader, grow: Callable[[str], None], said: list[str]) -> None:
    grow("One. And no end")
    reader.view.change_message(answer("One. And no end"))
    assert said == ["One.", "And no end"]


def test_code_is_named_not_read_out(grow: Callable[[str], None], said: list[str]) -> None:
    grow("Look:\n\n```python\nprint(1)\nprint(2)\n")
    grow("```\n\nThat is all. And")
    assert said == ["Look:", "Code, 2 lines, python That is all."]


def test_formulas_are_said_in_words_once_they_have_come(grow: Callable[[str], None], said: list[str]) -> None:
    grow(r"First. Then $x: \frac{1}")
    assert said == ["First."]
    grow("{2}$ is it. More\n\n\\[ x^2: y")
    assert said == ["First.", "Then x colon 1 over 2 is it. More"]
    grow(" \\]\n\nEnd")
    assert said[2:] == ["x squared colon y"]


def test_nothing_is_said_once_it_is_switched_off(reader: Reader, grow: Callable[[str], None], said: list[str]) -> None:
    reader.view.set_announcing(False)
    grow("One. Two. ")
    assert said == []


def test_nothing_is_done_while_no_screen_reader_listens(reader: Reader) -> None:
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    reader.view._announcements._is_reader_active = lambda: False
    reader.view.grow("m1", (TextDelta("One. "),))
    assert not reader.view._announcements._timer.isActive()


def test_an_announcement_is_an_event_of_the_transcript(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[QAccessibleAnnouncementEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
    reader.view._announcements.announce("Hello")
    assert [event.message() for event in events] == ["Hello"]
