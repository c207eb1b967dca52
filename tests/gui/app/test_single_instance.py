"""A second start and the program that runs, over the real local socket."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatdesk.app import second_start, single_instance
from chatdesk.app.second_start import listen, send_to_running
from chatdesk.app.single_instance import (
    MAX_FILES,
    MAX_LIST_BYTES,
    Delivery,
    InstanceCommand,
    SingleInstance,
    notify_running_instance,
    notify_starting_instance,
    open_command,
)
from chatdesk.kernel.errors.storage_errors import AlreadyRunning, RunningUnreachable
from chatdesk.system.instance_address import AddressUnsafe
from chatdesk.system.instance_lock import InstanceLock
from chatdesk.system.local_peer import End
from tests.own_time import TIMEOUT

OTHER_USER = 61_234


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "socket")


@pytest.fixture
def running(qapp: object, address: str) -> Iterator[SingleInstance]:
    instance = SingleInstance(address)
    yield instance
    instance.close()
    instance.deleteLater()


@pytest.fixture
def beside(qtbot: QtBot) -> Iterator[Callable[..., Delivery]]:
    """Runs what another process would, and returns what comes of it. This thread has the program that runs."""
    with ThreadPoolExecutor(max_workers=4) as threads:

        def run(work: Callable[..., Delivery], *arguments: object) -> Delivery:
            future = threads.submit(work, *arguments)
            qtbot.waitUntil(future.done)
            return future.result()

        yield run


@pytest.mark.parametrize("command", [InstanceCommand.RAISE, InstanceCommand.QUICK])
def test_the_running_program_hears_what_is_wanted(
    running: SingleInstance, address: str, command: InstanceCommand, beside: Callable[..., Delivery]
) -> None:
    heard: list[InstanceCommand] = []
    running.raise_requested.connect(lambda: heard.append(InstanceCommand.RAISE))
    running.quick_requested.connect(lambda: heard.append(InstanceCommand.QUICK))
    assert beside(notify_running_instance, address, command) is Delivery.ACCEPTED
    assert heard == [command]


def test_files_are_handed_over_whatever_they_are_called(
    running: SingleInstance, address: str, beside: Callable[..., Delivery], tmp_path: Path
) -> None:
    heard: list[tuple[Path, ...]] = []
    running.files_received.connect(heard.append)
    files = [tmp_path / f"{'long ' * 40}{number} 你好\udcff\n.md" for number in range(MAX_FILES + 5)]
    assert beside(notify_running_instance, address, open_command(files)) is Delivery.ACCEPTED
    assert heard == [tuple(files[:MAX_FILES])]


@pytest.mark.parametrize(
    "sent",
    [
        b"wrong\n",
        b"quick!",
        b"qu",
        b"\0" * 100_000,
        b"files\n",
        b"files\n[",
        b"files\nnull\n",
        b'files\n["relative"]\n',
        b'files\n["/a\\u0000b", 3, {}]\n',
        b"files\n" + b"[" * 50_000 + b"\n",
        b"files\n" + b" " * 2 * MAX_LIST_BYTES + b"\n",
        b"files\n" + json.dumps(["/a"] * (MAX_FILES + 1)).encode() + b"\n",
    ],
)
def test_other_words_are_ignored(
    running: SingleInstance, address: str, sent: bytes, beside: Callable[..., Delivery]
) -> None:
    heard: list[str] = []
    running.raise_requested.connect(lambda: heard.append("raise"))
    running.quick_requested.connect(lambda: heard.append("quick"))
    running.files_received.connect(lambda _files: heard.append("files"))
    socket = QLocalSocket()
    socket.connectToServer(address)
    assert socket.waitForConnected(int(TIMEOUT * 1000))
    socket.write(sent)
    socket.waitForBytesWritten(int(TIMEOUT * 1000))
    socket.disconnectFromServer()
    assert beside(notify_running_instance, address, InstanceCommand.QUICK) is Delivery.ACCEPTED
    assert heard == ["quick"]


def test_nobody_is_reported_where_none_runs(qapp: object, address: str) -> None:
    asked: list[bool] = []
    assert notify_running_instance(address, InstanceCommand.QUICK) is Delivery.NO_PROGRAM
    assert (
        notify_starting_instance(address, InstanceCommand.QUICK, lambda: bool(asked.append(True)))
        is Delivery.NO_PROGRAM
    )
    assert asked == [True]


def test_a_program_that_is_just_starting_is_waited_for(
    qapp: object, address: str, qtbot: QtBot, beside: Callable[..., Delivery]
) -> None:
    started: list[SingleInstance] = []
    looked: list[bool] = []

    def still_runs() -> bool:
        looked.append(True)
        return True

    def start() -> None:
        if looked and not started:
            started.append(SingleInstance(address))

    qtbot.addWidget(timer := QWidget())
    timer.startTimer(1)
    timer.timerEvent = lambda _event: start()
    assert beside(notify_starting_instance, address, InstanceCommand.QUICK, still_runs) is Delivery.ACCEPTED
    started[0].close()
    started[0].deleteLater()


def test_a_wish_is_not_taken_before_the_program_has_confirmed_it(qapp: object, address: str) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        assert notify_running_instance(address, InstanceCommand.RAISE, 0.05) is Delivery.NO_ANSWER


def test_a_program_that_ends_before_it_took_a_wish_is_not_taken_to_have_it(qapp: object, address: str) -> None:
    with socket.socket(socket.AF_UNIX) as server, ThreadPoolExecutor() as threads:
        server.bind(address)
        server.listen()
        delivery = threads.submit(notify_running_instance, address, InstanceCommand.RAISE)
        server.accept()[0].close()
        assert delivery.result() is Delivery.NO_PROGRAM


def test_a_program_that_is_ending_confirms_nothing(running: SingleInstance, address: str, qtbot: QtBot) -> None:
    heard: list[str] = []
    running.raise_requested.connect(lambda: heard.append("raise"))
    with socket.socket(socket.AF_UNIX) as start:
        start.connect(address)
        qtbot.waitUntil(lambda: bool(running.findChildren(QLocalSocket)))
        running.close()
        start.sendall(InstanceCommand.RAISE.value)
        start.setblocking(False)
        said: list[bytes] = []

        def ended() -> bool:
            try:
                said.append(start.recv(100))
            except BlockingIOError:
                return False
            except ConnectionResetError:
                said.append(b"")
            return True

        qtbot.waitUntil(ended)
    assert said == [b""]
    assert heard == []


def test_files_are_not_named_to_another_user(qapp: object, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user = os.geteuid()
    monkeypatch.setattr("os.geteuid", lambda: user + 1)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        assert notify_running_instance(address, open_command([Path("/secret.md")])) is Delivery.OTHER_USER
        connection, _ = server.accept()
        with connection:
            assert connection.recv(100) == b""


def test_another_user_is_not_listened_to(
    running: SingleInstance,
    address: str,
    beside: Callable[..., Delivery],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[str] = []
    running.raise_requested.connect(lambda: heard.append("raise"))
    monkeypatch.setattr(single_instance, "is_this_user", lambda _descriptor, other: other is not End.CLIENT)
    assert beside(notify_running_instance, address, InstanceCommand.RAISE) is Delivery.NO_PROGRAM
    assert heard == []
    assert "Another user" in caplog.text


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser can be another user")
def test_a_real_other_user_cannot_have_the_window_raised(
    running: SingleInstance, address: str, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """The folder is opened to all here: even then nothing is taken from them, and they get no reply."""
    Path(address).parent.chmod(0o777)
    Path(address).chmod(0o777)
    heard: list[str] = []
    running.raise_requested.connect(lambda: heard.append("raise"))
    other = subprocess.Popen(
        [sys.executable, "-c", AS_ANOTHER, address, str(OTHER_USER)], stdout=subprocess.PIPE, text=True
    )
    qtbot.waitUntil(lambda: other.poll() is not None)
    assert other.communicate()[0] == "b''\n"
    assert heard == []
    assert "Another user" in caplog.text


AS_ANOTHER = """
import os, socket, sys
os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[2]))
client = socket.socket(socket.AF_UNIX); client.connect(sys.argv[1])
try:
    client.sendall(b"raise\\n")
    print(client.recv(100))
