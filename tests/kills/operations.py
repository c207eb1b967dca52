"""Kills of a process in the middle of an operation: there is the old state or the new one afterwards, never something in between.

Half of the kills come after a random time, half at a line of the program: these hit every step, however short. What an operation is, and
what is looked at, is in the `killed_….py` beside this.

`python -m tests.kills.operations --kills 100 import-zip move` kills each of them until it was hit so often; all of them without names.
"""

import argparse
import asyncio
import importlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.forked import start_forked
from tests.kills.lines import chosen_lines, killed_at_line
from tests.own_time import PROCESS_TIMEOUT

_MODULES = (
    "killed_backups",
    "killed_remote_backups",
    "killed_restores",
    "killed_imports",
    "killed_removals",
    "killed_exports",
    "killed_moves",
    "killed_syncs",
)
_MOST_TRIES = 6
"""For each kill by time: an operation may be over before its time."""


@dataclass
class Findings:
    """What was found after the kills: how many hit the operation, how often the old and the new state was there, and the faults."""

    runs: int = 0
    kills: int = 0
    old: int = 0
    new: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Operation:
    """Something that may be killed."""

    prepare: Callable[[Path], None]
    """Creates the home that each run gets a copy of."""
    work: Callable[[Path, Callable[[], AbstractContextManager[None]]], Awaitable[None]]
    """Runs in the process that is killed; what may be hit is inside the context."""
    look: Callable[[Path, Findings], None]
    parts: tuple[str, ...]
    """The parts of the package whose lines are counted."""
    serve: Callable[[Path], AbstractContextManager[object]] = nullcontext
    """Runs, for all kills, a server that the work uses. It is given the home of the runs, which is replaced for each of them."""


def kill_again_and_again(operation: str, folder: Path, times: int, seed: int) -> Findings:
    """Kill processes that do the work, each over a fresh home, until so many were hit, and look at what they left."""
    chosen = operations()[operation]
    prepared, home = folder / "prepared", folder / "home"
    prepared.mkdir(parents=True)
    chosen.prepare(prepared)
    with chosen.serve(home):
        return _kill_copies(operation, prepared, home, times, seed)


def _kill_copies(operation: str, prepared: Path, home: Path, times: int, seed: int) -> Findings:
    randomly, findings, look = random.Random(seed), Findings(), operations()[operation].look
    complete = _run(operation, _fresh(prepared, home), line=0)
    lines = chosen_lines(complete.lines, max(1, times - times // 2), seed)
    seconds = _run(operation, _fresh(prepared, home)).seconds
    for _ in range(_MOST_TRIES * times):
        if findings.kills >= times:
            break
        by_line = bool(lines) and (findings.kills % 2 == 0 or len(lines) >= times - findings.kills)
        line = lines.pop(randomly.randrange(len(lines))) if by_line else None
        run = _run(
            operation, _fresh(prepared, home), line=line, kill_after=None if by_line else randomly.random() * seconds
        )
        findings.runs += 1
        findings.kills += run.was_killed
        known = len(findings.faults)
        look(home, findings)
        findings.faults[known:] = [f"{fault} (line {line})" for fault in findings.faults[known:]]
        for fault in findings.faults[known:]:  # at once: a long run may be ended before its end
            say(f"{operation}, kill {findings.kills}: {fault}")
    return findings


def operations() -> Mapping[str, Operation]:
    """Return all operations by name."""
    modules = (importlib.import_module(f"tests.kills.{name}") for name in _MODULES)
    return {name: operation for module in modules for name, operation in module.OPERATIONS.items()}


@dataclass(frozen=True)
class _Run:
    seconds: float
    was_killed: bool
    lines: int


def _run(operation: str, home: Path, *, line: int | None = None, kill_after: float | None = None) -> _Run:
    """Run the work until it is complete or killed, at a line or some seconds after it has begun."""
    environment = {**os.environ, "CHATDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    if line is not None:
        environment["CHATDESK_KILL_LINE"] = str(line)
    work = ("--work", operation, home)
    with start_forked("tests.kills.operations", *work, environment=environment) as process:
        first = process.stdout.readline()
        assert first == "begun\n", first
        begun = time.monotonic()
        try:
            process.wait(PROCESS_TIMEOUT if kill_after is None else kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
        rest = process.stdout.read().split()
        code = process.wait(PROCESS_TIMEOUT)
        seconds = time.monotonic() - begun
    assert code in {0, -signal.SIGKILL}, f"{operation} fails by itself"
    return _Run(seconds, code != 0, int(rest[-1]) if rest else 0)


def _fresh(prepared: Path, home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home, symlinks=True)
    return home


async def _work(name: str, home: Path) -> None:
    operation = operations()[name]
    line = os.environ.get("CHATDESK_KILL_LINE")

    @contextmanager
    def begun() -> Iterator[None]:
        say("begun")
        if line is None:
            yield
        else:
            with killed_at_line(int(line), *operation.parts):
                yield

    await operation.work(home, begun)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--work"]:
        asyncio.run(_work(arguments[1], Path(arguments[2])))
        return 0
    parser = argparse.ArgumentParser(prog="tests.kills.operations")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("names", nargs="*", default=list(operations()))
    options = parser.parse_args(arguments)
    is_faulty = False
    for name in options.names:
        with tempfile.TemporaryDirectory() as folder:
            findings = kill_again_and_again(name, Path(folder), options.kills, options.seed)
        say(f"{name}: {findings}")
        is_faulty |= bool(findings.faults)
    return int(is_faulty)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
