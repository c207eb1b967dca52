"""The notification that a long answer is ready, while another program is in front."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from chatdesk.app.shell import answer_notifier
from chatdesk.kernel.settings.declarations import NOTIFY
from tests.gui.window.harness import FakeModel, Harness


@dataclass
class Desktop:
    """A desktop that writes down its notifications, and a clock. What a click gives is in `token`; None for no click."""

    shown: list[tuple[str, str]] = field(default_factory=list)
    token: str | None = None
    now: float = 0.0
    state: Qt.ApplicationState = Qt.ApplicationState.ApplicationInactive

    def wait_for_click(self, title: str, text: str, _action: str, _is_over: Callable[[], bool]) -> str | None:
        self.shown.append((title, text))
        return self.token


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, harness: Harness) -> Desktop:
    """Another program is in front of the window."""
    desktop = Desktop()
    monkeypatch.setattr(answer_notifier, "wait_for_click", desktop.wait_for_click)
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: desktop.state)
    harness.window._notifier.get()._clock = lambda: desktop.now
    return desktop


async def answered_after(
    harness: Harness, fake_model: FakeModel, desktop: Desktop, seconds: float, **answer: object
) -> None:
    """Ask a question and let the answer take so long on the clock."""
    end = asyncio.Event()
    fake_model.says("Once ", end, "upon a time.", **answer)
    harness.ask("A story")
    await harness.until(lambda: harness.answer().startswith("Once"))
    desktop.now += seconds
    end.set()
    await harness.until(lambda: not harness.streaming())


async def test_a_long_answer_is_announced_by_the_title_of_its_chat_only(
    harness: Harness, fake_model: FakeModel, desktop: Desktop
) -> None:
    await answered_after(harness, fake_model, desktop, 20)
    await harness.until(lambda: desktop.shown == [("Answer ready", "A story")])


async def test_a_click_shows_the_chat(harness: Harness, fake_model: FakeModel, desktop: Desktop) -> None:
    desktop.token = ""
    end = asyncio.Event()
    fake_model.says("Once ", end, "upon a time.")
    harness.ask("A story")
    await harness.until(lambda: harness.answer().startswith("Once"))
    chat = harness.chat()
    harness.window.show_settings()
    harness.window.navigation.new_chat()
    harness.window.show_settings()
    desktop.now += 30
    end.set()
    await harness.until(lambda: desktop.shown)
    await harness.until(lambda: harness.chat() == chat and harness.transcript.isVisible())
    assert harness.window.isVisible()


async def test_a_token_of_the_desktop_is_passed_on(
    harness: Harness, fake_model: FakeModel, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    desktop.token = "token"
    await answered_after(harness, fake_model, desktop, 20)
    await harness.until(lambda: answer_notifier.os.environ.get("XDG_ACTIVATION_TOKEN") == "token")
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN")


async def test_an_answer_that_broke_off_is_reported_as_that(
    harness: Harness, fake_model: FakeModel, desktop: Desktop
) -> None:
    await answered_after(harness, fake_model, desktop, 20, cut=True)
    await harness.until(lambda: desktop.shown == [("An answer was interrupted", "A story")])


async def test_a_short_answer_is_not_reported(harness: Harness, fake_model: FakeModel, desktop: Desktop) -> None:
    await answered_after(harness, fake_model, desktop, 19)
    assert desktop.shown == []


async def test_nothing_is_reported_while_a_window_of_ours_is_in_front(
    harness: Harness, fake_model: FakeModel, desktop: Desktop
) -> None:
    desktop.state = Qt.ApplicationState.ApplicationActive
    await answered_after(harness, fake_model, desktop, 60)
    assert desktop.shown == []


async def test_nothing_is_reported_if_the_user_does_not_want_it(
    harness: Harness, fake_model: FakeModel, desktop: Desktop
) -> None:
    harness.program.settings.set(NOTIFY, value=False)
    await answered_after(harness, fake_model, desktop, 60)
    assert desktop.shown == []


async def test_an_answer_that_the_user_stopped_is_not_reported(
    harness: Harness, fake_model: FakeModel, desktop: Desktop
) -> None:
    never = asyncio.Event()
    fake_model.says("Once ", never)
    harness.ask("A story")
    await harness.until(lambda: harness.answer().startswith("Once"))
    desktop.now += 60
    harness.press(Qt.Key.Key_Escape)
    await harness.until(lambda: not harness.streaming())
    assert desktop.shown == []


async def test_a_failure_after_a_long_wait_is_reported(
    harness: Harness, fake_model: FakeModel, desktop: Desktop
) -> None:
    hold = asyncio.Event()

    fake_model.says(hold, error="out of memory")
    harness.ask("A story")
    await harness.until(harness.streaming)
    await harness.until(lambda: fake_model.asked)
    desktop.now += 60
    hold.set()
    await harness.until(lambda: desktop.shown == [("An answer was interrupted", "A story")])
