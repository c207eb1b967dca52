"""A key and the value of a header reach none of the processes that the program starts, nor what they leave behind.

The real program, as a user without privileges, for Chromium's sandbox would not start for the superuser: a page is shown, a formula is
set, a preset is imported, and the built-in engine answers, while every process below it is looked at from its first moment on.
"""

import json
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

from chatdesk.engine.installation import find_starter_model
from chatdesk.kernel.errors.engine_errors import EngineError
from tests.descendants import descendants
from tests.e2e.person import Person
from tests.e2e.test_engine_models import open_engine
from tests.e2e.test_settings import NAME, begin, fill, open_servers
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, on_thread, reply
from tests.unprivileged import surroundings

KEY = "CANARYkey0123456789abcdef"
HEADER = "CANARYheader0123456789"
ANSWER = "So $x^2$.\n\n```html\n<!DOCTYPE html><title>Page</title><b>green</b>\n```\n"
KINDS = {
    b"chatdesk.engine.child": "engine",
    b"chatdesk.app.import_child": "import",
    b"chatdesk.app.document_child": "documents",
    b"chatdesk.rendering.formulas.typeset": "formulas",
    b"QtWebEngineProcess": "preview",
}


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux shows them"),
]


class Watch:
    """Looks at every process below one, again and again. `seen` has what anybody may read of it, by its number."""

    def __init__(self, program: int) -> None:
        self.seen: dict[int, bytes] = {}
        self._program = program
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def kinds(self) -> set[str]:
        return {kind for text in self.seen.values() for mark, kind in KINDS.items() if mark in text}

    def _look(self) -> None:
        while not self._over.wait(0.02):
            for process in descendants(self._program):
                with suppress(OSError):  # gone just now
                    folder = Path(f"/proc/{process}")
                    text = b"\0".join((folder / name).read_bytes() for name in ("cmdline", "environ", "comm"))
                    self.seen[process] = self.seen.get(process, b"") + text


def answer(request: Request) -> Iterable[Step]:
    if request.path.endswith("/models"):
        return [reply({"data": [{"id": "pages"}]})]
    text = json.dumps({"choices": [{"delta": {"content": ANSWER}, "finish_reason": "stop"}]})
    return [head(), chunk(f"data: {text}\n\n"), LAST_CHUNK]


def pick(person: Person, query: str) -> None:
    person.press("Ctrl+Shift+M")
    person.until(lambda: person.focused() == "Search models", "the list of models")
    person.type(query)
    person.press("Return")
    person.until(lambda: person.focused() == "Message", "the keyboard in the composer")


def files_below(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in folder.rglob("*"):
        with suppress(OSError):  # a socket, or gone just now
            if path.is_file():
                found[str(path)] = path.read_bytes()
    return found


def test_neither_key_nor_header_reaches_a_process_or_a_file() -> None:
    with surroundings() as (privileges, environment), on_thread(ScriptedServer(answer)) as server:
        folder = Path(environment["HOME"])
        preset = folder / "prompts.csv"
        preset.write_text('act,prompt\n"Poet","Write a poem."\n', "utf-8")
        document = folder / "notes.txt"
        document.write_text("The meeting is on Monday.", "utf-8")
        person = Person(folder / "home", {**environment, "CHATDESK_HOME": str(folder / "home")}, privileges)
        with person, Watch(person.process_id) as watch:
            open_servers(person)
            begin(person)
            fill(person, "Address", f"{server.url}/v1")
            fill(person, "API key", KEY)
            person.click("Advanced")
            person.sees("Extra headers")
            fill(person, "Extra headers", f"X-Gate: {HEADER}")
            person.click("Save")
            person.sees(f"{NAME}, Connected")
            person.press("Esc")
            pick(person, "pages")
            person.type("A page, please.")
            person.press("Return")
            person.until(lambda: person.place_of("Show the preview"), "the button on the code")
            person.click("Show the preview")
            person.sees("Running")
            person.click("Message")
            pick(person, "SmolLM2")
            person.type("Say yes.")
            person.press("Return")
            person.until(lambda: "engine" in watch.kinds(), "the engine", 60)
            person.click("Attach files")
            person.until(lambda: person.choose_in_dialog(document), "the dialog to take the document")
            person.until(lambda: "documents" in watch.kinds(), "the reader of documents")
            person.click("Presets")
            person.sees("Import…")
            person.click("Import…")
            person.until(lambda: person.choose_in_dialog(preset), "the dialog to take the file")
            person.until(lambda: watch.kinds() == set(KINDS.values()), "every kind of process")
            person.sees("Import 1 preset")
            left = files_below(folder)
            person.press("Esc")
            open_engine(person)
            log = person.sees("Engine log")
            assert person.leave() == 0
        left |= files_below(folder)
        asked = [request.headers for request in server.requests if request.method == "POST"]
    assert {(KEY in headers["authorization"], headers["x-gate"]) for headers in asked} == {(True, HEADER)}
    assert watch.kinds() == set(KINDS.values())
    assert [text for text in watch.seen.values() if b"CANARY" in text] == []
    assert len(log) > 100
    assert "CANARY" not in log
    assert any(path.endswith("servers.json") and b"X-Gate" in content for path, content in left.items())
    assert [path for path, content in left.items() if b"CANARY" in content] == []
