"""The header of a code block: which language it is, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.code.language_names import language_name
from chatdesk.features.chat.ui.transcript.control_painter import control_width, write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.words import Words
from chatdesk.ui_kit.style.painting import draw_box, draw_line

_PLAIN_TEXT = frozenset({"text", "txt", "plain", "plaintext"})


class CodeHeader:
    """As wide as its block. Who owns it says at which y it stands: it may stay in view while the block scrolls under it."""

    def __init__(self, language: str, page: PageContext) -> None:
        self.height = page.theme.length("codeHeader")
        self._page = page
        self._language = _name(language, page.words)
        self._offered: tuple[tuple[int, bool, bool], list[Control]] | None = None
        """For which width, wrapping and preview the controls were made, and where they are in a header at the top."""

    def controls(self, width: int, top: int, *, wrapped: bool, preview: bool) -> Sequence[Control]:
        """Return what can be done, from left to right. In a narrow block icons do without their words."""
        wanted = (width, wrapped, preview)
        if self._offered is None or self._offered[0] != wanted:
            self._offered = wanted, self._offer(width, wrapped=wrapped, preview=preview)
        return [control.moved(0, top) for control in self._offered[1]]

    def _offer(self, width: int, *, wrapped: bool, preview: bool) -> list[Control]:
        words = self._page.words
        offered = [
            self._control(Verb.COPY_CODE, "copy", words.copy, words.copy),
            replace(self._control(Verb.WRAP_CODE, "text-wrap", words.wrap, words.wrap_lines), on=wrapped),
            self._control(Verb.SAVE_CODE, "download", words.save, words.save_as),
        ]
        if preview:
            shown = self._control(Verb.PREVIEW_CODE, "play", words.preview, words.show_preview)
            offered.insert(0, replace(shown, primary=True))
        if sum(control.rect.width() for control in offered) > self._room(width):
            offered = [self._without_caption(control) for control in offered]
        left = width - self._page.theme.length("xs") - sum(control.rect.width() for control in offered)
        placed = []
        for control in offered:
            size = control.rect.size()
            placed.append(control.moved(left, (self.height - size.height()) // 2))
            left += size.width()
        return placed

    def paint(self, painter: QPainter, width: int, top: int, controls: Sequence[Control]) -> None:
        """Paint the ground, the language and the line below. At the block's top its corners are round, over the code they are not."""
        theme = self._page.theme
        rect = QRect(0, top, width, self.height)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        radius = 0 if top else theme.length("radius.control")
        draw_box(painter, QRectF(rect.adjusted(0, 0, 0, self.height)), radius, theme.color("header"))
        painter.restore()
        draw_line(painter, QPointF(0, top + self.height), width, theme.color("borderSubtle"))
        font = theme.font("caption")
        room = controls[0].rect.left() - self._left
        name = QFontMetricsF(font).elidedText(self._language, Qt.TextElideMode.ElideRight, room)
        write(painter, name, font, theme.color("textSecondary"), self._left, rect)

    @property
    def _left(self) -> int:
        return self._page.theme.length("m") + 1

    def _room(self, width: int) -> float:
        """Return how much is left beside the language's name."""
        name = QFontMetricsF(self._page.theme.font("caption")).horizontalAdvance(self._language)
        return width - self._left - name - self._page.theme.length("m")

    def _control(self, verb: Verb, icon: str, caption: str, name: str) -> Control:
        # Room for the longer word that Copy turns into for a moment; words stand at the right end.
        longest = max(caption, self._page.words.copied if verb is Verb.COPY_CODE else "", key=len)
        width = control_width(self._page.theme, ControlLook.CAPTION, longest, icon)
        rect = QRect(0, 0, width, self._page.theme.length("buttonSmall"))
        return Control(Command(verb), rect, name, icon, ControlLook.CAPTION, caption)

    def _without_caption(self, control: Control) -> Control:
        size = self._page.theme.length("buttonSmall")
        return replace(control, rect=QRect(0, 0, size, size), look=ControlLook.ICON, caption="")


def _name(language: str, words: Words) -> str:
    if language in _PLAIN_TEXT:
        return words.plain_text
    return language_name(language) or words.code
