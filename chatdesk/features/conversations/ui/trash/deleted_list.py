"""List of deleted items: handles keyboard and mouse. `deleted_rows.py` provides its rows."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.features.conversations.ui.trash.deleted_rows import DeletedRows, Index
from chatdesk.kernel.chat.trash import TrashKind
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import DELETE_KEYS, ENTER_KEYS, RowDelegate, RowList
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind

_AT_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_MIN_NAME_WIDTH = 120
"""Minimum width in px at 100 % scale for the name: if less is left, *days left* moves to the second line."""


@dataclass(frozen=True, slots=True)
class DeletedRowContent:
    """Content and state of a row. `end` is the edge of its buttons: on the right or, in a right-to-left layout, on the left."""

    icon: str
    name: str
    line: str
    days: str
    end: int
    hovered: bool = False
    focused: bool = False
    first: bool = False


def row_height(theme: Theme) -> int:
    """Return the height of a row in px."""
    return theme.length("rowDeleted")


def draw_row(painter: QPainter, theme: Theme, rect: QRectF, view: QRectF, content: DeletedRowContent) -> None:
    """Paint a row into `rect`: icon, name, time of deletion and days left. Backgrounds are clipped to the rounded corners of `view`."""
    mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    if content.hovered or content.focused:
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(view, theme.length("card") - 1, theme.length("card") - 1)
        painter.setClipPath(path)
        if content.hovered:
            painter.fillRect(rect, theme.color("hover"))
        painter.restore()
        if content.focused:
            inset = theme.length("hair")
            box = rect.adjusted(inset, inset, -inset, -inset)
            draw_box(
                painter, box, theme.length("radius.control"), border=theme.color("focus"), width=theme.stroke("focus")
            )
    if not content.first:
        draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))
    side, gap, tile = theme.length("l"), theme.length("m"), theme.length("button")
    left, right = (content.end + gap, rect.right() - side) if mirrored else (rect.left() + side, content.end - gap)
    tile_rect = QRectF(right - tile if mirrored else left, rect.center().y() - tile / 2, tile, tile)
    draw_box(painter, tile_rect, theme.length("radius.control"), fill=theme.color("bubble"))
    draw_icon(painter, theme, content.icon, theme.color("textSecondary"), tile_rect, theme.length("icon.ui"))
    text_rect = QRectF(left, rect.top(), right - left, rect.height())
    text_rect = text_rect.adjusted(0, 0, -tile - gap, 0) if mirrored else text_rect.adjusted(tile + gap, 0, 0, 0)
    _draw_text(painter, theme, text_rect, content, mirrored=mirrored)


def _draw_text(
    painter: QPainter, theme: Theme, text_rect: QRectF, content: DeletedRowContent, *, mirrored: bool
) -> None:
    caption = theme.font("caption")
    days = QFontMetricsF(caption).horizontalAdvance(content.days) + theme.length("m")
    line = content.line
    if text_rect.width() - days >= _MIN_NAME_WIDTH * theme.scale:
        painter.setFont(caption)
        draw_text(painter, text_rect, content.days, theme.color("textTertiary"), _AT_END)
        text_rect = text_rect.adjusted(days if mirrored else 0, 0, 0 if mirrored else -days, 0)
    else:
        line = f"{content.days} · {line}"
    top = text_rect.center().y() - (theme.line("ui") + theme.line("caption")) / 2
    for text, role, color in ((content.name, "ui", "text"), (line, "caption", "textTertiary")):
        painter.setFont(theme.font(role))
        line_rect = QRectF(QPointF(text_rect.left(), top), QPointF(text_rect.right(), top + theme.line(role)))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line_rect.width()))
        draw_text(painter, line_rect, shown, theme.color(color), _AT_START)
        top += theme.line(role)


_COMPACT_BELOW = 480
_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class RowButtons(QWidget):
    """Buttons *Delete permanently* and *Restore* for the hovered and the focused row; only icons in a narrow row.

    In all other rows, a picture of the button is painted.
    """

    delete_pressed = Signal()
    restore_pressed = Signal()
    key_pressed = Signal(QKeyEvent)
    """The Up or Down key was pressed on a button: the list must handle it."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._compact = False
        self.delete = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="danger")
        self.delete.setObjectName("deleteNow")
        self.delete.clicked.connect(self.delete_pressed)
        self.restore = Button(appearance, "", ButtonKind.OUTLINED, self, icon="archive-restore", small=True)
        self.restore.setObjectName("restoreDeleted")
        self.restore.clicked.connect(self.restore_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.delete, self.restore):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.installEventFilter(self)
            row.addWidget(button)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.retranslate()
        self.hide()

    def set_name(self, name: str) -> None:
        """Set the accessible names for an item."""
        self.delete.setAccessibleName(self.tr("Permanently delete {name}").format(name=name))
        self.restore.setAccessibleName(self.tr("Restore {name}").format(name=name))

    def place(self, row: QRect) -> None:
        """Move the buttons to the end of a row."""
        self._set_compact(compact=row.width() < _COMPACT_BELOW * self._appearance.theme.scale)
        size = self.sizeHint()
        self.setGeometry(QRect(self._corner(row, size), size))

    def restore_rect(self, row: QRect) -> QRect:
        """Return the rectangle for the picture of *Restore* in a row without real buttons."""
        self._set_compact(compact=row.width() < _COMPACT_BELOW * self._appearance.theme.scale)
        size = self.restore.sizeHint()
        return QRect(self._corner(row, size), size)

    def restore_picture(self) -> QPixmap:
        """Return a picture of *Restore* without hover and focus."""
        ratio, size = self.devicePixelRatioF(), self.restore.sizeHint()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        button = Button(
            self._appearance, self.restore.text(), ButtonKind.OUTLINED, self, icon="archive-restore", small=True
        )
        button.resize(size)
        button.render(picture, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        button.deleteLater()
        return picture

    def retranslate(self) -> None:
        """Update the translated texts."""
        delete, restore = self.tr("Delete permanently"), self.tr("Restore")
        for button, text in ((self.delete, delete), (self.restore, restore)):
            button.setText("" if self._compact else text)
            button.setToolTip(text if self._compact else "")
        self.delete.set_icon("trash-2" if self._compact else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _STEPS:
            self.key_pressed.emit(event)
            return True
        return super().eventFilter(watched, event)

    def _set_compact(self, *, compact: bool) -> None:
        if compact != self._compact:
            self._compact = compact
            self.retranslate()
        if layout := self.layout():
            layout.setSpacing(self._appearance.theme.length("xs" if compact else "s"))

    def _corner(self, row: QRect, size: QSize) -> QPoint:
        edge = self._appearance.theme.length("m" if self._compact else "l")
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = row.left() + edge if right else row.right() + 1 - edge - size.width()
        return QPoint(x, row.top() + (row.height() - size.height()) // 2)


class DeletedList(Translated, RowList):
    """Enter or a click opens a chat, Del deletes permanently. The focused and the hovered row have real buttons."""

    opened = Signal(object)
    restore_requested = Signal(object)
    delete_requested = Signal(object)
    """These signals carry the `Trashed` item."""
    undo_requested = Signal()
    up_pressed = Signal()
    """The Up key was pressed in the first row."""

    def __init__(self, appearance: Appearance, rows: DeletedRows, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._rows = rows
        self._hovered = QPersistentModelIndex()
        self.setModel(rows)
        self._delegate = _Delegate(appearance, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.viewport().setAutoFillBackground(False)
        self._template_buttons = RowButtons(appearance, self.viewport())
        self._focused_buttons, self._hovered_buttons = (RowButtons(appearance, self.viewport()) for _ in range(2))
        for buttons, index in (
            (self._focused_buttons, self.currentIndex),
            (self._hovered_buttons, lambda: self._hovered),
        ):
            buttons.delete_pressed.connect(lambda index=index: self._emit_for(self.delete_requested, index()))
            buttons.restore_pressed.connect(lambda index=index: self._emit_for(self.restore_requested, index()))
        self._focused_buttons.key_pressed.connect(self.keyPressEvent)
        self._picture: QPixmap | None = None
        self.clicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._place_buttons)
        self.selectionModel().currentChanged.connect(self._place_buttons)
        rows.modelReset.connect(self._rows_changed)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there are no widgets without
        application.focusChanged.connect(self._place_buttons)

    @property
    def full_height(self) -> int:
        """The height of the list with all rows."""
        return self._rows.rowCount() * row_height(self._appearance.theme)

    def focus_row(self, row: int) -> None:
        """Focus the list and a row; an index past the end means the last row."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._use_keyboard(used=True)
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(max(0, min(row, self._rows.rowCount() - 1))))
        self._place_buttons()

    def content_of(self, index: Index, option: QStyleOptionViewItem) -> DeletedRowContent | None:
        """Return the content and state of a row."""
        item = self._rows.item(index)
        if item is None:
            return None
        texts, now, rect = self._rows.texts, self._rows.now(), option.rect
        shown = [
            each
            for each in (self._focused_buttons, self._hovered_buttons)
            if each.isVisible() and each.y() in range(rect.top(), rect.bottom() + 1)
        ]
        button_rect = shown[-1].geometry() if shown else self._template_buttons.restore_rect(rect)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        focused = self.by_keyboard and self.hasFocus() and index == self.currentIndex()
        return DeletedRowContent(
            "folder" if item.kind is TrashKind.FOLDER else "message-square",
            texts.name(item),
            texts.line(item, now),
            texts.days(item, now),
            button_rect.right() + 1 if mirrored else button_rect.left(),
            hovered=bool(option.state & QStyle.StateFlag.State_MouseOver) or index == self._hovered,
            focused=focused,
            first=index.row() == 0,
        )

    def draw_restore(self, painter: QPainter, rect: QRect) -> None:
        """Draw *Restore* in a row without real buttons."""
        if any(
            each.isVisible() and rect.contains(each.geometry().center())
            for each in (self._focused_buttons, self._hovered_buttons)
        ):
            return
        button_rect = self._template_buttons.restore_rect(rect)
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != button_rect.size():
            self._picture = self._template_buttons.restore_picture()
        painter.drawPixmap(button_rect.topLeft(), self._picture)

    def _open(self, index: Index) -> None:
        item = self._rows.item(index)
        if item and item.kind is TrashKind.CHAT:
            self.opened.emit(item)

    def _emit_for(self, signal: object, index: Index) -> None:
        if item := self._rows.item(index):
            self.setCurrentIndex(self._rows.index(index.row()))
            signal.emit(item)  # type: ignore[attr-defined]

    def _rows_changed(self) -> None:
        self._hovered = QPersistentModelIndex()
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Move the real buttons to the focused and the hovered row."""
        has_keyboard = self.hasFocus() or self._focused_buttons.isAncestorOf(QApplication.focusWidget() or self)
        current = self.currentIndex()
        self._show_buttons(self._focused_buttons, current if has_keyboard else QModelIndex())
        self._show_buttons(
            self._hovered_buttons, QModelIndex() if has_keyboard and self._hovered == current else self._hovered
        )
        self.viewport().update()

    def _show_buttons(self, buttons: RowButtons, index: Index) -> None:
        item = self._rows.item(index)
        if item is None:
            buttons.hide()
            return
        buttons.set_name(self._rows.texts.name(item))
        buttons.place(self.visualRect(QModelIndex(index)))  # type: ignore[arg-type]
        buttons.show()

    def _hover(self, index: QModelIndex) -> None:
        if self._hovered != index:
            self._hovered = QPersistentModelIndex(index)
            self._place_buttons()

    def _restyle(self) -> None:
        self._picture = None
        self.scheduleDelayedItemsLayout()
        self._place_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, delete, or press the focused button; other keys navigate in the list."""
        self._use_keyboard(used=True)
        focused, plain = QApplication.focusWidget(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER_KEYS and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() in ENTER_KEYS and plain:
            self._open(self.currentIndex())
        elif event.key() in DELETE_KEYS and plain:
            self._emit_for(self.delete_requested, self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.up_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            if focused is not self:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Hide the buttons when the pointer leaves the viewport, but not when it enters one of them."""
        if event.type() is QEvent.Type.Leave:
            position = self.viewport().mapFromGlobal(self.cursor().pos())
            self._hover(self.indexAt(position) if self.viewport().rect().contains(position) else QModelIndex())
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def _retranslate(self) -> None:
        for buttons in (self._template_buttons, self._focused_buttons, self._hovered_buttons):
            buttons.retranslate()
        self._restyle()


class _Delegate(RowDelegate[DeletedList]):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, row_height(self._appearance.theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if content := self._view.content_of(index, option):
            painter.save()
            view = QRectF(self._view.viewport().rect())
            draw_row(painter, self._appearance.theme, QRectF(option.rect), view, content)
            self._view.draw_restore(painter, option.rect)
            painter.restore()
