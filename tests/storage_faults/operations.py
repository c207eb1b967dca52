"""Faults that begin at a line of the program in the middle of an operation, and end after it.

What is looked at: the operation ends with an error that has a text for the user, without a temporary path; nothing temporary is left; the
chats are what they were; once the fault has ended, the same program completes the operation.
"""

import asyncio
import importlib
import logging
import os
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.database import connection as connections
from chatdesk.storage.database.connection import open_connection
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.errors.folder_errors import folder_error_text
from tests.kills.homes import folders_of, presets
from tests.kills.lines import at_line, chosen_lines
from tests.storage_faults.faults import FAULTS, Fault, Scene, scene
from tests.unit.features.sync.computer import Computer

_MODULES = ("backups", "chat_files", "restores", "syncs")
_LOCK_SECONDS = 0.05
_NOT_FOR_USERS = re.compile(r"errno|traceback|\.partial|cache[/\\]|/tmp\w{8}|sqlite_|exception", re.IGNORECASE)
_TEMPORARY = ("*.partial*", "*.new", "making", "listing", "probe", "manifest", "key", "tmp*")


@dataclass
class Findings:
    """What was found: how often each fault ended the operation with which text, and what is wrong."""

    runs: int = 0
    failed: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass
class Run:
    """One run of an operation in a program."""

    scene: Scene
    program: Program
    kept: dict[str, object] = field(default_factory=dict)
    """What the operation keeps between its parts."""


class ProblemShown(Exception):
    """What the synchronisation reports, with the text that is shown."""

    def __init__(self, kind: str, error: ChatdeskError | None, text: str) -> None:
        super().__init__(kind)
        self.name = f"{kind} {type(error).__name__}"
        self.text = text


@dataclass(frozen=True)
class Operation:
    """Something that may fail."""

    prepare: Callable[[Path], None]
    """Creates the folders `home` and `stick` that each run gets a copy of."""
    start: Callable[[Run], Awaitable[object]]
    """What comes before, without a fault."""
    work: Callable[[Run], Awaitable[object]]
    """Raises the error. It is called again when the fault has ended."""
    look: Callable[[Run, list[str]], Awaitable[object]]
    """Looks after the fault has ended, before the work is repeated, and adds what is wrong."""
    look_at_end: Callable[[Run, list[str]], Awaitable[object]]
    """Looks after the work was repeated."""
    parts: tuple[str, ...]
    is_remote: bool = False
    writes_again: bool = False
    """Whether repeating the work replaces files that were destroyed."""


def everything(home: Path) -> object:
    """Return all chats and presets."""
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        return Computer(9, connection).everything(), presets(home)


@dataclass(frozen=True)
class Prepared:
    """An operation, the folders that each of its runs gets a copy of, and how many lines it runs without a fault."""

    operation: Operation
    folder: Path
    lines: int
    mounted: bool


def prepare(operation: str, folder: Path, *, mounted: bool) -> Prepared:
    """Prepare an operation in an empty folder, and run it once without a fault; `mounted` is for the faults that need mounts."""
    chosen, prepared = operations()[operation], folder / "prepared"
    (prepared / "home").mkdir(parents=True)
    (prepared / "stick").mkdir()
    chosen.prepare(prepared)
    connections._LOCK_SECONDS = _LOCK_SECONDS
    lines = asyncio.run(_one(chosen, prepared, folder / "run", None, 0, Findings(), mounted=mounted))
    return Prepared(chosen, prepared, lines, mounted)


def try_fault(prepared: Prepared, name: str, root: Path, lines: int, seed: int) -> Findings:
    """Try a fault at so many lines of an operation. Each run has the new folder `root`."""
    fault, findings = FAULTS[name], Findings()
    connections._LOCK_SECONDS = _LOCK_SECONDS
    for line in chosen_lines(prepared.lines, lines, seed):
        known = len(findings.faults)
        asyncio.run(_one(prepared.operation, prepared.folder, root, fault, line, findings, mounted=prepared.mounted))
        findings.faults[known:] = [f"{each} (line {line})" for each in findings.faults[known:]]
    return findings


