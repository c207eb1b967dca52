"""A person types an address: what is there is found, added, and chatted with, in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_openai
from tests.fakes.scripted_server import ScriptedServer, on_thread

MODEL = "found:1b"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with on_thread(scripted_openai(ScriptedAnswer(("A plain ", "answer.")), (ScriptedModel(MODEL),))) as server:
        yield server


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def test_a_server_is_found_by_its_address_added_and_chatted_with(
    person: Person, home: Path, server: ScriptedServer
) -> None:
    place = f"127.0.0.1:{server.port}"
    with person:
        person.sees("Ready now")
        person.press("Ctrl+,")
        person.sees("Back to chats")
        person.click("Providers")
        person.sees("Another address…")
        person.click("Another address…")
        person.until(lambda: person.focused() == "Address", "the keyboard in the address")
        person.type("127.0.0.1:9")
        person.press("Return")
        person.sees("127.0.0.1:9 does not respond at http://127.0.0.1:9. Start the server, or check the address.")
        assert person.focused() == "Address"
        person.press("Ctrl+A")
        person.type(place)
        person.press("Return")
        person.sees(f"OpenAI-compatible · {place}/v1 · 1 model")
        person.until(lambda: person.focused() == "Add", "the keyboard on Add")
        person.press("Space")
        person.sees(f"{place}, Connected")
        assert all("authorization" not in request.headers for request in server.requests)
        person.press("Esc")
        person.press("Ctrl+Shift+M")
        person.until(lambda: person.focused() == "Search models", "the list of models")
        person.type("found")
        person.press("Return")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Hello.")
        person.press("Return")
        person.sees(f"{MODEL}: A plain answer.")
        assert person.leave() == 0
    assert f"http://{place}/v1" in (next(home.rglob("servers.json"))).read_text("utf-8")
