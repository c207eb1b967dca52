"""An Ollama that is installed and does not run is told in an empty chat, and started from there."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.domain.server import ServerConfig
from chatdesk.system import ollama_program
from chatdesk.system.ollama_start import StartFailed
from chatdesk.ui.theme.label import Label
from tests.gui.shell.desk import Desk, Speaker

STOPPED = "Ollama is installed, but not running"


@pytest.fixture
async def stopped(
    monkeypatch: pytest.MonkeyPatch, dead: int, open_desk: Callable[[], Awaitable[Desk]], speaker: Speaker
) -> Desk:
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{dead}")
    monkeypatch.setattr(ollama_program, "is_installed", lambda: True)
    return await open_desk()


def button(desk: Desk) -> QAbstractButton | None:
    return desk.window.findChild(QAbstractButton, "step_start_ollama")


def words(desk: Desk) -> str:
    return " ".join(label.text() for label in desk.window.findChildren(Label) if label.isVisible())


async def test_one_click_starts_it(stopped: Desk, speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    await stopped.until(lambda: STOPPED in words(stopped))

    async def start(server: ServerConfig) -> None:
        await stopped.until(lambda: (shown := button(stopped)) and shown.text() == "Starting Ollama…")
        assert speaker.server
        await stopped.program.servers.save(replace(server, base_url=speaker.server.url))

    monkeypatch.setattr(stopped.program.doctor.get(), "start", start)
    shown = button(stopped)
    assert shown
    shown.click()
    await stopped.until(lambda: button(stopped) is None and STOPPED not in words(stopped))
    await stopped.until(lambda: "scripted:1b" in words(stopped))


async def test_one_that_cannot_be_started_is_examined(stopped: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await stopped.until(lambda: button(stopped))

    async def start(_server: ServerConfig) -> None:
        raise StartFailed("nothing here can start it")

    monkeypatch.setattr(stopped.program.doctor.get(), "start", start)
    shown = button(stopped)
    assert shown
    shown.click()
    await stopped.until(lambda: stopped.window._steps.doctor._card is not None)


async def test_where_none_is_installed_nothing_is_said_of_it(
    monkeypatch: pytest.MonkeyPatch, dead: int, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{dead}")
    monkeypatch.setattr(ollama_program, "is_installed", lambda: False)
    desk = await open_desk()
    await desk.until(lambda: any(state.error for state in desk.program.models.states()))
    assert button(desk) is None
    assert STOPPED not in words(desk)
