"""How far a click reaches: a place between characters, a word, a block."""

import re
from enum import Enum, auto

from PySide6.QtCore import QTextBoundaryFinder

from chatdesk.ui_kit.text import utf16

_RUNS = re.compile(
    "[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[\u3041-\u309f]+|[\u30a1-\u30ff\u31f0-\u31ff]+"
)
"""Han, hiragana, katakana. Unicode's rules make each Chinese character a word; a run of them is what one means by two clicks."""


class Reach(Enum):
    """What one, two and three clicks select."""

    CHARACTER = auto()
    WORD = auto()
    BLOCK = auto()


def word_around(text: str, offset: int) -> tuple[int, int]:
    """Return where the word around an offset begins and ends; between words, the space between them. Offsets are Qt's."""
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
    """Return where the part of a text around an offset begins and ends that holds none of the characters `ends`."""
    before, behind = utf16.cut(text, 0, offset), utf16.cut(text, offset)
    start = re.search(f"[^{ends}]*$", before)
    end = re.match(f"[^{ends}]*", behind)
    first = utf16.units(before[: start.start()]) if start else 0
    return first, offset + (utf16.units(end.group()) if end else 0)


def _run_around(text: str, offset: int) -> tuple[int, int] | None:
    if text.isascii():
        return None
    place = len(utf16.cut(text, 0, offset))
    for index in (place, place - 1):
        if 0 <= index < len(text) and _RUNS.match(text[index]):
            found = next(run for run in _RUNS.finditer(text) if run.start() <= index < run.end())
            return utf16.units(text[: found.start()]), utf16.units(text[: found.end()])
        if index == place and index < len(text) and not text[index].isspace() and text[index].isalnum():
            return None
    return None
