"""How a row of the list of models looks. Every length is the theme's; all rows are equally high, so that 10,000 are laid out at once."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.models.ui.page.listed_rows import Row, ServerHead
from chatdesk.features.models.ui.page.row_words import memory_tag, row_details, row_size
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text.plain_line import plain_line

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_NAME_SHARE = 0.6
"""Of a line's room that a name may always take beside what stands behind it."""


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row is doing."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    menu_hovered: bool = False
    is_default: bool = False
    """Whether new chats begin with its model."""
    is_last: bool = False


def row_height(theme: Theme) -> int:
    """Return the height of every row."""
    return theme.length("rowModel")


def menu_rect(theme: Theme, rect: QRectF) -> QRectF:
    """Return where a click opens a row's menu."""
    box, size = _box(theme, rect), theme.length("hitSmall")
    return QRectF(box.right() - size - theme.length("xs"), box.center().y() - size / 2, size, size)


def draw_row(painter: QPainter, theme: Theme, rect: QRectF, row: Row, state: RowState, *, grouped: bool) -> None:
    """Draw a row that fills `rect`."""
    box = _box(theme, rect)
    _draw_ground(painter, theme, box, state)
    if isinstance(row, ServerHead):
        _draw_head(painter, theme, box, row)
    else:
        _draw_model(painter, theme, box, row, state, grouped=grouped)
    if not state.is_last and not state.selected:
        pad = theme.length("m")
        line = QPointF(box.left() + pad, rect.bottom() - 1)
        draw_line(painter, line, box.width() - 2 * pad, theme.color("borderSubtle"))
    if state.hovered or state.focused or state.selected:
        place = menu_rect(theme, rect)
        if state.menu_hovered:
            draw_box(painter, place, theme.length("radius.small"), theme.color("hover"))
        draw_icon(painter, theme, "ellipsis", theme.color("textSecondary"), place, theme.length("icon.ui"))


def _box(theme: Theme, rect: QRectF) -> QRectF:
    side = theme.length("s")
    return rect.adjusted(side, 0, -side, 0)


def _draw_ground(painter: QPainter, theme: Theme, box: QRectF, state: RowState) -> None:
    radius = theme.length("radius.control")
    box = box.adjusted(0, 1, 0, -1)
    if state.selected:
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        draw_box(painter, box, radius, theme.color("selected"), border, theme.stroke("border"))
    elif state.hovered:
        draw_box(painter, box, radius, theme.color("hover"))
    if state.focused:
        draw_box(painter, box, radius, border=theme.color("focus"), width=theme.stroke("focus"))


def _lines(theme: Theme, box: QRectF) -> tuple[QRectF, QRectF]:
    """Return where the two lines of a row stand."""
    pad = theme.length("m")
    first, second = theme.line("label"), theme.line("caption")
    top = box.center().y() - (first + second) / 2
    end = theme.length("hitSmall") + theme.length("s")
    width = box.width() - pad - end
    return QRectF(box.left() + pad, top, width, first), QRectF(box.left() + pad, top + first, width, second)


def _draw_head(painter: QPainter, theme: Theme, box: QRectF, head: ServerHead) -> None:
    first, second = _lines(theme, box)
    _draw_words(painter, theme, first, plain_line(head.name), "caption", "textTertiary", strong=True)
    dot, gap = theme.length("s"), theme.length("s")
    place = QRectF(second.left(), second.center().y() - dot / 2, dot, dot)
    draw_box(painter, place, dot / 2, fill=theme.color(head.state_kind.color))
    words = " · ".join(filter(None, (plain_line(head.state_words), head.holds)))
    _draw_words(painter, theme, second.adjusted(dot + gap, 0, 0, 0), words, "caption", "textTertiary")


def _draw_model(
    painter: QPainter, theme: Theme, box: QRectF, entry: ModelEntry, state: RowState, *, grouped: bool
) -> None:
    first, second = _lines(theme, box)
    size = row_size(entry)
    if size:
        whole = first.united(second)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(whole, _END, size)
        room = QFontMetricsF(theme.font("ui")).horizontalAdvance(size) + theme.length("m")
        first, second = first.adjusted(0, 0, -room, 0), second.adjusted(0, 0, -room, 0)
    faint = entry.preference.hidden or not entry.model.can_chat
    end = _draw_name(painter, theme, first, entry, "textTertiary" if faint else "text")
    _draw_marks(painter, theme, first, end, entry, state)
    _draw_words(painter, theme, second, row_details(entry, grouped=grouped), "caption", "textTertiary")


def _draw_name(painter: QPainter, theme: Theme, line: QRectF, entry: ModelEntry, color: str) -> float:
    """Draw a model's name, and return where it ends."""
    font = theme.font("label")
    metrics = QFontMetricsF(font)
    room = line.width() if not entry.model.loaded else max(line.width() * _NAME_SHARE, 0)
    name = metrics.elidedText(plain_line(entry.name), Qt.TextElideMode.ElideMiddle, room)
    painter.setFont(font)
    painter.setPen(theme.color(color))
    painter.drawText(line, _START, name)
    return line.left() + metrics.horizontalAdvance(name)


def _draw_marks(painter: QPainter, theme: Theme, line: QRectF, left: float, entry: ModelEntry, state: RowState) -> None:
    """Draw what stands behind a name: the star, the check of the default, the tag of a model in memory."""
    gap, size = theme.length("s"), theme.length("icon.small")
    icons = (
        ("star-filled", entry.preference.favourite),
        ("circle-check", state.is_default),
        ("eye-off", entry.preference.hidden),
    )
    for icon, shown in icons:
        if shown and left + gap + size <= line.right():
            color = theme.color("textTertiary" if icon == "eye-off" else "accentText")
            draw_icon(painter, theme, icon, color, QRectF(left + gap, line.top(), size, line.height()), size)
            left += gap + size
    if words := memory_tag(entry.model):
        font = theme.font("caption")
        width = QFontMetricsF(font).horizontalAdvance(words) + theme.length("s")
        tag = QRectF(left + gap, line.center().y() - theme.length("size.tag") / 2, width, theme.length("size.tag"))
        if tag.right() <= line.right():
            draw_box(painter, tag, theme.length("radius.tag"), theme.color("successSoft"))
            painter.setFont(font)
            painter.setPen(theme.color("success"))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)


def _draw_words(
    painter: QPainter, theme: Theme, rect: QRectF, words: str, role: str, color: str, *, strong: bool | None = None
) -> None:
    font = theme.font(role, strong=strong)
    painter.setFont(font)
    painter.setPen(theme.color(color))
    cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
    painter.drawText(rect, _START, cut)
