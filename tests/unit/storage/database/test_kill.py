"""What was acknowledged survives a kill at any moment: a real process, really killed."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.paths import ROOT
from tests.unit.storage.searching import search
from tests.unit.storage.streaming_child import PIECE

pytestmark = pytest.mark.thorough

_ROOT = ROOT


@pytest.mark.parametrize("acknowledgements", range(1, 61, 2))
async def test_an_answer_cut_by_a_kill_is_there_up_to_the_last_save(path: Path, acknowledgements: int) -> None:
    saved = _stream_and_kill(path, acknowledgements)
    database = Database(path)
    await database.open(expected=True)
    assert await database.run(lambda connection: MessageRepository(connection).mark_interrupted()) == ("answer",)
    answer = await database.run(lambda connection: MessageRepository(connection).get("answer"))
    found = await database.run(lambda connection: search(connection, "learns"))
    await database.check()
    await database.close()

    assert answer.state is MessageState.INTERRUPTED
    pieces = len(answer.text) // len(PIECE)
    assert answer.text == PIECE * pieces
    assert pieces >= saved
    assert answer.reasoning is not None
    assert answer.reasoning.milliseconds == pieces, "both parts are of the same save"
    assert [hit.message_id for hit in found] == ["answer"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
async def test_a_program_that_stood_still_in_the_middle_of_saving_goes_on_where_it_was(path: Path) -> None:
    """As when the computer is suspended and wakes up. Others can read the file meanwhile."""
    before = _stream_with_pauses(path)
    database = Database(path)
    await database.open(expected=True)
    answer = await database.run(lambda connection: MessageRepository(connection).get("answer"))
    await database.check()
    await database.close()
    assert answer.text.startswith(PIECE * before)


def _stream_with_pauses(path: Path) -> int:
    """Return how many pieces were acknowledged before the last pause."""
    with _streaming(path) as child:
        assert child.stdout is not None
        for _ in range(10):
            before = int(child.stdout.readline())
            child.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, child.pid, os.WSTOPPED)
            with closing(sqlite3.connect(path)) as reader:
                assert reader.execute("SELECT count(*) FROM messages").fetchone() == (1,)
            child.send_signal(signal.SIGCONT)
        assert int(child.stdout.readline()) > before
        child.kill()
    return before


def _streaming(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.unit.storage.streaming_child", path]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT)


def _stream_and_kill(path: Path, acknowledgements: int) -> int:
    with _streaming(path) as child:
        assert child.stdout is not None
        saved = [int(child.stdout.readline()) for _ in range(acknowledgements)]
        child.kill()
    return saved[-1]
