"""Painter for presets in the list, as cards or, in the dense view, as rows. All lengths come from the theme."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from chatdesk.features.presets.ui.library.preset_rows import PresetRow
from chatdesk.ui_kit.lists.row_list import RowState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme

_ONE_LINE = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
MAX_LINES = 2
"""Maximum number of description lines on a card."""


def card_height(theme: Theme, lines: int, *, dense: bool) -> int:
    """Return the height of a list row whose description has this number of lines, including the gap below it."""
    if dense:
        return theme.length("rowSidebar")
    text_height = theme.line("label") + lines * theme.line("caption") + (theme.length("hair") if lines else 0)
    return 2 * theme.length("m") + max(text_height, theme.length("button")) + theme.length("s")


def description_width(theme: Theme, width: int) -> int:
    """Return the maximum width of a description line in a list of this width."""
    return width - 2 * theme.length("l") - theme.length("button") - 3 * theme.length("m")


def card_box(theme: Theme, rect: QRectF, *, dense: bool) -> QRectF:
    """Return the box within the full width of a row."""
    side = theme.length("s" if dense else "l")
    return rect.adjusted(side, 0, -side, 0 if dense else -theme.length("s"))


def star_rect(theme: Theme, rect: QRectF, *, dense: bool) -> QRectF:
    """Return the rectangle of the star, which toggles the favorite mark."""
    box, size = card_box(theme, rect, dense=dense), theme.length("hitSmall")
    if dense:
        return QRectF(box.right() - size, box.top() + (box.height() - size) / 2, size, size)
    inset = theme.length("xs")
    return QRectF(box.right() - size - inset, box.top() + inset + theme.length("hair"), size, size)


def draw_card(painter: QPainter, theme: Theme, rect: QRectF, row: PresetRow, state: RowState, *, dense: bool) -> None:
    """Paint a row into `rect`."""
    box = card_box(theme, rect, dense=dense)
    if dense:
        _draw_row_background(painter, theme, box, state)
        _draw_row(painter, theme, box, row, state)
    else:
        _draw_card_background(painter, theme, box, state)
        _draw_card(painter, theme, box, row, state)
    if not row.broken and (row.favourite or state.hovered or state.focused):
        _draw_star(painter, theme, star_rect(theme, rect, dense=dense), row, hovered=bool(state.button_hovered))


def _draw_card_background(painter: QPainter, theme: Theme, box: QRectF, state: RowState) -> None:
    radius = theme.length("radius.control")
    fill, border = ("accentSoft", "accentBorder") if state.selected else ("raised", "borderSubtle")
    draw_box(painter, box, radius, theme.color(fill), theme.color(border), theme.stroke("border"))
    if state.hovered and not state.selected:
        draw_box(painter, box, radius, theme.color("hover"))
    if state.focused:
        draw_box(painter, box, radius, border=theme.color("focus"), width=theme.stroke("focus"))


def _draw_row_background(painter: QPainter, theme: Theme, box: QRectF, state: RowState) -> None:
    radius = theme.length("radius.control")
    if state.selected:
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        draw_box(painter, box, radius, theme.color("selected"), border)
    elif state.hovered:
        draw_box(painter, box, radius, theme.color("hover"))
    if state.focused:
        draw_box(painter, box, radius, border=theme.color("focus"), width=theme.stroke("focus"))


def _draw_card(painter: QPainter, theme: Theme, box: QRectF, row: PresetRow, state: RowState) -> None:
    pad, side = theme.length("m"), theme.length("button")
    tile = QRectF(box.left() + pad, box.top() + pad, side, side)
    draw_box(painter, tile, theme.length("radius.small"), theme.color(_tile_color(row, state)))
    draw_icon(painter, theme, row.icon, theme.color(_icon_color(row, state)), tile, theme.length("icon.ui"))
    left = tile.right() + pad
    width = box.right() - pad - left
    star = theme.length("hitSmall") - pad + theme.length("s")
    name = QRectF(left, box.top() + pad, width - star, theme.line("label"))
    if not row.description:
        name.moveTop(tile.center().y() - name.height() / 2)
    available = name.width() - 2 * _dot_size(theme, row)
    first, rest = _broken_name(painter, theme, row.name, available) if row.description else (row.name, "")
    if rest:  # the second line takes the place of one line of the description
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text"))
        painter.drawText(name, _ONE_LINE, first)
        second = name.translated(0, theme.line("label"))
        painter.drawText(second, _ONE_LINE, rest)
        _draw_dot(painter, theme, second, row, rest)
        top = name.bottom() + theme.line("label") + theme.length("hair")
        line = QFontMetricsF(theme.font("caption"), painter.device())
        text = line.elidedText(row.description, Qt.TextElideMode.ElideRight, width)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(QRectF(left, top, width, theme.line("caption")), _ONE_LINE, text)
        return
    _draw_name(painter, theme, name, row, "label")
    text_rect = QRectF(left, name.bottom() + theme.length("hair"), width, MAX_LINES * theme.line("caption"))
    _draw_description(painter, theme, text_rect, row.description)


def _broken_name(painter: QPainter, theme: Theme, name: str, width: float) -> tuple[str, str]:
    """Return a name in one or two lines, the second one elided and empty if the first one suffices."""
    font = theme.font("label")
    metrics = QFontMetricsF(font, painter.device())
    if metrics.horizontalAdvance(name) <= width:
        return name, ""
    layout = QTextLayout(name, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    end = line.textLength()
    return name[:end].rstrip(), metrics.elidedText(name[end:].strip(), Qt.TextElideMode.ElideRight, width)


def _dot_size(theme: Theme, row: PresetRow) -> int:
    """Return the diameter of the dot that marks unsaved edits; 0 without them."""
    return theme.length("s") if row.unsaved else 0


def _draw_dot(painter: QPainter, theme: Theme, rect: QRectF, row: PresetRow, name: str) -> None:
    """Draw the dot behind a name in `rect`, in the current font."""
    if dot := _dot_size(theme, row):
        dot_rect = QRectF(0, 0, dot, dot)
        end = rect.left() + QFontMetricsF(painter.font(), painter.device()).horizontalAdvance(name)
        dot_rect.moveCenter(QPointF(end + 1.5 * dot, rect.center().y()))
        draw_box(painter, dot_rect, dot / 2, theme.color("accent"))


def _draw_row(painter: QPainter, theme: Theme, box: QRectF, row: PresetRow, state: RowState) -> None:
    pad, size = theme.length("s"), theme.length("icon.ui")
    color = "warning" if row.broken else "accentText" if state.selected else "textSecondary"
    icon = QRectF(box.left() + pad, box.top(), size, box.height())
    draw_icon(painter, theme, row.icon, theme.color(color), icon, size)
    name = QRectF(icon.right() + pad, box.top(), box.width() - size - 3 * pad - theme.length("hitSmall"), box.height())
    _draw_name(painter, theme, name, row, "ui")


def _draw_name(painter: QPainter, theme: Theme, rect: QRectF, row: PresetRow, role: str) -> None:
    font = theme.font(role)
    metrics = QFontMetricsF(font, painter.device())
    width = rect.width() - 2 * _dot_size(theme, row)
    name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, width)
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.drawText(rect, _ONE_LINE, name)
    _draw_dot(painter, theme, rect, row, name)


def _draw_description(painter: QPainter, theme: Theme, rect: QRectF, text: str) -> None:
    """Draw a description on at most two lines, with the second one elided."""
    font, line_height = theme.font("caption"), theme.line("caption")
    metrics = QFontMetricsF(font, painter.device())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text[:1_000], font)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(rect.width())
    end = line.textStart() + line.textLength() if line.isValid() else 0
    layout.endLayout()
    painter.setFont(font)
    painter.setPen(theme.color("textSecondary"))
    line_rect = QRectF(rect.left(), rect.top(), rect.width(), line_height)
    painter.drawText(line_rect, _ONE_LINE, text[:end].rstrip())
    rest = metrics.elidedText(text[end:].strip(), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(line_rect.translated(0, line_height), _ONE_LINE, rest)


def _draw_star(painter: QPainter, theme: Theme, rect: QRectF, row: PresetRow, *, hovered: bool) -> None:
    if hovered:
        draw_box(painter, rect, theme.length("radius.small"), theme.color("hover"))
    color = "accentText" if row.favourite else "text" if hovered else "textTertiary"
    draw_icon(
        painter, theme, "star-filled" if row.favourite else "star", theme.color(color), rect, theme.length("icon.ui")
    )


def _tile_color(row: PresetRow, state: RowState) -> str:
    return "warningSoft" if row.broken else "accent" if state.selected else "bubble"


def _icon_color(row: PresetRow, state: RowState) -> str:
    return "warning" if row.broken else "onAccent" if state.selected else "textSecondary"
