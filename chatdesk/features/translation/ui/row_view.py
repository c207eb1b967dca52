"""Row of the translation page: source and result side by side, with notes below. `rows_view.py` reuses a few widgets for all rows."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.translation.domain.document import RowStatus, TranslationRow
from chatdesk.features.translation.domain.glossary import Occurrence
from chatdesk.features.translation.domain.segments import SegmentKind
from chatdesk.features.translation.ui.cell_edit import CellEdit
from chatdesk.features.translation.ui.row_notes import Note, RowNotes
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated

_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_MAX_CODE_LINES = 4
"""Number of displayed lines of code and similar segments; the text itself is complete."""
TEXT_INDENT = 40
"""Pixels at 100 % from the edge of a half to its text. In the left one it is the gutter, for the bullet of an item."""
CAPTION_GUTTER = 52
"""The same if the gutter contains times of captions."""


@dataclass(frozen=True, slots=True)
class RowContent:
    """Content of a row. `position` is its position among all rows, starting from 1."""

    row: TranslationRow
    position: int
    terms: tuple[Occurrence, ...] = ()
    notes: tuple[Note, ...] = ()
    working: bool = False
    placeholder: str = ""
    """Placeholder of an empty source."""
    result_placeholder: str = ""
    verbatim_note: str = ""
    """Text at the end of a row that is not translated."""


class RowView(Translated, QWidget):
    """Widget for one row at a time: call `show_content`, then `arrange` with the available width."""

    source_written = Signal(int, str, bool)
    result_written = Signal(int, str, bool)
    acted = Signal(int, str)
    entered = Signal(int)
    grown = Signal(int)
    file_offered = Signal(Path)
    versions_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._content: RowContent | None = None
        self._stacked = False
        self._gutter = 0
        self.source = CellEdit(appearance, self)
        self.source.setObjectName("rowSource")
        self.result = CellEdit(appearance, self, highlights_sentence=True)
        self.result.setObjectName("rowResult")
        self.notes = RowNotes(appearance, self)
        self.source.written.connect(lambda text, done: self.source_written.emit(self.number, text, done))
        self.result.written.connect(lambda text, done: self.result_written.emit(self.number, text, done))
        self.notes.acted.connect(lambda action_id: self.acted.emit(self.number, action_id))
        for edit in (self.source, self.result):
            edit.grown.connect(lambda: self.grown.emit(self.number))
            edit.focus_changed.connect(self._enter)
            edit.file_offered.connect(self.file_offered)
            edit.versions_requested.connect(self.versions_requested)

    @property
    def number(self) -> int:
        """Number of the displayed row; -1 for none."""
        return self._content.row.number if self._content else -1

    def stops(self) -> list[QWidget]:
        """Return the focusable widgets in tab order."""
        edits: list[QWidget] = [self.source] if self.source.isVisibleTo(self) else []
        if self.result.isVisibleTo(self):
            edits.append(self.result)
        return [*edits, *self.notes.buttons()]

    def show_content(self, content: RowContent) -> None:
        """Display a row."""
        if content == self._content:
            return
        if content.row.number != self.number:
            self.source.forget()
            self.result.forget()
        self._content = content
        row = content.row
        is_verbatim = row.status is RowStatus.VERBATIM and bool(row.segment.text)
        code = row.segment.kind is SegmentKind.VERBATIM
        shown = _first_lines(row.segment.text) if code else row.segment.text
        heading = row.segment.kind is SegmentKind.HEADING
        self.source.set_style("code" if code else "reading", strong=heading, muted=code)
        self.source.setReadOnly(shown != row.segment.text)
        self.result.set_style("reading", strong=heading)
        self.source.set_text(shown)
        self.source.set_terms(content.terms)
        self.source.setPlaceholderText(content.placeholder)
        self.result.setPlaceholderText(content.result_placeholder)
        self.result.set_text(row.result)
        self.result.setVisible(not is_verbatim)
        self.notes.show_notes(content.notes)
        self._retranslate()
        self.update()

    def arrange(self, width: int, *, stacked: bool, gutter: int, least: int = 0) -> int:
        """Lay out the row and return its height. `least` is the minimum height in pixels of a single row."""
        theme = self._appearance.theme
        self._stacked, self._gutter = stacked, gutter
        pad, inner = theme.length("l"), theme.length("m")
        left, middle = gutter, width // 2
        result_shown = not self.result.isHidden()
        column = (width if stacked or not result_shown else middle) - left - pad
        self.source.resize(column, self.source.height())
        source = max(self.source.text_height(), (least // 2 if stacked else least) - 2 * inner)
        self.source.setGeometry(left, inner, column, source)
        if not result_shown:
            self.notes.hide()
            return source + 2 * inner
        start = left if stacked else middle + round(TEXT_INDENT * theme.scale)
        top = inner + source + inner if stacked else inner
        column = width - start - pad
        self.result.resize(column, self.result.height())
        result = self.result.text_height()
        if least and not self.notes.text():
            result = max(result, (least - top if stacked else least - inner) - inner)
        self.result.setGeometry(start, top, column, result)
        notes = self.notes.lay_out(column)
        self.notes.setVisible(notes > 0)
        notes_top = top + result + (theme.length("xs") if notes else 0)
        self.notes.setGeometry(start, notes_top, column, notes)
        return max(notes_top + notes, inner + source) + inner

    def restyle(self) -> None:
        """Apply the current theme."""
        self.source.restyle()
        self.result.restyle()

    def _enter(self, here: bool) -> None:
        self.update()
        if here:
            self.entered.emit(self.number)

    def _retranslate(self) -> None:
        if self._content:
            self.source.setAccessibleName(self.tr("Source, row {number}").format(number=self._content.position))
            self.result.setAccessibleName(self.tr("Translation, row {number}").format(number=self._content.position))
            self.result.setAccessibleDescription(self.notes.text())

    def _cell(self, edit: CellEdit) -> QRect:
        pad = self._appearance.theme.length("xs")
        return edit.geometry().adjusted(-2 * pad, -pad, 2 * pad, pad)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the separators, the mark and the frame of the focused text."""
        if not self._content:
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        line = theme.color("borderSubtle")
        result_shown = not self.result.isHidden()
        if self._content.verbatim_note:
            painter.fillRect(self.rect(), theme.color("sunken"))
            painter.setFont(theme.font("caption"))
            area = QRectF(self.rect()).adjusted(0, 0, -theme.length("l"), 0)
            draw_text(painter, area, self._content.verbatim_note, theme.color("textTertiary"), _END)
        draw_line(painter, QPointF(0, self.height() - 1), self.width(), line)
        if result_shown and not self._stacked:
            draw_line(painter, QPointF(self.width() // 2, 0), self.height(), line, vertical=True)
        self._draw_mark(painter)
        radius = theme.length("radius.control")
        if self._stacked and result_shown:
            draw_box(painter, QRectF(self._cell(self.result)), radius, theme.color("sunken"))
        for edit in (self.source, self.result):
            if edit.hasFocus() and not edit.isReadOnly():
                color, width = theme.color("accent"), theme.stroke("focus")
                draw_box(painter, QRectF(self._cell(edit)), radius, border=color, width=width)

    def _draw_mark(self, painter: QPainter) -> None:
        content, theme = self._content, self._appearance.theme
        if not content or not self._gutter:
            return
        mark = _mark(content.row)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textTertiary"))
        available = QRect(0, self.source.y(), self._gutter - theme.length("m"), theme.line("reading"))
        shown = painter.fontMetrics().elidedText(mark, Qt.TextElideMode.ElideRight, available.width())
        painter.drawText(available, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, shown)


def has_time(row: TranslationRow) -> bool:
    """Return whether a row is a caption with a time."""
    return "-->" in row.segment.before


def _mark(row: TranslationRow) -> str:
    """Return the mark of a row in its text: `#`, `-`, `1.`, or the time of a caption; empty for none."""
    before = row.segment.before.strip()
    if not before:
        return ""
    last = before.splitlines()[-1]
    if "-->" in last:
        time = last.split("-->")[0].strip().replace(",", ".").split(".")[0]
        return time.removeprefix("00:")
    return plain_line(last)[:6]


def _first_lines(text: str) -> str:
    lines = text.splitlines()
    return text if len(lines) <= _MAX_CODE_LINES else "\n".join([*lines[: _MAX_CODE_LINES - 1], "…"])
