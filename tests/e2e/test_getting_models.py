"""From an Ollama without any model to a chat with DeepSeek-R1, by clicking: the real program beside an imitation that breaks off."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedPull, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread

R1 = "deepseek-r1:1.5b"
SIZE = 1_117_322_599
FIELD = "Name such as qwen3:14b, a model page address, or a terminal command"
LAYERS = (387, 1065, 148, 487)
"""Template, licence, parameters and configuration, as the library has them."""


def empty_ollama(pull: ScriptedPull) -> ScriptedServer:
    return scripted_ollama(ScriptedAnswer(("4",), ("2 and 2.",)), (), lambda _name: pull)


def questions(server: ScriptedServer, path: str) -> list[dict]:
    return [request.json() for request in server.requests if request.path == path]


@contextmanager
def at(home: Path, xvfb: dict[str, str], server: ScriptedServer) -> Iterator[Person]:
    with Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"}) as person:
        person.resize(1280, 1500)  # all of "Get more" is seen without scrolling
        yield person


def choose_for_ollama(person: Person) -> None:
    """Go from the start page, which offers the model of a hub, to the field for a name in Ollama's library."""
    person.until(lambda: any("Ollama 0.32.15 found" in line for line in person.names()), "Ollama to be found")
    person.sees("Other choices")
    person.click("Other choices")
    person.sees("Choose: Ollama")
    person.click("Choose: Ollama")
    person.sees(FIELD)


def enter_name(person: Person, text: str) -> None:
    """Type a model's name into the field, and have it downloaded."""
    person.click(FIELD)
    person.until(lambda: person.focused() == FIELD, "the keyboard in the field for names")
    person.press("Ctrl+A")
    person.type(text)
    person.press("Return")


def test_an_empty_ollama_becomes_a_chat_with_deepseek_by_clicking(home: Path, xvfb: dict[str, str]) -> None:
    """The server dies in the middle of the download, and is asked again."""
    with on_thread(empty_ollama(ScriptedPull(size=SIZE, layers=LAYERS, breaks="dies"))) as server:
        with at(home, xvfb, server) as person:
            choose_for_ollama(person)
            enter_name(person, R1)
            person.until(lambda: any("Attempt 1 in" in line for line in person.names()), "the next try to be shown")
            person.sees(f"Chat with {R1}")
            person.click(f"Chat with {R1}")
            person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
            person.type("2 + 2?")
            person.press("Return")
            person.sees(f"{R1}: 4")
            assert person.leave() == 0
        assert len(questions(server, "/api/pull")) == 2
        asked = next(body for body in questions(server, "/api/chat") if body["messages"])  # then one for the title
        assert asked["model"] == R1
        assert asked["options"] == {"temperature": 0.6, "top_p": 0.95, "num_ctx": 8192}
    assert stored_messages(home)[1].model.model_id == R1


def test_a_download_goes_on_after_the_program_was_killed(home: Path, xvfb: dict[str, str]) -> None:
    remembered = home / "downloads.json"
    with on_thread(empty_ollama(ScriptedPull(size=SIZE, breaks="silent"))) as server:
        with at(home, xvfb, server) as person:
            choose_for_ollama(person)
            enter_name(person, R1)
            person.until(remembered.exists, "the download to be remembered")
            person.until(lambda: "558661299" in remembered.read_text(), "how far it is to be remembered")
            person.kill()
        with at(home, xvfb, server) as person:
            person.sees("Downloads resumed")
            person.until(lambda: any(f"{R1} is ready." in line for line in person.names()), "the end of it")
            person.click("Chat with it")
            person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
            assert person.leave() == 0
        assert len(questions(server, "/api/pull")) == 2
    assert json.loads(remembered.read_text()) == {"downloads": []}


def test_what_is_no_name_or_names_no_model_is_explained(home: Path, xvfb: dict[str, str]) -> None:
    unknown = ScriptedPull(error="pull model manifest: file does not exist")
    with on_thread(empty_ollama(unknown)) as server, at(home, xvfb, server) as person:
        choose_for_ollama(person)
        enter_name(person, "<b>two words</b>")
        person.until(lambda: any(line.startswith("Use only letters") for line in person.names()), "what is wrong")
        enter_name(person, "ollama run nosuch:1b")

        def is_told() -> bool:
            return any("nosuch:1b was not found" in line for line in person.names())

        person.until(is_told, "words")
        person.press("Esc")
        person.until(lambda: person.read("Models") == "failed", "the failure beside the page in the sidebar")
        assert not is_told()
        person.click("Models")
        person.until(is_told, "words again")
        assert person.leave() == 0
