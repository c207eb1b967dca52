"""Painters for the controls of the style: check boxes, sliders, scroll bars, fields, menus, buttons."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QMenu,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QWidget,
)

from chatdesk.ui_kit.style.button_kind import ButtonKind, border_color, ground_color, overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line, draw_lit_row, draw_pixmap, draw_shadow
from chatdesk.ui_kit.style.theme import Theme

# Check boxes and radio buttons.

_TICK = ((4.0, 8.4), (6.9, 11.2), (12.0, 5.2))
_DASH = ((4.5, 8.0), (11.5, 8.0))
"""Corners in a square of 16. The icons of this size would be too faint on the accent colour."""


def draw_check_box(painter: QPainter, theme: Theme, rect: QRectF, state: ControlState, *, partly: bool) -> None:
    """Draw a check box with its tick, or with a dash if it is partially checked."""
    radius = theme.length("radius.tag")
    on = state.checked or partly
    _draw_ground(painter, theme, rect, state, radius, on=on)
    if on:
        _draw_tick(painter, rect, theme.color("onAccent" if state.enabled else "page"), _DASH if partly else _TICK)


def draw_radio_button(painter: QPainter, theme: Theme, rect: QRectF, state: ControlState) -> None:
    """Draw a radio button."""
    _draw_ground(painter, theme, rect, state, rect.height() / 2, on=state.checked)
    if state.checked:
        inset = rect.height() * 5 / 16
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("onAccent" if state.enabled else "page"))
        painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
        painter.restore()


def _draw_tick(painter: QPainter, rect: QRectF, color: QColor, corners: tuple[tuple[float, float], ...]) -> None:
    unit = rect.height() / 16
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.75 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(rect.left() + x * unit, rect.top() + y * unit) for x, y in corners])
    painter.restore()


def _draw_ground(
    painter: QPainter, theme: Theme, rect: QRectF, state: ControlState, radius: float, *, on: bool
) -> None:
    if on:
        color = "borderDefault" if not state.enabled else "accentHover" if state.hovered else "accent"
        draw_box(painter, rect, radius, fill=theme.color(color))
        return
    border = theme.color("borderControl" if state.enabled else "borderDefault")
    overlay = overlay_color(theme, state)
    draw_box(painter, rect, radius, fill=overlay, border=border, width=theme.stroke("control"))


# Sliders.


def draw_slider(painter: QPainter, theme: Theme, option: QStyleOptionSlider, handle: QRect) -> None:
    """Draw a slider with its handle at `handle`. The part from the start to the handle is filled."""
    state = ControlState.of_option(option)
    thickness = theme.length("xs")
    track, knob = QRectF(option.rect), QRectF(handle)
    filled = QRectF(track)
    if option.orientation == Qt.Orientation.Horizontal:
        track.setTop(track.center().y() - thickness / 2)
        track.setHeight(thickness)
        filled = QRectF(track)
        if option.upsideDown:
            filled.setLeft(knob.center().x())
        else:
            filled.setRight(knob.center().x())
    else:
        track.setLeft(track.center().x() - thickness / 2)
        track.setWidth(thickness)
        filled = QRectF(track)
        if option.upsideDown:
            filled.setTop(knob.center().y())
        else:
            filled.setBottom(knob.center().y())
    accent = theme.color("accent" if state.enabled else "textDisabled")
    draw_box(painter, track, thickness / 2, fill=theme.color("borderDefault"))
    draw_box(painter, filled, thickness / 2, fill=accent)
    side = min(knob.width(), knob.height())
    circle = QRectF(0, 0, side, side)
    circle.moveCenter(knob.center())
    draw_box(painter, circle, side / 2, theme.color("raised"), accent, theme.stroke("focus"))


# Scroll bars: a narrow thumb that grows while hovered, without buttons.


def draw_scroll_bar(painter: QPainter, theme: Theme, option: QStyleOptionSlider) -> None:
    """Draw the thumb, and the track while hovered."""
    if option.maximum <= option.minimum:
        return
    state = ControlState.of_option(option)
    active = state.enabled and (state.hovered or bool(option.activeSubControls & QStyle.SubControl.SC_ScrollBarSlider))
    upright = option.orientation == Qt.Orientation.Vertical
    if active:
        draw_box(painter, QRectF(option.rect), theme.length("scrollTrack") / 2, fill=theme.color("hover"))
    thumb = QRectF(scroll_bar_part(theme, option, QStyle.SubControl.SC_ScrollBarSlider))
    width = theme.length("scrollThumbHover" if active else "scrollThumb")
    end = theme.length("hair")
    if upright:
        inset = (thumb.width() - width) / 2
        thumb.adjust(inset, end, -inset, -end)
    else:
        inset = (thumb.height() - width) / 2
        thumb.adjust(end, inset, -end, -inset)
    draw_box(painter, thumb, width / 2, fill=theme.color("scrollThumbHover" if active else "scrollThumb"))


def scroll_bar_part(theme: Theme, option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Return the rectangle of a part; there are no parts for single steps."""
    parts = QStyle.SubControl
    upright = option.orientation == Qt.Orientation.Vertical
    rect = QRect(option.rect)
    length = rect.height() if upright else rect.width()
    span = option.maximum - option.minimum
    thumb = length
    if span > 0:
        share = option.pageStep / (span + option.pageStep) if option.pageStep > 0 else 0.0
        thumb = min(length, max(theme.length("button"), round(length * share)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - thumb, option.upsideDown
    )
    match part:
        case parts.SC_ScrollBarGroove:
            first, last = 0, length
        case parts.SC_ScrollBarSlider:
            first, last = start, start + thumb
        case parts.SC_ScrollBarSubPage:
            first, last = 0, start
        case parts.SC_ScrollBarAddPage:
            first, last = start + thumb, length
        case _:
            return QRect()
    if upright:
        placed = QRect(rect.left(), rect.top() + first, rect.width(), last - first)
    else:
        placed = QRect(rect.left() + first, rect.top(), last - first, rect.height())
    return QStyle.visualRect(option.direction, rect, placed)


# Text fields, combo boxes and spin boxes.


def draw_field(
    painter: QPainter, theme: Theme, rect: QRectF, state: ControlState, *, invalid: bool, ground: str = "page"
) -> None:
    """Draw the box of a field; `ground` is a colour token. The border of a focused field grows inwards, so that nothing moves."""
    radius = theme.length("radius.control")
    border, width = "borderDefault" if state.enabled else "borderSubtle", theme.stroke("border")
    if invalid:
        border = "danger"
    if state.focused:
        border, width = "danger" if invalid else "accent", theme.stroke("focus")
    draw_box(painter, rect, radius, theme.color(ground), theme.color(border), width)


def draw_combo_box(painter: QPainter, theme: Theme, option: QStyleOptionComboBox) -> None:
    """Draw a combo box without its text."""
    state, rect = ControlState.of_option(option), QRectF(option.rect)
    if option.editable:
        draw_field(painter, theme, rect, state, invalid=False)
    else:
        draw_button_ground(painter, theme, rect, ButtonKind.OUTLINED, state, theme.length("radius.control"))
    color = theme.color("textSecondary" if state.enabled else "textDisabled")
    arrow = QRectF(combo_box_part(theme, option, QStyle.SubControl.SC_ComboBoxArrow))
    draw_icon(painter, theme, "chevron-down", color, arrow, theme.length("icon.ui"))


def draw_combo_box_label(painter: QPainter, theme: Theme, option: QStyleOptionComboBox) -> None:
    """Draw the text of a combo box that is not editable."""
    if option.editable:
        return
    rect = combo_box_part(theme, option, QStyle.SubControl.SC_ComboBoxEditField)
    text = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, rect.width())
    enabled = ControlState.of_option(option).enabled
    alignment = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    draw_text(painter, QRectF(rect), text, theme.color("text" if enabled else "textDisabled"), alignment)


