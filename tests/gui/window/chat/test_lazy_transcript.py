"""The transcript is made when it is first needed: an empty chat is shown without it, and nothing is missed for that."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.chat.ui.side_panel_frame import SidePane
from chatdesk.features.chat.ui.transcript.formula_source import NoFormulas
from chatdesk.features.chat.ui.transcript.outline.outline_panel import OutlinePanel
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.settings.declarations import ANNOUNCE, REASONING, SEND_KEY, SIDE_PANEL
from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[[], Awaitable[Harness]]


@pytest.fixture
def unfurnished(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window as it is at its first painting."""

    async def nothing(_transcript: LazyTranscript) -> None:
        pass

    monkeypatch.setattr(LazyTranscript, "prepare", nothing)


def made(harness: Harness) -> TranscriptView | None:
    return harness.chat_page.lazy_transcript.created


@pytest.mark.usefixtures("unfurnished", "fake_model")
async def test_an_empty_chat_has_none_and_the_first_question_makes_it(open_harness: Open) -> None:
    harness = await open_harness()
    assert made(harness) is None
    for key in (Qt.Key.Key_N, Qt.Key.Key_F):
        harness.press(key, CONTROL)
    assert made(harness) is None
    await harness.ask_and_wait("First")
    assert harness.messages() == ["First", "Yes."]
    assert harness.transcript.isVisible()


@pytest.mark.usefixtures("unfurnished")
async def test_the_last_chat_is_there_at_the_first_painting(harness: Harness, open_harness: Open) -> None:
    await harness.ask_and_wait("First")
    await harness.close()
    again = await open_harness()
    assert made(again) is not None
    assert again.messages() == ["First", "Yes."]


async def test_after_the_start_it_is_there_before_it_is_needed(harness: Harness) -> None:
    assert made(harness) is not None
    assert not harness.transcript.isVisible()


@pytest.mark.usefixtures("unfurnished", "fake_model")
async def test_it_follows_settings_from_before_it_was_made_and_later_ones(open_harness: Open) -> None:
    harness = await open_harness()
    harness.program.settings.set(REASONING, "open")
    harness.program.settings.set(ANNOUNCE, value=False)
    view = harness.transcript
    assert view.document._display.value == "open"
    assert view._announcements.enabled is False
    harness.program.settings.set(ANNOUNCE, value=True)
    harness.program.settings.set(SEND_KEY, "ctrl_enter")
    assert view._announcements.enabled is True
    assert view._editing._send_key == "ctrl_enter"


@pytest.mark.usefixtures("unfurnished")
async def test_an_outline_that_was_open_waits_for_a_chat(fake_model: FakeModel, open_harness: Open) -> None:
    harness = await open_harness()
    harness.program.window_state.set(SIDE_PANEL, SidePane.OUTLINE.value)
    await harness.close()
    again = await open_harness()
    assert made(again) is None
    await again.ask_and_wait("First")
    outline = again.window.findChild(OutlinePanel)
    assert outline is not None
    assert outline.isVisible()


@pytest.mark.usefixtures("fake_model")
async def test_what_is_done_with_it_before_it_is_made_does_nothing(open_harness: Open) -> None:
    lazy = LazyTranscript((await open_harness()).window._appearance, NoFormulas(), lambda _hash: None, None)
    done: list[TranscriptView] = []
    callback = lazy.callback(done.append)
    lazy.when_created(done.append)
    callback()
    assert done == []
    view = lazy.view
    assert done == [view]
    callback()
    lazy.when_created(done.append)
    assert done == [view] * 3
    view.deleteLater()
