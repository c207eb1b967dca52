"""Kills the program again and again at random moments, starts it again, and looks what is missing."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.kills.child import MODEL
from tests.kills.findings import PROMISED_SECONDS, Findings, Stored, compare, whole_files
from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

_ROOT = ROOT
_PIECES = tuple(f"w{number} " for number in range(400))
ANSWER = "".join(_PIECES)
_LIVES = (0.1, 4.0)
"""Seconds from the first action to the kill."""
_HELD = 0.25
"""The share of runs in which another program holds the database for a while."""


async def kill_again_and_again(
    home: Path, kills: int, seed: int, report: Callable[[str], object], promised: float = PROMISED_SECONDS
) -> Findings:
    """Return what was found. `report` gets a line for each kill. What is lost may be as old as `promised`, in seconds."""
    drawn = random.Random(seed)
    findings = Findings(promised)
    exports = home.with_name(f"{home.name} exports")
    exports.mkdir()
    async with scripted_ollama(lambda _: _answer(drawn), (ScriptedModel(MODEL),)) as server:
        environment = {**os.environ, "CHATDESK_HOME": str(home), "OLLAMA_HOST": server.url}
        shown: list[dict] = []
        killed_at, held = 0.0, False
        for number in range(kills + 1):
            async with _program(environment, f"run{seed}x{number}", drawn.randrange(1 << 30), exports) as child:
                await _until_open(child)
                if number:
                    stored = await asyncio.to_thread(Stored, home / "chats.sqlite3")
                    known = len(findings.faults)
                    compare(findings, shown, killed_at, stored, ANSWER)
                    for fault in findings.faults[known:]:
                        report(f"FAULT: {fault}")
                    report(f"{number}{' (held)' if held else ''}: {findings.line()}, {len(shown)} things shown")
                if number < kills:
                    shown, killed_at, held = await _live_and_die(child, drawn, home / "chats.sqlite3")
        await _tidy(environment, exports, home / "chats.sqlite3", findings)
    return findings


async def _live_and_die(
    child: asyncio.subprocess.Process, drawn: random.Random, database: Path
) -> tuple[list[dict], float, bool]:
    """Let the program live for a while. Return what it has shown, when it was killed, and whether the database was held then."""
    shown: list[dict] = []

    async def read() -> None:
        while line := await child.stdout.readline():
            shown.append(json.loads(line))

    reading = asyncio.create_task(read())
    child.stdin.write(b"go\n")
    await child.stdin.drain()
    seconds = drawn.uniform(*_LIVES)
    held = drawn.uniform(0, seconds) if drawn.random() < _HELD else None
    if held is None:
        await asyncio.sleep(seconds)
    else:
        await asyncio.sleep(held)
        with closing(sqlite3.connect(database, timeout=10, isolation_level=None)) as other:
            await asyncio.to_thread(lambda: None)
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds - held)
            child.send_signal(signal.SIGKILL)
            other.execute("ROLLBACK")
    killed_at = time.monotonic()
    if child.returncode is None and held is None:
        child.send_signal(signal.SIGKILL)
    await child.wait()
    await reading
    return shown, killed_at, held is not None


@asynccontextmanager
async def _program(
    environment: dict[str, str], run: str, seed: int, exports: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.kills.child", run, str(seed), str(exports)),
        cwd=_ROOT,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _until_open(child: asyncio.subprocess.Process) -> None:
    line = await asyncio.wait_for(child.stdout.readline(), PROCESS_TIMEOUT)
    if not line or json.loads(line)["what"] != "open":
        raise AssertionError(f"the program does not start any more: {line!r}")


async def _tidy(environment: dict[str, str], exports: Path, database: Path, findings: Findings) -> None:
    """Start it a last time, a day later, and see that nothing is left of what was not finished."""
    attachments = database.with_name("attachments")
    for path in attachments.rglob("*"):
        os.utime(path, (0, 0))
    async with _program(environment, "last", 0, exports) as child:
        await _until_open(child)
        child.stdin.write(b"tidy\n")
        await asyncio.wait_for(child.stdout.readline(), PROCESS_TIMEOUT)
        await child.wait()
    stored = await asyncio.to_thread(Stored, database)
    findings.faults += (f"{each} is left" for each in sorted(whole_files(attachments) - stored.references()))
    with closing(sqlite3.connect(database.with_name("document-index.sqlite"))) as index:
        if (damage := index.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            findings.faults.append(f"the index of documents is damaged: {damage}")
    with closing(sqlite3.connect(database)) as connection:
        if (
            left := connection.execute("SELECT count(*) FROM conversations WHERE hidden_by IS NOT NULL").fetchone()[0]
        ) > 0:
            findings.faults.append(f"{left} hidden chats are left")
    if database.with_name("unsaved.sqlite3").exists():
        findings.faults.append("the file of what was not saved is left")


def _answer(drawn: random.Random) -> ScriptedAnswer:
    return ScriptedAnswer(_PIECES[: drawn.randrange(5, len(_PIECES))], delay=drawn.choice((0.002, 0.01, 0.03)))
