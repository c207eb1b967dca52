"""The painting of controls in their states: normal, hovered, pressed, focused, and confirming a copy."""

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.painting import draw_box, draw_focus_ring, draw_icon
from chatdesk.ui_kit.style.theme import Theme


@dataclass(frozen=True, slots=True)
class Interaction:
    """The interaction state of the controls of one message."""

    hovered: Command | None = None
    pressed: Command | None = None
    focused: Command | None = None
    copied: Command | None = None
    """The control that is confirming a copy."""


IDLE = Interaction()


def control_width(theme: Theme, style: ControlStyle, caption: str, icon: str) -> int:
    """Return the width of a control including padding."""
    padding = theme.length("m" if style in {ControlStyle.OUTLINED, ControlStyle.FILLED} else "s")
    icon_width = (_icon_size(theme, style) + theme.length("s")) if icon else 0
    return round(QFontMetricsF(_font(theme, style)).horizontalAdvance(caption)) + icon_width + 2 * padding


class ControlPainter:
    """Paints the controls of one message in its coordinates."""

    def __init__(self, painter: QPainter, page: PageContext, interaction: Interaction) -> None:
        self._painter = painter
        self._page = page
        self._theme = page.theme
        self._interaction = interaction

    def paint(self, control: Control) -> None:
        """Paint a control."""
        copied = control.command == self._interaction.copied
        match control.style:
            case ControlStyle.ICON:
                self._paint_icon(control, copied=copied)
            case ControlStyle.CAPTION:
                self._paint_caption(control, copied=copied)
            case ControlStyle.SEGMENT:
                self._paint_segment(control)
            case ControlStyle.OUTLINED | ControlStyle.FILLED:
                self._paint_button(control)
            case ControlStyle.LINE:
                self._paint_line(control)
            case ControlStyle.DISC:
                self._paint_disc(control)
            case ControlStyle.HEAD:
                self._paint_overlay(control, QRectF(control.rect))
            case ControlStyle.AREA:
                self._paint_ring(control, QRectF(control.rect))

    def _paint_icon(self, control: Control, *, copied: bool) -> None:
        self._paint_overlay(control, QRectF(control.rect))
        size = self._theme.length("icon.ui")
        rest = "accentText" if control.on or control.primary else "textSecondary"
        color = "success" if copied else rest if control.enabled else "textDisabled"
        x = control.rect.x() + (control.rect.width() - size) / 2
        self._paint_pixmap("check" if copied else control.icon, color, size, x, control.rect)

    def _paint_caption(self, control: Control, *, copied: bool) -> None:
        theme = self._theme
        text = self._page.texts.copied if copied else control.caption
        width = control_width(theme, control.style, text, control.icon)
        rect = QRect(control.rect.right() + 1 - width, control.rect.y(), width, control.rect.height())
        self._paint_overlay(control, QRectF(rect))
        color = "success" if copied else "accentText" if control.on or control.primary else "textSecondary"
        size = _icon_size(theme, control.style)
        x = rect.x() + theme.length("s")
        self._paint_pixmap("check" if copied else control.icon, color, size, x, rect)
        self._write(text, theme.font("caption"), color, x + size + theme.length("s"), rect)

    def _paint_segment(self, control: Control) -> None:
        theme, rect = self._theme, QRectF(control.rect)
        border = theme.color("borderDefault") if control.on and theme.scheme.high_contrast else None
        if control.on:
            ground = "bubble" if theme.scheme.dark else "raised"
            draw_box(self._painter, rect, theme.length("radius.small"), theme.color(ground), border)
        self._paint_overlay(control, rect)
        font = theme.font("caption", strong=control.on)
        x = rect.center().x() - QFontMetricsF(font).horizontalAdvance(control.caption) / 2
        self._write(control.caption, font, "text" if control.on else "textSecondary", x, control.rect)

    def _paint_button(self, control: Control) -> None:
        theme = self._theme
        filled = control.style is ControlStyle.FILLED
        rect = QRectF(control.rect)
        radius = theme.length("radius.small")
        state = self._state(control.command)
        if filled:
            draw_box(self._painter, rect, radius, theme.color(f"accent{state}"))
        else:
            draw_box(self._painter, rect, radius, theme.color("raised"), theme.color("borderDefault"))
            self._paint_overlay(control, rect)
        self._paint_ring(control, rect)
        color = "textDisabled" if not control.enabled else "onAccent" if filled else "text"
        x: float = control.rect.x() + theme.length("m")
        if control.icon:
            size = _icon_size(theme, control.style)
            self._paint_pixmap(control.icon, color, size, x, control.rect)
            x += size + theme.length("s")
        self._write(control.caption, _font(theme, control.style), color, x, control.rect)

    def _paint_line(self, control: Control) -> None:
        theme = self._theme
        self._paint_overlay(control, QRectF(control.rect))
        size = theme.length("icon.ui")
        x = control.rect.x() + theme.length("xs")
        icon = control.icon or ("chevron-down" if control.on else "chevron-right")
        self._paint_pixmap(icon, "textSecondary", size, x, control.rect)
        font = theme.font("ui")
        x += size + theme.length("s")
        self._write(control.caption, font, "text" if control.on else "textSecondary", x, control.rect)
        x += round(QFontMetricsF(font).horizontalAdvance(control.caption)) + theme.length("s")
        self._write(control.note, font, "textTertiary", x, control.rect)

    def _paint_disc(self, control: Control) -> None:
        theme, rect = self._theme, QRectF(control.rect)
        radius = rect.height() / 2
        draw_box(self._painter, rect, radius, theme.color("raised"), theme.color("borderDefault"))
        if state := self._state(control.command):
            draw_box(self._painter, rect, radius, theme.color(state.lower()))
        if control.command == self._interaction.focused:
            draw_focus_ring(self._painter, theme, rect, radius)
        size = theme.length("icon.small")
        draw_icon(self._painter, theme, control.icon, theme.color("text"), rect, size)

    def _paint_overlay(self, control: Control, rect: QRectF) -> None:
        state = self._state(control.command)
        if state and control.enabled:
            draw_box(self._painter, rect, self._theme.length("radius.small"), self._theme.color(state.lower()))
        if control.style not in {ControlStyle.OUTLINED, ControlStyle.FILLED}:
            self._paint_ring(control, rect)

    def _paint_ring(self, control: Control, rect: QRectF) -> None:
        if control.command == self._interaction.focused:
            draw_focus_ring(self._painter, self._theme, rect, self._theme.length("radius.small"))

    def _paint_pixmap(self, icon: str, color: str, size: int, x: float, rect: QRect) -> None:
        icon_rect = QRectF(round(x), rect.y(), size, rect.height())
        draw_icon(self._painter, self._theme, icon, self._theme.color(color), icon_rect, size)

    def _write(self, text: str, font: QFont, color: str, x: float, rect: QRect) -> None:
        write(self._painter, text, font, self._theme.color(color), x, rect)

    def _state(self, command: Command) -> str:
        if command == self._interaction.pressed:
            return "Pressed"
        return "Hover" if command == self._interaction.hovered else ""


def write(painter: QPainter, text: str, font: QFont, color: QColor, x: float, rect: QRect) -> None:
    """Write one line of text, vertically centred in a rectangle and aligned to whole pixels."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(color)
    baseline = rect.y() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(QPointF(round(x), round(baseline)), text)


def _font(theme: Theme, style: ControlStyle) -> QFont:
    match style:
        case ControlStyle.CAPTION:
            return theme.font("caption")
        case ControlStyle.FILLED:
            return theme.font("ui", strong=True)
        case _:
            return theme.font("ui")


def _icon_size(theme: Theme, style: ControlStyle) -> int:
    return theme.length("icon.small" if style is ControlStyle.CAPTION else "icon.ui")
