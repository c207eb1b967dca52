"""Plain-text tooltips for painted elements that are not widgets. The style shows no markup, and lines have a maximum length."""

import textwrap

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget

_WIDTH = 80
"""Maximum characters per line."""


def show_tooltip(position: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip at a position on the screen; an empty text hides the current one."""
    lines = (textwrap.fill(line, _WIDTH) for line in text.split("\n"))
    QToolTip.showText(position, "\n".join(lines), widget)
