"""Homes of a program that is killed, and what is looked at in them."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.operations import Findings
from tests.unit.storage.damaged import write_chats

CHATS_BEFORE, MESSAGES = 4, 60
FIRST_BEFORE = 100
"""Number in the name of the first chat that is there before."""


def write_home(home: Path) -> None:
    """Write a home with some chats."""
    write_chats(home / DATABASE_NAME, CHATS_BEFORE, MESSAGES, first=FIRST_BEFORE)


def folders_of(home: Path) -> Folders:
    """Return the folders below a home."""
    return Folders.locate({"CHATDESK_HOME": str(home)})


def start_again(home: Path) -> None:
    """Start the program, and let it remove what is left to be removed."""

    async def start() -> None:
        async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
            await program.chat.conversations.empty_trash()

    asyncio.run(start())


def look_at_chats(home: Path, findings: Findings, *allowed: int) -> int:
    """Return how many chats there are, which must be one of the allowed numbers, and each with all of its messages."""
    with closing(sqlite3.connect(home / DATABASE_NAME)) as connection:
        rows = connection.execute(
            "SELECT conversations.id, count(messages.id) FROM conversations "
            "LEFT JOIN messages ON conversation_id = conversations.id GROUP BY conversations.id"
        ).fetchall()
        (check,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    if check != "ok" or dangling:
        findings.faults.append(f"{check} {dangling}")
    if len(rows) not in allowed:
        findings.faults.append(f"{len(rows)} chats")
    findings.faults += [f"{id_} has {count} messages" for id_, count in rows if count != MESSAGES]
    return len(rows)


def look_for_leftovers(folder: Path, findings: Findings, *patterns: str) -> None:
    """Add a fault for each file or folder below `folder` that matches one of the patterns."""
    findings.faults += [f"{path.name} is left" for pattern in patterns for path in folder.rglob(pattern)]
