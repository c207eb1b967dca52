"""What was acknowledged survives a kill at any moment: a real process, really killed."""

import subprocess
import sys
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


def _stream_and_kill(path: Path, acknowledgements: int) -> int:
    command = [sys.executable, "-m", "tests.unit.storage.streaming_child", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as child:
        assert child.stdout is not None
        saved = [int(child.stdout.readline()) for _ in range(acknowledgements)]
        child.kill()
    return saved[-1]
