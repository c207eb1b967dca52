"""`chatdesk FILE` as the desktop runs it for a double click: before the program runs, and while it does."""

import json
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_titles
from tests.paths import ROOT

PRESET = '+++\nschema = 1\nname = "Shout it"\n+++\nShout.\n'
CHAT = {
    "format": "chatdesk-chat",
    "version": 1,
    "title": "About the sky",
    "head": "2",
    "messages": [
        {"id": "1", "parent": None, "role": "user", "parts": [{"kind": "text", "text": "Why blue?"}]},
        {"id": "2", "parent": "1", "role": "assistant", "parts": [{"kind": "text", "text": "Air."}]},
    ],
}


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def test_a_double_click_opens_files_in_the_program_that_runs(person: Person, home: Path, tmp_path: Path) -> None:
    chat, preset = tmp_path / "我的 chat.chatdesk.json", tmp_path / "shout.chatdesk.md"
    chat.write_text(json.dumps(CHAT, indent=2))
    preset.write_text(PRESET)
    with person:
        person.sees("Message")
        assert person.run_to_its_end(str(chat)) == 0
        person.sees("Import 1 chat")
        person.click("Import 1 chat")
        person.until(lambda: stored_titles(home) == ["About the sky"], "the chat on the disk")
        assert person.run_to_its_end(str(preset)) == 0
        person.sees("Shout it")
        person.click("Import 1 preset")
        person.until(lambda: any(home.rglob("presets/*hout*.md")), "the preset on the disk")
        assert person.leave() == 0


def test_a_document_is_attached_to_a_question_of_the_program_that_runs(person: Person) -> None:
    with person:
        person.sees("Message")
        assert person.run_to_its_end(str(ROOT / "tests/data/documents/report-en.pdf")) == 0
        person.until(
            lambda: any(name.startswith("report-en.pdf, PDF, ") and "token" in name for name in person.names()),
            "the chip",
        )
        person.until(lambda: person.focused() == "Message", "the focus in the message")
        assert person.leave() == 0
