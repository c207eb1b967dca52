"""The program's side of the reading process: started with the first document, kept for a while, ended when it takes too much.

Tasks are performed one after another. A file that ends the process is reported; the next one gets a new process.
"""

import asyncio
import json
from base64 import b64decode
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from chatdesk.documents.child import MAX_MEMORY
from chatdesk.documents.readers.reading import MAX_CHARACTERS, ReadingProblem, Task
from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.aio.child_program import DOCUMENT_CHILD
from chatdesk.kernel.chat.attachments import MAX_PIXELS, ReadingProgress, unit_of
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.chat.request import Picture, PreparedPicture
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText, PageArea, Section, enclosed_of, section_of
from chatdesk.kernel.documents.kinds import DocumentKind, ending_of
from chatdesk.kernel.documents.sources import SourceFile, SourceList, SourceUse
from chatdesk.kernel.documents.text_recognition import Tesseract
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentError,
    AttachmentUnreadable,
    DocumentDamaged,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentNotConverted,
    DocumentNotCopied,
    DocumentReaderEnded,
    DocumentReaderNotStarted,
    DocumentTooLong,
    DocumentUnsafe,
    PictureTooManyPixels,
    PictureWithoutDecoder,
    TextNotRecognised,
)

MAX_SECONDS = 120.0
"""Maximum time for one document, or one page whose text is recognised."""
_CONVERSION_SECONDS = 60.0
_CHECK_INTERVAL = 0.2
_IDLE_SECONDS = 10.0
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
        self._turns = _Turns()
        self._process: ChildProcess[dict[str, object]] | None = None
        self._files = 0
        self._is_too_large = False
        """Whether the process was killed because of its memory."""
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
        request = {"task": Task.READ, "path": str(path), "kind": kind, "options": dict(options)}
        return await self._read(request, name, report)

    async def recognise(
        self, path: Path, name: str, tesseract: Tesseract, report: Report = lambda _progress: None
    ) -> DocumentText:
        """Return the text of a PDF; that of pages which are pictures is recognised by a program, which can take minutes.

        Raises `DocumentError`. Cancelling ends the process and the program.
        """
        request = {
            "task": Task.RECOGNISE,
            "path": str(path),
            "program": tesseract.program,
            "languages": "+".join(tesseract.languages),
        }
        return await self._read(request, name, report)

    async def convert(
        self,
        path: Path,
        name: str,
        kind: DocumentKind,
        program: str,
        scratch: Path,
        report: Report = lambda _progress: None,
    ) -> DocumentText:
        """Return the text of a document in an old format. LibreOffice, which is `program`, converts it in the empty folder `scratch`.

        Raises `DocumentError`. Cancelling, and more than a minute, end the process and the program.
        """
        request = {"task": Task.CONVERT, "path": str(path), "kind": kind, "ending": ending_of(name)}
        return await self._read({**request, "program": program, "scratch": str(scratch)}, name, report)

    async def _read(self, request: Mapping[str, object], name: str, report: Report) -> DocumentText:
        sections: list[Section] = []
        unit, count, tokens = DocumentUnit.NONE, 0, 0

        def receive(answer: Mapping[str, object]) -> None:
            nonlocal unit, count, tokens
            section = answer.get("section")
            if isinstance(section, Mapping):
                sections.append(section_of(section))
                tokens += estimate_tokens(sections[-1].text)
            else:
                unit, count = unit_of(answer.get("unit")), int(str(answer.get("count", 0)))
            report(ReadingProgress(unit, len(sections), count, tokens))

        last = await self._ask(request, name, receive)
        enclosed = last.get("enclosed")
        return DocumentText(
            tuple(sections),
            unit,
            str(last.get("encoding", "")),
            enclosed_of(enclosed) if isinstance(enclosed, list) else (),
        )

    async def page_picture(self, path: Path, name: str, number: int, longest_side: int) -> bytes:
        """Return a page of a PDF as a JPEG. `longest_side` is in pixels. It precedes waiting documents. Raises `DocumentError`."""
        arguments = {"number": number, "longest_side": longest_side}
        answer = await self._ask_at_once(Task.PAGE_PICTURE, path, name, arguments)
        return b64decode(str(answer.get("data", "")))

    async def words_on_page(
        self, path: Path, name: str, number: int, text: str, ranges: Sequence[tuple[int, int]]
    ) -> tuple[PageArea, ...]:
        """Return where characters of a page of a PDF are. `text` is the text that was read from the page.

        It precedes waiting documents. Raises `DocumentError`.
        """
        arguments = {"number": number, "text": text, "ranges": [*ranges]}
        answer = await self._ask_at_once(Task.WORDS_ON_PAGE, path, name, arguments)
        areas = answer.get("areas")
        return tuple(PageArea(*map(float, area)) for area in areas) if isinstance(areas, list) else ()

    async def convert_picture(self, path: Path, name: str) -> bytes:
        """Return a TIFF, BMP or HEIC picture as a PNG or a JPEG. Raises `AttachmentError`."""
        answer = await self._ask_at_once(Task.CONVERT_PICTURE, path, name, {})
        return b64decode(str(answer.get("data", "")))

    async def prepare_picture(self, path: Path, name: str) -> PreparedPicture:
        """Decode a whole picture, and return what is sent of it. Raises `AttachmentError`."""
        answer = await self._ask_at_once(Task.PREPARE_PICTURE, path, name, {})
        picture = Picture(str(answer.get("media_type", "")), b64decode(str(answer.get("data", ""))))
        return PreparedPicture(picture, count(answer.get("width")) or 0, count(answer.get("height")) or 0)

    async def unlock(self, path: Path, name: str, password: str, copy: Path) -> None:
        """Write a copy of a PDF that needs no password. Raises `DocumentEncrypted` if the password is wrong, and other `DocumentError`."""
        await self._ask_at_once(Task.UNLOCK, path, name, {"password": password, "copy": str(copy)})

    async def _ask_at_once(
        self, task: Task, path: Path, name: str, arguments: Mapping[str, object]
    ) -> Mapping[str, object]:
        answers: list[Mapping[str, object]] = []
        request = {"task": task, "path": str(path), **arguments}
        await self._ask(request, name, answers.append, is_urgent=True)
        return answers[0] if answers else {}

    async def list_sources(self, path: Path, name: str) -> SourceList:
        """Return the files of a folder or an archive. It precedes waiting documents. Raises `AttachmentError`."""
        files: list[SourceFile] = []

        def receive(answer: Mapping[str, object]) -> None:
            rows = answer.get("files")
            for inner, size, use in rows if isinstance(rows, list) else ():
                files.append(SourceFile(inner, size, SourceUse(use)))

        request = {"task": Task.LIST_SOURCES, "path": str(path)}
        last = await self._ask(request, name, receive, is_urgent=True)
        return SourceList(tuple(files), last.get("is_cut") is True)

    async def enclosed(self, path: Path, name: str, index: int) -> bytes:
        """Return a file that is attached to an e-mail, by its place in `DocumentText.enclosed`. Raises `AttachmentError`."""
        chunks: list[bytes] = []
        request = {"task": Task.ENCLOSED, "path": str(path), "index": index}
        await self._ask(request, name, lambda answer: chunks.append(b64decode(str(answer.get("data", "")))))
        return b"".join(chunks)

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _ask(
        self,
        request: Mapping[str, object],
        name: str,
        on_answer: Callable[[Mapping[str, object]], None],
        *,
        is_urgent: bool = False,
    ) -> Mapping[str, object]:
        """Send a request when it is its turn, pass on the answers, and return the last one. Raises `DocumentError`."""
        limit: asyncio.Timeout | None = None

        def receive(answer: Mapping[str, object]) -> None:
            if limit and request["task"] is Task.RECOGNISE:
                limit.reschedule(asyncio.get_running_loop().time() + self._max_seconds)
            on_answer(answer)

        async with self._turns.next(is_urgent=is_urgent):
            try:
                most = _CONVERSION_SECONDS if request["task"] is Task.CONVERT else self._max_seconds
                async with asyncio.timeout(min(most, self._max_seconds)) as limit:
                    last = await self._exchange_again(request, name, receive)
            except DocumentReaderEnded:
                await self._end()
                raise
            except AttachmentError:
                await self._keep_idle()
                raise
            except BaseException as error:
                await self._end()
                if isinstance(error, TimeoutError):
                    raise DocumentReaderEnded(name) from error
                if isinstance(error, OSError):
                    raise DocumentReaderNotStarted(name) from error
                raise
            await self._keep_idle()
            return last

    async def _exchange_again(
        self, request: Mapping[str, object], name: str, on_answer: Callable[[Mapping[str, object]], None]
    ) -> Mapping[str, object]:
        """Exchange, once more if the process ends before its first answer: the system may have killed it to get memory."""
        has_answered = False

        def receive(answer: Mapping[str, object]) -> None:
            nonlocal has_answered
            has_answered = True
            on_answer(answer)

        try:
            return await self._exchange(request, name, receive)
        except DocumentReaderEnded:
            if has_answered or self._is_too_large:
                raise
            await self._end()
            return await self._exchange(request, name, receive)

    async def _exchange(
        self, request: Mapping[str, object], name: str, on_answer: Callable[[Mapping[str, object]], None]
    ) -> Mapping[str, object]:
        process = self._ready_process()
        self._files += 1
        process.send(json.dumps(request).encode("ascii") + b"\n")
        while "end" not in (answer := await self._next_answer(process, name)):
            if "problem" in answer:
                raise _error(str(answer["problem"]), str(answer.get("detail", "")), name)
            on_answer(answer)
        return answer

    async def _next_answer(self, process: ChildProcess[dict[str, object]], name: str) -> Mapping[str, object]:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_CHECK_INTERVAL):
                    answer = await self._answers.get()
                    if answer is None:
                        raise DocumentReaderEnded(name)
                    return answer
            if await asyncio.to_thread(self._memory_of, process.process_id) > MAX_MEMORY:
                self._is_too_large = True
                process.kill()

    def _ready_process(self) -> ChildProcess[dict[str, object]]:
        if self._ending:
            self._ending.cancel()
        if self._process is None or not self._process.is_running:
            self._files, self._answers, self._is_too_large = 0, asyncio.Queue(), False
            answers = self._answers
            self._process = ChildProcess(
                self._command,
                "documents",
                _record,
                answers.put_nowait,
                on_end=lambda: answers.put_nowait(None),
                longest_message=_MAX_LINE_BYTES,
                has_children=True,
            )
        return self._process

    async def _keep_idle(self) -> None:
        """Keep the process for the next document, unless it has read many."""
        if self._files >= _MAX_FILES:
            await self._end()
        else:
            self._ending = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._end_idle)

    def _end_idle(self) -> None:
        if self._process and not self._turns.is_locked:
            self._process.kill()
            self._process = None

    async def _end(self) -> None:
        if self._ending:
            self._ending.cancel()
        process, self._process = self._process, None
        if process:
            await process.end()


