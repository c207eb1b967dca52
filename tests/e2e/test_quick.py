"""`chatdesk quick` as a key of the desktop runs it: the real program, its real windows, the real built-in model."""

from pathlib import Path

import pytest

from chatdesk.domain.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_folders, stored_messages, stored_titles

pytestmark = pytest.mark.engine

QUESTION = "Say hello."


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def test_a_quick_question_is_asked_answered_closed_and_found_in_its_folder(person: Person, home: Path) -> None:
    with person:
        person.sees("Built-in model ready")
        assert person.run_to_its_end("quick") == 0
        person.until(lambda: len(person.windows()) == 2, "the small window")
        person.sees("Use clipboard")
        person.until(lambda: person.focused() == "Message", "the keyboard in it")
        person.type(QUESTION)
        person.press("Return")
        person.sees("Kept in “Quick questions”", 30)
        person.until(lambda: ended(home), "the answer", 60)
        person.press("Esc")
        person.until(lambda: len(person.windows()) == 1, "the small window closed")
        assert person.focused() == "Message"
        person.sees("Built-in model ready")  # the program's window shows what it did before
        assert list(stored_folders(home).values()) == ["Quick questions"]
        assert stored_messages(home)[1].text
        assert person.run_to_its_end("quick") == 0
        person.until(lambda: len(person.windows()) == 2, "the small window again")
        assert person.read("Kept in “Quick questions”") is None
        person.press("Esc")
        person.until(lambda: len(person.windows()) == 1, "the small window closed")
        assert person.leave() == 0
    assert len(stored_titles(home)) == 1


def ended(home: Path) -> bool:
    messages = stored_messages(home)
    return len(messages) == 2 and messages[1].state is MessageState.COMPLETE
