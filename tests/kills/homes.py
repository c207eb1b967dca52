"""Homes of a program that is killed, and what is looked at in them."""

import asyncio
import os
import random
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.operations import Findings
from tests.unit.storage.damaged import write_chats

CHATS_BEFORE, MESSAGES, PRESETS = 4, 60, 20
FIRST_BEFORE = 100
"""Number in the name of the first chat that is there before."""
_SIDE = 100
"""Of a picture, in pixels."""


def write_home(home: Path) -> None:
    """Write a home with some chats."""
    write_chats(home / DATABASE_NAME, CHATS_BEFORE, MESSAGES, first=FIRST_BEFORE)


def add_pictures(home: Path, count: int, chat: str = f"chat{FIRST_BEFORE}") -> None:
    """Add a picture, each another one, to each of the first messages of a chat."""
    database = home / DATABASE_NAME
    files = AttachmentFiles(home / "attachments", home / "backups")
    with closing(open_connection(database)) as connection:
        messages = MessageRepository(connection)
        connection.execute("BEGIN")
        for number in range(count):
            message = messages.get(f"{chat}-{number}")
            data = _png(f"{chat}-{number}")
            picture = ImagePart(files.add(data), "image/png", f"{number}.png", _SIDE, _SIDE, len(data))
            messages.update(replace(message, parts=(*message.parts, picture)))
        connection.execute("COMMIT")


def _png(seed: str) -> bytes:
    """Return a picture of noise, some 30 kB large."""
    noise = random.Random(seed)
    lines = b"".join(b"\0" + noise.randbytes(3 * _SIDE) for _ in range(_SIDE))
    chunks = (
        (b"IHDR", struct.pack(">2I5B", _SIDE, _SIDE, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def add_presets(home: Path, count: int) -> None:
    """Add presets of the user."""
    (home / "presets").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (home / "presets" / f"preset-{number}.md").write_text(preset(number), "utf-8")


def preset(number: int) -> str:
    """Return the text of a preset."""
    return f"---\nid: preset-{number}\nname: Preset {number}\n---\n\n" + "Answer shortly. " * 500


def presets(home: Path) -> dict[str, str]:
    """Return the texts of the presets of the user, by the names of their files."""
    return {path.name: path.read_text("utf-8") for path in sorted((home / "presets").glob("*.md"))}


def look_at_packed_presets(archive: Path, folder: str, findings: Findings) -> None:
    """Add a fault unless a folder of an archive has the presets that `add_presets` has added, complete."""
    try:
        with zipfile.ZipFile(archive) as packed:
            found = [packed.read(f"{folder}/preset-{number}.md").decode() for number in range(PRESETS)]
    except Exception as error:  # noqa: BLE001 - a finding
        findings.faults.append(f"presets in {archive.name}: {error!r}")
    else:
        if found != [preset(number) for number in range(PRESETS)]:
            findings.faults.append(f"damaged presets in {archive.name}")


def look_at_pictures(home: Path, findings: Findings) -> None:
    """Add a fault for each picture of a message that is missing or damaged."""
    files = AttachmentFiles(home / "attachments", home / "backups")
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        used = referenced_in(connection)
    findings.faults += [f"the picture {sha256} is missing" for sha256 in sorted(used) if files.read(sha256) is None]


def age(folder: Path) -> None:
    """Give all files below a folder a time of many years ago."""
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))


def age_unfinished_settings(home: Path) -> None:
    """Give what is left of writing settings a time of many years ago: it is removed after a day."""
    for path in home.glob("*.json*.new"):
        os.utime(path, (0, 0))


def folders_of(home: Path) -> Folders:
    """Return the folders below a home."""
    return Folders.locate({"CHATDESK_HOME": str(home)})


def start_again(home: Path) -> None:
    """Start the program, and let it remove what is left to be removed."""

    async def start() -> None:
        async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
            await program.chat.conversations.empty_trash()

    asyncio.run(start())


def tidy_up(home: Path) -> None:
    """Remove the files of the attachments that nothing refers to, as the program does, a day later."""

    async def tidy() -> None:
        async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
            await program.chat.attachments.tidy_up()

    age(home / "attachments")
    asyncio.run(tidy())


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
