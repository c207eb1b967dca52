"""A notice with an icon and up to two buttons, for example a problem with a server, a test result, or an action that can be undone."""

from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label


class NoticeKind(Enum):
    """Kind of a notice. The value contains the background, the icon and its colour."""

    PLAIN = ("sunken", "info", "textSecondary")
    KEY = ("sunken", "key-round", "textSecondary")
    SUCCESS = ("sunken", "circle-check", "success")
    WARNING = ("warningSoft", "triangle-alert", "warning")
    DANGER = ("dangerSoft", "circle-alert", "danger")


class Notice(Card):
    """A notice. `acted` is emitted by its button, `other_acted` by a second one; a button without text is hidden.

    A `slim` notice is as high as a field. Buttons without space beside the text are below it, the second one first and the main one, which
    is `filled` if so required, at the far end.
    """

    acted = Signal()
    other_acted = Signal()

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        kind: NoticeKind = NoticeKind.PLAIN,
        *,
        slim: bool = False,
        filled: bool = False,
    ) -> None:
        super().__init__(appearance, parent, fill=kind.value[0], border="", radius="radius.control")
        self._kind = kind
        self._slim = slim
        self._text_label = Label(appearance, "ui", "text", wrap=True)
        self._button = Button(appearance, "", ButtonKind.FILLED if filled else ButtonKind.OUTLINED, small=True)
        self._button.clicked.connect(self.acted)
        self._other: Button | None = None
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._text_label, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._button)
        self._layout.addLayout(self._buttons)
        appearance.bind(self._restyle)

    def show_text(self, text: str, button: str = "", kind: NoticeKind | None = None, *, other: str = "") -> None:
        """Set the text and the labels of the buttons."""
        if kind:
            self._kind = kind
        self._text_label.set_text(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        if other and self._other is None:
            self._other = Button(self._appearance, "", ButtonKind.OUTLINED, small=True)
            self._other.setObjectName("noticeOther")
            self._other.clicked.connect(self.other_acted)
            self._buttons.insertWidget(0, self._other)
            self._buttons.insertStretch(1)
            self.setTabOrder(self._other, self._button)
        if self._other:
            self._other.setText(other)
            self._other.setVisible(bool(other))
        self._arrange()
        self.setAccessibleName(text)
        self.set_colors(self._kind.value[0], "borderSubtle" if self._kind.value[0] == "sunken" else "")

    def emphasise(self) -> None:
        """Make the button the most important one in view."""
        self._button.set_kind(ButtonKind.FILLED)

    def text(self) -> str:
        return self._text_label.text()

    def has_focus(self) -> bool:
        """Whether the button has the focus."""
        return self._button.hasFocus()

    def focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Focus the button."""
        self._button.setFocus(reason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        icon_width = theme.length("m") + theme.length("icon.ui") + theme.length("s")
        pad = theme.length("hair" if self._slim else "s")
        self._layout.setContentsMargins(icon_width, pad, theme.length("hair") if self._slim else pad, pad)
        self._arrange()
        self.setMinimumHeight(theme.length("buttonSmall") + 2 * pad)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        stacked = not self._slim and not self._fits_beside_text()
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(theme.length("s" if stacked else "m"))
        start, middle = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignVCenter
        self._layout.setAlignment(
            self._buttons, (Qt.AlignmentFlag(0) if self._has_two else start) if stacked else middle
        )
        self._buttons.setSpacing(theme.length("s"))

    @property
    def _has_two(self) -> bool:
        return self._other is not None and not self._other.isHidden()

    def _fits_beside_text(self) -> bool:
        theme = self._appearance.theme
        if not self._has_two:
            return self.width() >= theme.length("settingsColumn") // 2
        margins = self._layout.contentsMargins()
        text_width = QFontMetrics(theme.font("ui")).horizontalAdvance(self._text_label.text())
        available = self.width() - margins.left() - margins.right() - 2 * theme.length("m")
        return text_width + self._buttons.sizeHint().width() <= available

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._appearance.theme
        _, icon, color = self._kind.value
        size, text = theme.length("icon.ui"), self._text_label
        text_height = text.heightForWidth(text.width())
        line = min(text_height, theme.line("ui"))
        top = text.geometry().top() + (text.height() - text_height) / 2
        icon_rect = QRectF(theme.length("m"), top, size, line)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon_rect.moveRight(self.width() - theme.length("m"))
        draw_icon(QPainter(self), theme, icon, theme.color(color), icon_rect, size)
