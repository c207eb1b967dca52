"""The buttons of a row of what was deleted: real ones for the row under the pointer and the keyboard's, a picture of one for the others."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button, ButtonKind

_COMPACT_BELOW = 480
_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class RowButtons(QWidget):
    """*Delete now* and *Restore*; where a row is narrow, only their icons."""

    delete_pressed = Signal()
    restore_pressed = Signal()
    key_pressed = Signal(QKeyEvent)
    """Up or Down on a button: the list goes on from there."""

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
        """Say to a screen reader what they are about."""
        self.delete.setAccessibleName(self.tr("Delete {name} now").format(name=name))
        self.restore.setAccessibleName(self.tr("Restore {name}").format(name=name))

    def place(self, row: QRect) -> None:
        """Stand at the end of a row."""
        self._set_compact(compact=row.width() < _COMPACT_BELOW * self._appearance.theme.scale)
        size = self.sizeHint()
        self.setGeometry(QRect(self._corner(row, size), size))

    def restore_place(self, row: QRect) -> QRect:
        """Return where *Restore* is drawn in a row that has no buttons of its own."""
        self._set_compact(compact=row.width() < _COMPACT_BELOW * self._appearance.theme.scale)
        size = self.restore.sizeHint()
        return QRect(self._corner(row, size), size)

    def restore_picture(self) -> QPixmap:
        """Return what *Restore* looks like, as it is neither under the pointer nor the keyboard's."""
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
        """Say it in the language of now."""
        delete, restore = self.tr("Delete now"), self.tr("Restore")
        for button, words in ((self.delete, delete), (self.restore, restore)):
            button.setText("" if self._compact else words)
            button.setToolTip(words if self._compact else "")
        self.delete.set_icon("trash-2" if self._compact else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the arrows to the list."""
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
