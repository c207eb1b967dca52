"""A person takes a chat with a document in, and finds a word of the document after the next start."""

import json
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_titles

KEY = "a" * 64
PAGES = ("Nothing yet.", "A quokka lives on Rottnest Island.")
DOCUMENT = {
    "kind": "file",
    "name": "Animals.pdf",
    "media_type": "application/pdf",
    "text_sha256": KEY,
    "unit": "page",
    "sections": len(PAGES),
}
CHAT = {
    "format": "chatdesk-chat",
    "version": 2,
    "title": "About an island",
    "head": "1",
    "messages": [
        {"id": "1", "parent": None, "role": "user", "parts": [DOCUMENT, {"kind": "text", "text": "Who lives there?"}]}
    ],
    "documents": {"texts": {KEY: {"version": 1, "unit": "page", "sections": [{"text": page} for page in PAGES]}}},
}


@pytest.fixture
def person(home: Path, xvfb: dict[str, str]) -> Person:
    return Person(home, xvfb)


def test_a_word_of_a_document_leads_to_its_page(person: Person, home: Path, tmp_path: Path) -> None:
    chat = tmp_path / "island.chatdesk.json"
    chat.write_text(json.dumps(CHAT))
    with person:
        person.sees("Message")
        assert person.run_to_its_end(str(chat)) == 0
        person.sees("Import 1 chat")
        person.click("Import 1 chat")
        person.until(lambda: stored_titles(home) == ["About an island"], "the chat on the disk")
        assert person.leave() == 0
    with person:
        person.sees("Message")
        person.press("Ctrl+N")
        person.press("Ctrl+K")
        person.type("quok")
        person.sees(f"About an island: In Animals.pdf, page 2: {PAGES[1]}")
        person.press("Down")
        person.press("Return")
        person.sees("Document Animals.pdf")
        assert person.leave() == 0
