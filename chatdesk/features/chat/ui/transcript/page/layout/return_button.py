"""What floats over the transcript while its end is not visible: a fade at the bottom, and the round button that scrolls to the end."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_focus_ring, draw_icon, draw_shadow, shadow_margin

_SIDE = 36
_DOT_OFFSET = 0.36
"""The distance of the dot from the centre, to the right and to the top, as a share of the width."""


class ReturnButton(QAbstractButton):
    """The floating return button with a shadow. Its owner controls visibility and function."""

    def __init__(self, appearance: Appearance, texts: TranscriptTexts, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._texts = texts
        self._has_new_content = False
        self.setCursor(parent.cursor())
        self.hide()
        appearance.changed.connect(self.update)

    @property
    def has_new_content(self) -> bool:
        """Whether the dot for new content is shown."""
        return self._has_new_content

    def set_scrolled_away(self, *, away: bool) -> None:
        """Show the button while the view is away from the end. Returning to the end clears the dot."""
        self.setVisible(away)
        if not away:
            self.show_new_content(shown=False)

    def show_new_content(self, *, shown: bool) -> None:
        """Show or hide the dot for new content at the end."""
        if shown is not self._has_new_content:
            self._has_new_content = shown
            self.retranslate()
            self.update()

    def retranslate(self) -> None:
        """Update the texts for the current language."""
        text = self._texts.new_text if self._has_new_content else self._texts.go_to_end
        self.setAccessibleName(text)
        self.setToolTip(text)

    def place_in(self, view: QRect, middle: int) -> None:
        """Place the button centred at x `middle`, slightly above the bottom of the view."""
        self.resize(self.sizeHint())
        theme = self._appearance.theme
        bottom = view.bottom() - theme.length("m") + shadow_margin(theme) // 2
        self.move(middle - self.width() // 2, bottom - self.height())

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        side = round(_SIDE * theme.scale) + 2 * shadow_margin(theme)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        margin = shadow_margin(theme)
        circle = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        radius = circle.width() / 2
        painter = QPainter(self)
        draw_shadow(painter, theme, circle, radius)
        draw_box(painter, circle, radius, theme.color("raised"), theme.color("borderDefault"))
        if self.isDown() or self.underMouse():
            draw_box(painter, circle, radius, theme.color("pressed" if self.isDown() else "hover"))
        draw_icon(painter, theme, "arrow-down", theme.color("text"), circle, theme.length("icon.ui"))
        if self._has_new_content:
            self._paint_dot(painter, circle)
        if self.hasFocus():
            draw_focus_ring(painter, theme, circle, radius)

    def _paint_dot(self, painter: QPainter, circle: QRectF) -> None:
        theme = self._appearance.theme
        size = theme.length("s") + theme.length("hair")
        dot = QRectF(0, 0, size, size)
        dot.moveCenter(circle.center() + QPointF(1, -1) * (circle.width() * _DOT_OFFSET))
        draw_box(painter, dot, size / 2, theme.color("accent"), theme.color("raised"), theme.stroke("focus"))


class EndFade(QWidget):
    """A gradient at the bottom of the view: the page continues there, below the composer. It lets clicks through."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        appearance.changed.connect(self.update)

    def place_in(self, view: QRect) -> None:
        """Place the fade at the bottom of the view."""
        height = self._appearance.theme.length("xxl")
        self.setGeometry(view.x(), view.bottom() + 1 - height, view.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        page = self._appearance.theme.color("page")
        clear = QColor(page)
        clear.setAlpha(0)
        gradient = QLinearGradient(0, 0, 0, self.height())
        gradient.setColorAt(0, clear)
        gradient.setColorAt(0.95, page)  # the last rows are covered completely
        QPainter(self).fillRect(self.rect(), gradient)
