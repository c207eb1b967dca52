"""Draws menus, and the lists of combo boxes that look the same, and says how large their rows are."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionMenuItem, QWidget

from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line, draw_lit_row, draw_pixmap, draw_shadow
from chatdesk.ui_kit.style.theme import Theme

DANGER_PROPERTY = "danger"
"""Set to True on a QAction that destroys something: its words are red."""


def draw_menu_panel(painter: QPainter, theme: Theme, rect: QRectF, margin: int, radius: int) -> None:
    """Draw the ground of a menu in a window that leaves `margin` px for its shadow."""
    panel = rect.adjusted(margin, margin, -margin, -margin)
    if margin:
        draw_shadow(painter, theme, panel, radius)
    draw_box(painter, panel, radius, theme.color("raised"), theme.color("borderDefault"), theme.stroke("border"))


def menu_item_size(theme: Theme, option: QStyleOptionMenuItem, contents: QSize) -> QSize:
    """Return a row's size; `contents` has the width of its words without the shortcut."""
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator and not option.text:
        return QSize(contents.width(), theme.length("s") + 1)
    gap = theme.length("xxl")
    return QSize(_icon_room(theme, option) + contents.width() + gap + 2 * theme.length("m"), theme.length("rowMenu"))


def draw_menu_item(painter: QPainter, theme: Theme, option: QStyleOptionMenuItem, widget: QWidget | None) -> None:
    """Draw one row. Its hover fill is inset, for the rows reach from edge to edge."""
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
    _draw_sign(painter, theme, option, _mirrored(option, QRectF(row.left(), row.top(), size, row.height())), state)
    painter.setFont(option.font)
    words, _, keys = option.text.partition("\t")
    place = row.adjusted(_icon_room(theme, option), 0, 0, 0)
    start, end = (
        QStyle.visualAlignment(option.direction, side | Qt.AlignmentFlag.AlignVCenter)
        for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
    )
    draw_words(painter, _mirrored(option, place), words, ink, start, mnemonic=True)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.SubMenu:
        arrow = "chevron-left" if option.direction == Qt.LayoutDirection.RightToLeft else "chevron-right"
        corner = QRectF(row.right() - size, row.top(), size, row.height())
        draw_icon(painter, theme, arrow, quiet, _mirrored(option, corner), size)
    elif keys:
        draw_words(painter, _mirrored(option, place), keys, quiet, end)


def _draw_sign(
    painter: QPainter, theme: Theme, option: QStyleOptionMenuItem, place: QRectF, state: ControlState
) -> None:
    """Draw the tick of a row that can be checked, or else the row's icon."""
    if option.checkType != QStyleOptionMenuItem.CheckType.NotCheckable:
        if option.checked:
            color = theme.color("accentText" if state.enabled else "textDisabled")
            draw_icon(painter, theme, "check", color, place, round(place.width()))
    elif not option.icon.isNull():
        side, ratio = round(place.width()), painter.device().devicePixelRatio()
        mode = QIcon.Mode.Normal if state.enabled else QIcon.Mode.Disabled
        draw_pixmap(painter, option.icon.pixmap(QSize(side, side), ratio, mode), place)


def _draw_separator(painter: QPainter, theme: Theme, option: QStyleOptionMenuItem) -> None:
    rect = QRectF(option.rect)
    inset = theme.length("m")
    if option.text:
        font = theme.font("caption", strong=True)
        painter.setFont(font)
        words = QFontMetrics(font).elidedText(option.text, Qt.TextElideMode.ElideRight, round(rect.width()) - 2 * inset)
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        draw_words(painter, rect.adjusted(inset, 0, -inset, 0), words, theme.color("textTertiary"), side)
        return
    start = QPointF(rect.left() + inset, rect.center().y())
    draw_line(painter, start, rect.width() - 2 * inset, theme.color("borderSubtle"))


def _ink(option: QStyleOptionMenuItem, state: ControlState, widget: QWidget | None) -> str:
    if not state.enabled:
        return "textDisabled"
    action = widget.actionAt(option.rect.center()) if isinstance(widget, QMenu) else None
    return "danger" if action is not None and action.property(DANGER_PROPERTY) else "text"


def _icon_room(theme: Theme, option: QStyleOptionMenuItem) -> int:
    """Return the width of the column for icons and ticks, which a menu without either does not have."""
    return theme.length("icon.ui") + theme.length("s") if option.maxIconWidth or option.menuHasCheckableItems else 0


def _mirrored(option: QStyleOptionMenuItem, place: QRectF) -> QRectF:
    """Return `place` as it lies in the row's direction of reading."""
    if option.direction == Qt.LayoutDirection.LeftToRight:
        return place
    rect = QRectF(option.rect)
    return QRectF(rect.left() + rect.right() - place.right(), place.top(), place.width(), place.height())
