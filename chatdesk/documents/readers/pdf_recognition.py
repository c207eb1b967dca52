"""The text of scanned pages, recognised by an installed Tesseract, page by page."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from chatdesk.documents.readers.pdf import open_pdf, read_pdf
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.aio.child_program import outside_environment
from chatdesk.kernel.documents.document_text import Section

_LONGEST_SIDE = 2_600
"""In pixels: 220 per inch of a page of 30 cm. Small letters are not recognised with fewer."""
_MAX_SCALE = 6.0
_PAGE_SECONDS = 90.0
_MAX_PAGE_BYTES = 1024 * 1024
_WITH_LAYOUT, _WITHOUT_LAYOUT = "1", "3"
"""Tesseract's modes to find columns: with and without finding out first how the page is turned, which needs further data."""
_BETWEEN_CHARACTERS = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]) (?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
"""Tesseract writes spaces between Chinese and Japanese characters."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0


def recognise_pdf(path: Path, program: str, languages: str) -> DocumentReading:
    """Read a PDF page by page. Pages that are pictures are read by `program` in `languages`, such as `chi_sim+eng`."""
    reading = read_pdf(path)
    return replace(reading, sections=_pages(path, reading, [program, "stdin", "stdout", "-l", languages]))


def _pages(path: Path, reading: DocumentReading, command: list[str]) -> Iterator[Section]:
    """Yield the pages. Raises `UnreadableDocument` at the end if the program has failed with all of them."""
    failures, is_recognised = list[str](), False
    with closing(open_pdf(path)) as document:
        for number, section in enumerate(reading.sections):
            if not section.is_picture:
                yield section
                continue
            try:
                text = _recognised(_drawn(document, number), command)
            except (OSError, subprocess.SubprocessError) as error:
                failures.append(_detail(error))
                yield section
            else:
                is_recognised = True
                yield Section(text)
    if failures and not is_recognised:
        raise UnreadableDocument(ReadingProblem.NOT_RECOGNISED, failures[0])


def _drawn(document: pdfium.PdfDocument, number: int) -> bytes:
    """Return a page as a portable grey map, which needs no encoder."""
    with closing(document[number]) as page:
        scale = min(_MAX_SCALE, _LONGEST_SIDE / max(*page.get_size(), 1.0))
        with closing(page.render(scale=scale, grayscale=True)) as bitmap:
            pixels = memoryview(bitmap.buffer)
            rows = (pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
            return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


def _recognised(picture: bytes, command: list[str]) -> str:
    """Return the text in a picture. Raises `OSError` and `SubprocessError`."""
    try:
        output = _output([*command, "--psm", _WITH_LAYOUT], picture)
    except subprocess.CalledProcessError:
        output = _output([*command, "--psm", _WITHOUT_LAYOUT], picture)
    text = output[:_MAX_PAGE_BYTES].decode("utf-8", "replace").replace("\f", "")
    return _BETWEEN_CHARACTERS.sub("", text).strip()


def _output(command: list[str], picture: bytes) -> bytes:
    done = subprocess.run(  # noqa: S603 - an installed program and names of its languages
        command,
        input=picture,
        capture_output=True,
        timeout=_PAGE_SECONDS,
        check=True,
        env=outside_environment(os.environ) | {"OMP_THREAD_LIMIT": "1"},
        creationflags=_FLAGS,
    )
    return done.stdout


def _detail(error: Exception) -> str:
    output = error.stderr if isinstance(error, subprocess.CalledProcessError) else None
    return output.decode("utf-8", "replace").strip() if output else str(error)
