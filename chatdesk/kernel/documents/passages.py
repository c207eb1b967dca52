"""Passages: the parts of a document's text that are found for a question and sent to a model.

A passage is some whole paragraphs, about 250 tokens. It never spans two sections or headings; without space for the next paragraph, it
ends with a sentence, and in code and tables with a line. The passages of a section follow each other without gaps and overlaps. Cutting a
text twice gives equal passages, because messages and the index refer to them by their place.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate

from chatdesk.kernel.chat.message import PassageRange
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.fast_dataclass import dataclass

MAX_WEIGHT = 900
"""Maximum weight of a passage. A character of a European script weighs 1, a Chinese, Japanese or Korean one 2.5."""
_MAX_CODE_WEIGHT = 1_400
"""About 40 lines."""
_WIDE_WEIGHT = 2.5
_FIRST_WIDE = "\u2e80"
_LEAST = 0.4
"""Minimum share of the maximum weight, if there is more text."""
_MAX_HEADINGS = 200
"""Maximum number of characters of the headings above a passage."""

_PROSE_ENDS = (r"\n[ \t]*\n", r"[.!?…。！？][\"'”’」』）)]*\n", r"[。！？]|[.!?…][\"'”’)]*\s", r"\n", r"\s")
_LINE_ENDS = (r"\n[ \t]*\n(?=\S)", r"\n[ \t]*\n", r"\n(?=\S)", r"\n", r"\s")
"""Where a passage may end, from the best place to the worst. In code, a line without indentation begins something new."""
_HEADING = r"^(#{1,6})[ \t]+(\S[^\n]*)"
_MAX_HEADER = 600
"""Maximum number of characters in a table's header that is repeated."""
_TABLE = rf"^(\|[^\n]*\n\|[-:| \t]{{3,{_MAX_HEADER}}}(?:\n|\Z))(?:\|[^\n]*(?:\n|\Z))*"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document."""

    where: PassageRange
    headings: str = ""
    """The name of the section and the headings above the passage, separated by line ends."""
    header: PassageRange | None = None
    """The header of the table that the passage continues."""

    def in_context(self, text: DocumentText) -> str:
        """Return the words by which the passage is found: its own, after those of its headings and of the header of its table."""
        header = text.passage(self.header) if self.header else ""
        return "\n".join(filter(None, (self.headings, header.strip(), text.passage(self.where))))


def cut_passages(text: DocumentText, kind: DocumentKind = DocumentKind.TEXT) -> Iterator[Passage]:
    """Yield the passages of a text, in order. Parts that consist of white space only belong to no passage."""
    for number, section in enumerate(text.sections, 1):
        yield from _in_section(number, section, kind)


def joined(ranges: Iterable[PassageRange]) -> tuple[PassageRange, ...]:
    """Return ranges in the order of the document, with those that touch or overlap joined."""
    found: list[PassageRange] = []
    for each in sorted(ranges, key=lambda it: (it.section, it.start, it.end)):
        if found and found[-1].section == each.section and each.start <= found[-1].end:
            found[-1] = PassageRange(each.section, found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def _in_section(number: int, section: Section, kind: DocumentKind) -> Iterator[Passage]:
    tables = deque(_tables(section.text, kind))
    for first, end, headings in _under_headings(section, kind):
        start = first
        while start < end:
            stop = _end_of(section.text, start, end, kind)
            if not section.text[start:stop].isspace():
                while tables and tables[0][2] <= start:
                    tables.popleft()
                header = None
                if tables and tables[0][1] <= start:
                    header = PassageRange(number, *tables[0][:2])
                yield Passage(PassageRange(number, start, stop), headings, header)
            start = stop


def _under_headings(section: Section, kind: DocumentKind) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a section under its headings: start, end, and the headings. Headings in a row begin one part."""
    title = [section.title] if section.title else []
    path: dict[int, str] = {}
    start = 0
    found = () if kind in (DocumentKind.CODE, DocumentKind.TABLE) else re.finditer(_HEADING, section.text, re.MULTILINE)
    is_open = False
    """Whether the part has text besides headings."""
    last = 0
    for heading in found:
        if is_open or section.text[last : heading.start()].strip():
            yield start, heading.start(), _in_lines([*title, *path.values()])
            start, is_open = heading.start(), False
        level = len(heading[1])
        path = {at: text for at, text in path.items() if at < level} | {level: heading[2].strip(" #")}
        last = heading.end()
    yield start, len(section.text), _in_lines([*title, *path.values()])


def _in_lines(headings: list[str]) -> str:
    return "\n".join(" ".join(each.split())[:_MAX_HEADINGS] for each in headings)[:_MAX_HEADINGS]


def _tables(text: str, kind: DocumentKind) -> list[tuple[int, int, int]]:
    """Return the tables of a section: start of the header, its end, and end of the table."""
    found = [(each.start(), each.end(1), each.end()) for each in re.finditer(_TABLE, text, re.MULTILINE)]
    if kind is DocumentKind.TABLE and not found:
        found = [(0, text.find("\n") + 1, len(text))]
    return [each for each in found if 0 < each[1] - each[0] <= _MAX_HEADER]


def _end_of(text: str, start: int, end: int, kind: DocumentKind) -> int:
    """Return where the passage that begins at `start` ends."""
    most = _MAX_CODE_WEIGHT if kind is DocumentKind.CODE else MAX_WEIGHT
    window = text[start : min(end, start + most)]
    if window.isascii():
        latest = len(window)
    else:
        weights = list(accumulate(_WIDE_WEIGHT if letter >= _FIRST_WIDE else 1 for letter in window))
        latest = max(1, bisect_right(weights, most))
    if start + latest == end:
        return end
    window = window[:latest]
    line = window[window.rfind("\n") + 1 :]
    by_lines = kind in (DocumentKind.CODE, DocumentKind.TABLE) or line.startswith("|")
    for pattern in _LINE_ENDS if by_lines else _PROSE_ENDS:
        ends = [match.end() for match in re.finditer(pattern, window)]
        if ends and ends[-1] >= latest * _LEAST:
            return start + ends[-1]
    return start + latest
