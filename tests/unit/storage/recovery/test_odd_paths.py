"""A home whose name is no UTF-8, which file systems of Linux allow."""

import os
import sys
from pathlib import Path

import pytest

from chatdesk.app.recovery_options import Recovery
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.storage.database.database import Database
from chatdesk.storage.recovery.backup import finished_copies, folder_of_copies
from tests.unit.storage.damaged import overwrite, write_chats

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    folder = tmp_path / os.fsdecode(b"bad\xff %41 ?#")
    folder.mkdir()
    return folder / "chats.sqlite3"


async def test_chats_are_opened_checked_and_copied_there(odd: Path) -> None:
    write_chats(odd, 2, 2)
    database = Database(odd)
    await database.open(expected=True, suspect=True)
    await database.check()
    await database.back_up("weekly")
    await database.close()
    assert len(finished_copies(folder_of_copies(odd))) == 1


async def test_damage_there_is_repaired(odd: Path) -> None:
    write_chats(odd, 2, 2)
    database = Database(odd)
    await database.open(expected=True)
    await database.back_up("weekly")
    await database.close()
    overwrite(odd, 1)
    with pytest.raises(DatabaseDamaged):
        await Database(odd).open(expected=True)
    recovery = Recovery(odd)
    backup = await anext(recovery.backups())
    assert (await recovery.restore(backup)).chats == 2
