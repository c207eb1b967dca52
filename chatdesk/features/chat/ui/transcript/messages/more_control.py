"""The control that shows more of a text of which only the beginning is shown."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF

from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext


def more_control(page: PageContext, part: int, hidden: int) -> Control:
    """Return the control for a part with this many hidden characters, with its top left corner at (0, 0)."""
    theme, texts = page.theme, page.texts
    caption, note = texts.show_more, texts.hidden_characters(hidden)
    width = control_width(theme, ControlStyle.LINE, caption, "chevron-right")
    width += theme.length("s") + round(QFontMetricsF(theme.font("ui")).horizontalAdvance(note))
    rect = QRect(-theme.length("xs"), 0, width, theme.length("buttonSmall"))
    name = f"{caption} · {note}"
    return Control(Command(Verb.MORE_TEXT, part=part), rect, name, style=ControlStyle.LINE, caption=caption, note=note)
