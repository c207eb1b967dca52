"""A question that waits behind a running answer, and the program is killed: the real program in a real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages, stored_queue
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread

WORDS = tuple(f"word{number} " for number in range(200))


@pytest.fixture
def ollama() -> Iterator[ScriptedServer]:
    answer = ScriptedAnswer(WORDS, delay=0.05, endless=True)
    with on_thread(scripted_ollama(answer, (ScriptedModel("deepseek-r1:7b"),))) as server:
        yield server


@pytest.fixture
def person(home: Path, xvfb: dict[str, str], ollama: ScriptedServer) -> Person:
    return Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{ollama.port}"})


def test_a_question_that_waits_survives_a_kill_and_is_offered_not_sent(
    person: Person, home: Path, ollama: ScriptedServer
) -> None:
    with person:
        person.sees("Ollama 0.32.15 found")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("First question")
        person.press("Return")
        person.until(
            lambda: len(stored_messages(home)) == 2 and stored_messages(home)[1].text, "the first words on disk"
        )
        person.type("Second question")
        person.press("Return")
        person.sees("Remove the queued message")
        person.until(lambda: stored_queue(home) == ["Second question"], "the question that waits on disk")
        person.kill()
        asked = len([request for request in ollama.requests if request.path == "/api/chat"])

        person.start()
        person.click("First question")  # which chat was open is written a moment later than the chat itself
        person.sees("Continue")
        person.until(lambda: person.read("Message") == "Second question", "the question in the composer")
        assert stored_messages(home)[0].text == "First question"
        assert [message.state for message in stored_messages(home)] == [MessageState.COMPLETE, MessageState.INTERRUPTED]
        assert len([request for request in ollama.requests if request.path == "/api/chat"]) == asked == 1
        assert person.leave() == 0
