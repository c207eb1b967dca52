"""The reading process: reads the documents named in lines of standard input, and writes their sections as lines.

A request is `{"path", "kind", "options"}`; the options are arguments of the reader. The answers are `{"unit", "count"}` first, then
`{"section"}` for each section, and `{"end": true, "encoding", "enclosed"}` or `{"problem", "detail"}` last. The process ends with the
program that started it.
"""

import json
import os
import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, NoReturn

from chatdesk.documents.readers.reading import (
    MAX_CHARACTERS,
    DocumentReading,
    ReadingProblem,
    UnreadableDocument,
)
from chatdesk.kernel.aio.child_program import begin_child
from chatdesk.kernel.documents.document_text import enclosed_record, section_record
from chatdesk.kernel.documents.kinds import DocumentKind

MAX_MEMORY = 1024 * 1024 * 1024
"""Maximum memory in bytes. If the system does not enforce it, `process.py` does."""
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
}
"""The module and function that read a kind. A module is imported when it is needed: some take 0.1 s."""
_MAX_DETAIL = 300


def main() -> NoReturn:
    """Answer requests until standard input is closed."""
    requests, channel = begin_child(MAX_MEMORY)
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests, lines), name="requests", daemon=True).start()
    while True:
        asked = json.loads(lines.get())
        answer(DocumentKind(asked["kind"]), Path(asked["path"]), asked.get("options", {}), channel)


def _receive(requests: BinaryIO, lines: "SimpleQueue[bytes]") -> None:
    """Queue the requests, and end the process when the program ends, even while a document is being read."""
    while line := requests.readline():
        lines.put(line)
    os._exit(0)


def answer(kind: DocumentKind, path: Path, options: Mapping[str, object], channel: BinaryIO) -> None:
    """Read a document and write its sections."""

    def tell(**record: object) -> None:
        channel.write(json.dumps(record).encode("ascii") + b"\n")
        channel.flush()

    try:
        reading = _reader(kind)(path, **options)
        _tell_sections(reading, tell)
    except UnreadableDocument as error:
        tell(problem=error.problem, detail=error.detail[:_MAX_DETAIL])
    except MemoryError:
        os._exit(1)  # what is left of the memory may not suffice to go on
    except Exception as error:  # noqa: BLE001 - a library meets a file that nobody has thought of
        tell(problem=ReadingProblem.DAMAGED, detail=f"{type(error).__name__}: {error}"[:_MAX_DETAIL])
    else:
        tell(end=True, encoding=reading.encoding, enclosed=[enclosed_record(each) for each in reading.enclosed])


def _tell_sections(reading: DocumentReading, tell: Callable[..., None]) -> None:
    tell(unit=reading.unit, count=reading.count)
    length = 0
    for section in reading.sections:
        length += len(section.text)
        if length > MAX_CHARACTERS:
            raise UnreadableDocument(ReadingProblem.TOO_LONG)
        tell(section=section_record(section))


def _reader(kind: DocumentKind) -> Callable[..., DocumentReading]:
    module, function = _READERS[kind]
    read: Callable[..., DocumentReading] = getattr(import_module(f"chatdesk.documents.readers.{module}"), function)
    return read


if __name__ == "__main__":
    main()
