"""The way to the rest of a text of which only the beginning is shown, because all of it would be too much."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF

from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext


def more_control(page: PageContext, part: int, hidden: int) -> Control:
    """Return the control for a part of a message of which so many characters are hidden, with its top left corner at (0, 0)."""
    theme, words = page.theme, page.words
    caption, note = words.show_more, words.rest(hidden)
    width = control_width(theme, ControlLook.LINE, caption, "chevron-right")
    width += theme.length("s") + round(QFontMetricsF(theme.font("ui")).horizontalAdvance(note))
    rect = QRect(-theme.length("xs"), 0, width, theme.length("buttonSmall"))
    name = f"{caption} · {note}"
    return Control(Command(Verb.MORE_TEXT, part=part), rect, name, look=ControlLook.LINE, caption=caption, note=note)
