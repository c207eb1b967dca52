"""`chatdesk quick` as a key of the desktop runs it: the real program, its real windows, the real built-in model."""

from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_folders, stored_messages, stored_titles
from tests.fakes.short_answers import want_short_answers

pytestmark = pytest.mark.engine

QUESTION = "Say hello."

SHOUT = """\
+++
name = "Shout it"
[parameters]
max_tokens = 24
[[variables]]
name = "to"
label = "To whom"
required = true
+++
Answer in one short sentence.

+++ question
Say hello to {{to}}. {{input}}
"""


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def test_a_quick_question_is_asked_answered_closed_and_found_in_its_folder(person: Person, home: Path) -> None:
    want_short_answers(home)
    with person:
        person.sees("Ready now")
        assert person.run_to_its_end("quick") == 0
        person.until(lambda: len(person.windows()) == 2, "the small window")
        person.sees("Use clipboard")
        person.until(lambda: person.focused() == "Message", "the keyboard in it")
        person.type(QUESTION)
        person.press("Return")
        person.sees("Saved in “Quick questions”", 30)
        person.until(lambda: ended(home), "the answer", 60)
        person.press("Esc")
        person.until(lambda: len(person.windows()) == 1, "the small window closed")
        assert person.focused() == "Message"
        person.sees("Ready now")  # the program's window shows what it did before
        assert list(stored_folders(home).values()) == ["Quick questions"]
        assert stored_messages(home)[1].text
        assert person.run_to_its_end("quick") == 0
        person.until(lambda: len(person.windows()) == 2, "the small window again")
        assert person.read("Saved in “Quick questions”") is None
        person.press("Esc")
        person.until(lambda: len(person.windows()) == 1, "the small window closed")
        assert person.leave() == 0
    assert len(stored_titles(home)) == 1


def choose(person: Person, query: str) -> bool:
    """Type a slash, a name and Enter; whether a preset is there now: at the start the library is still being read."""
    person.type("/")
    person.type(query)
    person.press("Return")
    if person.read("Preset: Shout it"):
        return True
    person.press("Esc")
    for _ in range(len(query) + 2):
        person.press("Backspace")
    return False


def ended(home: Path) -> bool:
    messages = stored_messages(home)
    return len(messages) == 2 and messages[1].state is MessageState.COMPLETE


def test_a_preset_is_filled_in_by_keyboard_and_the_question_opened_as_a_chat(person: Person, home: Path) -> None:
    (home / "presets").mkdir(parents=True)
    (home / "presets" / "shout.md").write_text(SHOUT, "utf-8")
    with person:
        person.sees("Ready now")
        person.press("Ctrl+J")
        person.until(lambda: len(person.windows()) == 2, "the small window")
        person.sees("Use clipboard")
        person.until(lambda: choose(person, "shout"), "the preset")
        person.until(lambda: person.focused() == "To whom", "the keyboard in the form")
        person.type("Ann")
        person.press("Return")
        assert person.focused() == "Message"
        person.type("Be kind.")
        person.press("Return")
        person.until(lambda: ended(home), "the answer", 60)
        assert stored_messages(home)[0].text == "Say hello to Ann. Be kind."
        person.press("Ctrl+O")
        person.until(lambda: len(person.windows()) == 1, "the small window closed")
        person.until(lambda: list(stored_folders(home).values()) == [None], "the chat among the others")
        person.sees("Preset: Shout it")
        person.until(lambda: person.focused() == "Message", "the keyboard in the chat")
        person.press("Ctrl+J")
        person.until(lambda: len(person.windows()) == 2, "the small window again")
        person.until(lambda: person.read("To whom") == "Ann", "the preset it was used with last")
        assert person.leave() == 0
