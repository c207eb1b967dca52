"""The card of something that can run, under the answer that holds it: icon, title, kind and version, and the way into the preview.

Which cards there are is told by `artifact_cards.py`.
"""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard
from chatdesk.features.chat.ui.transcript.control_painter import control_width, write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_LEAST_ROOM = 150
"""Pixels at 100 % for title and kind: where there would be less, the button is only its icon."""


class CardStrip:
    """Begins at its top left corner and fills a width. Its height depends on the theme alone."""

    def __init__(self, card: ArtifactCard, page: PageContext, width: int) -> None:
        self.card = card
        self._page = page
        self._width = width
        theme = page.theme
        self._padding = theme.length("m")
        self._tile = theme.length("hit")
        self.height = self._tile + 2 * self._padding
        self._text_left = self._padding + self._tile + theme.length("m")
        self._control = self._way_in()

    def controls(self) -> Iterator[Control]:
        """Yield the button, or the words that stand in its place."""
        yield self._control

    def paint(self, painter: QPainter) -> None:
        """Paint everything but the button at the painter's origin."""
        theme, shown = self._page.theme, self.card.shown
        ground, border = ("accentSoft", "accentBorder") if shown else ("raised", "borderSubtle")
        rect = QRectF(0, 0, self._width, self.height)
        draw_box(painter, rect, theme.length("radius.control"), theme.color(ground), theme.color(border))
        tile = QRectF(self._padding, self._padding, self._tile, self._tile)
        draw_box(painter, tile, theme.length("radius.small"), theme.color("accent" if shown else "bubble"))
        color = theme.color("onAccent" if shown else "textSecondary")
        draw_icon(painter, theme, "file-code", color, tile, theme.length("icon.toolbar"))
        room = self._control.rect.left() - theme.length("m") - self._text_left
        title, details = theme.font("ui", strong=True), theme.font("caption")
        lines = theme.line("ui"), theme.line("caption")
        top = (self.height - sum(lines)) // 2
        self._write(painter, self.card.title, title, "text", QRect(self._text_left, top, room, lines[0]))
        below = QRect(self._text_left, top + lines[0], room, lines[1])
        self._write(painter, self._details(details, room), details, "textSecondary", below)
        if shown:
            self._paint_shown(painter)

    def _details(self, font: QFont, room: int) -> str:
        """Return as much of what it is as has room: the number of lines goes first."""
        words = self._page.words.card_details(self.card)
        if QFontMetricsF(font).horizontalAdvance(words) <= room:
            return words
        return self._page.words.card_details(self.card, with_lines=False)

    def _write(self, painter: QPainter, words: str, font: QFont, color: str, rect: QRect) -> None:
        elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        write(painter, elided, font, self._page.theme.color(color), rect.x(), rect)

    def _paint_shown(self, painter: QPainter) -> None:
        theme, control = self._page.theme, self._control
        color, size = theme.color("accentText"), theme.length("icon.ui")
        place = QRectF(control.rect.x() + theme.length("s"), control.rect.y(), size, control.rect.height())
        draw_icon(painter, theme, "eye", color, place, size)
        if control.caption:
            x = place.right() + theme.length("s")
            write(painter, control.caption, theme.font("ui"), color, x, control.rect)

    def _way_in(self) -> Control:
        """Return what opens the preview or, while that shows it, takes the keyboard there."""
        theme, words, shown = self._page.theme, self._page.words, self.card.shown
        command = Command(Verb.OPEN_PREVIEW, part=TEXT, block=self.card.block)
        look = ControlLook.AREA if shown else ControlLook.OUTLINED
        icon, caption = ("eye", words.shown_at_right) if shown else ("play", words.open_preview)
        width, height = control_width(theme, look, caption, icon), theme.length("buttonSmall")
        right = self._width - self._padding
        if right - width - self._text_left < _LEAST_ROOM * theme.scale:
            width, caption = theme.length("hitSmall"), ""
            look = ControlLook.AREA if shown else ControlLook.ICON
        if shown and not caption:
            width = theme.length("icon.ui") + 2 * theme.length("s")
        rect = QRect(right - width, (self.height - height) // 2, width, height)
        return Control(command, rect, words.card_action(self.card), icon, look, caption)
