"""The reading process: performs the tasks in lines of standard input, and answers in lines.

A request is `{"task", "path", …}`. Its last answer is `{"end": true}` or `{"problem", "detail"}`. The others are, for each `Task`:

- `READ`, with `kind` and `options`, which are arguments of the reader: `{"unit", "count"}`, then `{"section"}` for each section. The last
  answer also has `encoding` and `enclosed`.
- `RECOGNISE`, with `program` and `languages`: as `READ`.
- `CONVERT`, with `kind`, `ending`, `program` and `scratch`: as `READ`.
- `PAGE_PICTURE`, with `number` and `longest_side`: `{"data"}` in Base64.
- `WORDS_ON_PAGE`, with `number`, `text` and `ranges`: `{"areas"}`.
- `CONVERT_PICTURE`: `{"data"}` in Base64.
- `PREPARE_PICTURE`: `{"data"}` in Base64, `media_type`, and the `width` and `height` of the original.
- `UNLOCK`, with `password` and `copy`, the path of the file to write: nothing else.
- `LIST_SOURCES`: `{"files"}`, each with path, size and use, some at a time. The last answer also has `is_cut`.
- `ENCLOSED`, with `index`: `{"data"}`, in Base64, some at a time.

The process ends with the program that started it, and ends the programs that it has started.
"""

import json
import os
import signal
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import batched, islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, NoReturn

from chatdesk.documents.readers.reading import (
    MAX_CHARACTERS,
    DocumentReading,
    PictureTools,
    ReadingProblem,
    Task,
    UnreadableDocument,
)
from chatdesk.kernel.aio.child_program import begin_child
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import MAX_ENCLOSED, MAX_SECTIONS, enclosed_record, section_record
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.text.regular_file import read_whole

MAX_MEMORY = 1024 * 1024 * 1024
"""Maximum memory in bytes. If the system does not enforce it, `process.py` does."""
_MAX_PROGRAM_MEMORY = 2 * MAX_MEMORY
"""Maximum address space of LibreOffice in bytes, on Linux. Two slides take 1,155 MB, mostly for libraries, and 147 MB of memory."""
_READERS = {
    DocumentKind.PDF: ("pdf", "read_pdf"),
    DocumentKind.WORD: ("word", "read_word"),
    DocumentKind.SLIDES: ("slides", "read_slides"),
    DocumentKind.SHEETS: ("sheets", "read_sheets"),
    DocumentKind.BOOK: ("book", "read_book"),
    DocumentKind.RICH_TEXT: ("other_texts", "read_rich_text"),
    DocumentKind.WEB_PAGE: ("html_text", "read_html"),
    DocumentKind.EMAIL: ("messages", "read_email"),
    DocumentKind.NOTEBOOK: ("other_texts", "read_notebook"),
    DocumentKind.SUBTITLES: ("other_texts", "read_subtitles"),
    DocumentKind.TABLE: ("plain_text", "read_plain_text"),
    DocumentKind.CODE: ("plain_text", "read_plain_text"),
    DocumentKind.TEXT: ("plain_text", "read_plain_text"),
    DocumentKind.SOURCES: ("sources", "read_sources"),
}
"""The module and function that read a kind. A module is imported when it is needed: some take 0.1 s."""
_MAX_SOURCES, _LISTED_AT_ONCE = 20_000, 500
_CHUNK_BYTES = 3 * 1024 * 1024
_MAX_DETAIL = 300
_Record = dict[str, object]


def serve(tools: PictureTools) -> NoReturn:
    """Perform tasks until standard input is closed."""
    requests, channel = begin_child(MAX_MEMORY, _MAX_PROGRAM_MEMORY)
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests, lines), name="requests", daemon=True).start()
    while True:
        answer(json.loads(lines.get()), channel, tools)


def _receive(requests: BinaryIO, lines: "SimpleQueue[bytes]") -> None:
    """Queue the requests, and end the process when the program ends, even while a document is being read."""
    while line := requests.readline():
        lines.put(line)
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # with the programs that this process has started
    os._exit(0)


