"""Absurd values in every field of the other files that a person may edit: servers, what is wanted of models, downloads, speeds."""

import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from chatdesk.features.models.services.model_preferences import ModelPreferencesFile
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import ConnectionOptions, Header, ProxyChoice, ServerConfig, ServerProtocol
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.system.folders import Folders
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.hostile.test_absurd_settings import ABSURD
from tests.gui.window.models_harness import open_models_page

OpenHarness = Callable[[], Awaitable[Harness]]


def server() -> ServerConfig:
    connection = ConnectionOptions(ProxyChoice.ADDRESS, "http://127.0.0.1:9", "", 5.0, 60.0, "me")
    return ServerConfig(
        "lab",
        "Lab",
        "custom",
        ServerProtocol.OPENAI,
        "http://127.0.0.1:9/v1",
        (Header("X-Team", "a"),),
        model_ids=("m",),
        api_version="1",
        extra_body='{"a": 1}',
        connection=connection,
    )


def preference() -> ModelPreference:
    parameters = Parameters(temperature=0.5, top_k=3, num_ctx=4096, stop=("END",), keep_alive="5m")
    return ModelPreference("Nick", favourite=True, hidden=False, system_prompt="Be brief.", parameters=parameters)


def variants(row: dict, value: object) -> Iterator[dict]:
    """Yield the row as often as it has fields, the inner ones too, with the value in one of them."""
    for name, held in row.items():
        yield {**row, name: value}
        if isinstance(held, dict):
            yield from ({**row, name: inner} for inner in variants(held, value))
        if isinstance(held, list) and held:
            yield {**row, name: [value]}


def spoil(path: Path, key: str, value: object, told_apart: tuple[str, ...]) -> None:
    content = json.loads(path.read_text())
    *sound, row = content[key]
    rows = [
        {
            name: f"{held}-{number}" if name in told_apart and isinstance(held, str) else held
            for name, held in each.items()
        }
        for number, each in enumerate(variants(row, value))
    ]
    path.write_text(json.dumps({**content, key: [*sound, *rows]}))


@pytest.mark.thorough
@pytest.mark.parametrize("name", ABSURD)
async def test_a_value_in_every_field_of_a_file_keeps_no_window_from_coming(
    name: str, fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    folders = Folders.locate()
    folders.make()
    ollama = ServerConfig("ollama", "Ollama", "ollama", ServerProtocol.OLLAMA, fake_model.server.url)
    ServersFile(folders.config / "servers.json").write([ollama, server()])
    ModelPreferencesFile(folders.config / "models.json").write({ModelRef("lab", "m"): preference()})
    pull = {"server": "ollama", "model": "scripted:1b", "expected": 10, "total": 10, "completed": 5, "goes_on": False}
    (folders.data / "downloads.json").write_text(json.dumps({"downloads": [pull]}))
    speed = {
        "server": "ollama",
        "model": "scripted:1b",
        "machine": "here",
        "at": "2026-11-28T10:00:00+00:00",
        "first_token_ms": 100,
        "prompt_speed": 100.0,
        "writing_speed": 10.0,
        "load_ms": 100,
        "runs": 3,
        "by_server": True,
        "estimate": 9.0,
        "verdict": None,
    }
    (folders.data / "speed checks.json").write_text(json.dumps({"results": [speed]}))
    spoil(folders.config / "servers.json", "servers", ABSURD[name], ("id", "name"))
    spoil(folders.config / "models.json", "models", ABSURD[name], ("model",))
    spoil(folders.data / "downloads.json", "downloads", ABSURD[name], ("model",))
    spoil(folders.data / "speed checks.json", "results", ABSURD[name], ())
    harness = await open_harness()
    harness.window.show_settings("servers")
    harness.window.grab()
    harness.window.navigation.new_chat()
    await harness.ask_and_wait("Hello")
    await open_models_page(harness)
    harness.window.grab()
    harness.program.models.preferences.set_nickname(ModelRef("ollama", "scripted:1b"), "Nick")
    await harness.close()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
