"""The documents of a question: a row for each, which opens it."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.control_painter import write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.ui_kit.pictures.attachment_facts import document_facts, document_icon
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import plain_line

_ROW = 36
"""Pixels at 100 %."""


class MessageDocuments:
    """The rows, laid out on creation within `width`. Coordinates are relative to their corner."""

    def __init__(self, documents: Sequence[DocumentPart], page: PageContext, width: int) -> None:
        self._page = page
        theme = page.theme
        self._rows = [(each, plain_line(each.name), document_facts(each)) for each in documents]
        self._pad, self._icon, self._gap = theme.length("m"), theme.length("icon.ui"), theme.length("s")
        names, facts = QFontMetricsF(theme.font("ui")), QFontMetricsF(theme.font("caption"))
        shown = facts.horizontalAdvance(page.texts.shown_at_right) + theme.length("icon.small") + theme.length("xs")
        widths = [
            names.horizontalAdvance(name) + max(shown, facts.horizontalAdvance(fact)) for _, name, fact in self._rows
        ]
        around = 2 * self._pad + self._icon + 2 * self._gap + 2
        self.width = min(width, max((round(each) + around for each in widths), default=0))
        self._height = round(_ROW * theme.scale)
        self._step = self._height + theme.length("xs")
        self.height = len(documents) * self._step - theme.length("xs") if documents else 0

    def controls(self, corner: QPoint) -> Iterator[Control]:
        """Yield the controls that open the documents."""
        for number, (_, name, facts) in enumerate(self._rows):
            title = self._page.texts.open_document.format(name=name)
            command = Command(Verb.OPEN_DOCUMENT, str(number))
            label = listed(
                filter(None, (title, facts, self._page.texts.shown_at_right if self._is_open(number) else ""))
            )
            yield Control(command, self._rect(number).translated(corner), label, style=ControlStyle.AREA)

    def paint(self, painter: QPainter, corner: QPoint) -> None:
        """Paint the rows."""
        for number in range(len(self._rows)):
            self._paint_row(painter, self._rect(number).translated(corner), number)

    def _is_open(self, number: int) -> bool:
        return self._rows[number][0].identity == self._page.citations.open_document

    def _rect(self, number: int) -> QRect:
        return QRect(0, number * self._step, self.width, self._height)

    def _paint_row(self, painter: QPainter, row: QRect, number: int) -> None:
        theme, (document, name, facts), is_open = self._page.theme, self._rows[number], self._is_open(number)
        border = "accentBorder" if is_open else "borderSubtle" if theme.scheme.high_contrast else ""
        fill, ink = ("accentSoft", "accentText") if is_open else ("raised", "textSecondary")
        line = theme.color(border) if border else None
        draw_box(painter, QRectF(row), theme.length("radius.control"), theme.color(fill), line)
        icon_rect = QRectF(row.left() + self._pad, row.top(), self._icon, row.height())
        draw_icon(painter, theme, document_icon(document), theme.color(ink), icon_rect, self._icon)
        names, captions = theme.font("ui"), theme.font("caption")
        left = row.left() + self._pad + self._icon + self._gap
        available = row.right() + 1 - self._pad - left
        facts_width = QFontMetricsF(captions).horizontalAdvance(facts)
        shown = QFontMetricsF(names).elidedText(
            name, Qt.TextElideMode.ElideMiddle, max(available / 2, available - facts_width - self._gap)
        )
        write(painter, shown, names, theme.color("text"), left, row)
        left += round(QFontMetricsF(names).horizontalAdvance(shown)) + self._gap
        if is_open:
            facts = self._page.texts.shown_at_right
            small = theme.length("icon.small")
            draw_icon(painter, theme, "eye", theme.color(ink), QRectF(left, row.top(), small, row.height()), small)
            left += small + theme.length("xs")
        rest = QFontMetricsF(captions).elidedText(
            facts, Qt.TextElideMode.ElideRight, row.right() + 1 - self._pad - left
        )
        write(painter, rest, captions, theme.color(ink), left, row)
