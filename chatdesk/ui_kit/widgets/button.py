"""A button with a text and an optional icon before it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, icon_color, ink_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground, draw_text
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.widgets.accessible_interface import Toggle

__all__ = ["Button", "ButtonKind"]


class Button(Toggle, QPushButton):
    """A button of one of the kinds, 32 px high, or 28 if `small`.

    `ink` is the colour token of text and icon if it differs from the kind's: "accentText" for emphasis, "danger".
    """

    def __init__(
        self,
        appearance: Appearance,
        text: str,
        kind: ButtonKind = ButtonKind.OUTLINED,
        parent: QWidget | None = None,
        *,
        icon: str = "",
        small: bool = False,
        ink: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._appearance = appearance
        self._kind = kind
        self._icon = icon
        self._small = small
        self._ink = ink
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    @property
    def kind(self) -> ButtonKind:
        """The kind of the button."""
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the kind of the button."""
        self._kind = kind
        self._restyle()

    def set_icon(self, name: str) -> None:
        """Change the icon; an empty name removes it."""
        self._icon = name
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._radius

    @property
    def _radius(self) -> int:
        return self._appearance.theme.length("radius.small" if self._small else "radius.control")

    @property
    def _icon_width(self) -> int:
        theme = self._appearance.theme
        gap = theme.length("s") if self.text() else 0
        return theme.length("icon.ui") + gap if self._icon else 0

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui", strong=self._kind.strong or bool(self._ink)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        text = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        height = theme.length("buttonSmall" if self._small else "button")
        return QSize(2 * theme.length("m") + self._icon_width + text, height)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint, because a button's text is never elided."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_button_ground(painter, theme, rect, self._kind, state, self._radius)
        own_ink = theme.color(self._ink) if self._ink and state.enabled else None
        content = self.sizeHint().width() - 2 * theme.length("m")
        left = rect.left() + (rect.width() - content) / 2
        words_left = left + self._icon_width
        if self._icon:
            size = theme.length("icon.ui")
            icon_rect = QRectF(left, rect.top(), size, rect.height())
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                icon_rect.moveRight(left + content)
                words_left = left
            draw_icon(painter, theme, self._icon, own_ink or icon_color(theme, self._kind, state), icon_rect, size)
        painter.setFont(self.font())
        text = QRectF(words_left, rect.top(), content - self._icon_width, rect.height())
        draw_text(painter, text, self.text(), own_ink or ink_color(theme, self._kind, state), mnemonic=True)
