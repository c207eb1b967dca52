"""The program's side of the reading process: started with the first document, kept for a while, ended when it takes too much.

Documents are read one after another. A file that ends the process is reported; the next one gets a new process.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from chatdesk.documents.child import MAX_MEMORY
from chatdesk.documents.readers.reading import MAX_CHARACTERS, ReadingProblem
from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.aio.child_program import DOCUMENT_CHILD
from chatdesk.kernel.chat.attachments import ReadingProgress, unit_of
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import DocumentText, Section, enclosed_of, section_of
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.errors.attachment_errors import (
    DocumentDamaged,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentError,
    DocumentReaderEnded,
    DocumentTooLong,
    DocumentUnsafe,
)

MAX_SECONDS = 120.0
"""Maximum time for one document."""
_CHECK_INTERVAL = 0.2
_KEPT_SECONDS = 10.0
"""How long an idle process is kept."""
_MAX_FILES = 20
"""Number of documents after which the process is replaced: libraries do not give all memory back."""
_MAX_LINE_BYTES = 8 * MAX_CHARACTERS


Report = Callable[[ReadingProgress], None]


class DocumentProcess:
    """Reads documents. Create and use it on the loop's thread, and `close` it.

    `memory_of` returns the memory of a process in bytes. `command` replaces the default command.
    """

    def __init__(
        self, memory_of: Callable[[int], int], command: Sequence[str] | None = None, max_seconds: float = MAX_SECONDS
    ) -> None:
        self._memory_of = memory_of
        self._command = command or DOCUMENT_CHILD.command()
        self._max_seconds = max_seconds
        self._turn = asyncio.Lock()
        self._process: ChildProcess[dict[str, object]] | None = None
        self._files = 0
        self._answers: asyncio.Queue[dict[str, object] | None] = asyncio.Queue()
        self._ending: asyncio.TimerHandle | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process at the moment."""
        return self._process is not None and self._process.is_running

    async def read(
        self,
        path: Path,
        name: str,
        kind: DocumentKind,
        report: Report = lambda _progress: None,
        options: Mapping[str, object] = MappingProxyType({}),
    ) -> DocumentText:
        """Return the text of a document. `options` are arguments of the reader of its kind, such as the encoding of a text.

        Raises `DocumentError`. Cancelling ends the process.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._max_seconds):
                    text = await self._read(path, name, kind, report, options)
            except DocumentReaderEnded:
                await self._end()
                raise
            except DocumentError:
                await self._keep()
                raise
            except BaseException as error:
                await self._end()
                if isinstance(error, OSError | TimeoutError):
                    raise DocumentReaderEnded(name) from error
                raise
            await self._keep()
            return text

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _read(
        self, path: Path, name: str, kind: DocumentKind, report: Report, options: Mapping[str, object]
    ) -> DocumentText:
        process = self._ready_process()
        self._files += 1
        process.send(json.dumps({"path": str(path), "kind": kind, "options": dict(options)}).encode("ascii") + b"\n")
        sections: list[Section] = []
        unit, count = DocumentUnit.NONE, 0
        while True:
            answer = await self._next_answer(process)
            if answer is None:
                raise DocumentReaderEnded(name)
            if "section" in answer:
                section = answer["section"]
                sections.append(section_of(section) if isinstance(section, Mapping) else Section(""))
                report(ReadingProgress(unit, len(sections), count))
            elif "unit" in answer:
                unit, count = unit_of(answer["unit"]), int(str(answer.get("count", 0)))
                report(ReadingProgress(unit, 0, count))
            elif "problem" in answer:
                raise _error(str(answer["problem"]), str(answer.get("detail", "")), name)
            else:
                enclosed = answer.get("enclosed")
                return DocumentText(
                    tuple(sections),
                    unit,
                    str(answer.get("encoding", "")),
                    enclosed_of(enclosed) if isinstance(enclosed, list) else (),
                )

    async def _next_answer(self, process: ChildProcess[dict[str, object]]) -> dict[str, object] | None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_CHECK_INTERVAL):
                    return await self._answers.get()
            if await asyncio.to_thread(self._memory_of, process.process_id) > MAX_MEMORY:
                process.kill()

    def _ready_process(self) -> ChildProcess[dict[str, object]]:
        if self._ending:
            self._ending.cancel()
        if self._process is None or not self._process.is_running:
            self._files, self._answers = 0, asyncio.Queue()
            answers = self._answers
            self._process = ChildProcess(
                self._command,
                "documents",
                _record,
                answers.put_nowait,
                on_end=lambda: answers.put_nowait(None),
                longest_message=_MAX_LINE_BYTES,
            )
        return self._process

    async def _keep(self) -> None:
        """Keep the process for the next document, unless it has read many."""
        if self._files >= _MAX_FILES:
            await self._end()
        else:
            self._ending = asyncio.get_running_loop().call_later(_KEPT_SECONDS, self._end_idle)

    def _end_idle(self) -> None:
        if self._process and not self._turn.locked():
            self._process.kill()
            self._process = None

    async def _end(self) -> None:
        if self._ending:
            self._ending.cancel()
        process, self._process = self._process, None
        if process:
            await process.end()


def _record(line: bytes) -> dict[str, object]:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an answer")  # noqa: TRY004 - what the process expects
    return record


def _error(problem: str, detail: str, name: str) -> DocumentError:
    match problem:
        case ReadingProblem.ENCRYPTED:
            return DocumentEncrypted(name)
        case ReadingProblem.EMPTY:
            return DocumentEmpty(name)
        case ReadingProblem.TOO_LONG:
            return DocumentTooLong(name, MAX_CHARACTERS)
        case ReadingProblem.UNSAFE:
            return DocumentUnsafe(name)
        case _:
            return DocumentDamaged(name, detail)
