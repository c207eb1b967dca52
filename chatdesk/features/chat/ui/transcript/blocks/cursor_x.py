"""Where on a line a position is. One function, because PySide6 declares its answer wrongly."""

from typing import Any

from PySide6.QtGui import QTextLine


def cursor_x(line: QTextLine, position: int) -> float:
    """Return the x at which the character at a position begins. PySide6 hands the position back beside it, which its types hide."""
    answer: Any = line.cursorToX(position)
    return float(answer[0])
