"""The outline: a list, and a text for an empty outline. It works only while visible."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.chat.ui.side_panel_frame import Pane
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.outline.outline_model import (
    QUESTION,
    OutlineEntry,
    OutlineModel,
    heading_entries,
    may_have_headings,
    question_entry,
)
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import first_difference, parsed_blocks
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.chat.message import Role
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.bounded_parser import CHARACTERS
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text.sliced_work import SlicedWork
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label


class OutlineUpdater(QObject):
    """Finds the entries of the outline and keeps them up to date: questions at once, headings in slices.

    It works only between `begin` and `end`, while the outline is visible. `progressed` is emitted when entries may
    have been added.
    """

    progressed = Signal()

    def __init__(self, document: Document, model: OutlineModel, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._model = model
        self._work = SlicedWork(self)
        self._work.progressed.connect(self.progressed)
        self._growing: tuple[int, Sequence[Block]] = (-1, ())
        """The index of the streaming answer and its blocks at the last update."""

    @property
    def working(self) -> bool:
        """Whether answers remain to be examined."""
        return self._work.active

    def begin(self, first: int) -> None:
        """Create the outline of the current chat, starting with the answers from a message on."""
        self._growing = (-1, ())
        document = self._document
        self._model.show([question_entry(index, document.message(index).text) for index in document.questions])
        count = len(document)
        self._work.start(self._examine((*range(first, count), *range(min(first, count)))))

    def end(self) -> None:
        """Clear the outline."""
        self._work.stop()
        self._growing = (-1, ())
        self._model.show(())

    def message_changed(self, index: int) -> None:
        """Update the entries of a new or changed message."""
        message = self._document.message(index)
        item = self._document.loaded_item(index)
        if message.role is Role.USER:
            self._model.replace(index, QUESTION, (question_entry(index, message.text),))
        elif isinstance(item, AnswerItem):
            self._update_blocks(index, item.blocks(TEXT), grows=item.streaming)
        else:
            for _ in self._examine((index,)):
                pass

    def _examine(self, indexes: Sequence[int]) -> Iterator[None]:
        for index in indexes:
            message = self._document.message(index)
            if message.role is Role.USER or not may_have_headings(message.text[:CHARACTERS]):
                yield
                continue
            for blocks in parsed_blocks(self._document, index, TEXT, message.text):
                if blocks is not None:
                    self._model.replace(index, 0, tuple(heading_entries(index, blocks)))
                yield

    def _update_blocks(self, index: int, blocks: Sequence[Block], *, grows: bool) -> None:
        """Replace the entries of changed blocks: in a streaming answer, those at its end."""
        growing, before = self._growing
        first = first_difference(before, blocks) if growing == index else 0
        self._model.replace(index, first, tuple(heading_entries(index, blocks, first)))
        self._growing = (index, tuple(blocks)) if grows else (-1, ())


_Index = QModelIndex | QPersistentModelIndex
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class OutlineList(ListView):
    """The list of the outline. `chosen` carries the row; the model has the entries."""

    chosen = Signal(int)

    def __init__(self, appearance: Appearance, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows = _Rows(appearance, model, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        appearance.bind(self._restyle)

    @property
    def current_row(self) -> int:
        """The row of the current position; -1 for none."""
        return self._rows.current_row

    def set_current_row(self, row: int) -> None:
        """Set the row of the current position and scroll to it, unless the user is using the list."""
        if row == self._rows.current_row:
            return
        self._rows.current_row = row
        self.viewport().update()
        if row >= 0 and not self.hasFocus() and not self.underMouse():
            self._scroll_to(row)

    def _scroll_to(self, row: int) -> None:
        """Show a row, with a whole row at the top: the first one must not be half hidden below the head of the panel."""
        self.scrollTo(self.model().index(row, 0))
        bar, height = self.verticalScrollBar(), self.sizeHintForRow(row)
        bar.setValue(-(-bar.value() // height) * height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave space below the last row that fits, so that whole rows are shown at the end of the list as well."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        height = self._appearance.theme.length("buttonSmall")
        self.setViewportMargins(0, 0, 0, self.contentsRect().height() % height)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the current position; with the mouse, at the pressed row."""
        if self._rows.current_row >= 0 and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self.model().index(self._rows.current_row, 0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter; leave Esc and letters to others."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        elif event.text().strip() or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._appearance.theme.color("sidebar"))
        self.setPalette(palette)
        self.doItemsLayout()
        self._fit_rows()


class _Rows(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model
        self.current_row = -1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, self._appearance.theme.length("buttonSmall"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._appearance.theme
        entry = self._model.entries[index.row()]
        is_question = entry.is_question
        is_current = index.row() == self.current_row
        inset = theme.length("s")
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        painter.save()
        radius = theme.length("radius.small")
        if is_current:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, box, radius, theme.color("selected"), border)
        if option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, radius, theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            ring = box.adjusted(1, 1, -1, -1)
            draw_box(painter, ring, radius, border=theme.color("focus"), width=theme.stroke("focus"))
        indent = theme.length("s") + (0 if is_question else theme.length("m") * min(entry.level, 4))
        font = theme.font("ui", strong=is_question)
        text_rect = box.adjusted(indent, 0, -theme.length("s"), 0)
        elided = QFontMetricsF(font).elidedText(entry.text, Qt.TextElideMode.ElideRight, text_rect.width())
        painter.setFont(font)
        draw_text(
            painter, text_rect, elided, theme.color("text" if is_question or is_current else "textSecondary"), _LEFT
        )
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class OutlinePanel(Translated, Pane):
    """The outline. `chosen` carries the entry to go to."""

    chosen = Signal(OutlineEntry)

    def __init__(self, appearance: Appearance, document: Document, scroller: PageScroller, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self._appearance = appearance
        self._document = document
        self._scroller = scroller
        self._model = OutlineModel(self)
        self._outline_updater = OutlineUpdater(document, self._model, self)
        self._outline_updater.progressed.connect(self.follow)
        self._empty = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self.list = OutlineList(appearance, self._model, self)
        self.list.chosen.connect(self._choose)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self.list, 1)
        self._model.rowsInserted.connect(self._update_empty_text)
        self._model.rowsRemoved.connect(self._update_empty_text)
        self._model.modelReset.connect(self._update_empty_text)
        appearance.bind(self._restyle)
        self._retranslate()
        self._update_empty_text()

    def focus(self) -> None:
        """Focus the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def outline_updater(self) -> OutlineUpdater:
        """The updater of the list."""
        return self._outline_updater

    def chat_changed(self) -> None:
        """Create the outline of other messages."""
        if self.isVisible():
            self._outline_updater.begin(max(0, self._document.at(self._scroller.value)))

    def message_changed(self, index: int) -> None:
        """Update the outline for a message."""
        if self.isVisible():
            self._outline_updater.message_changed(index)
            self.follow()

    def follow(self) -> None:
        """Mark the current entry: the last one above a third of the view, or at the end of the page the last of all."""
        if not self.isVisible():
            return
        height = self._scroller.view_height
        y = self._scroller.value + (height if self._scroller.at_end else height // 3)
        index = self._document.at(y)
        if index < 0 or not self._model.entries:
            self.list.set_current_row(-1)
            return
        rows = self._model.rows_of(index)
        above = [row for row in rows if self._y_of(self._model.entries[row]) <= y]
        self.list.set_current_row(above[-1] if above else rows.start - 1)

    def _y_of(self, entry: OutlineEntry) -> int:
        top = self._document.top(entry.message)
        if entry.is_question:
            return top
        item = self._document.loaded_item(entry.message)
        rect = item.line_rect(TEXT, ColumnPosition(entry.block, 0)) if item else None
        return top + rect.top() if rect else NOWHERE

    def _choose(self, row: int) -> None:
        self.chosen.emit(self._model.entries[row])

    def _update_empty_text(self) -> None:
        self._empty.setVisible(not self._model.entries)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        inset = theme.length("s")
        self._empty.setContentsMargins(theme.length("l"), inset, theme.length("l"), 0)
        self._layout.setContentsMargins(0, 0, 0, inset)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Outline"))
        self._empty.set_text(self.tr("Questions and headings in the chat appear here."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.chat_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Clear everything while hidden."""
        super().hideEvent(event)
        self._outline_updater.end()
