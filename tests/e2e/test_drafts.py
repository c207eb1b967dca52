"""What is written and not sent survives kill -9: in the new chat that is shown, and as a draft in the list."""

import sys
from pathlib import Path

import pytest

from tests.e2e.person import Person


def is_in_settings(home: Path, text: str) -> bool:
    return any(text in path.read_text("utf-8") for path in home.rglob("settings.json"))


@pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")
def test_drafts_survive_a_kill(home: Path, xvfb: dict[str, str]) -> None:
    with Person(home, xvfb) as person:
        person.until(lambda: person.focused() == "Message", "the keyboard in the message")
        person.type("Ask the tax office")
        person.press("Ctrl+N")
        person.sees("Ask the tax office, draft")
        person.type("Still writing")
        person.until(lambda: person.read("Message") == "Still writing", "the text")
        person.until(lambda: is_in_settings(home, "Still writing"), "the draft on disk")
        person.kill()
        person.start()
        person.sees("Ask the tax office, draft")
        person.until(lambda: person.read("Message") == "Still writing", "the text after the start")
        assert person.leave() == 0
