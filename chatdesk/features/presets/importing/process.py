"""Runs of the process that reads foreign files. It is killed when it takes too long or too much memory."""

import asyncio
import json
import shutil
import threading
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import assert_never

from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.presets.preset_import import (
    Candidate,
    ChatsFound,
    FileBegun,
    Finding,
    GlossaryFound,
    ImportFormat,
    ImportNote,
    ImportProblem,
    ImportRefused,
    NoteKind,
    SkippedEntry,
    SkipReason,
)
from chatdesk.storage.files.file_writing import make_private_folder

# Serialization of findings as lines between the import process and the program. Each line is a JSON object
# with its kind.

MAX_LINE_BYTES = 64_000_000
"""Maximum bytes: a preset with the longest text in which every character is escaped."""


def to_line(finding: Finding) -> bytes:
    """Return a finding as a line."""
    match finding:
        case FileBegun():
            record: dict[str, object] = {"kind": "begun", "number": finding.number}
        case Candidate():
            notes = [asdict(note) for note in finding.notes]
            record = {"kind": "candidate", "id": finding.preset.id, "text": finding.text, "file": finding.file}
            record |= {"format": finding.format, "notes": notes}
        case SkippedEntry():
            record = {"kind": "skipped", **asdict(finding)}
        case ChatsFound():
            record = {"kind": "chats", **asdict(finding)}
        case GlossaryFound():
            record = {"kind": "glossary", **asdict(finding)}
        case ImportRefused():
            record = {"kind": "refused", **asdict(finding)}
        case _:
            assert_never(finding)
    return json.dumps(record).encode("ascii") + b"\n"


def from_line(line: bytes) -> Finding:
    """Return the finding of a line. Raises ValueError for an invalid line."""
    try:
        return _finding(json.loads(line))
    except (KeyError, TypeError, PresetInvalid) as error:
        raise ValueError("not a finding") from error


def _finding(record: Mapping[str, object]) -> Finding:
    match record["kind"]:
        case "begun":
            return FileBegun(int(str(record["number"])))
        case "candidate":
            return _candidate(record)
        case "skipped":
            reason = SkipReason(str(record["reason"]))
            return SkippedEntry(str(record["file"]), reason, int(str(record["number"])), str(record["entry"]))
        case "chats":
            return ChatsFound(str(record["file"]), str(record["program"]))
        case "glossary":
            return GlossaryFound(str(record["name"]), str(record["text"]))
        case _:
            return ImportRefused(ImportProblem(str(record["problem"])), str(record["file"]), str(record["detail"]))


def _candidate(record: Mapping[str, object]) -> Candidate:
    text, notes = str(record["text"]), record["notes"]
    return Candidate(
        read_preset(text, str(record["id"]), PresetOrigin.OWN),
        text,
        str(record["file"]),
        ImportFormat(str(record["format"])),
        tuple(
            ImportNote(NoteKind(note["kind"]), int(note["count"]), str(note["detail"]))
            for note in (notes if isinstance(notes, list) else ())
        ),
    )


_MEMORY_CHECK_INTERVAL = 0.2
"""Interval of the memory checks in seconds."""
_PROGRESS_CHECKS = 30
"""Number of times that the processor time is compared before a process counts as hanging."""
_MAX_WAITING_BYTES = 1024 * 1024
"""Maximum bytes of answers that wait to be read, unless a single one is larger."""


