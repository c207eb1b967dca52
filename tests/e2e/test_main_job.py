"""The main job, as a person does it: the real program in a real window, answered by the real built-in model."""

import signal
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_drafts, stored_head, stored_messages, stored_titles

pytestmark = pytest.mark.engine

QUESTION, ANSWER = "You: ", "SmolLM2 135M"
"""How the names of messages begin for a screen reader."""


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def test_the_first_question_is_answered_without_any_choice_made(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        assert person.focused() == "Message"
        ask(person, home, "Name three colours.")
        answer = stored_messages(home)[1]
        assert len(answer.text) > 10
        assert answer.text.split()[0] in person.sees(ANSWER)
        assert person.focused() == "Message"
        assert person.leave() == 0


def test_chat_window_and_draft_are_there_again_after_a_restart(person: Person, home: Path) -> None:
    with person:
        ask(person, home, "Name three colours.")
        person.resize(1000, 700)
        person.type("half a thought")
        person.until(lambda: "half a thought" in stored_drafts(home), "the draft on disk")
        person.leave()
        person.start()
        person.until(lambda: person.windows() == ["Name three colours"], "the chat of before")
        person.until(lambda: person.read("Message") == "half a thought", "the draft")
        assert person.geometry() == [1000, 700]
        assert "Name three colours." in person.sees(QUESTION)
        assert person.leave() == 0


@pytest.mark.alone
def test_esc_stops_the_answer_and_what_arrived_stays(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.type("Write a very long story about a lighthouse.")
        person.press("Return")
        person.until(lambda: has_text(home), "the first words on disk")
        person.press("Esc")
        person.until(lambda: stored_messages(home)[1].state is MessageState.STOPPED, "the end of the answer", 2)
        assert stored_messages(home)[1].text
        person.sees("Continue")
        ask(person, home, "Name three colours.", number=2)
        assert person.leave() == 0


@pytest.mark.alone
def test_a_killed_program_keeps_what_was_visible_and_lets_one_continue(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.type("Write a very long story about a lighthouse.")
        person.press("Return")
        person.until(lambda: has_text(home), "the first words on disk")
        seen = person.sees(ANSWER)
        person.until(lambda: len(person.read(ANSWER) or "") > len(seen) + 40, "more of the story")
        visible = person.read(ANSWER)
        person.until(lambda: len(stored_messages(home)[1].text) >= len(visible) * 0.5, "a save", 1.5)
        person.kill()

        person.start()
        person.sees("Continue")
        answer = stored_messages(home)[1]
        assert answer.state is MessageState.INTERRUPTED
        partial = answer.text
        assert partial
        person.click("Continue")
        person.until(lambda: len(stored_messages(home)[1].text) > len(partial), "the story to go on", 30)
        assert stored_messages(home)[1].text.startswith(partial)
        person.press("Esc")
        person.until(lambda: stored_messages(home)[1].state is not MessageState.STREAMING, "the end", 3)
        assert person.leave() == 0


def test_versions_of_an_answer_and_a_deletion_outlive_the_program(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        ask(person, home, "Name three colours.")
        first = stored_messages(home)[1]
        person.click("Regenerate")
        person.until(lambda: len(stored_messages(home)) == 3, "another answer")
        person.until(lambda: stored_messages(home)[2].state is MessageState.COMPLETE, "its end", 60)
        person.click("Previous version")
        person.until(lambda: stored_head(home) == first.id, "the first answer being shown")
        person.click("Next version")
        person.until(lambda: stored_head(home) != first.id, "the second answer being shown")
        person.click("Previous version")
        person.until(lambda: stored_head(home) == first.id, "the first answer again")
        assert person.leave() == 0
        person.start()
        person.sees("Next version")
        assert stored_head(home) == first.id
        assert first.text.split()[0] in person.sees(ANSWER)
        assert person.leave() == 0


def test_quitting_in_mid_stream_saves_and_ends_at_once(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.type("Write a very long story about a lighthouse.")
        person.press("Return")
        person.until(lambda: has_text(home), "the first words on disk")
        person.press("Ctrl+Q")
        person.sees("Stop and quit")
        person.press("Return")
        assert person.ended(3) == 0
        answer = stored_messages(home)[1]
        assert answer.state is MessageState.INTERRUPTED
        assert answer.failure
        assert answer.failure.kind == "ProgramClosed"


def test_the_end_of_the_session_ends_the_program_cleanly(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.signal(signal.SIGTERM)
        assert person.ended(3) == 0


def test_a_second_start_raises_the_first_window_and_ends(person: Person, home: Path, xvfb: dict[str, str]) -> None:
    with person:
        person.sees("Ready now")
        second = Person(home, xvfb)
        assert second.run_to_its_end() == 0
        assert person.windows() == ["New chat"]


def test_chats_are_renamed_deleted_and_brought_back(person: Person, home: Path) -> None:
    with person:
        ask(person, home, "Name three colours.")
        person.press("Ctrl+N")
        person.until(lambda: person.windows() == ["New chat"], "a new chat")
        ask(person, home, "Name three animals.")
        person.click("Name three colours")
        person.until(lambda: person.windows() == ["Name three colours"], "the other chat")
        person.press("F2")
        person.press("Ctrl+A")
        person.type("Greeting")
        person.press("Return")
        person.until(lambda: person.windows() == ["Greeting"], "the new title")
        person.press("Ctrl+K")
        for _ in range(3):  # the head of the folders, the newest chat, the other one
            person.press("Down")
        person.press("Del")
        person.sees("Chat deleted")
        person.until(lambda: stored_titles(home) == ["Name three animals"], "the chat to go")
        person.click("Undo")
        person.until(lambda: len(stored_titles(home)) == 2, "the chat to come back")
        person.sees("Greeting")
        assert person.leave() == 0


def ask(person: Person, home: Path, question: str, *, number: int = 1) -> None:
    """Ask the `number`th question of the chat being shown, and wait for the answer."""
    person.sees("Message")
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
    person.type(question)
    person.press("Return")
    if number == 1:
        person.until(lambda: person.windows() == [question.rstrip(".")], "the title from the question")

    def complete() -> bool:
        messages = stored_messages(home)
        return len(messages) == 2 * number and messages[-1].state is MessageState.COMPLETE

    person.until(complete, f"the answer to {question!r}", 60)


def has_text(home: Path) -> bool:
    messages = stored_messages(home)
    return len(messages) == 2 and bool(messages[1].text)
