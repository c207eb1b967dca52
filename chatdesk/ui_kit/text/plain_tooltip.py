"""Tooltips for what is painted and no widget: plain words, whatever they look like (the style shows no markup), in lines of a length."""

import textwrap

from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

_WIDTH = 80
"""Characters in a line."""


def show_tooltip(event: QHelpEvent, words: str, widget: QWidget) -> None:
    """Show words where the event is; none hide what is shown."""
    lines = (textwrap.fill(line, _WIDTH) for line in words.split("\n"))
    QToolTip.showText(event.globalPos(), "\n".join(lines), widget)