except OSError:
    print(b"")
"""


@pytest.fixture
def held_elsewhere(home: Path) -> Iterator[InstanceLock]:
    """A lock on the data folder that another process has."""
    home.mkdir(mode=0o700, parents=True)
    lock = InstanceLock(home / "instance.lock")
    assert lock.acquire()
    yield lock
    lock.release()


@pytest.fixture
def lock(home: Path) -> Iterator[InstanceLock]:
    lock = InstanceLock(home / "instance.lock")
    yield lock
    lock.release()


@pytest.mark.parametrize("start", range(3))
def test_a_start_that_loses_the_race_raises_the_window_of_the_winner(
    start: int, held_elsewhere: InstanceLock, home: Path, lock: InstanceLock, beside: Callable[..., bool], qtbot: QtBot
) -> None:
    raised: list[bool] = []
    window = QWidget()
    qtbot.addWidget(window)
    with ThreadPoolExecutor() as threads:
        loser = threads.submit(send_to_running, home, lock, (), quick=False)
        instance = listen(home, window)  # later than the loser looked, or earlier
        instance.raise_requested.connect(lambda: raised.append(True))
        qtbot.waitUntil(loser.done)
    assert loser.result()
    assert raised == [True]
    instance.close()


def test_a_start_beside_a_program_that_ends_becomes_the_program(
    qapp: object, held_elsewhere: InstanceLock, home: Path, lock: InstanceLock
) -> None:
    held_elsewhere.release()
    assert not send_to_running(home, lock, (), quick=False)
    assert not InstanceLock(home / "instance.lock").acquire()


def test_a_program_that_runs_and_does_not_answer_is_reported(
    qapp: object, held_elsewhere: InstanceLock, home: Path, lock: InstanceLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_start, "notify_starting_instance", lambda *_: Delivery.NO_ANSWER)
    with pytest.raises(AlreadyRunning):
        send_to_running(home, lock, (), quick=False)


def test_where_another_user_listens_nothing_is_handed_over_and_the_place_is_named(
    qapp: object, held_elsewhere: InstanceLock, home: Path, lock: InstanceLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "is_this_user", lambda *_: False)
    with socket.socket(socket.AF_UNIX) as server:
        address = second_start.instance_address(home)
        server.bind(address)
        server.listen()
        with pytest.raises(RunningUnreachable) as caught:
            send_to_running(home, lock, [Path("/secret.md")], quick=False)
    Path(address).unlink()
    assert caught.value.reason == address


def test_without_a_safe_place_nothing_is_handed_over_and_none_is_listened_at(
    qapp: object,
    held_elsewhere: InstanceLock,
    home: Path,
    lock: InstanceLock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    qtbot: QtBot,
) -> None:
    def unsafe(_folder: Path) -> str:
        raise AddressUnsafe("/tmp/chatdesk-0: it belongs to another user")

    monkeypatch.setattr(second_start, "instance_address", unsafe)
    with pytest.raises(RunningUnreachable) as caught:
        send_to_running(home, lock, (), quick=True)
    assert "another user" in caught.value.reason
    window = QWidget()
    qtbot.addWidget(window)
    assert listen(home, window) is None
    assert "cannot reach" in caplog.text
