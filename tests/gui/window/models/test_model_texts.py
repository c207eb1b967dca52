"""How models in memory are described."""

from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_texts import connection_line, memory_text, model_details
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, ServerStatus

MODEL = Model(ModelRef("s", "m"), "m", loaded=True)


def loaded(**load: object) -> Model:
    return Model(MODEL.ref, "m", loaded=True, load=ModelLoad(**load))


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0.2, "loaded, unloads in less than a minute"),
        (4.2, "loaded, unloads in 4 min"),
        (150, "loaded, unloads in 2 h"),
        (60 * 24 * 9, "loaded"),
        (None, "loaded"),
    ],
)
def test_the_list_says_how_long_a_model_stays_in_memory(minutes: float | None, expected: str) -> None:
    until = None if minutes is None else datetime.now(UTC) + timedelta(minutes=minutes)
    assert model_details(loaded(expires_at=until)) == expected


def test_a_model_that_is_not_in_memory_is_not_said_to_be() -> None:
    assert model_details(Model(MODEL.ref, "m", loaded=False)) == ""
    assert memory_text(Model(MODEL.ref, "m")) == ""
    assert memory_text(Model(MODEL.ref, "m", loaded=False)) == "Not loaded. It is loaded with the next question."


def test_the_panel_says_all_that_is_known() -> None:
    text = memory_text(loaded(context_length=8192, size_bytes=2_000_000_000, graphics_bytes=500_000_000))
    assert text.split(" · ") == ["Loaded", "context 8192 tokens", "2.0 GB", "25% on GPU"]
    assert memory_text(loaded(expires_at=datetime.now(UTC) + timedelta(minutes=5))).startswith("Loaded until ")


def test_an_ollama_without_a_model_is_reported_beside_the_built_in_one() -> None:
    small = Model(ModelRef("b", "smol"), "Smol")
    engine = ServerState(
        ServerConfig("b", "Engine", "built-in", ServerProtocol.BUILT_IN, ""), ServerStatus(None, 1, 0.0), None, (small,)
    )
    ollama = ServerConfig("o", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
    ready = "Built-in engine ready: Smol will answer."
    empty = ServerState(ollama, ServerStatus("0.32.15", 0, 1.0))
    assert connection_line(small, (empty, engine)) == (
        StateKind.OK,
        f"{ready} · Ollama 0.32.15 found, but it has no models yet",
    )
    with_one = ServerState(ollama, ServerStatus("0.32.15", 0, 1.0), None, (Model(MODEL.ref, "m"),))
    for state in (ServerState(ollama), with_one):
        assert connection_line(small, (state, engine)) == (StateKind.OK, ready)


def test_an_ollama_that_is_installed_and_does_not_run_is_reported() -> None:
    small = Model(ModelRef("b", "smol"), "Smol")
    engine = ServerState(
        ServerConfig("b", "Engine", "built-in", ServerProtocol.BUILT_IN, ""), ServerStatus(None, 1, 0.0), None, (small,)
    )
    ollama = ServerConfig("o", "Ollama", "ollama", ServerProtocol.OLLAMA, "http://127.0.0.1:11434")
    away = ServerState(ollama, error=ServerUnreachable("Ollama", ollama.base_url, "refused"))
    ready = "Built-in engine ready: Smol will answer."
    assert connection_line(small, (away, engine)) == (StateKind.OK, ready)
    expected = (StateKind.OK, f"{ready} · Ollama is installed but not running")
    assert connection_line(small, (away, engine), ollama) == expected
    assert connection_line(None, (away,), ollama) == (StateKind.ERROR, "Ollama is installed but not running.")
