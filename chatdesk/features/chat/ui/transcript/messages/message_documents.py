"""The documents of a question: a row for each, which opens it."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.control_painter import write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.ui_kit.pictures.attachment_facts import document_facts, document_icon
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
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
        widths = [names.horizontalAdvance(name) + facts.horizontalAdvance(fact) for _, name, fact in self._rows]
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
            label = f"{title}, {facts}" if facts else title
            yield Control(command, self._rect(number).translated(corner), label, look=ControlLook.AREA)

    def paint(self, painter: QPainter, corner: QPoint) -> None:
        """Paint the rows."""
        for number, (document, name, facts) in enumerate(self._rows):
            self._paint_row(painter, self._rect(number).translated(corner), document, name, facts)

    def _rect(self, number: int) -> QRect:
        return QRect(0, number * self._step, self.width, self._height)

    def _paint_row(self, painter: QPainter, row: QRect, document: DocumentPart, name: str, facts: str) -> None:
        theme = self._page.theme
        border = theme.color("borderSubtle") if theme.scheme.high_contrast else None
        draw_box(painter, QRectF(row), theme.length("radius.control"), theme.color("raised"), border)
        place = QRectF(row.left() + self._pad, row.top(), self._icon, row.height())
        draw_icon(painter, theme, document_icon(document), theme.color("textSecondary"), place, self._icon)
        names, captions = theme.font("ui"), theme.font("caption")
        left = row.left() + self._pad + self._icon + self._gap
        room = row.right() + 1 - self._pad - left
        facts_width = QFontMetricsF(captions).horizontalAdvance(facts)
        shown = QFontMetricsF(names).elidedText(
            name, Qt.TextElideMode.ElideMiddle, max(room / 2, room - facts_width - self._gap)
        )
        write(painter, shown, names, theme.color("text"), left, row)
        left += round(QFontMetricsF(names).horizontalAdvance(shown)) + self._gap
        rest = QFontMetricsF(captions).elidedText(
            facts, Qt.TextElideMode.ElideRight, row.right() + 1 - self._pad - left
        )
        write(painter, rest, captions, theme.color("textSecondary"), left, row)
