"""Kills of a process that backs up or restores, at random moments: there is the old state or the new one, never something in between.

`python -m tests.kills.killed_backups 100` does each of them a hundred times.
"""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.backups.domain.copies import CopyFacts, CopyName
from chatdesk.features.backups.services.backup_place import check_hash
from chatdesk.features.backups.services.upkeep import StoredBackup
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.database.database import Database
from chatdesk.storage.recovery.replacement import good_copy, replace_with
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.paths import ROOT
from tests.unit.storage.damaged import write_chats

CHATS_BEFORE, CHATS_IN_BACKUP, MESSAGES = 4, 12, 60


@dataclass
class Findings:
    """What was found after the kills: how many came in time, how often the old and the new state was there, and the faults."""

    kills: int = 0
    old: int = 0
    new: int = 0
    faults: list[str] = field(default_factory=list)


def kill_again_and_again(kind: str, folder: Path, times: int, seed: int) -> Findings:
    """Kill `times` processes that do the work of this kind, each over a fresh home, and look at what they left."""
    randomly, findings = random.Random(seed), Findings()
    prepared = folder / "prepared"
    _prepare(prepared)
    seconds = _run(kind, _fresh(prepared, folder / "home"), None)
    for _ in range(times):
        home = _fresh(prepared, folder / "home")
        _run(kind, home, randomly.uniform(0.0, 1.0) * seconds, findings)
        LOOKS[kind](home, findings)
    return findings


def _prepare(home: Path) -> None:
    """A home with some chats, and next to it a stick with a backup of more chats."""
    write_chats(home / "backup" / DATABASE_NAME, CHATS_IN_BACKUP, MESSAGES)
    write_chats(home / DATABASE_NAME, CHATS_BEFORE, MESSAGES, first=100)
    (home / "stick").mkdir()


def _fresh(prepared: Path, home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home)
    return home


def _run(kind: str, home: Path, seconds: float | None, findings: Findings | None = None) -> float:
    """Run the work until it is complete or killed after `seconds`, counted from its first word. Return how long it took."""
    command = [sys.executable, "-m", "tests.kills.killed_backups", "--work", kind, str(home)]
    environment = {**os.environ, "CHATDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        begun = time.monotonic()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            if findings:
                findings.kills += 1
        return time.monotonic() - begun


# The work, in the process that is killed.


async def _work(kind: str, home: Path) -> None:
    if kind == "replace":
        _say("begun")
        replace_with(home / "backup" / DATABASE_NAME, home / DATABASE_NAME)
        return
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        await (_back_up(program, home) if kind == "backup" else _restore(program, home))


async def _back_up(program: Program, home: Path) -> None:
    daily = program.backups.daily.get()
    daily.choose_folder(home / "stick")
    await daily.make()
    _say("begun")
    for _ in range(4):
        await daily.make()


async def _restore(program: Program, home: Path) -> None:
    restoring = program.backups.restoring.get()
    path = home / "backup" / DATABASE_NAME
    backup = await restoring.opening.open(StoredBackup(path, datetime.now(UTC), 0))
    chosen = [chat.id for chat in await restoring.chats(backup)]
    _say("begun")
    await restoring.restore(backup, chosen)


# What is there after a kill.


def _look_at_backups(home: Path, findings: Findings) -> None:
    """Every backup that has its facts is complete; there is at least the one made before."""
    (own,) = (home / "stick" / "Chatdesk").iterdir()
    names = [name for path in own.iterdir() if (name := CopyName.of(path.name))]
    complete = [name for name in names if (own / name.facts).exists()]
    if not complete:
        findings.faults.append("no backup is left")
    for name in complete:
        facts = CopyFacts.from_json((own / name.facts).read_bytes())
        try:
            check_hash(own / name.database, facts.sha256)
        except Exception as error:  # noqa: BLE001 - a finding
            findings.faults.append(f"{name.database}: {error!r}")
        if good_copy(own / name.database) is None:
            findings.faults.append(f"{name.database} cannot be opened")
    findings.old += len(complete) == 1 and complete[0].number == 1
    findings.new += complete != [] and max(name.number for name in complete) > 1
    _count_chats(home, findings, CHATS_BEFORE)


def _look_at_restored(home: Path, findings: Findings) -> None:
    """After the next start, all chats of the backup are there, or none, and each with all of its messages."""

    async def start_again() -> None:
        async with open_program(
            Folders.locate({"CHATDESK_HOME": str(home)}), Resources.locate(), Redactor()
        ) as program:
            await program.chat.conversations.empty_trash()

    asyncio.run(start_again())
    count = _count_chats(home, findings, CHATS_BEFORE, CHATS_BEFORE + CHATS_IN_BACKUP)
    findings.old += count == CHATS_BEFORE
    findings.new += count == CHATS_BEFORE + CHATS_IN_BACKUP


def _look_at_replaced(home: Path, findings: Findings) -> None:
    """The database opens as one of the two; if it is the new one, the old one is kept."""

    async def start_again() -> None:
        database = Database(home / DATABASE_NAME)
        await database.open(expected=True)
        await database.check()
        await database.close()

    asyncio.run(start_again())
    count = _count_chats(home, findings, CHATS_BEFORE, CHATS_IN_BACKUP)
    findings.old += count == CHATS_BEFORE
    findings.new += count == CHATS_IN_BACKUP
    kept = list(home.glob("chats-set-aside-*.sqlite3"))
    if count == CHATS_IN_BACKUP and len(kept) != 1:
        findings.faults.append("the old chats were not kept")


def _count_chats(home: Path, findings: Findings, *allowed: int) -> int:
    with closing(sqlite3.connect(home / DATABASE_NAME)) as connection:
        rows = connection.execute(
            "SELECT conversations.id, count(messages.id) FROM conversations "
            "LEFT JOIN messages ON conversation_id = conversations.id GROUP BY conversations.id"
        ).fetchall()
        (check,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if check != "ok":
        findings.faults.append(check)
    if len(rows) not in allowed:
        findings.faults.append(f"{len(rows)} chats")
    findings.faults += [f"{id_} has {count} messages" for id_, count in rows if count != MESSAGES]
    return len(rows)


LOOKS: dict[str, Callable[[Path, Findings], None]] = {
    "backup": _look_at_backups,
    "restore": _look_at_restored,
    "replace": _look_at_replaced,
}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--work"]:
        asyncio.run(_work(arguments[1], Path(arguments[2])))
        return
    for kind in LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            _say(f"{kind}: {kill_again_and_again(kind, Path(folder), int(arguments[0]), 7)}")


if __name__ == "__main__":
    main(sys.argv[1:])
