"""Who is at the other end of a local socket is asked of the system, not of the other end."""

import ctypes
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from chatdesk.system.local_peer import End, is_this_user

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes instead")

OTHER_USER = 61_234
SERVER = """
import os, socket, sys
os.setgid({user}); os.setuid({user})
server = socket.socket(socket.AF_UNIX); server.bind(sys.argv[1]); server.listen(); print("listens", flush=True)
server.accept()[0].recv(1)
"""
CLIENT = """
import os, socket, sys
os.setgid({user}); os.setuid({user})
client = socket.socket(socket.AF_UNIX); client.connect(sys.argv[1]); client.recv(1)
"""
superuser_only = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() != 0, reason="only the superuser can be another"
)


def test_this_user_is_recognised_at_both_ends() -> None:
    one, other = socket.socketpair()
    with one, other:
        assert is_this_user(one.fileno(), End.SERVER)
        assert is_this_user(other.fileno(), End.CLIENT)
        assert one.send(b"the connection is still open") == 28


def test_another_user_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = socket.socketpair()
    user = os.geteuid()
    monkeypatch.setattr("os.geteuid", lambda: user + 1)
    with one, other:
        assert not is_this_user(one.fileno(), End.SERVER)


def test_what_is_no_socket_is_nobody(tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        assert not is_this_user(file.fileno(), End.SERVER)
    assert not is_this_user(-1, End.SERVER)


@pytest.fixture
def meeting_place() -> Iterator[Path]:
    """A folder in which two users can reach each other."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@superuser_only
def test_a_server_of_another_user_is_recognised(meeting_place: Path) -> None:
    path = meeting_place / "s"
    with subprocess.Popen(
        [sys.executable, "-c", SERVER.format(user=OTHER_USER), str(path)], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout.readline() == b"listens\n"
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
            assert not is_this_user(client.fileno(), End.SERVER)


@superuser_only
def test_a_client_of_another_user_is_recognised(meeting_place: Path) -> None:
    path = meeting_place / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        path.chmod(0o777)
        server.listen()
        with subprocess.Popen([sys.executable, "-c", CLIENT.format(user=OTHER_USER), str(path)]):
            connection, _ = server.accept()
            with connection:
                assert not is_this_user(connection.fileno(), End.CLIENT)


class MacLibrary:
    """The C library of macOS, as far as it knows who is at the other end."""

    def __init__(self, user: int | None) -> None:
        self._user = user

    def getpeereid(self, _descriptor: int, user: object, _group: object) -> int:
        if self._user is None:
            return -1
        user._obj.value = self._user
        return 0


@pytest.mark.parametrize(("offset", "expected"), [(0, True), (1, False), (None, False)])
def test_macos_is_asked_in_its_own_way(offset: int | None, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not run on macOS: only that what the system answers is taken as it is meant."""
    library = MacLibrary(None if offset is None else os.geteuid() + offset)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: library)
    there = as_if_loaded_there("chatdesk.system.local_peer")
    assert there.is_this_user(3, there.End.SERVER) is expected


@pytest.mark.parametrize(("sid", "expected"), [("S-1-5-21-1", True), ("S-1-5-21-2", False), (None, False)])
@pytest.mark.parametrize("other", ["SERVER", "CLIENT"])
def test_windows_is_asked_in_its_own_way(
    sid: str | None, expected: bool, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not run on Windows, likewise."""
    asked: list[bool] = []

    def sid_of_pipe_end(_pipe: int, *, of_server: bool) -> str:
        asked.append(of_server)
        if sid is None:
            raise OSError
        return sid

    users = ModuleType("chatdesk.system.windows_user")
    users.own_sid = lambda: "S-1-5-21-1"
    users.sid_of_pipe_end = sid_of_pipe_end
    monkeypatch.setitem(sys.modules, users.__name__, users)
    monkeypatch.setattr(sys, "platform", "win32")
    there = as_if_loaded_there("chatdesk.system.local_peer")
    assert there.is_this_user(3, there.End[other]) is expected
    assert asked == [other == "SERVER"]
    addresses = as_if_loaded_there("chatdesk.system.instance_address")
    assert addresses.instance_address(Path("/data")).startswith("chatdesk-S-1-5-21-1-")


def as_if_loaded_there(name: str) -> ModuleType:
    """Return a module as it is on the system that `sys.platform` names, beside the one that is loaded."""
    found = importlib.util.find_spec(name)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
