"""How far a click reaches: a place between characters, a word, a block."""

from enum import Enum, auto

from PySide6.QtCore import QTextBoundaryFinder

from chatdesk.ui.transcript.blocks import utf16


class Reach(Enum):
    """What one, two and three clicks select."""

    CHARACTER = auto()
    WORD = auto()
    BLOCK = auto()


def word_around(text: str, offset: int) -> tuple[int, int]:
    """Return where the word around an offset begins and ends; between words, the space between them. Offsets are Qt's."""
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