class ReadingProcess:
    """Each run starts a new process. `memory_of` returns the memory of a process in bytes.

    `seconds` is the time for a run, or for each answer of `stream`. With `processor_time_of`, which returns the processor time of a process
    in seconds, `stream` gives up earlier if a process has used none for `silent_seconds`: it waits for a disk that does not respond.

    The process copies foreign databases. Below `temporary`, each run has a folder for that, which is removed however the run ends; without
    one, or if it cannot be made, the system's folder is used.
    """

    def __init__(
        self,
        command: Sequence[str],
        memory_of: Callable[[int], int],
        most_memory: int,
        seconds: float = 60.0,
        temporary: Path | None = None,
        processor_time_of: Callable[[int], float] | None = None,
        silent_seconds: float = 60.0,
    ) -> None:
        self._command = command
        self._memory_of = memory_of
        self._most_memory = most_memory
        self._seconds = seconds
        self._temporary = temporary
        self._processor_time_of = processor_time_of
        self._silent_seconds = silent_seconds

    async def read(self, paths: Sequence[Path], report: Callable[[Finding], None]) -> None:
        """Report the content of files. Cancelling kills the process. Raises nothing: failures are reported as refused files."""
        current = -1

        def on_finding(finding: Finding) -> None:
            nonlocal current
            if isinstance(finding, FileBegun):
                current = finding.number
            report(finding)

        if not await self.ask([str(path) for path in paths], MAX_LINE_BYTES, from_line, on_finding):
            for path in paths[max(current, 0) :]:
                report(ImportRefused(ImportProblem.GAVE_UP, shown_name(path.name)))

    async def ask[Value](
        self,
        request: object,
        max_line_bytes: int,
        parse: Callable[[bytes], Value],
        report_progress: Callable[[Value], None],
    ) -> bool:
        """Send another request as JSON and report the answers, which are lines of up to `max_line_bytes` bytes. Raises nothing.

        Lines are parsed by `parse` on a thread and reported on the event loop. Returns whether the process finished regularly, and all of
        its lines were answers: one that is none may have been an answer.
        """
        line = json.dumps(request).encode("ascii") + b"\n"
        async with self._run_folder() as folder:
            return await self._ask(line, max_line_bytes, parse, report_progress, folder)

    async def _ask[Value](
        self,
        line: bytes,
        max_line_bytes: int,
        parse: Callable[[bytes], Value],
        report_progress: Callable[[Value], None],
        folder: Path | None,
    ) -> bool:
        parsing = _Parsing(parse)
        with suppress(OSError, TimeoutError):
            process = ChildProcess(
                self._command,
                "import",
                parsing.parse,
                report_progress,
                first=line,
                longest_message=max_line_bytes,
                temporary=folder,
            )
            try:
                async with asyncio.timeout(self._seconds):
                    while not await process.wait(_MEMORY_CHECK_INTERVAL):
                        if await asyncio.to_thread(self._memory_of, process.process_id) > self._most_memory:
                            process.kill()
                return process.exit_code == 0 and not parsing.has_failed
            finally:
                await process.end()
        return False

    async def stream[Value](
        self, request: object, max_line_bytes: int, parse: Callable[[bytes], Value]
    ) -> AsyncGenerator[Value, None]:
        """Send a request as JSON and yield the answers as `ask` reports them, but no faster than they are read.

        The time limit applies to each answer that is waited for, not to all of them. Raises `ImportRefused` if the process does not finish
        regularly, one of its lines is no answer, or the source does not respond. Closing the generator kills the process.
        """
        parsing = _Parsing(parse)
        answers = _Answers(parsing.parse)
        line = json.dumps(request).encode("ascii") + b"\n"
        cleaning = AsyncExitStack()
        folder = await cleaning.enter_async_context(self._run_folder())
        try:
            process = ChildProcess(
                self._command,
                "import",
                answers.put,
                lambda _: answers.arrived.set(),
                first=line,
                on_end=answers.arrived.set,
                longest_message=max_line_bytes,
                temporary=folder,
            )
        except OSError as error:
            await cleaning.aclose()
            raise ImportRefused(ImportProblem.GAVE_UP) from error
        watching = asyncio.create_task(self._limit_memory(process))
        try:
            while True:
                answers.arrived.clear()
                for value in answers.drain():
                    yield value
                if process.has_ended:
                    break
                if not answers.arrived.is_set():
                    async with asyncio.timeout(self._seconds):
                        await self._wait_for_answer(process.process_id, answers.arrived)
            for value in answers.drain():  # what arrived while the last ones were taken
                yield value
            if process.exit_code != 0 or parsing.has_failed:
                raise ImportRefused(ImportProblem.GAVE_UP)
        except TimeoutError as error:
            raise ImportRefused(ImportProblem.GAVE_UP) from error
        finally:
            watching.cancel()
            answers.close()
            await process.end()
            await cleaning.aclose()

    async def _wait_for_answer(self, process: int, arrived: asyncio.Event) -> None:
        """Wait for `arrived` as long as the process works. Raises `ImportRefused` if it hangs.

        Large files can be read for minutes before there is an answer, even from a slow network, but not without any processor time.
        """
        if self._processor_time_of is None:
            await arrived.wait()
            return
        used, unchanged = -1.0, 0
        while unchanged <= _PROGRESS_CHECKS:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._silent_seconds / _PROGRESS_CHECKS):
                    await arrived.wait()
                return
            before, used = used, await asyncio.to_thread(self._processor_time_of, process)
            unchanged = unchanged + 1 if used == before else 0
        raise ImportRefused(ImportProblem.NO_RESPONSE)

    @asynccontextmanager
    async def _run_folder(self) -> AsyncGenerator[Path | None, None]:
        """Return a new private folder for one run, which is removed at the end; None if it cannot be made."""
        folder = await asyncio.to_thread(_new_folder, self._temporary) if self._temporary else None
        try:
            yield folder
        finally:
            if folder:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _limit_memory(self, process: ChildProcess[None]) -> None:
        while not await process.wait(_MEMORY_CHECK_INTERVAL):
            if await asyncio.to_thread(self._memory_of, process.process_id) > self._most_memory:
                process.kill()


def _new_folder(parent: Path) -> Path | None:
    with suppress(OSError):
        make_private_folder(parent)
        return Path(mkdtemp(prefix="import-", dir=parent))
    return None


class _Parsing[Value]:
    """Parses lines, and notes whether one was not valid: without what was in it, the result would be incomplete."""

    def __init__(self, parse: Callable[[bytes], Value]) -> None:
        self._parse = parse
        self.has_failed = False

    def parse(self, line: bytes) -> Value:
        """Parse a line. Raises `ValueError` if it is invalid. For the thread."""
        try:
            return self._parse(line)
        except Exception as error:
            self.has_failed = True
            raise ValueError("not an answer") from error


class _Answers[Value]:
    """Answers between the thread that parses them and the event loop that reads them. The thread waits while too many do."""

    def __init__(self, parse: Callable[[bytes], Value]) -> None:
        self.arrived = asyncio.Event()
        self._parse = parse
        self._values: list[Value] = []
        self._bytes = 0
        self._is_closed = False
        self._changed = threading.Condition()

    def put(self, line: bytes) -> None:
        """Parse an answer and add it, once there is room. For the thread."""
        value = self._parse(line)
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_closed or self._bytes + len(line) <= _MAX_WAITING_BYTES or not self._bytes
            )
            self._values.append(value)
            self._bytes += len(line)

    def drain(self) -> list[Value]:
        """Return the waiting answers."""
        with self._changed:
            values, self._values, self._bytes = self._values, [], 0
            self._changed.notify()
        return values

    def close(self) -> None:
        """Let the thread end."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
