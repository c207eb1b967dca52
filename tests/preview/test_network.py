"""No page reaches the network, whichever way it tries; a browser without our layers, in the same sandbox, does reach it."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.own_time import PROCESS_TIMEOUT
from tests.preview.attacker import LAST_NAME
from tests.preview.attacks import REACHED, attempts, pages
from tests.preview.canary import Canary
from tests.preview.chromium_says import without_chromium

PAGES = list(pages(1))
_NO_NETWORK_EVENT = re.compile(
    "HOST_RESOLVER_MANAGER_(JOB|ATTEMPT)|HOST_RESOLVER_(DNS|SYSTEM)_TASK|TCP_CONNECT|UDP_BYTES|URL_REQUEST_START"
)


@dataclass(frozen=True)
class Outcome:
    pages: dict[str, dict[str, Any]]
    heard: list[str]
    events: list[tuple[str, str]]
    """What Chromium's network did: the name of the event and its parameters."""
    errors: list[str]


def _hostile_environment() -> dict[str, str]:
    """Return what another program may have put into the environment. It must have no effect."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "QTWEBENGINE_CHROMIUM_FLAGS": f"--no-sandbox --disable-web-security --remote-debugging-port={port}",
        "QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{port}",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }


def _attack(log: Path, *port: str) -> Outcome:
    command = [sys.executable, "-m", "tests.preview.attacker", *port, str(log)]
    environment = os.environ | _hostile_environment()
    ran = subprocess.run(command, capture_output=True, text=True, timeout=PROCESS_TIMEOUT, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    net = _read(log)
    names = {number: name for name, number in net["constants"]["logEventTypes"].items()}
    events = [(names[event["type"]], json.dumps(event.get("params"))) for event in net["events"]]
    found = json.loads(ran.stdout)
    return Outcome(found["pages"], found["heard"], events, without_chromium(ran.stderr))


def _read(log: Path) -> dict[str, Any]:
    """Read a net log, one event a line, as far as to the name that was asked for last."""
    text, found, _ = log.read_text(encoding="utf-8").partition(LAST_NAME)
    assert found, "the net log is cut off, so it proves nothing"
    return dict(json.loads(text[: text.rindex("},\n") + 1] + "]}"))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    with Canary() as canary:
        outcome = _attack(tmp_path_factory.mktemp("attack") / "net.json", str(canary.port))
    return replace(outcome, heard=canary.heard)


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    return _attack(tmp_path_factory.mktemp("unguarded") / "net.json")


@pytest.mark.parametrize("page", PAGES)
def test_every_attempt_of_a_page_is_really_made(outcome: Outcome, page: str) -> None:
    marks = outcome.pages[page]["marks"]
    if page == "blank":  # an empty frame is a stranger to its own page, which cannot put any code there
        assert marks == ["out of reach", "settled"]
        return
    made = {mark.partition("!")[0] for mark in marks}
    assert made >= {*attempts(page), "settled"}
    assert not [mark for mark in marks if mark.startswith("LEAK")]


def test_nothing_reaches_the_canary(outcome: Outcome) -> None:
    assert outcome.heard == []


def test_no_name_is_looked_up_and_no_connection_begun(outcome: Outcome) -> None:
    assert outcome.events
    assert [event for event in outcome.events if _NO_NETWORK_EVENT.match(event[0])] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_view_stays_where_it_is_and_opens_nothing(outcome: Outcome, page: str) -> None:
    assert outcome.pages[page]["stayed"]


def test_an_environment_takes_neither_the_sandbox_away_nor_opens_a_port(outcome: Outcome) -> None:
    held = outcome.pages["main"]["confinement"]
    assert held["Seccomp"] == "2"  # a filter of system calls
    assert held["NoNewPrivs"] == "1"
    assert int(held["CapEff"], 16) == 0
    assert int(held["NSpid"]) < 100  # it counts the processes of a name space of its own
    assert outcome.pages["debugging port"] == {"open": False}


def test_what_was_refused_is_counted_by_host(outcome: Outcome) -> None:
    blocked = outcome.pages["main"]["blocked"]
    assert blocked["127.0.0.1"] >= 20
    assert {"localhost", "::1", "0.0.0.0", "fetch-name.example.org", "image-name.example.org"} <= set(blocked)
    assert outcome.pages["location"]["blocked"] == {"127.0.0.1": 1}


def test_nothing_is_written_to_the_standard_error(outcome: Outcome) -> None:
    assert outcome.errors == []


def test_without_our_layers_the_same_pages_reach_the_canary(unguarded: Outcome) -> None:
    paths = {match[1] for line in unguarded.heard if (match := re.match(r"[A-Z]+ /([a-z0-9-]*)", line))}
    assert paths >= REACHED
    assert "udp" in unguarded.heard
    assert unguarded.heard.count("GET /fetch HTTP/1.1") == 4  # the page, both kinds of frames, the worker
    kinds = {name for name, _ in unguarded.events}
    assert {"HOST_RESOLVER_MANAGER_JOB", "TCP_CONNECT", "UDP_BYTES_SENT"} <= kinds
