"""The header of a code block: which language it is, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.ui.theme.painting import draw_box, draw_line
from chatdesk.ui.transcript.blocks.language_names import language_name
from chatdesk.ui.transcript.control_painter import control_width, write
from chatdesk.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.ui.transcript.page_context import PageContext


class CodeHeader:
    """As wide as its block. Who owns it says at which y it stands: it may stay in view while the block scrolls under it."""

    def __init__(self, language: str, page: PageContext) -> None:
        self.height = page.theme.length("codeHeader")
        self._page = page
        self._language = language_name(language) or page.words.code

    def controls(self, width: int, top: int, *, wrapped: bool) -> Sequence[Control]:
        """Return Copy and Wrap, from left to right."""
        words = self._page.words
        top += (self.height - self._page.theme.length("buttonSmall")) // 2
        right = width - self._page.theme.length("xs")
        wrap = self._control(Command(Verb.WRAP_CODE), "text-wrap", words.wrap, words.wrap_lines, right, top)
        copy = self._control(Command(Verb.COPY_CODE), "copy", words.copy, words.copy, wrap.rect.left(), top)
        return copy, replace(wrap, on=wrapped)

    def paint(self, painter: QPainter, width: int, top: int) -> None:
        """Paint the ground, the language and the line below. At the block's top its corners are round, over the code they are not."""
        theme = self._page.theme
        rect = QRect(0, top, width, self.height)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        radius = 0 if top else theme.length("radius.control")
        draw_box(painter, QRectF(rect.adjusted(0, 0, 0, self.height)), radius, theme.color("header"))
        painter.restore()
        draw_line(painter, QPointF(0, top + self.height), width, theme.color("borderSubtle"))
        color = theme.color("textSecondary")
        write(painter, self._language, theme.font("caption"), color, theme.length("m") + 1, rect)

    def _control(self, command: Command, icon: str, caption: str, name: str, right: int, top: int) -> Control:
        # Room for the longer word that Copy turns into for a moment; words stand at the right end.
        longest = max(caption, self._page.words.copied if command.verb is Verb.COPY_CODE else "", key=len)
        width = control_width(self._page.theme, ControlLook.CAPTION, longest, icon)
        rect = QRect(right - width, top, width, self._page.theme.length("buttonSmall"))
        return Control(command, rect, name, icon, ControlLook.CAPTION, caption)
