"""The text of a document, in sections: what a reader made of the file, and what is stored of it.

A section is a page, a sheet, a slide or a chapter. Documents without such parts have one section.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from chatdesk.kernel.chat.attachments import unit_of
from chatdesk.kernel.chat.message import DocumentUnit, PassageRange
from chatdesk.kernel.fast_dataclass import dataclass

_VERSION = 1
_MAX_SECTIONS = 100_000
_MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document. `title` is its own name, such as that of a sheet; empty if it has none."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document. Its sections are numbered from 1."""

    sections: tuple[Section, ...]
    unit: DocumentUnit = DocumentUnit.NONE

    @property
    def length(self) -> int:
        """Number of characters in all sections."""
        return sum(len(section.text) for section in self.sections)

    def selected(self, numbers: Iterable[int]) -> tuple[tuple[int, Section], ...]:
        """Return the sections with these numbers, in order, each with its number. Unknown numbers are ignored."""
        wanted = set(numbers)
        return tuple((number, section) for number, section in enumerate(self.sections, 1) if number in wanted)

    def passage(self, where: PassageRange) -> str:
        """Return the characters of a passage; an empty string if the text has no such section or characters."""
        return (
            self.sections[where.section - 1].text[where.start : where.end]
            if where.section <= len(self.sections)
            else ""
        )


def to_bytes(text: DocumentText) -> bytes:
    """Return the text for storage. Equal texts give equal bytes, so that they are stored only once."""
    sections = [{"text": each.text, **({"title": each.title} if each.title else {})} for each in text.sections]
    record = {"version": _VERSION, "unit": text.unit.value, "sections": sections}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def from_bytes(data: bytes) -> DocumentText | None:
    """Return the stored text; None if the data is something else."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return None
    rows = record.get("sections") if isinstance(record, Mapping) and record.get("version") == _VERSION else None
    if not isinstance(rows, list) or len(rows) > _MAX_SECTIONS:
        return None
    sections = [Section(_word(row, "text"), _word(row, "title")) for row in rows if isinstance(row, Mapping)]
    return DocumentText(tuple(sections), unit_of(record.get("unit")))


def _word(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def numbers_in(selected: str, count: int) -> tuple[int, ...]:
    """Return the section numbers of a selection such as `1-4,7`, in order; all of `count` sections for an empty or unusable one."""
    found: set[int] = set()
    for part in selected.split(","):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
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
