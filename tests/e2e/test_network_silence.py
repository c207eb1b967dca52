"""Who is reached by a start that nobody told to reach anybody: the servers on this machine, and nothing beyond it (threats.md E6)."""

import json
from pathlib import Path

from tests.e2e.person import Person

_LISTENING = """\
import os, sys

def note(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        place = given[1] if event in ("socket.connect", "socket.sendto") else given[0]
        host = place[0] if isinstance(place, tuple) else place
        with open(os.environ["CHATDESK_TEST_REACHED"], "a") as file:
            file.write(repr((event, host)) + "\\n")

sys.addaudithook(note)
"""
_HERE = ("127.", "::1", "localhost", "/", "\\0", "b'/", "b'\\\\x00")
"""How addresses of this machine begin, with the files of its sockets."""


def test_a_start_reaches_nothing_beyond_this_machine(xvfb: dict[str, str], tmp_path: Path) -> None:
    hooks, reached = tmp_path / "hooks", tmp_path / "reached"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(_LISTENING)
    environment = {**xvfb, "PYTHONPATH": str(hooks), "CHATDESK_TEST_REACHED": str(reached)}
    with Person(tmp_path / "home", environment) as person:
        person.sees("Message")
        person.until(lambda: reached.exists() and "'127.0.0.1'" in reached.read_text(), "a look for Ollama")
        person.press("Ctrl+,")
        person.sees("About")
        person.click("About")
        person.sees("Privacy")
        assert person.leave() == 0
    hosts = [line.partition(", ")[2].strip("')\n") for line in reached.read_text().splitlines()]
    assert [host for host in hosts if not host.startswith(_HERE)] == []
    settings = json.loads(next((tmp_path / "home").rglob("settings.json")).read_text("utf-8"))
    assert "updates.check" not in str(settings)
