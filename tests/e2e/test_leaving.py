"""Closing the window of the real program while it works, and coming back to it."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import on_thread


class Model:
    """Says half of its answer, and the rest when it is told to."""

    def __init__(self) -> None:
        self._go_on = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def answer(self, _body: dict) -> ScriptedAnswer:
        self._loop = asyncio.get_running_loop()
        return ScriptedAnswer(("Half of it", self._go_on, " and the rest."))

    def go_on(self) -> None:
        self._loop.call_soon_threadsafe(self._go_on.set)


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def person(home: Path, xvfb: dict[str, str], model: Model) -> Iterator[Person]:
    with on_thread(scripted_ollama(model.answer, (ScriptedModel("scripted:1b"),))) as server:
        yield Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{server.port}"})


def ask(person: Person) -> None:
    person.sees("Ollama 0.32.15 found")
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
    person.type("Tell me all")
    person.press("Return")
    person.sees("scripted:1b, Still writing: Half of it")


def whole(home: Path) -> bool:
    messages = stored_messages(home)
    return len(messages) == 2 and messages[1].state is MessageState.COMPLETE


def keep_working(person: Person) -> None:
    person.close()
    person.sees("Keep working")
    person.press("Return")
    person.until(lambda: person.windows() == [], "the window gone")


def test_the_program_finishes_an_answer_without_a_window_and_ends(person: Person, home: Path, model: Model) -> None:
    with person:
        ask(person)
        keep_working(person)
        assert not whole(home)
        model.go_on()
        assert person.ended() == 0
    assert whole(home)
    assert stored_messages(home)[1].text == "Half of it and the rest."


def test_starting_again_brings_the_window_back_with_the_answer(person: Person, home: Path, model: Model) -> None:
    with person:
        ask(person)
        keep_working(person)
        assert person.run_to_its_end() == 0
        person.until(lambda: person.windows() == ["Tell me all"], "the window again")
        model.go_on()
        person.sees("scripted:1b: Half of it and the rest.")
        person.until(lambda: whole(home), "the answer on disk")
        assert person.windows() == ["Tell me all"]
        assert person.leave() == 0


def test_a_quick_question_beside_the_work_does_not_end_it_and_closing_it_does(
    person: Person, home: Path, model: Model
) -> None:
    with person:
        ask(person)
        keep_working(person)
        assert person.run_to_its_end("quick") == 0
        person.until(lambda: person.windows() == ["Quick question"], "the small window alone")
        model.go_on()
        person.until(lambda: whole(home), "the answer on disk")
        assert person.windows() == ["Quick question"]
        person.press("Esc")
        assert person.ended() == 0


def test_stopping_ends_it_and_says_so_at_the_next_start(person: Person, home: Path) -> None:
    with person:
        ask(person)
        person.close()
        person.sees("Keep working")
        person.click("Stop and quit")
        assert person.ended() == 0
        assert stored_messages(home)[1].state is MessageState.INTERRUPTED
        person.start()
        person.sees("scripted:1b, Chatdesk was closed while this answer was being written.: Half of it")
        assert person.leave() == 0


@pytest.mark.parametrize("without_a_window", [False, True])
def test_at_the_end_of_the_session_it_saves_and_ends_without_a_question(
    without_a_window: bool, person: Person, home: Path
) -> None:
    with person:
        ask(person)
        if without_a_window:
            keep_working(person)
        person.signal(signal.SIGTERM)
        assert person.ended(3) == 0
    answer = stored_messages(home)[1]
    assert (answer.text, answer.state) == ("Half of it", MessageState.INTERRUPTED)
    assert answer.failure
    assert answer.failure.kind == "ProgramClosed"
