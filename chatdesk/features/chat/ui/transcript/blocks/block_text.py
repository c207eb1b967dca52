"""The selectable text of a block, which the offsets of selections refer to. Layouts decide how it is painted."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import chain, groupby

from PySide6.QtCore import QTextBoundaryFinder

from chatdesk.kernel.chat.pictures import picture_origin
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import (
    Block,
    Code,
    Container,
    Footnote,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Rule,
    Span,
    Style,
    Table,
)
from chatdesk.ui_kit.text import utf16

_RUNS = re.compile(
    "[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[\u3041-\u309f]+|[\u30a1-\u30ff\u31f0-\u31ff]+"
)
"""Runs of Han, hiragana or katakana.

Unicode treats each Chinese character as a word, but a double click should select a run.
"""


class SelectionUnit(Enum):
    """The units selected by single, double and triple clicks."""

    CHARACTER = auto()
    WORD = auto()
    BLOCK = auto()


def word_around(text: str, offset: int) -> tuple[int, int]:
    """Return the range of the word around an offset, or of the space between words. Offsets are in UTF-16 units."""
    if run := _run_around(text, offset):
        return run
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, utf16.paintable(text))
    length = utf16.units(text)
    finder.setPosition(min(offset, length))
    start = finder.position() if finder.isAtBoundary() else finder.toPreviousBoundary()
    finder.setPosition(min(offset, length))
    end = finder.toNextBoundary()
    if end < 0:
        finder.setPosition(length)
        return max(0, finder.toPreviousBoundary()), length
    return max(0, start), end


def part_around(text: str, offset: int, ends: str) -> tuple[int, int]:
    """Return the range around an offset that contains none of the characters `ends`."""
    before, after_text = utf16.cut(text, 0, offset), utf16.cut(text, offset)
    start = re.search(f"[^{ends}]*$", before)
    end = re.match(f"[^{ends}]*", after_text)
    first = utf16.units(before[: start.start()]) if start else 0
    return first, offset + (utf16.units(end.group()) if end else 0)


def _run_around(text: str, offset: int) -> tuple[int, int] | None:
    if text.isascii():
        return None
    at = len(utf16.cut(text, 0, offset))
    for index in (at, at - 1):
        if 0 <= index < len(text) and _RUNS.match(text[index]):
            found = next(run for run in _RUNS.finditer(text) if run.start() <= index < run.end())
            return utf16.units(text[: found.start()]), utf16.units(text[: found.end()])
        if index == at and index < len(text) and not text[index].isspace() and text[index].isalnum():
            return None
    return None


def appended_text(spans: Sequence[Span], longer: Sequence[Span]) -> str:
    """Return the plain text by which `longer` extends plain text at the end of `spans`; empty for any other difference."""
    if len(spans) != len(longer) or not spans or spans[:-1] != longer[:-1]:
        return ""
    old, new = spans[-1].text, longer[-1].text
    plain = spans[-1] == Span(old) and longer[-1] == Span(new)
    return new[len(old) :] if plain and new.startswith(old) else ""


def common_length(one: str, other: str) -> int:
    """Return the length of the common prefix of two texts in UTF-16 units."""
    if other.startswith(one):
        return utf16.units(one)
    count = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return utf16.units(one[:count])


BOX = "\ufffc"
"""A placeholder for something drawn inside a line. It is laid out, but never copied."""
_MAX_PICTURES = 50

_BOXES = {None: "", False: "[ ] ", True: "[x] "}


_MAX_KEY_LENGTH = 24
"""Characters of a key; longer texts are shown like inline code, which may be broken into lines."""


def is_key(span: Span) -> bool:
    """Return whether a span is drawn as a key of the keyboard, as a unit."""
    if Style.KEY not in span.style or span.image or span.formula or not span.text.strip():
        return False
    return len(span.text) <= _MAX_KEY_LENGTH and "\n" not in span.text


def span_text(span: Span) -> str:
    """Return the text of a span; for a picture its description and origin, without loading it."""
    if not span.image:
        return span.text
    return BOX + " · ".join(filter(None, (span.text, picture_origin(span.image))))


def pictures_of(block: Block) -> tuple[Span, ...]:
    """Return the pictures of a block in order."""
    match block:
        case Paragraph() | Heading():
            spans = block.spans
        case Table():
            spans = tuple(span for row in (block.header, *block.rows) for cell in row for span in cell)
        case _:
            return ()
    return tuple(span for span in spans if span.image)


def pictures_alone(block: Block) -> tuple[Span, ...]:
    """Return the pictures of a paragraph without other content; none if they are so many that they are laid out inline."""
    if not isinstance(block, Paragraph) or any(span.text.strip() for span in block.spans if not span.image):
        return ()
    found = pictures_of(block)
    return found if len(found) <= _MAX_PICTURES else ()


def text_of(block: Block) -> str:
    """Return the selectable text of a block."""
    match block:
        case Paragraph() | Heading():
            return _joined(block.spans)
        case Code():
            return block.text.removesuffix("\n")
        case Table():
            return "\n".join("\t".join(map(_joined, row)) for row in chain((block.header,), block.rows))
        case Rule():
            return ""
        case Formula():
            return block.source


def copied_text(block: Block, before: tuple[Container, ...], start: int, end: int | None) -> str:
    """Return the copied text of a block between two UTF-16 offsets, with list markers if it starts at the beginning.

    `before` are the containers of the block above: each item has its marker only once.
    """
    text = utf16.cut(_text_to_copy(block), start, end).replace(BOX, "")
    return text if start else _markers(block, before) + text


def _text_to_copy(block: Block) -> str:
    """Return the text of a block in which every line of a table is a row: other programs would treat a second line of a cell as one."""
    if not isinstance(block, Table):
        return text_of(block)
    rows = chain((block.header,), block.rows)
    return "\n".join("\t".join(_joined(cell).replace("\n", " ") for cell in row) for row in rows)


def offset_of_span(block: Paragraph | Heading | Table, matches: Callable[[Span], bool]) -> int | None:
    """Return the UTF-16 offset of the first span that matches; None if there is none."""
    rows = chain((block.header,), block.rows) if isinstance(block, Table) else ((block.spans,),)
    offset = 0
    for cell in chain.from_iterable(rows):
        for span in cell:
            if matches(span):
                return offset
            offset += utf16.units(span_text(span))
        offset += 1
    return None


@dataclass(frozen=True, slots=True)
class LinkRange:
    """A link in the text of a block: the range in UTF-16 units, and its text and target as they are in the message."""

    start: int
    end: int
    target: str
    text: str


def links_in(block: Block) -> Iterator[LinkRange]:
    """Yield the links of a block in order. Adjacent spans with the same target are one link: part of it may be bold."""
    match block:
        case Paragraph() | Heading():
            cells: Iterable[tuple[Span, ...]] = (block.spans,)
        case Table():
            cells = chain.from_iterable((block.header, *block.rows))
        case _:
            return
    offset = 0
    for cell in cells:
        for target, group in groupby(cell, key=lambda span: span.link):
            text = "".join(map(span_text, group))
            end = offset + utf16.units(text)
            if target:
                yield LinkRange(offset, end, target, text)
            offset = end
        offset += 1


def _markers(block: Block, before: tuple[Container, ...]) -> str:
    """Return the markers of list items and footnotes that begin at this block, as plain text."""
    text = ""
    for container in block.containers:
        match container:
            case _ if container in before:
                continue
            case ListItem():
                text += ("- " if container.number is None else f"{container.number}. ") + _BOXES[container.checked]
            case Footnote():
                text += f"[{container.number or '^' + container.label}] "
            case _:
                continue
    return text


def _joined(spans: tuple[Span, ...]) -> str:
    return "".join(map(span_text, spans))
