"""The page of models in the real program, with the built-in engine: found, called something else, asked from there."""

from pathlib import Path

import pytest

from chatdesk.engine.installation import find_starter_model
from chatdesk.kernel.errors.engine_errors import EngineError
from tests.e2e.person import Person
from tests.e2e.stored_chats import stored_messages


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


def test_a_model_is_looked_at_called_something_else_and_asked_from_its_page(
    home: Path, tmp_path: Path, xvfb: dict[str, str]
) -> None:
    with Person(home, {**xvfb, "HOME": str(tmp_path)}) as person:
        person.sees("Ready now")
        person.click("Models")
        person.sees("SmolLM2 135M, Built in")  # the row in the sidebar is called as the list is
        person.until(lambda: person.focused() == "Models", "the keyboard in the list of models")
        person.press("Right")  # the only model is the current one already
        person.sees("Actions for this model")
        person.press("F2")
        person.until(lambda: person.focused() == "Display name", "the keyboard in the nickname")
        person.type("Tiny")
        person.press("Return")
        person.press("Ctrl+F")
        person.until(lambda: person.focused() == "Search models", "the keyboard in the search")
        person.type("tin")
        person.press("Down")
        person.until(lambda: person.focused() == "Models", "the keyboard in the list again")
        person.press("Return")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.sees("Built-in engine ready: Tiny will answer.")
        person.type("Say hello.")
        person.press("Return")
        person.until(lambda: len(stored_messages(home)) == 2 and stored_messages(home)[1].text, "the first words", 60)
