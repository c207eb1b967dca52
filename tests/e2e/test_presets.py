"""Presets as a person uses them: the real program in a real window, answered by the real built-in model."""

from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages, stored_titles

pytestmark = pytest.mark.engine

SHOUT = """\
+++
name = "Shout it"
description = "In large letters"
[parameters]
max_tokens = 24
[[variables]]
name = "to"
label = "To whom"
required = true
+++
Answer in one short sentence, in capital letters, to {{to}}.

+++ question
Say hello to {{to}}. {{input}}
"""


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    (home / "presets").mkdir(parents=True)
    (home / "presets" / "shout.md").write_text(SHOUT, "utf-8")
    return Person(home, xvfb)


def test_a_preset_is_chosen_by_slash_filled_in_and_answered(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.until(lambda: choose(person, "shout"), "the preset in the title row")
        person.until(lambda: person.focused() == "To whom", "the keyboard in the form")
        person.press("Return")
        person.press("Return")
        person.until(lambda: person.focused() == "To whom", "what is missing to be asked for")
        person.type("Ann")
        person.press("Tab")
        assert person.focused() == "Message"
        person.type("Be kind.")
        person.press("Return")
        person.until(lambda: ended(home), "the answer", 60)
        question, answer = stored_messages(home)
        assert question.text == "Say hello to Ann. Be kind."
        assert answer.text
        assert person.leave() == 0


def test_what_is_filled_in_is_there_after_a_kill(person: Person) -> None:
    with person:
        person.sees("Ready now")
        person.until(lambda: choose(person, "shout"), "the preset in the title row")
        person.until(lambda: person.focused() == "To whom", "the keyboard in the form")
        person.type("Ann and Bob")
        settings = person.home / "settings.json"
        person.until(lambda: settings.exists() and "Ann and Bob" in settings.read_text("utf-8"), "it on disk")
        person.kill()
        person.start()
        person.until(lambda: person.read("To whom") == "Ann and Bob", "the form filled in")
        assert person.leave() == 0


def test_the_library_is_searched_edited_and_used(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.click("Presets")
        person.sees("New preset")
        person.until(lambda: searching(person), "the keyboard in the search")
        person.type("shout")
        person.until(lambda: any(name.startswith("Shout it") for name in person.names()), "the preset found")
        person.press("Down")
        person.press("Return")
        person.until(lambda: person.focused() == "To whom", "a chat with it")
        person.type("Ann")
        person.press("Return")
        person.until(lambda: person.focused() == "Message", "the message that the preset takes")
        person.type("Be kind.")
        person.press("Return")
        person.until(lambda: ended(home), "the answer", 60)
        assert stored_messages(home)[0].text == "Say hello to Ann. Be kind."
        assert len(stored_titles(home)) == 1
        assert person.leave() == 0


def test_another_editor_changes_a_preset_and_it_is_seen(person: Person, home: Path) -> None:
    with person:
        person.sees("Ready now")
        person.click("Presets")
        person.until(lambda: searching(person), "the keyboard in the search")
        person.type("it")
        (home / "presets" / "shout.md").write_text(SHOUT.replace("Shout it", "Whisper it"), "utf-8")
        person.until(lambda: any(name.startswith("Whisper it") for name in person.names()), "the new name")
        (home / "presets" / "shout.md").write_text("+++\nname = 1\n+++\nx", "utf-8")
        person.until(lambda: any(name.startswith("Broken files") for name in person.names()), "the broken file")
        assert person.leave() == 0


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


def searching(person: Person) -> bool:
    person.press("Ctrl+F")
    return person.focused() == "Search presets"


def ended(home: Path) -> bool:
    messages = stored_messages(home)
    return len(messages) == 2 and messages[1].state is MessageState.COMPLETE
