"""Keys in a real keyring: the real program on a message bus of its own with gnome-keyring (Debian: gnome-keyring, dbus-daemon)."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.person import ROOT, Person
from tests.e2e.test_settings import KEY, NAME, add, files_with, open_servers
from tests.fakes.scripted_models import ScriptedModel, scripted_openai
from tests.fakes.scripted_server import ScriptedServer, on_thread
from tests.own_time import PROCESS_TIMEOUT

MISSING = [program for program in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(program)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

UNLOCKED = 'printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
UNDER = ("dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh")

LOOK = """
import asyncio, sys
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.system.keyring_store import KeyringStore

key = asyncio.run(KeyringStore(Redactor()).load(ServerConfig(sys.argv[1], "", "", ServerProtocol.OPENAI, sys.argv[2])))
print(key.reveal() if key else "nothing")
"""


@dataclass
class Account:
    """A user of the machine, with a keyring that outlives the program."""

    person: Person
    environment: dict[str, str]

    def stored_server(self) -> dict:
        return json.loads(next(self.person.home.rglob("servers.json")).read_text("utf-8"))["servers"][-1]

    def removed_servers(self) -> list[dict]:
        return json.loads(next(self.person.home.rglob("servers.json")).read_text("utf-8")).get("removed", [])

    def kill_program(self) -> None:
        """kill -9 the program itself, not what it runs under."""
        children = Path(f"/proc/{self.person.process_id}/task/{self.person.process_id}/children").read_text().split()
        (program,) = [
            int(child) for child in children if b"driven_program" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]
        os.kill(program, signal.SIGKILL)
        self.person.ended()

    def kept_key(self, server: dict, look: str = LOOK) -> str:
        """Ask the keyring itself."""
        command = [*UNDER, sys.executable, "-c", look, server["id"], server["base_url"]]
        run = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PROCESS_TIMEOUT,
            check=True,
        )
        return run.stdout.strip()


@pytest.fixture
def account(home: Path, tmp_path: Path, xvfb: dict[str, str]) -> Account:
    own = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    return Account(Person(home, xvfb | own, UNDER), {"PATH": os.environ["PATH"], **own})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with on_thread(scripted_openai(models=(ScriptedModel("deepseek-chat"),), key=KEY)) as server:
        yield server


def test_a_key_is_kept_by_the_keyring_and_by_no_file(account: Account, server: ScriptedServer, tmp_path: Path) -> None:
    person = account.person
    with person:
        open_servers(person)
        add(person, f"{server.url}/v1")
        person.sees("Saved in the system keyring")
        assert person.leave() == 0
        assert files_with(tmp_path, KEY) == files_with(person.home, KEY) == []
        assert account.kept_key(account.stored_server()) == KEY
        person.start()
        open_servers(person)
        person.sees(f"{NAME}, Connected")
        assert person.leave() == 0


HEADER = "CANARY of a header 0123"
LOOK_FOR_HEADER = """
import asyncio, sys
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.system.key_store import header_value
from chatdesk.system.keyring_store import KeyringStore

server = ServerConfig(sys.argv[1], "", "", ServerProtocol.OPENAI, sys.argv[2])
value = asyncio.run(KeyringStore(Redactor()).load(server, header_value("X-Gate")))
print(value.reveal() if value else "nothing")
"""


def test_the_value_of_a_header_is_kept_by_the_keyring_and_moved_there_out_of_an_older_file(
    account: Account, server: ScriptedServer, tmp_path: Path
) -> None:
    person = account.person
    with person:
        open_servers(person)
        add(person, f"{server.url}/v1")
        person.sees("Saved in the system keyring")
        assert person.leave() == 0
        file = next(person.home.rglob("servers.json"))
        content = json.loads(file.read_text("utf-8"))
        content["servers"][-1]["headers"] = [{"name": "X-Gate", "value": HEADER}]  # as versions before wrote it
        file.write_text(json.dumps(content), "utf-8")
        person.start()
        person.until(lambda: files_with(person.home, HEADER) == [], "the value to leave the file")
        stored = account.stored_server()
        assert stored["headers"] == [{"name": "X-Gate"}]
        assert files_with(tmp_path, HEADER) == []
        open_servers(person)
        person.sees(f"{NAME}, Connected")
        assert person.leave() == 0
    assert account.kept_key(stored, LOOK_FOR_HEADER) == HEADER
    assert server.requests[-1].headers["x-gate"] == HEADER


def test_quitting_while_a_removal_can_be_undone_takes_the_key_along(account: Account, server: ScriptedServer) -> None:
    person = account.person
    with person:
        open_servers(person)
        add(person, f"{server.url}/v1")
        person.sees("Saved in the system keyring")
        removed = account.stored_server()
        person.click("Remove")
        person.sees(f"{NAME} was removed")
        assert person.leave() == 0
        assert account.stored_server() != removed
        assert account.kept_key(removed) == "nothing"


def test_a_program_killed_while_a_removal_can_be_undone_forgets_the_key_at_its_next_start(
    account: Account, server: ScriptedServer
) -> None:
    person = account.person
    with person:
        open_servers(person)
        add(person, f"{server.url}/v1")
        person.sees("Saved in the system keyring")
        removed = account.stored_server()
        person.click("Remove")
        person.sees(f"{NAME} was removed")
        person.until(account.removed_servers, "the removal on disk")
        account.kill_program()
        assert account.kept_key(removed) == KEY
        person.start()
        person.until(lambda: not account.removed_servers(), "the key being forgotten")
        assert person.leave() == 0
        assert account.kept_key(removed) == "nothing"
