"""A switch that turns something on or off immediately."""

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.widgets.accessible_interface import Toggle


class Switch(Toggle, QAbstractButton):
    """A switch of 36 by 20 px. `name` is the accessible name, that is, the label next to it."""

    accessible_role = QAccessible.Role.Switch

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._slide = QVariantAnimation(self)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self.update)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._move)
        appearance.changed.connect(self._restyle)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self.height() / 2

    def _move(self) -> None:
        self._slide.setDirection(
            QVariantAnimation.Direction.Forward if self.isChecked() else QVariantAnimation.Direction.Backward
        )
        self._slide.setDuration(self._appearance.theme.duration("base") if self.isVisible() else 0)
        self._slide.start()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _knob_position(self) -> float:
        """Return the position of the knob, from 0 (off) to 1."""
        if self._slide.state() is QVariantAnimation.State.Running:
            return float(self._slide.currentValue())
        return float(self.isChecked())

    def sizeHint(self) -> QSize:
        return QSize(*self._appearance.theme.size("switch"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state, knob = self._appearance.theme, ControlState.of_button(self), self._knob_position()
        painter = QPainter(self)
        track = QRectF(self.rect())
        radius = track.height() / 2
        if state.checked:
            track_color, knob_color = ("accent", "onAccent") if state.enabled else ("borderDefault", "page")
            draw_box(painter, track, radius, fill=theme.color(track_color))
        else:
            knob_color = "borderControl" if state.enabled else "borderDefault"
            draw_box(painter, track, radius, border=theme.color(knob_color), width=theme.stroke("control"))
        if overlay := overlay_color(theme, state):
            draw_box(painter, track, radius, fill=overlay)
        inset = theme.length("hair") + (1 - knob) * theme.length("hair")
        size = track.height() - 2 * inset
        left = inset + knob * (track.width() - 2 * inset - size)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = track.width() - left - size
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(knob_color))
        painter.drawEllipse(QRectF(left, inset, size, size))
