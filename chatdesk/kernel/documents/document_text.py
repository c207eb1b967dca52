"""The text of a document, in sections: what a reader made of the file, and what is stored of it.

A section is a page, a sheet, a slide or a chapter. Documents without such parts have one section.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from chatdesk.kernel.chat.attachments import unit_of
from chatdesk.kernel.chat.message import DocumentUnit, PassageRange
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.fast_dataclass import dataclass

_VERSION = 1
MAX_SECTIONS = 100_000
"""Maximum number of sections of a document."""
_MAX_DIGITS = 9
MAX_ENCLOSED = 200
"""Maximum number of enclosed files of one document that are offered."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document. `title` is its own name, such as that of a sheet; empty if it has none."""

    text: str
    title: str = ""
    cells: str = ""
    """Of a sheet: the cells that the text has, such as `A1:I214`."""
    is_hidden: bool = False
    """Whether the office program hides it. It is sent only if the user selects it."""
    formulas: int = 0
    """Number of cells with a formula but no result, because no office program has calculated the file. They show the formula."""

    is_picture: bool = False
    """Of a page: whether it is a picture with hardly any text."""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file in a document, such as an attachment of an e-mail, that can be attached on its own. `size` is in bytes."""

    name: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document. Its sections are numbered from 1."""

    sections: tuple[Section, ...]
    unit: DocumentUnit = DocumentUnit.NONE
    encoding: str = ""
    """Python's name of the encoding in which the file was read, if that had to be guessed or chosen."""
    enclosed: tuple[EnclosedFile, ...] = ()

    @property
    def length(self) -> int:
        """Number of characters in all sections."""
        return sum(len(section.text) for section in self.sections)

    def selected(self, numbers: Iterable[int]) -> tuple[tuple[int, Section], ...]:
        """Return the sections with these numbers, in order, each with its number. Unknown numbers are ignored."""
        wanted = set(numbers)
        return tuple((number, section) for number, section in enumerate(self.sections, 1) if number in wanted)

    @property
    def visible(self) -> str:
        """The selection of the sections that are not hidden; empty if that is all of them, or none."""
        numbers = [number for number, section in enumerate(self.sections, 1) if not section.is_hidden]
        return selection_of(numbers) if len(numbers) < len(self.sections) else ""

    def passage(self, where: PassageRange) -> str:
        """Return the characters of a passage; an empty string if the text has no such section or characters."""
        return (
            self.sections[where.section - 1].text[where.start : where.end]
            if where.section <= len(self.sections)
            else ""
        )


@dataclass(frozen=True, slots=True)
class PageArea:
    """A rectangle on a page, in fractions of its width and height, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def to_bytes(text: DocumentText) -> bytes:
    """Return the text for storage. Equal texts give equal bytes, so that they are stored only once."""
    return json.dumps(to_record(text), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def from_bytes(data: bytes) -> DocumentText | None:
    """Return the stored text; None if the data is something else."""
    try:
        return from_record(json.loads(data))
    except (ValueError, RecursionError):
        return None


def to_record(text: DocumentText) -> dict[str, object]:
    """Return the text as plain values for JSON."""
    record: dict[str, object] = {
        "version": _VERSION,
        "unit": text.unit.value,
        "sections": [section_record(each) for each in text.sections],
    }
    if text.encoding:
        record["encoding"] = text.encoding
    if text.enclosed:
        record["enclosed"] = [enclosed_record(each) for each in text.enclosed]
    return record


def from_record(record: object) -> DocumentText | None:
    """Return the text of such values; None if they are something else."""
    if not isinstance(record, Mapping) or record.get("version") != _VERSION:
        return None
    rows = record.get("sections")
    if not isinstance(rows, list) or len(rows) > MAX_SECTIONS:
        return None
    enclosed = record.get("enclosed")
    return DocumentText(
        tuple(section_of(row) for row in rows if isinstance(row, Mapping)),
        unit_of(record.get("unit")),
        _word(record, "encoding"),
        enclosed_of(enclosed[:MAX_ENCLOSED]) if isinstance(enclosed, list) else (),
    )


def section_record(section: Section) -> dict[str, object]:
    """Return a section as plain values, without what is empty."""
    rest = {
        "title": section.title,
        "cells": section.cells,
        "is_hidden": section.is_hidden,
        "formulas": section.formulas,
        "is_picture": section.is_picture,
    }
    return {"text": section.text, **{key: value for key, value in rest.items() if value}}


def section_of(row: Mapping[str, object]) -> Section:
    """Return the section of a record. Missing and invalid values are empty."""
    return Section(
        _word(row, "text"),
        _word(row, "title"),
        _word(row, "cells"),
        row.get("is_hidden") is True,
        count(row.get("formulas")) or 0,
        row.get("is_picture") is True,
    )


def enclosed_record(file: EnclosedFile) -> dict[str, object]:
    """Return an enclosed file as plain values."""
    return {"name": file.name, "size": file.size}


def enclosed_of(rows: Sequence[object]) -> tuple[EnclosedFile, ...]:
    """Return the enclosed files of records."""
    return tuple(
        EnclosedFile(_word(row, "name"), count(row.get("size")) or 0) for row in rows if isinstance(row, Mapping)
    )


def _word(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def numbers_in(selected: str, count: int) -> tuple[int, ...]:
    """Return the section numbers of a selection such as `1-4,7`, in order; all of `count` sections for an empty or unusable one."""
    found: set[int] = set()
    for part in selected.split(","):
        first, dash, last = (number.strip() for number in part.partition("-"))
        if max(len(first), len(last)) <= _MAX_DIGITS and first.isdecimal() and (not dash or last.isdecimal()):
            found.update(range(max(1, int(first)), min(count, int(last) if dash else int(first)) + 1))
    return tuple(sorted(found)) or tuple(range(1, count + 1))


def selection_of(numbers: Sequence[int]) -> str:
    """Return section numbers as a selection such as `1-4,7`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ",".join("-".join(map(str, run)) for run in runs)
