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
        person.resize(1280, 1500)  # all of the guide is seen without scrolling
        person.sees("Choose a model…")
        yield person


def open_guide(person: Person) -> None:
    person.click("Choose a model…")
    person.until(lambda: any(name.startswith("Ollama: 0.32.15") for name in person.names()), "Ollama to be found")
    person.sees(f"Download: {R1}")


def test_an_empty_ollama_becomes_a_chat_with_deepseek_by_clicking(home: Path, xvfb: dict[str, str]) -> None:
    """The server dies in the middle of the download, and is asked again."""
    with on_thread(empty_ollama(ScriptedPull(size=SIZE, layers=LAYERS, breaks="dies"))) as server:
        with at(home, xvfb, server) as person:
            open_guide(person)
            person.click(f"Download: {R1}")
            person.until(lambda: any("Attempt 1 in" in name for name in person.names()), "the next try to be told")
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
            open_guide(person)
            person.click(f"Download: {R1}")
            person.until(remembered.exists, "the download to be remembered")
            person.until(lambda: "558661299" in remembered.read_text(), "how far it is to be remembered")
            person.kill()
        with at(home, xvfb, server) as person:
            person.sees("Downloads resumed")
            person.until(lambda: any(f"{R1} is ready." in name for name in person.names()), "the end of it")
            person.click("Chat with it")
            person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
            assert person.leave() == 0
        assert len(questions(server, "/api/pull")) == 2
    assert json.loads(remembered.read_text()) == {"downloads": []}


def test_what_is_no_name_or_names_no_model_is_told_in_words(home: Path, xvfb: dict[str, str]) -> None:
    unknown = ScriptedPull(error="pull model manifest: file does not exist")
    with on_thread(empty_ollama(unknown)) as server, at(home, xvfb, server) as person:
        open_guide(person)
        person.until(lambda: FIELD in person.names(), "the field for names")
        person.click(FIELD)
        person.type("<b>two words</b>")
        person.press("Return")
        person.until(lambda: any(name.startswith("Use only letters") for name in person.names()), "what is wrong")
        person.press("Ctrl+A")
        person.type("ollama run nosuch:1b")
        person.press("Return")
        person.until(lambda: any("nosuch:1b was not found" in name for name in person.names()), "words")
        person.press("Esc")
        person.sees("nosuch:1b")
        assert person.leave() == 0
