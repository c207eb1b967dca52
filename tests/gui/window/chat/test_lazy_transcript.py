"""The transcript is made when it is first needed: an empty chat is shown without it, and nothing is missed for that."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.chat.ui.transcript.formula_source import NoFormulas
from chatdesk.features.chat.ui.transcript.outline.outline_panel import OutlinePanel
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.settings.declarations import ANNOUNCE, OUTLINE_OPEN, REASONING, SEND_KEY
from tests.gui.window.desk import Desk, Speaker

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[], Awaitable[Desk]]


@pytest.fixture
def unfurnished(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window as it is at its first painting."""

    async def nothing(_transcript: LazyTranscript) -> None:
        pass

    monkeypatch.setattr(LazyTranscript, "prepare", nothing)


def made(desk: Desk) -> TranscriptView | None:
    return desk.window._page.lazy_transcript.made


@pytest.mark.usefixtures("unfurnished", "speaker")
async def test_an_empty_chat_has_none_and_the_first_question_makes_it(open_desk: Open) -> None:
    desk = await open_desk()
    assert made(desk) is None
    for key in (Qt.Key.Key_N, Qt.Key.Key_F):
        desk.press(key, CONTROL)
    assert made(desk) is None
    await desk.ask_and_wait("First")
    assert desk.messages() == ["First", "Yes."]
    assert desk.transcript.isVisible()


@pytest.mark.usefixtures("unfurnished")
async def test_the_last_chat_is_there_at_the_first_painting(desk: Desk, open_desk: Open) -> None:
    await desk.ask_and_wait("First")
    await desk.close()
    again = await open_desk()
    assert made(again) is not None
    assert again.messages() == ["First", "Yes."]


async def test_after_the_start_it_is_there_before_it_is_needed(desk: Desk) -> None:
    assert made(desk) is not None
    assert not desk.transcript.isVisible()


@pytest.mark.usefixtures("unfurnished", "speaker")
async def test_it_follows_settings_from_before_it_was_made_and_later_ones(open_desk: Open) -> None:
    desk = await open_desk()
    desk.program.settings.set(REASONING, "open")
    desk.program.settings.set(ANNOUNCE, value=False)
    view = desk.transcript
    assert view.document._display.value == "open"
    assert view._announcements.enabled is False
    desk.program.settings.set(ANNOUNCE, value=True)
    desk.program.settings.set(SEND_KEY, "ctrl_enter")
    assert view._announcements.enabled is True
    assert view._editing._send_key == "ctrl_enter"


@pytest.mark.usefixtures("unfurnished")
async def test_an_outline_that_was_open_waits_for_a_chat(speaker: Speaker, open_desk: Open) -> None:
    desk = await open_desk()
    desk.program.window_state.set(OUTLINE_OPEN, value=True)
    await desk.close()
    again = await open_desk()
    assert made(again) is None
    await again.ask_and_wait("First")
    outline = again.window.findChild(OutlinePanel)
    assert outline is not None
    assert outline.isVisible()


@pytest.mark.usefixtures("speaker")
async def test_what_is_done_with_it_before_it_is_made_does_nothing(open_desk: Open) -> None:
    lazy = LazyTranscript((await open_desk()).window._appearance, NoFormulas(), lambda _hash: None, None)
    done: list[TranscriptView] = []
    act = lazy.act(done.append)
    lazy.when_made(done.append)
    act()
    assert done == []
    view = lazy.view
    assert done == [view]
    act()
    lazy.when_made(done.append)
    assert done == [view] * 3
    view.deleteLater()
