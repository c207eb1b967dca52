"""What is selected or copied in the chat and pasted into another program: a second process with a field of its own, on the same screen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the middle mouse button pastes on X11")

FIELD = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

application = QApplication([])
field = QTextEdit()
field.show()
QTest.qWaitForWindowExposed(field)
if "middle" in sys.argv:
    QTest.mouseClick(field.viewport(), Qt.MouseButton.MiddleButton)
else:
    field.paste()
sys.stdout.write(field.toHtml() if "html" in sys.argv else field.toPlainText())
"""


@pytest.fixture
def ollama() -> Iterator[ScriptedServer]:
    answer = ScriptedAnswer(("Some **heavy** ", "words to select.\n\n", "Others."))
    with on_thread(scripted_ollama(answer, (ScriptedModel("scripted:1b"),))) as server:
        yield server


def pasted(screen: dict[str, str], *how: str) -> str:
    command = [sys.executable, "-c", FIELD, *how]
    return subprocess.run(command, env=os.environ | screen, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def person(home: Path, xvfb: dict[str, str], ollama: ScriptedServer) -> Iterator[Person]:
    with Person(home, xvfb | {"OLLAMA_HOST": f"127.0.0.1:{ollama.port}"}) as person:
        person.sees("Ollama 0.32.15 found")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Hello")
        person.press("Return")
        person.until(lambda: "Regenerate" in person.names(), "the end of the answer")
        yield person
        assert person.leave() == 0


def test_what_the_mouse_selects_is_pasted_elsewhere_by_its_middle_button(person: Person, xvfb: dict[str, str]) -> None:
    person.draw("Some heavy words to select.")
    assert pasted(xvfb, "middle") == "Some heavy words to select."
    person.draw("Others.")
    assert pasted(xvfb, "middle") == "Others."


def test_selecting_leaves_the_clipboard_alone_and_copying_brings_the_looks_along(
    person: Person, xvfb: dict[str, str]
) -> None:
    person.draw("Some heavy words to select.")
    person.press("Ctrl+C")
    person.draw("Others.")
    assert pasted(xvfb) == "Some heavy words to select."
    assert 'font-weight:700;">heavy<' in pasted(xvfb, "html")
    assert pasted(xvfb, "middle") == "Others."
