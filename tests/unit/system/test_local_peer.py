"""Who is at the other end of a local socket is asked of the system, not of the other end."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

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
