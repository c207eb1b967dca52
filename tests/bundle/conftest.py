"""The bundle as people get it, installed on a bare system, on a screen that nobody sees, with a message bus and a keyring of its own.

Making it takes minutes. For whoever works on these tests: CHATDESK_BUNDLE_SYSTEM names a folder in which the bare system stays between two
runs, CHATDESK_BUNDLE_PACKAGE a package that is there already.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bundle.bare_system import USER, BareSystem, missing
from tests.bundle.resident import Resident
from tests.fakes.short_answers import want_short_answers
from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT
from tests.virtual_screen import virtual_screen

BUNDLE = ROOT / "dist/chatdesk"
NO_OLLAMA = {"OLLAMA_HOST": "127.0.0.1:9"}
"""The bare system has the network of this one, on which one may run. Nobody listens there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip all where a bare system cannot be made."""
    why = missing()
    for item in items:
        if why and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def package() -> Path:
    """The Debian package, made anew from the sources."""
    if there := os.environ.get("CHATDESK_BUNDLE_PACKAGE"):
        return Path(there)
    build = [sys.executable, str(ROOT / "packaging/bundle/build.py")]
    for old in (ROOT / "dist").glob("chatdesk_*.deb"):
        old.unlink()
    for arguments in ([], ["--packages", "--report"]):
        subprocess.run([*build, *arguments], check=True)
    return next((ROOT / "dist").glob("chatdesk_*.deb"))


@pytest.fixture(scope="session")
def system(package: Path) -> Iterator[BareSystem]:
    """A bare system with the package, and without Python and Qt."""
    setting = os.environ.get("CHATDESK_BUNDLE_SYSTEM")
    place = Path(setting or tempfile.mkdtemp(prefix="chatdesk-bare-"))
    place.mkdir(exist_ok=True)
    place.chmod(0o711)
    folder = place / "system"
    system = BareSystem(folder)
    try:
        if not folder.is_dir():
            try:
                system.make()
            except (LookupError, subprocess.CalledProcessError) as error:
                shutil.rmtree(folder, ignore_errors=True)  # half of one must not be taken for a whole one
                pytest.skip(f"no bare system can be made here: {error}")  # no mirror, or no right to make devices
        system.install(package)
        held = {path.name for path in (folder / "usr/bin").iterdir()}
        assert not {name for name in held if name.startswith(("python", "qt", "qmake"))}
        yield system
    finally:
        if not setting:
            shutil.rmtree(place, ignore_errors=True)


@dataclass
class Seat:
    """Where a person sits: a home, a screen, a message bus."""

    home: Path
    runtime: Path
    screen: dict[str, str]
    system: BareSystem
    sit: Callable[..., Resident]

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        beginning = self.system.command(self.home, [self.runtime], NO_OLLAMA | environment)
        return subprocess.run(
            [*beginning, *command], capture_output=True, text=True, check=False, timeout=PROCESS_TIMEOUT
        )

    def files(self) -> set[str]:
        """Return the folders of the home that hold files."""
        return {path.relative_to(self.home).parent.as_posix() for path in self.home.rglob("*") if path.is_file()}


@pytest.fixture
def seat(system: BareSystem) -> Iterator[Seat]:
    """A person's seat. What they start is ended when they rise."""
    place = Path(tempfile.mkdtemp(prefix="chatdesk-seat-"))  # pytest's own folders are the superuser's alone
    home, runtime = place / "home", place / "run"
    for folder in (home, runtime):
        folder.mkdir(mode=0o700)
        os.chown(folder, USER, USER)
    place.chmod(0o711)
    _ask_for_short_answers(home)
    privileges = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    with virtual_screen() as screen:
        display = {"DISPLAY": screen["DISPLAY"]}
        session = {**display, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PATH": "/usr/bin:/bin"}
        session["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={runtime}/bus"
        bus = [*privileges, "dbus-daemon", "--session", "--nofork", f"--address={session['DBUS_SESSION_BUS_ADDRESS']}"]
        with subprocess.Popen(bus, env=session, stderr=subprocess.DEVNULL) as daemon:
            residents: list[Resident] = []

            def sit(program: str = "chatdesk", more: dict[Path, str] | None = None, **environment: str) -> Resident:
                number = display["DISPLAY"].removeprefix(":")
                socket = Path(f"/tmp/.X11-unix/X{number}")
                session_variables = {
                    name: session[name] for name in ("DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")
                }
                session_variables |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", **NO_OLLAMA, **environment}
                command = [*system.command(home, [socket, runtime], session_variables, more), program]
                residents.append(Resident(command, display, session, USER))
                return residents[-1]

            unlock = [*privileges, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
            keyring: subprocess.Popen[str] | None = None
            try:
                while not (runtime / "bus").exists():
                    assert daemon.poll() is None
                    time.sleep(0.02)
                keyring = subprocess.Popen(
                    unlock,
                    env=session,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )
                keyring.stdin.write("password")
                keyring.stdin.close()
                yield Seat(home, runtime, display, system, sit)
            finally:
                for resident in residents:
                    with suppress(OSError, subprocess.TimeoutExpired):
                        resident.close()
                for process in filter(None, (keyring, daemon)):  # what the bus started ends with it
                    process.kill()
                    process.wait(40)
    shutil.rmtree(place, ignore_errors=True)


def _ask_for_short_answers(home: Path) -> None:
    file = want_short_answers(home / ".config/Chatdesk")
    for path in (file, file.parent, file.parent.parent):
        os.chown(path, USER, USER)
        path.chmod(0o600 if path == file else 0o700)