def combo_box_part(theme: Theme, option: QStyleOptionComboBox, part: QStyle.SubControl) -> QRect:
    """Return the rectangle of a part of a combo box."""
    rect = QRect(option.rect)
    arrow = theme.length("button")
    match part:
        case QStyle.SubControl.SC_ComboBoxArrow:
            rect.setLeft(rect.right() + 1 - arrow)
        case QStyle.SubControl.SC_ComboBoxEditField:
            rect.adjust(theme.length("m"), 0, -arrow, 0)
    return QStyle.visualRect(option.direction, option.rect, rect)


def draw_spin_box(painter: QPainter, theme: Theme, option: QStyleOptionSpinBox) -> None:
    """Draw the box and the step buttons of a spin box."""
    state = ControlState.of_option(option)
    if option.frame:
        draw_field(painter, theme, QRectF(option.rect), state, invalid=False)
    steps = QAbstractSpinBox.StepEnabledFlag
    for icon, part, step in (
        ("chevron-up", QStyle.SubControl.SC_SpinBoxUp, steps.StepUpEnabled),
        ("chevron-down", QStyle.SubControl.SC_SpinBoxDown, steps.StepDownEnabled),
    ):
        possible = state.enabled and bool(option.stepEnabled & step)
        color = theme.color("textSecondary" if possible else "textDisabled")
        draw_icon(painter, theme, icon, color, QRectF(spin_box_part(theme, option, part)), theme.length("icon.small"))


