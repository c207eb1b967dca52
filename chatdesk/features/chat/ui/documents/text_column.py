"""The text of a document, section by section: what is sent with the question, and what was found in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit, QWidget

from chatdesk.features.chat.ui.documents.flowing_lines import without_joints
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_icon, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text import utf16

TextRange = tuple[int, int]
"""The start and end of a range in the text of a section, in UTF-16 units."""
_CHUNK_LENGTH = 4_000
"""Characters inserted at once: about 1 ms."""
_ROLE = "document"
_RULE, _RULE_GAP = 2, 14
"""Width of the rule beside what is sent, and its distance to the text, in pixels at 100 %."""
_EMPTY_SHARE = 0.45
"""Height of an empty line, as a share of a line: paragraphs are this far apart."""
_PARAGRAPH, _WIDE_PARAGRAPH = 100, 40
"""Characters from which a line without an empty line beside it is a paragraph, too. Chinese and Japanese need fewer."""
_FIRST_WIDE = "\u2e80"
_SECTION_SHARE = 1.2
"""Height of the empty line before a heading of a section."""
_HEADING_STATE = 1
"""Marks the blocks that are headings of sections."""
_HEADLINE = re.compile(r"^#{1,6} .*\n?", re.MULTILINE)
"""A heading in the text, as in Markdown."""
_WHOLE = 1 << 30


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range. Marks are in the order of the text. `section` is an index."""

    section: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionNote:
    """What is said at the end of a section's heading."""

    text: str
    is_sent: bool


@dataclass(frozen=True, slots=True)
class _ShownBlock:
    """A visible block: its rectangle in the viewport, and where it starts in the text of its section; negative for a heading."""

    block: QTextBlock
    bounds: QRectF
    section: int
    start: int
    length: int


