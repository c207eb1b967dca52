"""A disk that does not confirm what was written to it, as a dying one or a network drive: SQLite's own calls fail in a real process."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

_FAILS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static int forced(const char *name, int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    if (access(getenv("FAILING"), F_OK) == 0) { errno = EIO; return -1; }
    return real(file);
}
int fsync(int file) { return forced("fsync", file); }
int fdatasync(int file) { return forced("fdatasync", file); }
"""
_WRITES = """
import asyncio, os, sys
from pathlib import Path
from chatdesk.kernel.errors.storage_errors import DatabaseUnavailable
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from tests.unit.storage.samples import a_conversation

async def main():
    failing, database = Path(os.environ["FAILING"]), Database(Path(sys.argv[1]))

    async def add(name):
        await database.run(lambda connection: ConversationRepository(connection).add(a_conversation(name)))

    await database.open(expected=False)
    await add("before")
    failing.touch()
    try:
        await add("meanwhile")
    except DatabaseUnavailable as error:
        print(error.reason)
    failing.unlink()
    await add("after")
    print([chat.id for chat in await database.run(lambda connection: ConversationRepository(connection).list())])
    await database.check()
    await database.close()

asyncio.run(main())
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="needs a C compiler, and Linux's way to replace calls"
)
def test_what_the_disk_does_not_confirm_is_reported_and_the_next_save_works(tmp_path: Path) -> None:
    source, library = tmp_path / "fails.c", tmp_path / "fails.so"
    source.write_text(_FAILS)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    environment = {**os.environ, "LD_PRELOAD": str(library), "FAILING": str(tmp_path / "failing")}
    command = [sys.executable, "-c", _WRITES, str(tmp_path / "chats.sqlite3")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    reason, chats = done.stdout.splitlines()
    assert "SQLITE_IOERR_FSYNC" in reason
    assert chats == "['after', 'before']"