class _Turns:
    """Lets one task in at a time: urgent ones first, others in the order in which they came."""

    def __init__(self) -> None:
        self.is_locked = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def next(self, *, is_urgent: bool) -> AsyncIterator[None]:
        """Wait for a turn, and keep it until the end of the block."""
        if self.is_locked:
            turn = asyncio.get_running_loop().create_future()
            (self._urgent if is_urgent else self._waiting).append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._pass_on()
                raise
        self.is_locked = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while queue := self._urgent or self._waiting:
            turn = queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.is_locked = False


def _record(line: bytes) -> dict[str, object]:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an answer")  # noqa: TRY004 - what the process expects
    return record


def _error(problem: str, detail: str, name: str) -> AttachmentError:
    match problem:
        case ReadingProblem.NOT_CONVERTED:
            return DocumentNotConverted(name, detail)
        case ReadingProblem.NO_COPY:
            return DocumentNotCopied(name, detail)
        case ReadingProblem.UNREADABLE:
            return AttachmentUnreadable(name, detail)
        case ReadingProblem.ENCRYPTED:
            return DocumentEncrypted(name)
        case ReadingProblem.EMPTY:
            return DocumentEmpty(name)
        case ReadingProblem.TOO_LONG:
            return DocumentTooLong(name, MAX_CHARACTERS)
        case ReadingProblem.UNSAFE:
            return DocumentUnsafe(name)
        case ReadingProblem.TOO_MANY_PIXELS:
            return PictureTooManyPixels(name, MAX_PIXELS // 1_000_000)
        case ReadingProblem.NO_DECODER:
            return PictureWithoutDecoder(name)
        case ReadingProblem.NOT_RECOGNISED:
            return TextNotRecognised(name, detail)
        case _:
            return DocumentDamaged(name, detail)
