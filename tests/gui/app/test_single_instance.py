"""A second start and the program that runs, over the real local socket."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from chatdesk.app.exit_code import ExitCode
from chatdesk.app.single_instance import (
    LONGEST_LIST,
    MOST_FILES,
    SingleInstance,
    Wish,
    opening,
    tell_running,
    tell_starting,
)
from chatdesk.app.window import Wanted, _tell_first_window
from chatdesk.system.folders import Folders
from tests.own_time import PATIENCE


@pytest.fixture
def name() -> str:
    return f"chatdesk-test-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def running(qapp: object, name: str) -> Iterator[SingleInstance]:
    instance = SingleInstance(name)
    yield instance
    instance.close()
    instance.deleteLater()


@pytest.mark.parametrize("wish", [Wish.RAISE, Wish.QUICK])
def test_the_running_program_hears_what_is_wanted(running: SingleInstance, name: str, wish: Wish, qtbot: QtBot) -> None:
    heard: list[Wish] = []
    running.raise_requested.connect(lambda: heard.append(Wish.RAISE))
    running.quick_requested.connect(lambda: heard.append(Wish.QUICK))
    assert tell_running(name, wish)
    qtbot.waitUntil(lambda: heard == [wish])


def test_files_are_handed_over_whatever_they_are_called(
    running: SingleInstance, name: str, qtbot: QtBot, tmp_path: Path
) -> None:
    heard: list[tuple[Path, ...]] = []
    running.files_given.connect(heard.append)
    files = [tmp_path / f"{'long ' * 40}{number} 你好\udcff\n.md" for number in range(MOST_FILES + 5)]
    assert tell_running(name, opening(files))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [tuple(files[:MOST_FILES])]


@pytest.mark.parametrize(
    "words",
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
        b"files\n" + b" " * 2 * LONGEST_LIST + b"\n",
        b"files\n" + json.dumps(["/a"] * (MOST_FILES + 1)).encode() + b"\n",
    ],
)
def test_other_words_are_ignored(running: SingleInstance, name: str, words: bytes, qtbot: QtBot) -> None:
    heard: list[str] = []
    running.raise_requested.connect(lambda: heard.append("raise"))
    running.quick_requested.connect(lambda: heard.append("quick"))
    running.files_given.connect(lambda _files: heard.append("files"))
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(int(PATIENCE * 1000))
    socket.write(words)
    socket.waitForBytesWritten(int(PATIENCE * 1000))
    socket.disconnectFromServer()
    assert tell_running(name, Wish.QUICK)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["quick"]


def test_nobody_is_told_where_none_runs(qapp: object, name: str) -> None:
    asked: list[bool] = []
    assert not tell_running(name, Wish.QUICK)
    assert not tell_starting(name, Wish.QUICK, lambda: bool(asked.append(True)))
    assert asked == [True]


def test_a_program_that_is_just_starting_is_waited_for(qapp: object, name: str) -> None:
    started: list[SingleInstance] = []

    def still_runs() -> bool:
        started.append(SingleInstance(name))
        return True

    assert tell_starting(name, Wish.QUICK, still_runs)
    assert len(started) == 1
    started[0].close()
    started[0].deleteLater()


def test_a_program_that_runs_and_does_not_answer_is_told_about(
    qapp: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _tell_first_window(Folders.locate(), Wanted((), quick=False)) == ExitCode.NOT_AVAILABLE
    assert "does not answer" in capsys.readouterr().err
