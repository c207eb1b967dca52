"""What a screen reader finds: the real program on a message bus of its own, read over AT-SPI.

Debian: at-spi2-core, gir1.2-atspi-2.0, python3-gi, dbus-daemon. The bindings are those of the system's Python.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import PROCESS_TIMEOUT

READER = Path(__file__).with_name("screen_reader.py")
PYTHON = "/usr/bin/python3"
ANSWER = (
    "## How to greet\n\nSay it with [the manual](https://example.org/manual) in hand:\n\n```python\nprint('hello')\n```\n\n"
    "| word | times |\n|---|---|\n| hello | $n^2$ |\n\n\\[ \\frac{a}{b} \\]\n\nSo $x^2$ it is.\n\n> said\n\n> [!NOTE]\n> mind\n\n"
    "![a cat](https://pictures.example/cat.png)\n\n---\n\n- [x] done\n- first\n- second\n"
)


def _missing() -> str:
    if not sys.platform.startswith("linux"):
        return "AT-SPI is Linux's"
    if not shutil.which("dbus-daemon"):
        return "not installed: dbus-daemon"
    if not any(Path(place, "at-spi-bus-launcher").exists() for place in ("/usr/libexec", "/usr/lib/at-spi2-core")):
        return "not installed: at-spi2-core"
    look = [PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"]
    try:
        bound = subprocess.run(look, capture_output=True, check=False).returncode == 0
    except OSError:
        bound = False
    return "" if bound else "not installed: gir1.2-atspi-2.0 for the system's Python"


MISSING = _missing()
pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture
def ollama() -> Iterator[ScriptedServer]:
    pieces = tuple(ANSWER[start : start + 7] for start in range(0, len(ANSWER), 7))
    model = ScriptedModel("scripted:1b")
    with on_thread(scripted_ollama(lambda _body: ScriptedAnswer(pieces, delay=0.01), (model,))) as server:
        yield server


@pytest.fixture
def bus(tmp_path: Path, xvfb: dict[str, str]) -> Iterator[dict[str, str]]:
    """Environment of a session of its own: a bus that starts the services of AT-SPI when they are asked for."""
    own = xvfb | {"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=own) as daemon:
        try:
            yield own | {"DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip()}
        finally:
            daemon.terminate()


def read(person: Person, bus: dict[str, str], role: str, name: str) -> list[dict]:
    """Wait until something of this role and name can be found, and return all there is."""
    command = [PYTHON, str(READER), str(person.process_id), role, name]
    run = subprocess.run(command, env=bus, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False)
    assert run.returncode == 0, f"no {role} {name!r}: {run.stdout[-3000:]} {run.stderr[-1000:]}"
    return json.loads(run.stdout)


def of_role(found: list[dict], role: str) -> list[dict]:
    return [one for one in found if one["role"] == role]


def named(found: list[dict], role: str, name: str) -> dict:
    """Return the one thing of this role and name."""
    (one,) = [each for each in of_role(found, role) if each["name"] == name]
    return one


def is_below(one: dict, other: dict) -> bool:
    return one["place"][1] >= other["place"][1] + other["place"][3]


@pytest.fixture
def found(home: Path, bus: dict[str, str], ollama: ScriptedServer) -> Iterator[list[dict]]:
    """All there is once an answer has come."""
    session = bus | {"OLLAMA_HOST": f"127.0.0.1:{ollama.port}", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    with Person(home, session) as person:
        person.resize(1200, 1150)
        person.sees("Ollama 0.32.15 found")
        person.until(lambda: person.focused() == "Message", "the keyboard in the composer")
        person.type("Hello")
        person.press("Return")
        person.sees("second")
        person.until(lambda: "Regenerate" in person.names(), "the end of the answer")
        yield read(person, bus, "list item", "second")
        assert person.leave() == 0


def test_an_answer_and_every_kind_of_block_is_read_by_role_name_text_and_place(found: list[dict]) -> None:
    # Messages: who speaks and what is said, formulas in words; one below the other.
    assert "Chat" in [one["name"] for one in of_role(found, "list")]
    asked = named(found, "list item", "You: Hello")
    (answered,) = [one for one in of_role(found, "list item") if one["name"].startswith("scripted:1b")]
    assert "So x squared it is." in answered["name"]
    assert answered["description"]
    assert is_below(answered, asked)

    heading = named(found, "heading", "How to greet")
    assert heading["attributes"]["level"] == "2"
    assert heading["text"] == "How to greet"
    link = named(found, "link", "the manual")
    assert link["description"] == "https://example.org/manual"
    assert link["actions"] == 1
    code = named(found, "section", "Code, 1 line, python")
    assert code["text"] == "print('hello')"

    # A table knows its heads, and each cell its row and column.
    table = named(found, "table", "Table, 1 row, 2 columns")
    heads = [one for one in found if one["role"] in {"column header", "table column header"}]
    assert [one["name"] for one in heads] == ["word", "times"]
    cells = [(one["name"], one["cell"]) for one in of_role(found, "table cell")]
    assert cells == [("hello", [1, 0]), ("n squared", [1, 1])]

    formula = next(one for one in found if one["name"].strip() == "a over b")
    assert formula["text"].strip() == "a over b"
    text = named(found, "paragraph", "So x squared it is.")
    assert text["text"] == "So x squared it is."
    quote, alert = of_role(found, "block quote")
    assert alert["name"] == "Note"
    assert named(found, "image", "a cat · pictures.example")
    assert of_role(found, "separator")
    items = [one for one in of_role(found, "list item") if one["name"] in {"done", "first", "second"}]
    assert [(one["name"], "checked" in one["states"]) for one in items] == [
        ("done", True),
        ("first", False),
        ("second", False),
    ]

    # Each stands where it is on the screen: inside of its message, below what was before.
    order = [heading, code, table, formula, text, quote, alert, named(found, "list item", "second")]
    assert all(is_below(after, before) for before, after in pairwise(order))
    x, y, width, height = answered["place"]
    for one in order:
        assert x <= one["place"][0] <= x + width
        assert y <= one["place"][1] <= y + height

    # Its buttons.
    names = {one["name"] for one in found if one["role"] in {"button", "push button"}}
    assert {"Copy message", "Regenerate", "Edit"} <= names
    copy = next(one for one in found if one["name"] == "Copy, code block 1")
    assert "focusable" in copy["states"]
    assert found.index(code) < found.index(copy) < found.index(table), "the buttons of code follow it"
