"""Search field: an inconspicuous row of a sidebar until it has the keyboard focus."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SearchField(Translated, QLineEdit):
    """`text` returns the placeholder in the current language. The keys of `command` are shown in the empty field.

    Esc clears the text; in the empty field it emits `left`. The Down key emits `down_pressed` to move into the results.
    """

    confirmed = Signal()
    left = Signal()
    down_pressed = Signal()

    def __init__(
        self, appearance: Appearance, text: Callable[[], str], parent: QWidget | None = None, *, command: str = ""
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words = text
        self._command = command
        self._clear = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._clear.setObjectName("clearSearch")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._show_clear)
        appearance.bind(self._restyle)
        self._retranslate()

    def _show_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font("ui"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("textSecondary"))
        self.setPalette(palette)
        keys = QFontMetrics(theme.font("caption")).horizontalAdvance(self._keys())
        end = max(keys + theme.length("s"), theme.length("hitSmall"))
        # Qt adds 2 px before the text.
        self.setTextMargins(2 * theme.length("s") + theme.length("icon.ui") - 2, 0, end, 0)
        self._place_clear()
        self.updateGeometry()
        self.update()

    def _keys(self) -> str:
        return self._appearance.shortcuts.shown(self._command)

    def _place_clear(self) -> None:
        size = self._clear.sizeHint()
        gap = (self.height() - size.height()) // 2
        at_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._clear.setGeometry(gap if at_left else self.width() - gap - size.width(), gap, size.width(), size.height())

    def _retranslate(self) -> None:
        self.setPlaceholderText(self._words())
        self.setAccessibleName(self._words())
        self._clear.set_name(self.tr("Clear search"))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._appearance.theme.length("rowSidebar"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.text():
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        if self.hasFocus():
            draw_box(painter, rect, radius, theme.color("page"), theme.color("accent"), theme.stroke("focus"))
        elif self.text():  # what is listed below is only what was found
            draw_box(painter, rect, radius, theme.color("accentSoft"), theme.color("accentBorder"))
        elif self.underMouse():
            draw_box(painter, rect, radius, theme.color("hover"))
        pad, size = theme.length("s"), theme.length("icon.ui")
        lens = QRectF(pad, 0, size, rect.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            lens.moveRight(rect.right() - pad)
        draw_icon(painter, theme, "search", theme.color("textSecondary"), lens, size)
        if not self.text() and not self.hasFocus():
            painter.setFont(theme.font("caption"))
            draw_text(painter, rect.adjusted(pad, 0, -pad, 0), self._keys(), theme.color("textTertiary"), _RIGHT)
        painter.end()
        super().paintEvent(event)