def spin_box_part(theme: Theme, option: QStyleOptionSpinBox, part: QStyle.SubControl) -> QRect:
    """Return the rectangle of a part of a spin box. The step buttons are stacked at its end."""
    rect = QRect(option.rect)
    steps = theme.length("xxl")
    match part:
        case QStyle.SubControl.SC_SpinBoxEditField:
            rect.adjust(theme.length("m") - theme.length("hair"), 1, -steps, -1)
        case QStyle.SubControl.SC_SpinBoxUp | QStyle.SubControl.SC_SpinBoxDown:
            rect.setLeft(rect.right() + 1 - steps)
            rect.adjust(0, theme.length("hair"), -theme.length("xs"), -theme.length("hair"))
            half = rect.height() // 2
            if part is QStyle.SubControl.SC_SpinBoxUp:
                rect.setHeight(half)
            else:
                rect.setTop(rect.bottom() + 1 - half)
    return QStyle.visualRect(option.direction, option.rect, rect)


# Menus, and the lists of combo boxes, which look the same.

DANGER_PROPERTY = "danger"
"""Set to True on a QAction that destroys something: its text is red."""


def draw_menu_panel(painter: QPainter, theme: Theme, rect: QRectF, margin: int, radius: int) -> None:
    """Draw the background of a menu in a window with a margin of `margin` px for its shadow."""
    panel = rect.adjusted(margin, margin, -margin, -margin)
    if margin:
        draw_shadow(painter, theme, panel, radius)
    draw_box(painter, panel, radius, theme.color("raised"), theme.color("borderDefault"), theme.stroke("border"))


def menu_item_size(theme: Theme, option: QStyleOptionMenuItem, contents: QSize) -> QSize:
    """Return the size of a row; `contents` has the width of its text without the shortcut."""
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator and not option.text:
        return QSize(contents.width(), theme.length("s") + 1)
    gap = theme.length("xxl")
    return QSize(
        _icon_column_width(theme, option) + contents.width() + gap + 2 * theme.length("m"), theme.length("rowMenu")
    )


def draw_menu_item(painter: QPainter, theme: Theme, option: QStyleOptionMenuItem, widget: QWidget | None) -> None:
    """Draw a menu row. Its hover background is inset, because rows extend from edge to edge."""
    rect = QRectF(option.rect)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        _draw_separator(painter, theme, option)
        return
    state = ControlState.of_option(option)
    if option.state & QStyle.StateFlag.State_Selected and state.enabled:
        inset = theme.length("xs")
        draw_lit_row(painter, theme, rect.adjusted(inset, 0, -inset, 0), pressed=state.pressed)
    ink = theme.color(_ink(option, state, widget))
    quiet = theme.color("textTertiary" if state.enabled else "textDisabled")
    row = rect.adjusted(theme.length("m"), 0, -theme.length("m"), 0)
    size = theme.length("icon.ui")
    _draw_check_or_icon(
        painter, theme, option, _mirrored(option, QRectF(row.left(), row.top(), size, row.height())), state
    )
    painter.setFont(option.font)
    text, _, keys = option.text.partition("\t")
    area = row.adjusted(_icon_column_width(theme, option), 0, 0, 0)
    start, end = (
        QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
        for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
    )
    draw_text(painter, _mirrored(option, area), text, ink, start, mnemonic=True)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.SubMenu:
        arrow = "chevron-left" if option.direction == Qt.LayoutDirection.RightToLeft else "chevron-right"
        corner = QRectF(row.right() - size, row.top(), size, row.height())
        draw_icon(painter, theme, arrow, quiet, _mirrored(option, corner), size)
    elif keys:
        draw_text(painter, _mirrored(option, area), keys, quiet, end)


