"""The synchronisation that meets faults; `operations.py` makes them."""

import asyncio
import gzip
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path

from chatdesk.app import composition
from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.sync.files.bundle import SUFFIX, Finding, finding_of, write_findings
from chatdesk.features.sync.services import bundle_writer
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind
from chatdesk.features.sync.ui.sync_texts import problem_text
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.storage.database.connection import open_connection
from chatdesk.system.resources import Resources
from tests.kills.homes import MESSAGES, add_pictures, add_presets, folders_of, presets
from tests.storage_faults.backups import write_full_home
from tests.storage_faults.operations import Operation, ProblemShown, Run
from tests.unit.features.sync.computer import Computer
from tests.unit.storage.damaged import write_chats

_TRIES = 4
"""As many rounds as it takes until a bundle that cannot be read is reported."""
_BUNDLE_BYTES = 100_000
_MOST_BUNDLES = 3


def _prepare(root: Path) -> None:
    write_full_home(root / "home")


def _prepare_shared(root: Path, *, more: bool = False) -> None:
    """A home whose chats are in the shared folder; then more chats were added if wanted."""
    _prepare(root)
    asyncio.run(_share(root / "home", root / "stick"))
    if more:
        write_chats(root / "home" / DATABASE_NAME, 3, MESSAGES)
        add_pictures(root / "home", 3, "chat0")


def _prepare_other_folder(root: Path) -> None:
    _prepare_shared(root)
    (root / "stick" / "new").mkdir()


def _prepare_two(root: Path) -> None:
    """A home, and a shared folder with the chats, pictures and presets of another one."""
    _prepare(root)
    other = root / "home" / "other"
    write_chats(other / DATABASE_NAME, 4, MESSAGES)
    add_pictures(other, 4, "chat0")
    add_presets(other, 3)
    asyncio.run(_share(other, root / "stick"))


async def _share(home: Path, folder: Path) -> None:
    async with _small_bundles(home) as program:
        await program.sync.get().turn_on(StorageLocation(str(folder)), home.name, "")
        await program.sync.get().run_round()


@asynccontextmanager
async def _small_bundles(home: Path) -> AsyncGenerator[Program, None]:
    _set_up()
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        yield program


def _set_up() -> None:
    bundle_writer.TEXT_BYTES = _BUNDLE_BYTES
    composition._read_bundle = _read_bundle


async def _read_bundle(path: Path, milliseconds: int, found: Callable[[Finding], None]) -> bool:
    """Read a bundle without a process for it."""
    lines: list[bytes] = []
    write_findings(path, milliseconds, lines.append)
    for line in lines:
        found(finding_of(line, milliseconds))
    return True


async def _start(run: Run, *, is_on: bool = False, most: int = 1_000) -> None:
    _set_up()
    bundle_writer._MOST_BUNDLES = most
    if is_on:  # the folder was copied with the home
        sync = run.program.sync.get()
        await sync._end_task()
        file = run.scene.home / "sync.json"
        record = json.loads(file.read_bytes())
        record["folder"] = str(run.scene.stick)
        file.write_text(json.dumps(record), "utf-8")
        sync._state._status = None
        await sync.status()


async def _turn_on(run: Run, *, folder: str = "") -> None:
    sync = run.program.sync.get()
    await sync.turn_on(StorageLocation(str(run.scene.stick / folder)), "here", "")
    await _rounds(run, 1)


async def _rounds(run: Run, count: int = 3) -> None:
    """Let the program synchronise, and raise what the last round reports."""
    sync = run.program.sync.get()
    for _ in range(count):
        await sync.run_round()
        _raise_problem((await sync.status()).problems)


def _raise_problem(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        if problem.kind is ProblemKind.UNEXPECTED:
            raise RuntimeError("unexpected")
        raise ProblemShown(problem.kind.name, problem.error, problem_text(problem, is_remote=False))


async def _merge(run: Run) -> None:
    run.kept["changes"] = True
    sync = run.program.sync.get()
    if not (await sync.status()).settings.is_on:
        await sync.turn_on(StorageLocation(str(run.scene.stick)), "here", "")
    await _rounds(run, _TRIES)


async def _turn_off(run: Run) -> None:
    await run.program.sync.get().turn_off()
    run.program.sync.get().sync_now()


async def _look(run: Run, faults: list[str]) -> None:
    """What is in the folder can be read by another computer: no bundle is half there."""
    await _joined(run, "look", faults)


async def _joined(run: Run, name: str, faults: list[str], folder: str = "") -> object:
    home = run.scene.home / name
    async with _small_bundles(home) as program:
        sync = program.sync.get()
        await sync.turn_on(StorageLocation(str(run.scene.stick / folder)), name, "")
        for _ in range(_TRIES):
            await sync.run_round()
        faults += [f"problem of the new one: {each.kind.name}" for each in (await sync.status()).problems]
        await sync.turn_off()
    return _everything(home)


def _everything(home: Path) -> object:
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        return Computer(9, connection).everything(), presets(home)


async def _look_at_end(
    run: Run, faults: list[str], folder: str = "", *, is_on: bool = True, is_compacted: bool = False
) -> None:
    """Another computer gets everything, nothing was written twice unless it is to be compacted, and no problem is left."""
    if is_on:
        await _rounds(run, _TRIES)
    if await _joined(run, "joined", faults, folder) != _everything(run.scene.home):
        faults.append("not all chats are in the folder")
    if is_compacted:
        return
    machine = (await run.program.sync.get().status()).settings.machine
    faults += _written_twice(run.scene.stick / folder, machine)


def _written_twice(folder: Path, machine: str) -> list[str]:
    """Tell of bundles whose operations are in earlier ones: one at most, if it was written when the fault kept the program from knowing."""
    known: set[bytes] = set()
    repeated = 0
    for path in sorted(folder.rglob(f"{machine}-*{SUFFIX}")):
        operations = set(gzip.decompress(path.read_bytes()).splitlines()[1:-1])
        repeated += not known.isdisjoint(operations)
        known |= operations
    return [f"{repeated} bundles are in the folder twice"] if repeated > 1 else []


_PARTS = ("features/sync", "storage")
OPERATIONS = {
    "sync-begin": Operation(_prepare, _start, _turn_on, _look, _look_at_end, _PARTS),
    "sync-write": Operation(
        partial(_prepare_shared, more=True), partial(_start, is_on=True), _rounds, _look, _look_at_end, _PARTS
    ),
    "sync-read": Operation(_prepare_two, _start, _merge, _look, _look_at_end, _PARTS),
    "sync-compact": Operation(
        _prepare_shared,
        partial(_start, is_on=True, most=_MOST_BUNDLES),
        _rounds,
        _look,
        partial(_look_at_end, is_compacted=True),
        _PARTS,
    ),
    "sync-other-folder": Operation(
        _prepare_other_folder,
        partial(_start, is_on=True),
        partial(_turn_on, folder="new"),
        _look,
        partial(_look_at_end, folder="new"),
        _PARTS,
    ),
    "sync-off": Operation(
        _prepare_shared, partial(_start, is_on=True), _turn_off, _look, partial(_look_at_end, is_on=False), _PARTS
    ),
}