class _Lines(QPlainTextDocumentLayout):
    """Lines of the same height, and empty lines that are lower."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.line_height = 22
        self.has_paragraphs = False
        """Whether long lines are apart from the others."""

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802 - Qt's name
        """Place the lines of a block, and return its size."""
        rect, layout = super().blockBoundingRect(block), block.layout()
        count = layout.lineCount()
        if not count:
            return rect
        height = float(self.line_height)
        if block.length() == 1:
            height *= _SECTION_SHARE if block.next().userState() == _HEADING_STATE else _EMPTY_SHARE
        leading = (height - layout.lineAt(0).height()) / 2
        if layout.lineAt(count - 1).position().y() != (count - 1) * height + leading:
            for number in range(count):
                line = layout.lineAt(number)
                line.setPosition(QPointF(line.position().x(), number * height + leading))
        rect.setHeight(count * height + self._gap_below(block))
        return rect

    def _gap_below(self, block: QTextBlock) -> float:
        below = block.next()
        if not self.has_paragraphs or block.length() <= 1 or below.length() <= 1:
            return 0
        return self.line_height * _EMPTY_SHARE if _is_paragraph(block) or _is_paragraph(below) else 0


class TextColumn(QPlainTextEdit):
    """The text. Sections are numbered from 0 here.

    What is marked or is not sent is painted, so that a change of it costs the same for any length. `source` returns what
    is added to a copy, given its first and last section.
    """

    scrolled = Signal()
    """The section at the top may be another one."""
    menu_requested = Signal(QPoint)

    def __init__(self, appearance: Appearance, source: Callable[[int, int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._source = source
        self._starts: list[int] = []
        """The first block of each section, which is its heading if it has one."""
        self._bodies: list[int] = []
        """The position of the text of each section."""
        self._has_headings = self._has_headlines = self._is_clipped = False
        self._marks: Sequence[Mark] = ()
        self._current: Mark | None = None
        self._passage: Mark | None = None
        self.ranges_along: Callable[[int], Sequence[TextRange]] = lambda _section: ((0, _WHOLE),)
        """Returns what is sent of a section."""
        self.note: Callable[[int], SectionNote | None] = lambda _section: None
        """Returns what is said about a section at the end of its heading."""
        self.leaves_page_keys = False
        """Whether PageUp and PageDown are left to the view, because the document has sections."""
        document = QTextDocument(self)
        self._lines = _Lines(document)
        document.setDocumentLayout(self._lines)
        self.setDocument(document)
        self.setObjectName("documentText")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        appearance.bind(self._restyle)

    # Filling it

    def clear_text(self, *, has_paragraphs: bool, has_headlines: bool) -> None:
        """Remove everything. Of the next text, each line may be a paragraph, and lines that begin with `#` may be headlines."""
        self.clear()
        self._lines.has_paragraphs, self._has_headlines = has_paragraphs, has_headlines
        self._starts, self._bodies = [], []
        self._marks, self._current, self._passage = (), None, None

    def insert(self, sections: Iterator[tuple[str, str]]) -> Iterator[None]:
        """Insert sections as pairs of heading and text, and yield after each chunk. Without a heading, there is only one section."""
        cursor = QTextCursor(self.document())
        strong, plain = QTextCharFormat(), QTextCharFormat()
        strong.setFont(self._appearance.theme.font("ui", strong=True))
        for heading, text in sections:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            if self._starts:
                cursor.insertText("\n\n", plain)
            self._has_headings = bool(heading)
            self._starts.append(cursor.blockNumber())
            if heading:
                cursor.insertText(utf16.paintable(heading), strong)
                cursor.block().setUserState(_HEADING_STATE)
                cursor.insertText("\n", plain)
            self._bodies.append(cursor.position())
            shown = utf16.paintable(text.replace("\r", " "))
            for start in range(0, len(shown), _CHUNK_LENGTH):
                chunk = shown[start : start + _CHUNK_LENGTH]
                at = 0
                for found in _HEADLINE.finditer(chunk) if self._has_headlines else ():
                    cursor.insertText(chunk[at : found.start()], plain)
                    cursor.insertText(found[0], strong)
                    at = found.end()
                cursor.insertText(chunk[at:], plain)
                if not start and len(self._starts) == 1:
                    self.moveCursor(QTextCursor.MoveOperation.Start)  # it has moved along with the text
                yield
            yield

    @property
    def count(self) -> int:
        """Number of sections that are in the text already."""
        return len(self._starts)

    def has_whole(self, section: int) -> bool:
        """Return whether the whole text of a section is there."""
        return section + 1 < len(self._starts)

    def heading(self, section: int) -> str:
        """Return the heading of a section."""
        return self.document().findBlockByNumber(self._starts[section]).text() if section < len(self._starts) else ""

    # Places

    def section_at_top(self) -> tuple[int, float]:
        """Return the section at the top, and the share of it that is above the view; at the end of the text, the last one."""
        bar = self.verticalScrollBar()
        if not self._starts:
            return 0, 0.0
        if bar.value() == bar.maximum() > 0:
            return len(self._starts) - 1, self._share_above(len(self._starts) - 1)
        section = max(0, bisect_right(self._starts, self.firstVisibleBlock().blockNumber()) - 1)
        return section, self._share_above(section)

    def section_at(self, position: int) -> int:
        """Return the section at a position in the whole text."""
        block = self.document().findBlock(position).blockNumber()
        return max(0, bisect_right(self._starts, block) - 1)

    def range_of_selection(self) -> Mark | None:
        """Return the selected range if it begins in the text of a section; its end is not beyond that section."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self._bodies:
            return None
        section = self.section_at(cursor.selectionStart())
        body, end = self._bodies[section], self._end(section)
        start, stop = max(body, cursor.selectionStart()), min(end, cursor.selectionEnd())
        return Mark(section, start - body, stop - body) if start < stop else None

    def scroll_to(self, section: int, share: float = 0.0) -> None:
        """Scroll a section to the top, or a part of it."""
        if 0 <= section < len(self._starts):
            first, last = self._starts[section], self._last_block(section)
            block = self.document().findBlockByNumber(first + int(share * (last - first)))
            self.verticalScrollBar().setValue(block.firstLineNumber())

    def place_cursor(self, section: int) -> None:
        """Move the text cursor to the beginning of a section."""
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(self._starts[section])))

    def show_range(self, mark: Mark) -> None:
        """Scroll so that a range is visible, a third below the top, with the text cursor at its beginning."""
        position = self._bodies[mark.section] + mark.start
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        block = cursor.block()
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        above = max(1, self.viewport().height() // (3 * self._lines.line_height))
        wanted = block.firstLineNumber() + max(0, line.lineNumber() if line.isValid() else 0) - above
        rect = self.cursorRect(cursor)
        if rect.top() < 0 or rect.bottom() > self.viewport().height() * 3 // 4:
            self.verticalScrollBar().setValue(max(0, wanted))

    def _share_above(self, section: int) -> float:
        first, last = self._starts[section], self._last_block(section)
        here = self.firstVisibleBlock().blockNumber()
        return min(1.0, max(0.0, (here - first) / max(1, last - first)))

    def _last_block(self, section: int) -> int:
        """Return the block after the last one of a section."""
        return self._starts[section + 1] if section + 1 < len(self._starts) else self.blockCount()

    def _end(self, section: int) -> int:
        """Return the position after the text of a section."""
        if section + 1 < len(self._starts):
            return self.document().findBlockByNumber(self._starts[section + 1]).position() - 2
        return self.document().characterCount() - 1

    # Marks

    def show_marks(self, marks: Sequence[Mark], current: Mark | None, passage: Mark | None) -> None:
        """Mark what was found, the current one of it, and a passage."""
        self._marks, self._current, self._passage = marks, current, passage
        self.viewport().update()

    def marks_in_view(self) -> list[Mark]:
        """Return the passage and what was found, as far as they may be in view, in the order in which they are painted."""
        if not self._starts:
            return []
        first, last = self.firstVisibleBlock(), self.cursorForPosition(QPoint(0, self.viewport().height())).block()
        top, bottom = self._vertical_range(first.position()), self._vertical_range(last.position() + last.length() - 1)
        begin = bisect_left(self._marks, top, key=lambda mark: (mark.section, mark.end))
        end = bisect_right(self._marks, bottom, key=lambda mark: (mark.section, mark.start))
        passage = self._passage
        has_passage = passage and (passage.section, passage.end) >= top and (passage.section, passage.start) <= bottom
        return [*([passage] if passage and has_passage else ()), *self._marks[begin:end]]

    def _vertical_range(self, position: int) -> tuple[int, int]:
        """Return the section at a position, and the distance from the beginning of its text; negative in the heading."""
        section = self.section_at(position)
        return section, position - self._bodies[section]

    def _in_passage(self, mark: Mark) -> bool:
        passage = self._passage
        return (
            passage is not None
            and passage != mark
            and passage.section == mark.section
            and passage.start <= mark.start < passage.end
        )

    def _left_out(self, section: int) -> Iterator[TextRange]:
        """Yield what is not sent of a section."""
        at = 0
        for start, end in self.ranges_along(section):
            if start > at:
                yield at, start
            at = max(at, end)
        yield at, _WHOLE

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks below the text, and over it a veil on what is not sent, rules beside the rest, and headings.

        Extra selections are no alternative: with some parts of several ones, Qt does not paint the text between them.
        """
        painter, marks, theme = QPainter(self.viewport()), self.marks_in_view(), self._appearance.theme
        found, blocks = QRegion(), list(self._blocks_in_view())
        for mark in marks:
            is_current = mark in {self._current, self._passage} or self._in_passage(mark)
            for rect in _rects(blocks, mark.section, mark.start, mark.end):
                painter.fillRect(rect, theme.color("findCurrent" if is_current else "findHit"))
                found += rect
        painter.end()
        super().paintEvent(event)
        painter.begin(self.viewport())
        self._dim_unsent(painter, blocks, found)
        for shown in blocks:
            if self._has_headings and shown.block.blockNumber() == self._starts[shown.section]:
                self._paint_heading(painter, shown.bounds, shown.section)
            elif shown.length > 1:
                self._paint_rule(painter, shown.block, shown.bounds, shown.section)
        for mark in filter(self._in_passage, marks):
            for rect in _rects(blocks, mark.section, mark.start, mark.end):
                painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 1, theme.color("text"))

    def _blocks_in_view(self) -> Iterator[_ShownBlock]:
        """Yield the visible blocks."""
        block, offset, bottom = self.firstVisibleBlock(), self.contentOffset(), self.viewport().height()
        while block.isValid() and self._starts:
            bounds = self.blockBoundingGeometry(block).translated(offset)
            if bounds.top() > bottom:
                return
            section = max(0, bisect_right(self._starts, block.blockNumber()) - 1)
            yield _ShownBlock(block, bounds, section, block.position() - self._bodies[section], block.length())
            block = block.next()

    def _dim_unsent(self, painter: QPainter, blocks: Sequence[_ShownBlock], found: QRegion) -> None:
        """Dim what is not sent, except what was found."""
        veiled = QRegion()
        for section in {shown.section for shown in blocks}:
            for start, end in self._left_out(section):
                for rect in _rects(blocks, section, start, end):
                    veiled += rect
        painter.setClipRegion(veiled - found)
        painter.fillRect(self.viewport().rect(), self._veil("textTertiary"))
        painter.setClipping(False)

    def _veil(self, ink: str) -> QColor:
        """Return the colour of the ground, as translucent as needed to give text below it another colour."""
        theme = self._appearance.theme
        ground, text, wanted = theme.color("page"), theme.color("text"), theme.color(ink)
        distance = ground.lightness() - text.lightness()
        ground.setAlphaF(min(1.0, max(0.0, (wanted.lightness() - text.lightness()) / distance)) if distance else 0.0)
        return ground

    def _paint_rule(self, painter: QPainter, block: QTextBlock, rect: QRectF, section: int) -> None:
        theme, layout = self._appearance.theme, block.layout()
        start, height = block.position() - self._bodies[section], self._lines.line_height
        along = self.ranges_along(section)
        lines = [
            number
            for number in range(layout.lineCount())
            if _touches(along, start + layout.lineAt(number).textStart(), layout.lineAt(number).textLength())
        ]
        if not lines:
            return
        width, gap = max(1, round(_RULE * theme.scale)), round(_RULE_GAP * theme.scale)
        left = self.document().documentMargin() - gap
        if self.isRightToLeft():
            left = self.viewport().width() - left - width
        top = rect.top() + lines[0] * height
        painter.fillRect(QRectF(left, top, width, (lines[-1] + 1 - lines[0]) * height), theme.color("accent"))

    def _paint_heading(self, painter: QPainter, rect: QRectF, section: int) -> None:
        theme, margin = self._appearance.theme, self.document().documentMargin()
        if section:
            y = rect.top() - self._lines.line_height * _SECTION_SHARE / 2
            start = QPointF(margin - round(_RULE_GAP * theme.scale), y)
            draw_line(painter, start, self.viewport().width() - start.x() - margin, theme.color("borderSubtle"))
        painter.fillRect(rect, self._veil("textSecondary"))
        note = self.note(section)
        if note is None:
            return
        color = theme.color("accentText" if note.is_sent else "textTertiary")
        bounds = QRectF(margin, rect.top(), self.viewport().width() - 2 * margin, rect.height())
        painter.setFont(theme.font("caption"))
        width = QFontMetricsF(painter.font()).horizontalAdvance(note.text)
        icon = theme.length("icon.small") + theme.length("xs") if note.is_sent else 0
        heading = self.document().findBlockByNumber(self._starts[section]).layout()
        if heading.lineCount() != 1 or heading.lineAt(0).naturalTextWidth() + width + 2 * icon > bounds.width():
            return
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, bounds, note.text, color, end)
        if icon:
            size = theme.length("icon.small")
            left = bounds.left() + width + theme.length("xs") if self.isRightToLeft() else bounds.right() - width - icon
            draw_icon(painter, theme, "check", color, QRectF(left, rect.top(), size, rect.height()), size)

    def _on_range(self, _minimum: int, maximum: int) -> None:
        # Qt moves the bar to its new end next, which is no scrolling of the user.
        self._is_clipped = self.verticalScrollBar().value() > maximum

    def _on_scroll(self) -> None:
        if self._is_clipped:
            self._is_clipped = False
        else:
            self.scrolled.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "page"))
        self.setFont(theme.font(_ROLE))
        self._lines.line_height = theme.line(_ROLE)
        self.document().setDocumentMargin(theme.length("l") + theme.length("xs"))
        self.setViewportMargins(theme.length("m"), 0, 0, 0)

    # Keys, copying

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that turn pages to the view."""
        if self.leaves_page_keys and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def selected_text(self) -> str:
        """Return the selected text."""
        text = without_joints(self.textCursor().selectedText())
        return text.replace("\N{PARAGRAPH SEPARATOR}", "\n").replace("\N{LINE SEPARATOR}", "\n")

    def selected_source(self) -> str:
        """Return the source of the selected text."""
        cursor = self.textCursor()
        return self._source(self.section_at(cursor.selectionStart()), self.section_at(cursor.selectionEnd()))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected text with its source."""
        data = QMimeData()
        data.setText(f"{self.selected_text()}\n[{self.selected_source()}]")
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the view."""
        self.menu_requested.emit(event.globalPos())


def _is_paragraph(block: QTextBlock) -> bool:
    return block.length() > (_WIDE_PARAGRAPH if block.text()[:1] >= _FIRST_WIDE else _PARAGRAPH)


def _rects(blocks: Sequence[_ShownBlock], section: int, start: int, end: int) -> Iterator[QRect]:
    """Yield where a range of a section is in the viewport: a rectangle for each line."""
    for shown in blocks:
        before = shown.start
        if shown.section != section or before < 0 or before >= end or before + shown.length <= start:
            continue
        layout = shown.block.layout()
        for line in map(layout.lineAt, range(layout.lineCount())):
            first = max(start - before, line.textStart())
            last = min(end - before, line.textStart() + line.textLength())
            if first < last:
                natural = line.naturalTextRect()  # without the spaces at the end
                left, right = sorted(
                    min(max(_x(line, each), natural.left()), natural.right()) for each in (first, last)
                )
                top = shown.bounds.top() + line.position().y() - 1
                yield QRectF(shown.bounds.left() + left, top, right - left, line.height() + 2).toAlignedRect()


def _x(line: QTextLine, position: int) -> float:
    result: Any = line.cursorToX(position)
    return float(result[0])


def _touches(ranges: Sequence[TextRange], start: int, length: int) -> bool:
    """Return whether one of the ranges has a character of a line."""
    return any(first < start + length and last > start for first, last in ranges)