def can_try(name: str) -> bool:
    """Return whether this user can meet a fault, with mounts if it needs them."""
    return os.geteuid() != 0 or name not in NEEDS_USER


NEEDS_USER = frozenset({"not-writable", "not-readable", "cache-not-writable"})
"""Permissions that do not exist for the superuser."""


def operations() -> Mapping[str, Operation]:
    """Return all operations by name."""
    modules = (importlib.import_module(f"tests.storage_faults.{name}") for name in _MODULES)
    return {name: operation for module in modules for name, operation in module.OPERATIONS.items()}


async def _one(
    operation: Operation,
    prepared: Path,
    root: Path,
    fault: Fault | None,
    line: int,
    findings: Findings,
    *,
    mounted: bool,
) -> int:
    """Run an operation with a fault from a line on, and return the number of lines without one."""
    faults = findings.faults
    logged = _Logged(faults)
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(f"unhandled: {context!r}"[:600]))
    with scene(root, prepared, mounted=mounted) as here:
        has_begun = False

        def begin() -> bool:
            nonlocal has_begun
            assert fault
            has_begun = fault.begin(here) is not False
            return has_begun

        async with open_program(folders_of(here.home), Resources.locate(), Redactor()) as program:
            run = Run(here, program)
            await operation.start(run)
            before = everything(here.home)
            with at_line(line, begin, *operation.parts) as counted, logged:
                findings.failed += not await _attempt(operation, run, findings)
            findings.runs += 1
            if fault and has_begun:
                fault.end(here)
            if fault:
                if fault.allows_removal:
                    _look_for_temporary(here, faults)
                if everything(here.home) != before and "changes" not in run.kept:
                    faults.append("the chats have changed")
                if fault.keeps:
                    await _guarded("look", operation.look(run, faults), faults)
                if fault.keeps or operation.writes_again:
                    await _guarded("repeated", operation.work(run), faults)
                    await _guarded("look at the end", operation.look_at_end(run, faults), faults)
        if fault:
            _look_for_temporary(here, faults, with_stick=fault.allows_removal)
        return counted.reached


async def _attempt(operation: Operation, run: Run, findings: Findings) -> bool:
    try:
        await operation.work(run)
    except (ChatdeskError, ProblemShown) as error:
        is_shown = isinstance(error, ProblemShown)
        text = error.text if is_shown else folder_error_text(error, is_remote=operation.is_remote)
        shown = text.replace(str(run.scene.root), "…")
        findings.texts[f"{error.name if is_shown else type(error).__name__}: {shown}"] += 1
        if not text or _NOT_FOR_USERS.search(text.replace(str(run.scene.root), "…")):
            findings.faults.append(f"text: {shown}")
        return False
    except Exception as error:  # noqa: BLE001 - a finding
        trace = error.__traceback__
        where = ""
        while trace:
            name = trace.tb_frame.f_code.co_filename
            if "chatdesk/" in name and "/tests/" not in name:
                where = f"{Path(name).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        findings.texts[f"RAW {error!r} at {where}"] += 1
        findings.faults.append(f"raw {error!r} at {where}")
        return False
    findings.texts["completed"] += 1
    return True


async def _guarded(what: str, work: Awaitable[object], faults: list[str]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - a finding
        faults.append(f"{what}: {error!r}")


def _look_for_temporary(here: Scene, faults: list[str], *, with_stick: bool = True) -> None:
    """Add what is left of unfinished files. What the system could not remove is removed at the next start, and on a stick after a day."""
    for folder in (here.home, here.stick) if with_stick else ():
        for pattern in _TEMPORARY:
            found = (path for path in folder.rglob(pattern) if not path.name.startswith("settings."))
            faults += [
                f"{path.relative_to(here.root)} is left" for path in found
            ]  # settings are written at their own time


class _Logged(logging.Handler):
    """Adds what is logged as a warning or an error."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[1] if record.exc_info else ""
        self._faults.append(f"logged: {record.getMessage()[:300]} {kind!r}")

    def __enter__(self) -> None:
        logging.getLogger().addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
