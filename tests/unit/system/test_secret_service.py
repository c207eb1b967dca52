"""A real keyring: gnome-keyring on a message bus of its own, without a display (Debian: gnome-keyring, dbus-daemon)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

PROGRAMS = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
MISSING = [program for program in PROGRAMS if not shutil.which(program)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

IT_IS_THERE = """
    until dbus-send --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets |
        grep -q true; do sleep 0.05; done
"""
"""Waits for it: whoever asks sooner makes the bus start another one, which is locked and asks for a password."""
BODY = """
import asyncio
import sys
from dataclasses import replace
from chatdesk.kernel.errors.keyring_errors import KeyringError, KeyringFailed, KeyringUnavailable
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.system.key_store import Key
from chatdesk.system.keyring_store import KeyringStore
from chatdesk.kernel.redaction import Redactor

SERVER = ServerConfig("server-1", "DeepSeek", "deepseek", ServerProtocol.OPENAI, "https://api.deepseek.com")

async def main():
    store = KeyringStore(Redactor(), timeout=float(sys.argv[1]))
    try:
        await store.save(SERVER, Key("sk-first"))
        await store.save(SERVER, Key("sk-second"))
    except KeyringError as error:
        return print(type(error).__name__, error.reason.replace(" ", "_") if isinstance(error, KeyringUnavailable | KeyringFailed) else "")
    again = KeyringStore(Redactor())
    print((await again.load(SERVER)).reveal(), await again.load(replace(SERVER, base_url="https://evil.example")))
    await again.delete(SERVER)
    print(await again.load(SERVER))

asyncio.run(main())
"""


def run_body(script: str, home: Path, timeout: int = 30) -> list[str]:
    """Run the shell script, in which `body` runs the program above with its files in `home`, and return what that printed.

    `timeout`: seconds after which the program gives the keyring up.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    run = subprocess.run(
        ["sh", "-c", script.replace("body", f'"$0" -c "$1" {timeout}'), sys.executable, BODY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PROCESS_TIMEOUT,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


def test_a_key_is_kept_replaced_bound_to_its_address_and_deleted(tmp_path: Path) -> None:
    start = "printf password | gnome-keyring-daemon --unlock --components=secrets"
    assert run_body(on_a_bus(f"{start} >/dev/null\n{IT_IS_THERE}\nbody"), tmp_path) == ["sk-second", "None", "None"]


def test_a_locked_keyring_whose_prompt_cannot_be_answered_is_reported_as_locked(tmp_path: Path) -> None:
    start = "gnome-keyring-daemon --start --components=secrets </dev/null"
    assert run_body(on_a_bus(f"{start} >/dev/null && body"), tmp_path) == ["KeyringLocked"]


def test_a_machine_without_a_message_bus_has_no_keyring(tmp_path: Path) -> None:
    assert run_body("body", tmp_path)[:1] == ["KeyringUnavailable"]


def test_a_keyring_that_hangs_is_given_up(tmp_path: Path) -> None:
    script = f"""
        printf password | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null &
        daemon=$!
        {IT_IS_THERE}
        kill -STOP $daemon
        body
        kill -KILL $daemon
    """
    assert run_body(on_a_bus(script), tmp_path, timeout=1) == ["KeyringFailed", "no_answer_within_1_s"]


def on_a_bus(script: str) -> str:
    """Return a script that runs `script` on a message bus of its own."""
    return f"""exec dbus-run-session -- sh -c '{script}' "$0" "$1" """
