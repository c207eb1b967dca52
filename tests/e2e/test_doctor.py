"""A server that cannot be reached, in the real window: from the failed answer to the address where it is, and the answer."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.fakes.doctor_harness import dead_port
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread

MODEL = "deepseek-r1:7b"


@pytest.fixture
def ollama() -> Iterator[ScriptedServer]:
    with on_thread(scripted_ollama(ScriptedAnswer(("A plain ", "answer.")), (ScriptedModel(MODEL),))) as server:
        yield server


def set_up(home: Path, port: int) -> None:
    """As a person left it: Ollama at a port where nobody answers, and a model of it used last."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    row = {
        "id": "ollama",
        "name": "Ollama",
        "vendor": "ollama",
        "protocol": "ollama",
        "base_url": f"http://127.0.0.1:{port}",
    }
    (home / "servers.json").write_text(json.dumps({"servers": [row]}), "utf-8")
    last = {"state.last_server": "ollama", "state.last_model": MODEL}
    (home / "settings.json").write_text(json.dumps(last), "utf-8")


def test_a_dead_port_is_changed_to_where_ollama_answers_and_it_does(
    home: Path, xvfb: dict[str, str], ollama: ScriptedServer
) -> None:
    with dead_port() as dead:
        set_up(home, dead)
        with Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{ollama.port}"}) as person:
            person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
            person.sees("Troubleshoot")
            person.click("Troubleshoot")
            person.sees(f"Ollama responds at {ollama.url}")
            person.click("Use this address")
            person.sees(f"Ollama responds at 127.0.0.1:{ollama.port}")
            person.click("Message")
            person.type("Hello.")
            person.press("Return")
            assert "A plain answer." in person.sees(f"{MODEL}: A plain answer.")
            assert ollama.url in next(home.rglob("servers.json")).read_text("utf-8")
            assert person.leave() == 0
