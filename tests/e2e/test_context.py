"""A chat that outgrows the real built-in model: nothing is lost in silence, and each choice works on a real server."""

import json
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.context.context_plan import ContextChoice
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_context, stored_messages

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]

CONTEXT_LENGTH = 2048
"""Tokens the engine is started with."""
STORY = "The lighthouse keeper counts the ships that pass and writes their names into a book. " * 40
"""About 700 tokens."""


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # others may not look into it, or the window says so
    (home / "settings.json").write_text(json.dumps({"engine.context": CONTEXT_LENGTH}), "utf-8")
    return Person(home, xvfb)


def let_answers_be_short(person: Person) -> None:
    """Set it for the chat that begins: the small model repeats a long question word by word."""
    person.sees("Ready now")
    person.press("Ctrl+.")
    person.sees("Advanced")
    person.click("Advanced")
    person.sees("Max. answer length (tokens)")
    person.click("Max. answer length (tokens)")
    person.type("12")
    person.press("Return")
    person.press("Esc")


def say(person: Person, home: Path, number: int) -> None:
    """Ask the `number`th question, and wait until its answer is over, whatever came of it."""
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
    person.type(f"{number}. {STORY} Say yes.")
    person.press("Return")

    def over() -> bool:
        messages = stored_messages(home)
        return len(messages) == 2 * number and messages[-1].state is not MessageState.STREAMING

    person.until(over, f"answer {number}", 90)


def until_refused(person: Person, home: Path) -> int:
    """Go on until the chat does not fit any more; return how many questions were asked by then."""
    for number in range(1, 5):
        say(person, home, number)
        answer = stored_messages(home)[-1]
        if answer.failure:
            assert answer.failure.kind == "ContextTooLong"
            assert answer.failure.data["limit"] == CONTEXT_LENGTH
            return number
        assert answer.usage is not None
        assert answer.usage.prompt_tokens is not None
        assert answer.usage.prompt_tokens <= CONTEXT_LENGTH
    raise AssertionError("the chat never became too long")


def answered(home: Path) -> bool:
    return stored_messages(home)[-1].state is MessageState.COMPLETE


def test_the_oldest_messages_are_left_out_once_a_person_says_so(person: Person, home: Path) -> None:
    with person:
        let_answers_be_short(person)
        number = until_refused(person, home)
        assert number > 1
        person.sees("Leave out")
        person.click("Leave out")
        person.until(lambda: answered(home), "the answer", 90)
        messages = stored_messages(home)
        assert len(messages) == 2 * number
        assert messages[-1].usage.prompt_tokens <= CONTEXT_LENGTH
        assert stored_context(home).choice is ContextChoice.LEAVE_OUT
        say(person, home, number + 1)
        assert answered(home)
        assert person.leave() == 0


def test_the_model_summarises_the_beginning_of_its_chat(person: Person, home: Path) -> None:
    with person:
        let_answers_be_short(person)
        number = until_refused(person, home)
        person.sees("Summarise")
        person.click("Summarise")
        person.until(lambda: answered(home), "the answer", 120)
        summary = stored_context(home).summary
        assert summary is not None
        assert len(summary.text) > 10
        assert len(stored_messages(home)) == 2 * number
        person.sees("View summary")
        assert person.leave() == 0