def _draw_check_or_icon(
    painter: QPainter, theme: Theme, option: QStyleOptionMenuItem, area: QRectF, state: ControlState
) -> None:
    """Draw the check mark of a checkable row, otherwise the row's icon."""
    if option.checkType != QStyleOptionMenuItem.CheckType.NotCheckable:
        if option.checked:
            color = theme.color("accentText" if state.enabled else "textDisabled")
            draw_icon(painter, theme, "check", color, area, round(area.width()))
    elif not option.icon.isNull():
        side, ratio = round(area.width()), painter.device().devicePixelRatio()
        mode = QIcon.Mode.Normal if state.enabled else QIcon.Mode.Disabled
        draw_pixmap(painter, option.icon.pixmap(QSize(side, side), ratio, mode), area)


def _draw_separator(painter: QPainter, theme: Theme, option: QStyleOptionMenuItem) -> None:
    rect = QRectF(option.rect)
    inset = theme.length("m")
    if option.text:
        font = theme.font("caption", strong=True)
        painter.setFont(font)
        text = QFontMetrics(font).elidedText(option.text, Qt.TextElideMode.ElideRight, round(rect.width()) - 2 * inset)
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        draw_text(painter, rect.adjusted(inset, 0, -inset, 0), text, theme.color("textTertiary"), side)
        return
    start = QPointF(rect.left() + inset, rect.center().y())
    draw_line(painter, start, rect.width() - 2 * inset, theme.color("borderSubtle"))


def _ink(option: QStyleOptionMenuItem, state: ControlState, widget: QWidget | None) -> str:
    if not state.enabled:
        return "textDisabled"
    action = widget.actionAt(option.rect.center()) if isinstance(widget, QMenu) else None
    return "danger" if action is not None and action.property(DANGER_PROPERTY) else "text"


def _icon_column_width(theme: Theme, option: QStyleOptionMenuItem) -> int:
    """Return the width of the column for icons and check marks; 0 in a menu without either."""
    return theme.length("icon.ui") + theme.length("s") if option.maxIconWidth or option.menuHasCheckableItems else 0


def _mirrored(option: QStyleOptionMenuItem, area: QRectF) -> QRectF:
    """Return `area` mirrored for right-to-left rows."""
    if option.direction == Qt.LayoutDirection.LeftToRight:
        return area
    rect = QRectF(option.rect)
    return QRectF(rect.left() + rect.right() - area.right(), area.top(), area.width(), area.height())


# Buttons: background, border, icon and text. The colours are in button_kind.py.


def draw_button_ground(
    painter: QPainter, theme: Theme, rect: QRectF, kind: ButtonKind, state: ControlState, radius: float
) -> None:
    """Draw a button without its content."""
    ground, border = ground_color(theme, kind, state), border_color(theme, kind, state)
    if ground is not None:
        draw_box(painter, rect, radius, fill=ground)
    overlay = None if kind is ButtonKind.FILLED else overlay_color(theme, state)
    if overlay is not None:
        draw_box(painter, rect, radius, fill=overlay)
    if border is not None:
        draw_box(painter, rect, radius, border=border, width=theme.stroke("border"))


def draw_progress(
    painter: QPainter, theme: Theme, rect: QRectF, fraction: float, color: str = "accent", *, mirrored: bool = False
) -> None:
    """Draw a progress bar; `fraction` is from 0 to 1."""
    height = rect.height()
    draw_box(painter, rect, height / 2, fill=theme.color("borderDefault"))
    if fraction:
        bar = QRectF(rect)
        bar.setWidth(max(height, rect.width() * fraction))
        if mirrored:
            bar.moveRight(rect.right())
        draw_box(painter, bar, height / 2, fill=theme.color(color))


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    color: QColor,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
    *,
    mnemonic: bool = False,
) -> None:
    """Draw one line of plain text in the painter's font, vertically centred."""
    flags = alignment | Qt.TextFlag.TextSingleLine
    if mnemonic:
        flags |= Qt.TextFlag.TextHideMnemonic
    painter.setPen(color)
    painter.drawText(rect, int(flags), text)
