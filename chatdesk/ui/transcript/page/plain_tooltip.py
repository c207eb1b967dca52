"""Tooltips for what is painted and no widget: plain words, whatever they look like."""

from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget


def show_tooltip(event: QHelpEvent, words: str, widget: QWidget) -> None:
    """Show words where the event is; none hide what is shown."""
    # Qt takes what looks like markup for markup.
    import html  # noqa: PLC0415 - start-up time: its table of names

    escaped = html.escape(words).replace("\n", "<br>")
    QToolTip.showText(event.globalPos(), escaped and f"<span>{escaped}</span>", widget)
