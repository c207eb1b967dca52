"""Draws what one types or chooses in: text fields, combo boxes, spin boxes; and says where their parts lie."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractSpinBox, QStyle, QStyleOptionComboBox, QStyleOptionSpinBox

from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.button_painter import draw_button_ground, draw_words
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme


def draw_field(
    painter: QPainter, theme: Theme, rect: QRectF, state: ControlState, *, invalid: bool, ground: str = "page"
) -> None:
    """Draw the box of a field on a ground, a colour token. The focused one has a thicker border inside the same box: nothing jumps."""
    radius = theme.length("radius.control")
    border, width = "borderDefault" if state.enabled else "borderSubtle", theme.stroke("border")
    if invalid:
        border = "danger"
    if state.focused:
        border, width = "danger" if invalid else "accent", theme.stroke("focus")
    draw_box(painter, rect, radius, theme.color(ground), theme.color(border), width)


def draw_combo_box(painter: QPainter, theme: Theme, option: QStyleOptionComboBox) -> None:
    """Draw everything of a combo box but its words."""
    state, rect = ControlState.of_option(option), QRectF(option.rect)
    if option.editable:
        draw_field(painter, theme, rect, state, invalid=False)
    else:
        draw_button_ground(painter, theme, rect, ButtonKind.OUTLINED, state, theme.length("radius.control"))
    color = theme.color("textSecondary" if state.enabled else "textDisabled")
    arrow = QRectF(combo_box_part(theme, option, QStyle.SubControl.SC_ComboBoxArrow))
    draw_icon(painter, theme, "chevron-down", color, arrow, theme.length("icon.ui"))


def draw_combo_box_label(painter: QPainter, theme: Theme, option: QStyleOptionComboBox) -> None:
    """Draw the words of a combo box that cannot be typed in."""
    if option.editable:
        return
    rect = combo_box_part(theme, option, QStyle.SubControl.SC_ComboBoxEditField)
    words = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, rect.width())
    enabled = ControlState.of_option(option).enabled
    alignment = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    draw_words(painter, QRectF(rect), words, theme.color("text" if enabled else "textDisabled"), alignment)


def combo_box_part(theme: Theme, option: QStyleOptionComboBox, part: QStyle.SubControl) -> QRect:
    """Return where a part of a combo box lies."""
    rect = QRect(option.rect)
    arrow = theme.length("button")
    match part:
        case QStyle.SubControl.SC_ComboBoxArrow:
            rect.setLeft(rect.right() + 1 - arrow)
        case QStyle.SubControl.SC_ComboBoxEditField:
            rect.adjust(theme.length("m"), 0, -arrow, 0)
    return QStyle.visualRect(option.direction, option.rect, rect)


def draw_spin_box(painter: QPainter, theme: Theme, option: QStyleOptionSpinBox) -> None:
    """Draw box and steps of a spin box."""
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
    """Return where a part of a spin box lies: the steps one above the other at the end."""
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