def answer(request: Mapping[str, Any], channel: BinaryIO, tools: PictureTools) -> None:
    """Perform a task and write its answers."""

    def reply(**record: object) -> None:
        channel.write(json.dumps(record).encode("ascii") + b"\n")
        channel.flush()

    try:
        for record in _perform(request, tools):
            reply(**record)
    except UnreadableDocument as error:
        reply(problem=error.problem, detail=error.detail[:_MAX_DETAIL])
    except MemoryError:
        os._exit(1)  # what is left of the memory may not suffice to continue
    except Exception as error:  # noqa: BLE001 - a library meets a file that nobody has thought of
        reply(problem=ReadingProblem.DAMAGED, detail=f"{type(error).__name__}: {error}"[:_MAX_DETAIL])


def _perform(request: Mapping[str, Any], tools: PictureTools) -> Iterator[_Record]:
    """Yield the answers to a request."""
    path = Path(request["path"])
    match Task(request["task"]):
        case Task.READ:
            module, function = _READERS[DocumentKind(request["kind"])]
            read = getattr(import_module(f"chatdesk.documents.readers.{module}"), function)
            yield from _sections(read(path, **request["options"]))
        case Task.RECOGNISE:
            from chatdesk.documents.readers.pdf_recognition import recognise_pdf  # noqa: PLC0415 - few documents are scanned

            yield from _sections(recognise_pdf(path, request["program"], request["languages"]))
        case Task.CONVERT:
            from chatdesk.documents.readers.legacy import read_legacy  # noqa: PLC0415 - few documents are that old

            kind, scratch = DocumentKind(request["kind"]), Path(request["scratch"])
            yield from _sections(read_legacy(path, kind, request["ending"], request["program"], scratch))
        case Task.PAGE_PICTURE:
            from chatdesk.documents.readers.pdf_pages import page_picture  # noqa: PLC0415 - most documents are shown as text

            data = page_picture(path, request["number"], request["longest_side"], tools.encode)
            yield {"data": b64encode(data).decode("ascii")}
            yield {"end": True}
        case Task.WORDS_ON_PAGE:
            from chatdesk.documents.readers.pdf_pages import words_on_page  # noqa: PLC0415 - likewise

            areas = words_on_page(path, request["number"], request["text"], request["ranges"])
            yield {"areas": [[area.left, area.top, area.right, area.bottom] for area in areas]}
            yield {"end": True}
        case Task.CONVERT_PICTURE:
            yield {"data": b64encode(tools.convert(read_whole(path, MAX_DOCUMENT_BYTES))).decode("ascii")}
            yield {"end": True}
        case Task.PREPARE_PICTURE:
            prepared = tools.prepare(read_whole(path, MAX_DOCUMENT_BYTES))
            sent = {"data": b64encode(prepared.picture.data).decode("ascii"), "media_type": prepared.picture.media_type}
            yield {**sent, "width": prepared.width, "height": prepared.height}
            yield {"end": True}
        case Task.UNLOCK:
            from chatdesk.documents.readers.pdf_pages import unlock  # noqa: PLC0415 - likewise

            unlock(path, request["password"], Path(request["copy"]))
            yield {"end": True}
        case Task.LIST_SOURCES:
            from chatdesk.documents.readers.sources import list_sources  # noqa: PLC0415 - likewise

            listed = list_sources(path)
            for files in batched(islice(listed, _MAX_SOURCES), _LISTED_AT_ONCE):
                yield {"files": [[each.path, each.size, each.use] for each in files]}
            yield {"end": True, "is_cut": next(listed, None) is not None}
        case Task.ENCLOSED:
            from chatdesk.documents.readers.messages import enclosed_data  # noqa: PLC0415 - likewise

            data = enclosed_data(path, request["index"])
            for start in range(0, len(data), _CHUNK_BYTES):
                yield {"data": b64encode(data[start : start + _CHUNK_BYTES]).decode("ascii")}
            yield {"end": True}


def _sections(reading: DocumentReading) -> Iterator[_Record]:
    yield {"unit": reading.unit, "count": reading.count}
    length = 0
    for number, section in enumerate(reading.sections, 1):
        length += len(section.text) + len(section.title)
        if length > MAX_CHARACTERS or number > MAX_SECTIONS:
            raise UnreadableDocument(ReadingProblem.TOO_LONG)
        yield {"section": section_record(section)}
    enclosed = [enclosed_record(each) for each in reading.enclosed[:MAX_ENCLOSED]]
    yield {"end": True, "encoding": reading.encoding, "enclosed": enclosed}
