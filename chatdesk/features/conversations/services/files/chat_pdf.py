"""Chats as PDF files and print-outs, made in a process of their own (`app/children/pdf_child.py`), so that the window does not wait.

The process gets a pickle, which only this program has made, and answers with lines of JSON: how much is done, and the parts of the file.
"""

import asyncio
import base64
import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    Export,
    ExportedChat,
    ExportLabels,
    ExportOptions,
    iso_date,
    iso_time,
)
from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.aio.child_program import PDF_CHILD
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.errors.storage_errors import NotPrinted, PdfNotMade
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.temporary_folder import temporary_folder
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula
from chatdesk.rendering.markdown.blocks import AlertKind
from chatdesk.storage.files.file_writing import save_bytes

_POLL = 0.1
"""Seconds between two reports of how much is done."""
_PART = 1 << 20
"""Bytes of the file in one line of the answer."""
_LENGTH_BYTES = 8
_EXIT_CODE_OF_SUCCESS = 0


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """A printer and what was chosen for it, as values: the printers of Qt cannot be sent to another process.

    Numbers that are not explained are values of enumerations of `QPrinter`.
    """

    name: str
    document: str
    """The name of the job."""
    paper: str
    """Key of the paper size in Qt; of other sizes, `Printing` has the lengths."""
    is_landscape: bool
    resolution: int
    """Dots per inch."""
    copies: int
    collates: bool
    duplex: int
    order: int
    source: int
    options: Sequence[str] = ()
    """Options of CUPS: names and values in turn."""
    folder: str = ""
    """For temporary files, which are left behind if the process is killed."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How pages are printed, on a printer or into a PDF file."""

    width: float
    """Of the paper as it is read, in points."""
    height: float
    first: int = 1
    """The first page, counted from 1."""
    last: int | None = None
    names_speakers: bool = False
    is_gray: bool = False
    printer: PrinterSettings | None = None
    """None for a file."""
    file: Path = Path()


@dataclass(frozen=True, slots=True)
class _Job:
    """What a PDF file needs of an export, as values: functions cannot be sent to another process."""

    title: str
    chats: Sequence[ExportedChat]
    now: datetime
    options: ExportOptions
    formulas: Mapping[FormulaKey, SetFormula]
    labels: ExportLabels
    """With other functions."""
    alert_titles: Mapping[AlertKind, str]
    dates: Mapping[datetime, str]
    """The dates in the file, formatted."""
    pictures: Sequence[tuple[int, str, str]]
    """The pictures that follow the job, which `chats` are without: the number of the chat, the hash and the media type."""
    printing: Printing | None


def job_frames(export: Export, printing: Printing | None = None) -> Iterator[bytes]:
    """Yield an export in parts as `read_job` reads it. Pictures are parts of their own, because a pickle of them would stop all threads."""
    labels = export.labels
    moments = {export.now, *(moment for chat in export.chats if (moment := _last_time(chat)))}
    pictures = [(number, *each) for number, chat in enumerate(export.chats) for each in chat.pictures.items()]
    job = _Job(
        export.title,
        [replace(chat, pictures={}) for chat in export.chats],
        export.now,
        export.options,
        export.formulas,
        replace(labels, alert_title=AlertKind.capitalize, format_date=iso_date, format_time=iso_time),
        {kind: labels.alert_title(kind) for kind in AlertKind},
        {moment: labels.format_date(moment) for moment in moments},
        [(number, sha256, picture.media_type) for number, sha256, picture in pictures],
        printing,
    )
    for content in (pickle.dumps(job), *(picture.data for _, _, picture in pictures)):
        yield len(content).to_bytes(_LENGTH_BYTES)
        yield content


def _last_time(chat: ExportedChat) -> datetime | None:
    return chat.turns[-1].message.created_at if chat.turns else None


def read_job(requests: BinaryIO) -> tuple[Export, Printing | None]:
    """Return what this program has sent to its process. Raise `ValueError` or `EOFError` if it has not sent all of it."""
    job = pickle.loads(_frame(requests))  # noqa: S301 - from this program, through a pipe that nobody else has
    if not isinstance(job, _Job):
        raise ValueError("not a job")  # noqa: TRY004 - what the reader expects
    pictures: list[dict[str, Picture]] = [{} for _ in job.chats]
    for number, sha256, media_type in job.pictures:
        pictures[number][sha256] = Picture(media_type, _frame(requests))
    labels = replace(job.labels, alert_title=job.alert_titles.__getitem__, format_date=job.dates.__getitem__)
    chats = [replace(chat, pictures=its) for chat, its in zip(job.chats, pictures, strict=True)]
    return Export(job.title, chats, job.now, job.options, labels, job.formulas), job.printing


def _frame(requests: BinaryIO) -> bytes:
    return requests.read(int.from_bytes(requests.read(_LENGTH_BYTES)))


def share_line(share: float) -> bytes:
    """Return the line that says how much is done, from 0 to 1."""
    return json.dumps(share).encode() + b"\n"


def file_lines(pdf: bytes) -> Iterator[bytes]:
    """Yield the lines with the parts of a file."""
    for begin in range(0, len(pdf), _PART):
        yield json.dumps(base64.b64encode(pdf[begin : begin + _PART]).decode()).encode() + b"\n"


def pdf_file(export: Export) -> bytes:
    """Return the file. Slow. Raise `PdfNotMade` or `ExportCancelled`."""
    return asyncio.run(_made(export))


async def print_pages(export: Export, printing: Printing) -> None:
    """Print an export on a printer or into a PDF file. Raise `ChatdeskError` or `ExportCancelled`; then nothing is printed."""
    content = await asyncio.to_thread(_printed, export, printing)
    if printing.printer is None:
        await save_bytes(printing.file, content)


def _printed(export: Export, printing: Printing) -> bytes:
    if printing.printer is None:
        return asyncio.run(_made(export, printing))
    try:
        with temporary_folder() as folder:
            printer = replace(printing.printer, folder=str(folder))
            return asyncio.run(_made(export, replace(printing, printer=printer)))
    except (OSError, PdfNotMade) as error:  # no folder could be made, or the process has ended
        raise NotPrinted from error


async def _made(export: Export, printing: Printing | None = None) -> bytes:
    share, parts = 0.0, list[bytes]()

    def receive(message: float | bytes) -> None:
        nonlocal share
        if isinstance(message, bytes):
            parts.append(message)
        else:
            share = message

    try:
        process = ChildProcess(PDF_CHILD.command(), "pdf", _message, receive)
    except OSError as error:
        raise PdfNotMade from error
    try:
        for frame in job_frames(export, printing):
            process.send(frame)
        while not await process.wait(_POLL):
            export.report(share)
    finally:
        await process.end()
    is_file = printing is None or printing.printer is None
    if (is_file and not parts) or process.exit_code != _EXIT_CODE_OF_SUCCESS:
        raise PdfNotMade
    return b"".join(parts)


def _message(line: bytes) -> float | bytes:
    message = json.loads(line)
    if isinstance(message, str):
        return base64.b64decode(message, validate=True)
    if isinstance(message, int | float):
        return float(message)
    raise ValueError("not a message")


PDF = ChatFormat(
    "pdf",
    QT_TRANSLATE_NOOP("ChatFormats", "PDF"),
    QT_TRANSLATE_NOOP("ChatFormats", "Pages to print or share, with an outline"),
    pdf_file,
    has_pages=True,
    draws_formulas=True,
)
