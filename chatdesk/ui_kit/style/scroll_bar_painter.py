"""Draws scroll bars and says where their parts lie: a narrow thumb that grows under the pointer, no buttons."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionSlider

from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme


def draw_scroll_bar(painter: QPainter, theme: Theme, option: QStyleOptionSlider) -> None:
    """Draw the thumb, and the track under the pointer."""
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
    """Return where a part lies; there is no part for single steps."""
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
