"""Beside an Ollama: the real program in a real window, and an imitation of Ollama that logs what reaches it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import OwnTime

DEEPSEEK = ScriptedModel("deepseek-r1:7b", ("completion", "thinking"), 131072)
WORDS = tuple(f"word{number} " for number in range(200))


def answer(body: dict) -> ScriptedAnswer:
    """The question chooses the answer."""
    match body["messages"][-1]["content"]:
        case "Be slow.":
            return ScriptedAnswer(WORDS, delay=0.05, endless=True)
        case "Break.":
            return ScriptedAnswer(("half an ",), error="the runner has died")
        case "Think.":
            return ScriptedAnswer(("It is 42.",), reasoning=("6 times 7 ", "is what is asked."), delay=0.05)
        case _:
            return ScriptedAnswer(("A plain ", "answer."))


@pytest.fixture
def ollama() -> Iterator[ScriptedServer]:
    with on_thread(scripted_ollama(answer, (DEEPSEEK, ScriptedModel("qwen3:8b", loaded=False)))) as server:
        yield server


@pytest.fixture
def person(home: Path, xvfb: dict[str, str], ollama: ScriptedServer) -> Person:
    return Person(home, xvfb | {"OLLAMA_HOST": f"0.0.0.0:{ollama.port}"})


def ask(person: Person, question: str) -> None:
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
    person.type(question)
    person.press("Return")


def test_ollama_is_found_at_its_address_and_answers(person: Person, home: Path) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        ask(person, "Hello.")
        assert "A plain answer." in person.sees("deepseek-r1:7b: A plain answer.")
        assert stored_messages(home)[1].model.model_id == "deepseek-r1:7b"
        assert person.leave() == 0


def test_thinking_is_kept_apart_and_folded_once_the_answer_begins(person: Person, home: Path) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        ask(person, "Think.")
        person.sees("deepseek-r1:7b: It is 42.")
        person.sees("Thought for")
        person.until(lambda: stored_messages(home)[1].state is MessageState.COMPLETE, "the end")
        message = stored_messages(home)[1]
        assert message.reasoning.text == "6 times 7 is what is asked."
        assert message.text == "It is 42."
        assert person.leave() == 0


@pytest.mark.alone
def test_esc_stops_ollama_within_a_second(person: Person, home: Path, ollama: ScriptedServer) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        ask(person, "Be slow.")
        person.until(lambda: "word3" in (person.read("deepseek-r1:7b") or ""), "some words")
        with OwnTime() as waited:
            person.press("Esc")
            assert ollama.wait_until(lambda: ollama.disconnects), "Ollama went on"
        assert waited.seconds < 1
        person.until(lambda: stored_messages(home)[1].state is MessageState.STOPPED, "the end", 1)
        assert stored_messages(home)[1].text.startswith("word0 word1 word2 ")
        assert person.leave() == 0


def test_a_runner_that_dies_is_explained_and_what_came_stays(person: Person, home: Path) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        ask(person, "Break.")
        person.sees("Try again")
        message = stored_messages(home)[1]
        assert message.text == "half an "
        assert message.state is MessageState.INTERRUPTED
        assert message.failure.data["detail"] == "the runner has died"
        assert person.leave() == 0


def test_another_model_is_picked_by_typing_its_name(person: Person, home: Path) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        person.click("Model")
        person.until(lambda: person.focused() == "Search models", "the list of models")
        person.type("qwen")
        person.press("Return")
        ask(person, "Hello.")
        person.sees("qwen3:8b: A plain answer.")
        assert stored_messages(home)[1].model.model_id == "qwen3:8b"
        assert person.leave() == 0


def test_ollama_that_is_not_running_is_found_once_it_starts(home: Path, xvfb: dict[str, str]) -> None:
    with on_thread(scripted_ollama(answer, (DEEPSEEK,))) as server:
        port = server.port
    with Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{port}"}) as person:
        person.sees("Ready now")
        late = scripted_ollama(answer, (DEEPSEEK,))
        late.port = port
        with on_thread(late):
            person.sees("Ollama 0.32.15 found", 25)
        assert person.leave() == 0


def test_the_model_names_the_chat_after_its_first_answer(home: Path, xvfb: dict[str, str]) -> None:
    model = ScriptedModel("qwen3:8b", ("completion", "thinking"), 40960)
    with (
        on_thread(scripted_ollama(answer, (model,), title=ScriptedAnswer(('"A short greeting"',)))) as server,
        Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"}) as person,
    ):
        person.sees("Ollama 0.32.15 found")
        ask(person, "Hello, my dear computer.")
        person.until(lambda: person.windows() == ["A short greeting"], "the title from the model")
        assert person.leave() == 0
