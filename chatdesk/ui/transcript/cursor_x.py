"""Where on a line a position is. One function, because PySide6 declares its answer wrongly."""

from typing import Any

from PySide6.QtGui import QTextLine


def cursor_x(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    """Return the x of an edge of the character at a position. PySide6 hands the position back beside it, which its types hide."""
    answer: Any = line.cursorToX(position, edge)
    return float(answer[0])
