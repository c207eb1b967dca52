"""Faults of disks at every call of the system that imports and exports make, one after the other, and what they leave.

`python -m tests.io_faults.sweep export-word import-zip` lets every call of these operations fail in every way; of all without names.
`--most 3` tries so many calls of each, evenly distributed; `--calls 800-900` every one of these, also of an operation that takes long.
`--fault "disk full"` tries only this fault.
"""

import argparse
import asyncio
import importlib
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.presets.preset_import import ImportRefused
from tests.io_faults.failing_calls import FAULTS, FailingCalls, Fault, environment
from tests.paths import ROOT

_MODULES = ("exports", "imports")


class Trial(Protocol):
    """One operation, which can be run again and again in one process."""

    roots: Sequence[Path]
    """The folders below which calls fail."""

    async def reset(self) -> None:
        """Restore what was there before the operation."""

    async def run(self) -> object:
        """Run it. Raises `ChatdeskError`, or something else by mistake."""

    async def faults_after(self, error: BaseException | None, *, can_remove: bool) -> Sequence[str]:
        """Return what is wrong afterwards, when nothing fails any more. Without `can_remove`, nothing could be removed meanwhile."""


@dataclass(frozen=True)
class Operation:
    """`open` begins a trial in a new folder. `most` is the maximum number of calls of an operation that takes long."""

    open: Callable[[Path], AbstractAsyncContextManager[Trial]]
    faults: Sequence[Fault] = FAULTS
    most: int = sys.maxsize


@dataclass
class Findings:
    """What was found: how many calls there were, how many failed, how often the operation was refused or complete, and the messages."""

    calls: int = 0
    tried: int = 0
    failed: int = 0
    succeeded: int = 0
    faults: list[str] = field(default_factory=list)
    messages: Counter[str] = field(default_factory=Counter)


def operations() -> Mapping[str, Operation]:
    """Return all operations by name."""
    modules = (importlib.import_module(f"tests.io_faults.{name}") for name in _MODULES)
    return {name: operation for module in modules for name, operation in module.OPERATIONS.items()}


@dataclass(frozen=True)
class Choice:
    """What is tried of an operation: at most `most` calls, or all from `first` to `last` if that is not 0; one fault if it is named."""

    most: int = sys.maxsize
    first: int = 1
    last: int = 0
    fault: str = ""

    def calls_of(self, operation: Operation, total: int) -> Sequence[int]:
        """Return the numbers of the calls that fail, of `total` calls."""
        if self.last:
            return range(self.first, min(self.last, total) + 1)
        return _evenly(total, min(self.most, operation.most))


async def sweep(
    operation: Operation, folder: Path, choice: Choice, say: Callable[[str], object]
) -> Mapping[str, Findings]:
    """Let each chosen call of an operation fail, and return the findings by the name of the fault."""
    calls, found = FailingCalls(), dict[str, Findings]()
    async with operation.open(folder) as trial:
        for fault in operation.faults:
            if choice.fault not in {"", fault.name}:
                continue
            findings = found[fault.name] = Findings()
            await _sweep_one(trial, calls, fault, partial(choice.calls_of, operation), findings)
            say(
                f"  {fault.name}: {findings.tried} of {findings.calls} calls, {findings.failed} refused, {findings.succeeded} complete"
            )
            for message, count in findings.messages.most_common(6):
                say(f"    {count:4} {message}")
            for each, count in Counter(findings.faults).most_common(12):
                say(f"    FAULT {count} x {each}")
    return found


async def _sweep_one(
    trial: Trial, calls: FailingCalls, fault: Fault, chosen: Callable[[int], Sequence[int]], findings: Findings
) -> None:
    await trial.reset()
    with calls.failing(fault, 0, trial.roots):
        await trial.run()
    findings.faults += [f"without a fault: {each}" for each in await trial.faults_after(None, can_remove=True)]
    findings.calls = calls.calls
    for at in chosen(findings.calls):
        await trial.reset()
        error: BaseException | None = None
        with calls.failing(fault, at, trial.roots):
            try:
                async with asyncio.timeout(60):
                    await trial.run()
            except (Exception, asyncio.CancelledError) as raised:  # noqa: BLE001 - a finding
                error = raised
        if not calls.failed:
            continue
        findings.tried += 1
        findings.succeeded += error is None
        findings.failed += error is not None
        where = f"at {calls.first} (call {at})"
        if error is not None:
            if not isinstance(error, ChatdeskError):
                findings.faults.append(f"raw {type(error).__name__}: {error} {where}")
            findings.messages[message_of(error)] += 1
        can_remove = not fault.is_lasting or not fault.kinds & 8
        findings.faults += [f"{each} {where}" for each in await trial.faults_after(error, can_remove=can_remove)]
    await trial.reset()
    await trial.run()
    findings.faults += [f"afterwards: {each}" for each in await trial.faults_after(None, can_remove=True)]


def _evenly(total: int, most: int) -> Sequence[int]:
    if total <= most:
        return range(1, total + 1)
    return sorted({1 + round(number * (total - 1) / max(1, most - 1)) for number in range(most)})


def message_of(error: BaseException) -> str:
    """Return what a person is shown, in English."""
    from chatdesk.features.presets.ui.importing.import_texts import PROBLEMS  # noqa: PLC0415 - with Qt
    from chatdesk.ui_kit.errors.wordings import wording_of  # noqa: PLC0415 - likewise

    if isinstance(error, ImportRefused):
        return PROBLEMS[error.problem].format(file=error.file, detail=error.detail, most=0)
    if not isinstance(error, ChatdeskError):
        return f"RAW {type(error).__name__}"
    wording, values = wording_of(type(error)), vars_of(error)
    return f"{wording.sentence} {wording.consequence}".format_map(values)


def vars_of(error: BaseException) -> dict[str, object]:
    """Return the fields of an error."""
    return {name: getattr(error, name) for name in getattr(error, "__dataclass_fields__", {})}


def run(names: Sequence[str], choice: Choice) -> int:
    """Sweep operations in a process in which calls can fail; return its exit code, 1 if anything is wrong."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        surroundings = environment(Path(folder)) | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": _new(folder, "tmp")}
        chosen = ["--most", str(choice.most), "--calls", f"{choice.first}-{choice.last}", "--fault", choice.fault]
        work = ["--work", _new(folder, "work"), *chosen, *names]
        return subprocess.call([sys.executable, "-m", "tests.io_faults.sweep", *work], cwd=ROOT, env=surroundings)


def _new(folder: str, name: str) -> str:
    path = Path(folder) / name
    path.mkdir()
    return str(path)


async def _work(names: Sequence[str], choice: Choice, folder: Path) -> int:
    count = 0
    for name in names or operations():
        place = folder / name
        place.mkdir()
        _say(name)
        os.environ["CHATDESK_HOME"] = str(place / "home")
        found = await sweep(operations()[name], place, choice, _say)
        count += sum(len(each.faults) for each in found.values())
    _say(f"{count} faults")
    return 1 if count else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.io_faults.sweep")
    parser.add_argument("--most", type=int, default=sys.maxsize)
    parser.add_argument("--calls", default="1-0")
    parser.add_argument("--fault", default="")
    parser.add_argument("--work", type=Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    first, last = map(int, options.calls.split("-"))
    choice = Choice(options.most, first, last, options.fault)
    if options.work:
        return asyncio.run(_work(options.names, choice, options.work))
    return run(options.names, choice)


if __name__ == "__main__":
    sys.exit(main())
