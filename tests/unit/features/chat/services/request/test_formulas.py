"""The service that has formulas set: real processes, and some that do as a test wants."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chatdesk.features.chat.services.request.formulas import FormulaKey, Formulas, ProcessTimeouts
from chatdesk.kernel.lazy import Lazy
from chatdesk.rendering.formulas.typeset import typeset_formula
from chatdesk.rendering.formulas.typeset.process import FormulaProcess
from chatdesk.rendering.formulas.typeset.typeset_formula import Reason, Refused, TypesetFormula
from chatdesk.storage.files.file_cache import FileCache
from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

PATIENT = ProcessTimeouts(start=60, formula=60, idle=60)

_STUBBORN = """
import sys, time
for line in sys.stdin:
    if "forever" in line: time.sleep(1000)
    if "dies" in line: sys.exit(1)
    print('[[1,2,3],[],[],[],[],null]', flush=True)
"""


def stubborn() -> FormulaProcess:
    return FormulaProcess([sys.executable, "-c", _STUBBORN])


async def result(formulas: Formulas, latex: str, displayed: bool = True) -> TypesetFormula | Refused:
    key = FormulaKey(latex, displayed)
    done = asyncio.Event()
    end = formulas.formula_ready.subscribe(lambda ready: done.set() if ready == key else None)
    formulas.request(key)
    async with asyncio.timeout(PROCESS_TIMEOUT):
        await done.wait()
    end()
    found = formulas.cached(key)
    assert found is not None
    return found


async def test_a_formula_is_set_in_a_process_of_its_own_and_remembered() -> None:
    formulas = Formulas(FormulaProcess, PATIENT)
    found = await result(formulas, r"\frac{1}{2}")
    assert isinstance(found, TypesetFormula)
    assert found.height > 0
    assert formulas.cached(FormulaKey(r"\frac{1}{2}", True)) == found
    assert formulas.cached(FormulaKey(r"\frac{1}{2}", False)) is None
    await formulas.close()


async def test_a_formula_that_cannot_be_set_says_why() -> None:
    formulas = Formulas(FormulaProcess, PATIENT)
    assert await result(formulas, r"\nosuchthing") == Refused(Reason.UNKNOWN, r"\nosuchthing")
    await formulas.close()


async def test_a_formula_that_takes_forever_is_given_up_and_the_next_is_set() -> None:
    formulas = Formulas(stubborn, ProcessTimeouts(start=60, formula=1.0, idle=60))
    assert await result(formulas, "forever") == Refused(Reason.TOO_SLOW)
    assert await result(formulas, "x") == TypesetFormula(1, 2, 3)
    await formulas.close()


async def test_a_formula_that_kills_the_process_is_refused_and_the_next_is_set() -> None:
    formulas = Formulas(stubborn, PATIENT)
    assert await result(formulas, "dies") == Refused(Reason.TOO_SLOW)
    assert await result(formulas, "x") == TypesetFormula(1, 2, 3)
    await formulas.close()


async def test_a_system_that_starts_no_process_is_reported_as_the_reason() -> None:
    def none() -> FormulaProcess:
        raise OSError("no more processes")

    formulas = Formulas(none, PATIENT)
    assert await result(formulas, "x") == Refused(Reason.NOT_UNDERSTOOD, "no more processes")
    await formulas.close()


async def test_the_process_ends_when_there_is_nothing_to_do() -> None:
    started = []

    def start() -> FormulaProcess:
        started.append(stubborn())
        return started[-1]

    formulas = Formulas(start, ProcessTimeouts(start=60, formula=60, idle=0.05))
    await result(formulas, "x")
    async with asyncio.timeout(PROCESS_TIMEOUT):
        while formulas._work and not formulas._work.done():
            await asyncio.sleep(0.01)
    assert not started[0].is_running
    assert await result(formulas, "y") == TypesetFormula(1, 2, 3)
    assert len(started) == 2
    await formulas.close()


def files_in(folder: Path) -> Lazy[FileCache]:
    return Lazy(lambda: FileCache(folder, max_bytes=1 << 20, max_files=100, max_file_bytes=10_000))


def files_of(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def stored(start: Callable[[], FormulaProcess], folder: Path, latex: str) -> TypesetFormula | Refused:
    """Have a formula set in a run that ends once it is on disk."""
    formulas = Formulas(start, PATIENT, files_in(folder))
    found = await result(formulas, latex)
    async with asyncio.timeout(PROCESS_TIMEOUT):
        while not any(file.suffix == "" for file in files_of(folder)):
            await asyncio.sleep(0.01)
    await formulas.close()
    return found


def never() -> FormulaProcess:
    raise AssertionError("no process is needed")


@pytest.mark.parametrize("latex", [r"\frac{1}{2}", r"\nosuchthing"])
async def test_a_formula_of_an_earlier_run_needs_no_process(tmp_path: Path, latex: str) -> None:
    found = await stored(FormulaProcess, tmp_path, latex)
    again = Formulas(never, PATIENT, files_in(tmp_path))
    assert await result(again, latex) == found
    await again.close()


async def test_a_formula_on_disk_does_not_wait_for_one_that_is_not(tmp_path: Path) -> None:
    found = await stored(stubborn, tmp_path, "x")
    again = Formulas(stubborn, PATIENT, files_in(tmp_path))
    again.request(FormulaKey("forever", True))
    assert await result(again, "x") == found
    await again.close()


async def test_a_formula_that_was_too_slow_is_not_stored(tmp_path: Path) -> None:
    formulas = Formulas(stubborn, PATIENT, files_in(tmp_path))
    assert await result(formulas, "dies") == Refused(Reason.TOO_SLOW)
    for latex in "xy":  # what was set before the last one is on disk by then
        assert await result(formulas, latex) == TypesetFormula(1, 2, 3)
    await formulas.close()
    assert {file.name for file in files_of(tmp_path) if not file.suffix} <= {
        FileCache(tmp_path, max_bytes=0, max_files=0, max_file_bytes=0).path(await formulas._file_key(key)).name
        for key in (FormulaKey("x", True), FormulaKey("y", True))
    }
    assert files_of(tmp_path)


async def test_other_code_sets_formulas_anew_and_so_does_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored(stubborn, tmp_path, "x")
    (file,) = files_of(tmp_path)
    file.write_bytes(b"[[1,")
    again = Formulas(stubborn, PATIENT, files_in(tmp_path))
    assert await result(again, "x") == TypesetFormula(1, 2, 3)
    await again.close()
    monkeypatch.setattr(typeset_formula, "typesetter_version", lambda: "another")
    other = Formulas(FormulaProcess, PATIENT, files_in(tmp_path))
    assert (await result(other, "x")).width > 100
    await other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_the_process_dies_with_the_program_even_when_that_is_killed() -> None:
    program = (
        "import asyncio, os, signal\n"
        "from chatdesk.rendering.formulas.typeset.process import FormulaProcess\n"
        "async def main():\n"
        "    process = FormulaProcess()\n"
        "    await process.set('x', displayed=True)\n"
        "    print(process.process_id, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, timeout=PROCESS_TIMEOUT, check=False
    )
    child = int(done.stdout)
    for _ in range(10_000):
        try:
            os.kill(child, 0)
            state = Path(f"/proc/{child}/stat").read_text().split()[2] if sys.platform == "linux" else ""
        except (ProcessLookupError, FileNotFoundError):
            return
        if state == "Z":  # dead, and nobody has asked yet
            return
        os.sched_yield()
        subprocess.run(["true"], check=True)
    pytest.fail("it lives on")
