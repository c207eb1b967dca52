"""The x of a text position in a line. A separate function because PySide6 declares the return type wrongly."""

from typing import Any

from PySide6.QtGui import QTextLine


def cursor_x(line: QTextLine, position: int) -> float:
    """Return the x of a position. PySide6 returns the position as well, which its type stubs hide."""
    result: Any = line.cursorToX(position)
    return float(result[0])
