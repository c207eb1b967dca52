"""The line in a chat above which its model sees nothing any more: words between two rules, and what can be done about it behind them.

Where it runs is `context_border.py`'s business.
"""

from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QLineF, QRect
from PySide6.QtGui import QPainter, QPen

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.context_border import BorderKind, BorderWay
from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Span

_WAYS = {
    BorderKind.NOTHING: (BorderWay.CHANGE,),
    BorderKind.SUMMARY: (BorderWay.READ, BorderWay.CHANGE),
    BorderKind.SUMMARY_TO_COME: (BorderWay.CHANGE,),
}
_ICONS = {BorderWay.CHANGE: "sliders-horizontal", BorderWay.READ: "file-text"}


class BorderStrip:
    """Laid out for a width at once. Where words and buttons do not fit into one line, the buttons stand below."""

    def __init__(self, kind: BorderKind, page: PageContext, width: int) -> None:
        self._page = page
        self._width = width
        theme = page.theme
        self.words = page.words.border(kind)
        self._flow = TextFlow((Span(self.words),), TextStyle("caption", "textSecondary"), theme)
        self._flow.lay_out(1 << 16)
        gap, row = theme.length("s"), theme.length("buttonSmall")
        captions = {way: page.words.border_way(way) for way in _WAYS[kind]}
        widths = {way: control_width(theme, ControlLook.CAPTION, words, _ICONS[way]) for way, words in captions.items()}
        buttons = sum(widths.values())
        words = ceil(self._flow.natural_width)
        self._beside = words + gap + buttons + 2 * (theme.length("xl") + gap) <= width
        if not self._beside:
            self._flow.lay_out(max(1, width))
            words = min(words, width)
        self._words_left = (width - words - (gap + buttons if self._beside else 0)) // 2
        self._words_top = (row - self._flow.height) // 2 if self._beside else gap
        top = 0 if self._beside else self._words_top + self._flow.height
        self.height = top + row
        self.words_rect = QRect(self._words_left, self._words_top, words, self._flow.height)
        x = self._words_left + words + gap if self._beside else (width - buttons) // 2
        self._controls = []
        for way, caption in captions.items():
            command = Command(Verb.CONTEXT, way.value)
            rect = QRect(x, top, widths[way], row)
            name = page.words.border_deed(self.words, caption)
            self._controls.append(Control(command, rect, name, _ICONS[way], ControlLook.CAPTION, caption))
            x += widths[way]

    def paint(self, painter: QPainter) -> None:
        """Paint everything but the buttons at the painter's origin."""
        theme = self._page.theme
        painter.save()
        painter.setPen(QPen(theme.color("borderDefault" if theme.scheme.high_contrast else "borderSubtle"), 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for left, right in self._rules():
            y = self.height // 2 if self._beside else 0
            painter.drawLine(QLineF(left, y, right, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._words_left, self._words_top)
        self._flow.paint(painter, QRect(0, 0, self._width, self._flow.height))
        painter.restore()

    def controls(self) -> Iterator[Control]:
        """Yield the buttons."""
        yield from self._controls

    def _rules(self) -> Iterator[tuple[int, int]]:
        if not self._beside:
            yield 0, self._width - 1
            return
        gap = self._page.theme.length("s")
        yield 0, self._words_left - gap
        yield self._controls[-1].rect.right() + 1 + gap, self._width - 1
