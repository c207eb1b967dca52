"""An Ollama that is installed and does not run is reported in an empty chat, and started from there."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.kernel.servers.ollama_installation import Installation
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.system import ollama_program
from chatdesk.system.ollama_start import StartFailed
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window import doctor_steps
from tests.gui.window.harness import FakeModel, Harness

STOPPED = "Ollama is installed but not running"


@pytest.fixture
async def stopped(
    monkeypatch: pytest.MonkeyPatch, dead: int, open_harness: Callable[[], Awaitable[Harness]], fake_model: FakeModel
) -> Harness:
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{dead}")
    monkeypatch.setattr(ollama_program, "is_installed", lambda: True)
    return await open_harness()


def button(harness: Harness) -> QAbstractButton | None:
    return harness.window.findChild(QAbstractButton, "step_start_ollama")


def text_of(harness: Harness) -> str:
    return " ".join(label.text() for label in harness.window.findChildren(Label) if label.isVisible())


async def test_one_click_starts_it(stopped: Harness, fake_model: FakeModel, monkeypatch: pytest.MonkeyPatch) -> None:
    await stopped.until(lambda: STOPPED in text_of(stopped))

    async def start(server: ServerConfig) -> None:
        await stopped.until(lambda: (shown := button(stopped)) and shown.text() == "Starting Ollama…")
        assert fake_model.server
        await stopped.program.servers.servers.save(replace(server, base_url=fake_model.server.url))

    monkeypatch.setattr(stopped.program.servers.doctor.get(), "start", start)
    shown = button(stopped)
    assert shown
    shown.click()
    await stopped.until(lambda: button(stopped) is None and STOPPED not in text_of(stopped))
    await stopped.until(lambda: "scripted:1b" in text_of(stopped))


async def test_one_that_cannot_be_started_is_examined(stopped: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    await stopped.until(lambda: button(stopped))

    async def start(_server: ServerConfig) -> None:
        raise StartFailed("nothing here can start it")

    monkeypatch.setattr(stopped.program.servers.doctor.get(), "start", start)
    shown = button(stopped)
    assert shown
    shown.click()
    await stopped.until(lambda: stopped.next_steps.doctor._card is not None)


HOSTILE = "line of a log\n" * 50 + "<b>Error:</b>\x1b[31m \u202elisten tcp: address already in use\r\n\n" + "x" * 5000


@pytest.mark.parametrize(
    ("error", "expected", "others"),
    [
        (
            StartFailed("exit code 1", HOSTILE, 1),
            ["Exit code 1", "listen tcp: address already in use"],
            ["\x1b", "\u202e"],
        ),
        (StartFailed("Permission denied"), ["Permission denied"], ["Exit code"]),
        (TimeoutError(), ["Ollama could not be started"], ["Exit code"]),
        (PermissionError(13, "Not allowed"), ["Not allowed"], ["Exit code"]),
        (None, ["Ollama could not be started"], ["Exit code"]),
    ],
)
async def test_a_start_that_failed_is_reported_with_what_the_program_said(
    stopped: Harness, monkeypatch: pytest.MonkeyPatch, error: Exception | None, expected: list[str], others: list[str]
) -> None:
    await stopped.until(lambda: button(stopped))
    doctor = stopped.program.servers.doctor.get()

    async def start(_server: ServerConfig) -> None:
        if error:
            raise error

    monkeypatch.setattr(doctor, "start", start)
    monkeypatch.setattr(doctor, "_read", lambda: Installation(program="/usr/bin/ollama", version="0.32.15"))
    shown = button(stopped)
    assert shown
    shown.click()
    await stopped.until(lambda: "could not be started" in card_words(stopped))
    said = card_words(stopped)
    assert all(each in said for each in expected)
    assert not any(each in said for each in others)
    assert "is not running" not in card_words(stopped)
    assert "run the command in a terminal" in said
    assert doctor_steps.button(stopped, "remedy.start")
    doctor_steps.click(stopped, "remedy.run_command")
    assert "ollama serve" in card_words(stopped)
    assert max(map(len, said.split("\n"))) < 1000


def card_words(harness: Harness) -> str:
    card = harness.next_steps.doctor._card
    return "\n".join(label.text() for label in card.findChildren(Label)) if card else ""


async def test_where_none_is_installed_nothing_is_said_of_it(
    monkeypatch: pytest.MonkeyPatch, dead: int, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{dead}")
    monkeypatch.setattr(ollama_program, "is_installed", lambda: False)
    harness = await open_harness()
    await harness.until(lambda: any(state.error for state in harness.program.servers.models.states()))
    assert button(harness) is None
    assert STOPPED not in text_of(harness)
