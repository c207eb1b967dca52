"""The list of the outline: how its rows look, which of them one is at, and choosing one. What it holds is the model's."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.features.chat.ui.transcript.outline.outline_model import OutlineModel
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_box

_Index = QModelIndex | QPersistentModelIndex
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class OutlineList(QListView):
    """`chosen` with the row."""

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
        appearance.changed.connect(self._restyle)
        self._restyle()

    @property
    def place(self) -> int:
        """The row one is at; -1 for none."""
        return self._rows.place

    def set_place(self, row: int) -> None:
        """Show which row one is at, and bring it into sight unless somebody is in the list himself."""
        if row == self._rows.place:
            return
        self._rows.place = row
        self.viewport().update()
        if row >= 0 and not self.hasFocus() and not self.underMouse():
            self.scrollTo(self.model().index(row, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin where one is reading; with the mouse, where it was pressed."""
        if self._rows.place >= 0 and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self.model().index(self._rows.place, 0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose. Esc and letters are for others."""
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


class _Rows(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, model: OutlineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model
        self.place = -1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, self._appearance.theme.length("buttonSmall"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._appearance.theme
        entry = self._model.entries[index.row()]
        is_question = entry.is_question
        here = index.row() == self.place
        inset = theme.length("s")
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        painter.save()
        radius = theme.length("radius.small")
        if here:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, box, radius, theme.color("selected"), border)
        if option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, radius, theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            ring = box.adjusted(1, 1, -1, -1)
            draw_box(painter, ring, radius, border=theme.color("focus"), width=theme.stroke("focus"))
        indent = theme.length("s") + (0 if is_question else theme.length("m") * min(entry.level, 4))
        font = theme.font("ui", strong=is_question)
        words = box.adjusted(indent, 0, -theme.length("s"), 0)
        elided = QFontMetricsF(font).elidedText(entry.words, Qt.TextElideMode.ElideRight, words.width())
        painter.setFont(font)
        draw_words(painter, words, elided, theme.color("text" if is_question or here else "textSecondary"), _LEFT)
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
