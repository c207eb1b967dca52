"""Reading in a process of its own: what it finds is reported, and one that goes on for ever or takes all memory is ended."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from chatdesk.app.import_child import MAX_MEMORY
from chatdesk.features.presets.importing.process import ReadingProcess, from_line
from chatdesk.kernel.aio.child_program import IMPORT_CHILD
from chatdesk.kernel.presets.preset_import import (
    Candidate,
    ChatsFound,
    FileBegun,
    Finding,
    ImportProblem,
    ImportRefused,
    SkippedEntry,
)
from chatdesk.system.processes import memory_of, processor_time_of
from tests.own_time import PROCESS_TIMEOUT, cancelled
from tests.unit.features.presets.importing.samples import zipped

pytestmark = pytest.mark.thorough

FOREVER = "import sys, time; sys.stdin.readline(); time.sleep(60)"


def process(command: Sequence[str] = (), **rest: float) -> ReadingProcess:
    return ReadingProcess(command or IMPORT_CHILD.command(), memory_of, int(rest.pop("memory", MAX_MEMORY)), **rest)


async def found(reading: ReadingProcess, *paths: Path) -> list[Finding]:
    reported: list[Finding] = []
    async with asyncio.timeout(PROCESS_TIMEOUT):
        await reading.read(paths, reported.append)
    return reported


async def test_what_is_in_files_is_reported_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("act,prompt\nPoet,Rhyme ${what}.\n,\n")
    (tmp_path / "b.zip").write_bytes(zipped({"x.md": "Twice.", "y.md": "Twice."}))
    findings = await found(process(), tmp_path / "a.csv", tmp_path, tmp_path / "none", tmp_path / "b.zip")
    kinds = [type(finding) for finding in findings]
    assert kinds == [
        *(FileBegun, SkippedEntry, Candidate),
        *(FileBegun, ImportRefused),
        *(FileBegun, ImportRefused),
        *(FileBegun, Candidate, Candidate),
    ]
    candidate = next(finding for finding in findings if isinstance(finding, Candidate))
    assert (candidate.preset.name, candidate.preset.prompt, candidate.file) == ("Poet", "Rhyme {{what}}.", "a.csv")
    problems = [finding.problem for finding in findings if isinstance(finding, ImportRefused)]
    assert problems == [ImportProblem.NOT_A_FILE, ImportProblem.GONE]


async def test_a_file_that_has_chats_too_says_so_after_its_presets(tmp_path: Path) -> None:
    backup = {"myCopilots": [{"name": "Poet", "prompt": "Rhyme."}], "session:1": {"id": "1", "messages": []}}
    (tmp_path / "backup.json").write_text(json.dumps(backup))
    *_, candidate, chats = await found(process(), tmp_path / "backup.json")
    assert isinstance(candidate, Candidate)
    assert chats == ChatsFound("backup.json", "Chatbox")


async def test_a_frozen_program_is_its_own_reader(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    findings = await found(process([sys.executable, "-m", "chatdesk", IMPORT_CHILD.argument]), tmp_path / "a.txt")
    assert [type(finding) for finding in findings] == [FileBegun, Candidate]


async def test_the_reader_ends_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text('[{"act":0},' + "[]," * 3_000_000 + "0]")
    reader = await asyncio.create_subprocess_exec(
        *IMPORT_CHILD.command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
    )
    async with asyncio.timeout(PROCESS_TIMEOUT):
        await reader.communicate(json.dumps([str(tmp_path / "many.json")]).encode() + b"\n")
    assert reader.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
async def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    findings = await found(process(), tmp_path / "pipe", Path("/dev/zero"))
    assert [finding.problem for finding in findings if isinstance(finding, ImportRefused)] == [
        ImportProblem.NOT_A_FILE
    ] * 2


async def test_a_file_of_a_gigabyte_is_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(2**30)
    (refused,) = (
        finding for finding in await found(process(), tmp_path / "huge.json") if isinstance(finding, ImportRefused)
    )
    assert (refused.problem, refused.detail) == (ImportProblem.TOO_LARGE, "200")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the program looks at the memory: see below")
async def test_json_that_fills_the_memory_is_refused_and_the_next_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text('[{"act":0},' + "[]," * 20_000_000 + "0]")
    (tmp_path / "good.md").write_text("Good.")
    findings = await found(process(), tmp_path / "many.json", tmp_path / "good.md")
    assert [finding.problem for finding in findings if isinstance(finding, ImportRefused)] == [ImportProblem.GAVE_UP]
    assert [finding.preset.prompt for finding in findings if isinstance(finding, Candidate)] == ["Good."]


async def test_a_process_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    greedy = "import sys, time; sys.stdin.readline(); x = b'x' * 200_000_000; time.sleep(60)"
    reading = process([sys.executable, "-c", greedy], memory=100_000_000)
    assert [finding.problem for finding in await found(reading, tmp_path / "a")] == [ImportProblem.GAVE_UP]


async def test_a_process_that_takes_too_long_is_ended_and_what_it_found_stays(tmp_path: Path) -> None:
    begun = json.dumps({"kind": "begun", "number": 1})
    slow = f"import sys, time; sys.stdin.readline(); print('{begun}', flush=True); time.sleep(60)"
    findings = await found(
        process([sys.executable, "-I", "-S", "-c", slow], seconds=1.0), tmp_path / "a", tmp_path / "b"
    )
    assert findings[0] == FileBegun(1)
    assert [(finding.file, finding.problem) for finding in findings[1:]] == [("b", ImportProblem.GAVE_UP)]


@pytest.mark.parametrize("command", [["/nowhere/at/all"], [sys.executable, "-c", "print('nonsense'); exit(3)"]])
async def test_a_process_that_cannot_start_or_says_nonsense_is_reported_as_giving_up(
    tmp_path: Path, command: list[str]
) -> None:
    assert [finding.problem for finding in await found(process(command), tmp_path / "a")] == [ImportProblem.GAVE_UP]


async def test_cancelling_ends_the_process(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    says = f"import os, pathlib; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); {FOREVER}"
    task = asyncio.create_task(process([sys.executable, "-c", says]).read([tmp_path / "a"], lambda _finding: None))
    while not (note.exists() and note.read_text()):
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert memory_of(int(note.read_text())) == 0


async def test_cancelling_in_the_midst_of_a_million_rows_ends_the_process_at_once(tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text("act,prompt\n" + "A,\n" * 3_000_000)
    begun = asyncio.Event()
    pids: list[int] = []

    def watched(pid: int) -> int:
        pids.append(pid)
        return memory_of(pid)

    reading = ReadingProcess(IMPORT_CHILD.command(), watched, MAX_MEMORY)
    task = asyncio.create_task(reading.read([tmp_path / "many.csv"], lambda _finding: begun.set()))
    async with asyncio.timeout(PROCESS_TIMEOUT):
        await begun.wait()
        while not pids:
            await asyncio.sleep(0.01)
    assert await cancelled(task) < 2
    assert memory_of(pids[0]) == 0


GARBAGE = ["x", "[1", "5", '{"kind": "glossary"}', '{"kind": "refused", "problem": "unheard of"}']


@pytest.mark.parametrize("line", GARBAGE)
async def test_a_line_that_is_no_answer_makes_the_reading_incomplete(tmp_path: Path, line: str) -> None:
    begun = json.dumps({"kind": "begun", "number": 0})
    says = f"import sys; sys.stdin.readline(); print({begun!r}); print({line!r}); print({begun!r})"
    reading = process([sys.executable, "-I", "-S", "-c", says])
    *read, refused = await found(reading, tmp_path / "a")
    assert read == [FileBegun(0)] * 2
    assert isinstance(refused, ImportRefused)
    assert refused.problem is ImportProblem.GAVE_UP
    stream = reading.stream([], 1000, from_line)
    assert [await anext(stream), await anext(stream)] == read
    with pytest.raises(ImportRefused) as raised:
        await anext(stream)
    assert raised.value.problem is ImportProblem.GAVE_UP


async def test_a_process_that_is_killed_makes_the_reading_incomplete(tmp_path: Path) -> None:
    says = "import os, signal, sys; sys.stdin.readline(); os.kill(os.getpid(), signal.SIGTERM)"
    told = await found(process([sys.executable, "-I", "-S", "-c", says]), tmp_path / "a")
    assert [(each.problem, each.file) for each in told if isinstance(each, ImportRefused)] == [
        (ImportProblem.GAVE_UP, "a")
    ]


_HANGING = "import sys, time; sys.stdin.readline(); print('1', flush=True); time.sleep(600)"
_ANSWERING_LATER = """
import pathlib, sys, time
sys.stdin.readline()
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.01)
print("1", flush=True)
"""


async def _answers_of(reading: ReadingProcess) -> list[int]:
    async with asyncio.timeout(PROCESS_TIMEOUT):
        return [answer async for answer in reading.stream("request", 100, int)]


async def test_a_process_that_waits_for_a_silent_disk_is_given_up_long_before_one_that_works() -> None:
    command = [sys.executable, "-I", "-S", "-c", _HANGING]
    reading = ReadingProcess(command, memory_of, MAX_MEMORY, PROCESS_TIMEOUT, None, processor_time_of, 0.3)
    with pytest.raises(ImportRefused) as refused:
        await _answers_of(reading)
    assert refused.value.problem is ImportProblem.NO_RESPONSE


async def test_a_process_that_works_without_an_answer_is_waited_for(tmp_path: Path) -> None:
    asked = 0

    def rising(_process: int) -> float:
        nonlocal asked
        asked += 1
        if asked == 40:  # more often than a hanging process is asked
            (tmp_path / "go").touch()
        return float(asked)

    command = [sys.executable, "-I", "-S", "-c", _ANSWERING_LATER, str(tmp_path / "go")]
    reading = ReadingProcess(command, memory_of, MAX_MEMORY, PROCESS_TIMEOUT, None, rising, 0.1)
    assert await _answers_of(reading) == [1]
