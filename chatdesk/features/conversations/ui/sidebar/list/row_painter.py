"""Painter for a row of the chat list: a header, a folder, a chat, a search hit or the trash."""

from dataclasses import replace
from enum import IntEnum, auto
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from chatdesk.features.conversations.ui.sidebar.list.list_rows import (
    ChatGroup,
    ChatRow,
    FolderRow,
    HeaderRow,
    HitRow,
    MoreHitRow,
    Row,
    TrashRow,
)
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.chat.message import DocumentPart, PassageRange
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import RowState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_ONE_LINE = int(_LEFT | Qt.TextFlag.TextSingleLine)
_AT_END = int(
    Qt.AlignmentFlag.AlignRight
    | Qt.AlignmentFlag.AlignAbsolute
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextSingleLine
)
_SPINNER_ARC = 270
_MAX_CHARACTERS_BEFORE_HIT = 14
"""Characters of a found line before the first hit: more of them would push the hit out of a narrow sidebar."""


class RowButton(IntEnum):
    """A button of a row."""

    NONE = 0
    MENU = auto()
    ADD = auto()
    UNFOLD = auto()
    """Of a row for messages found in a chat: lists the others too."""


@dataclass(frozen=True, slots=True)
class ListRowState(RowState):
    """Visual state of a row. `angle` is that of the spinner in degrees."""

    dropping: bool = False
    """Whether dragged chats would be dropped into this folder."""
    angle: float = 0.0


def row_height(theme: Theme, kind: type[Row], *, in_document: bool = False) -> int:
    """Return the height of a type of row in px. A match in a document has a line with its location."""
    location_height = theme.line("caption") if in_document else 0
    if kind is HeaderRow:
        return theme.length("buttonSmall") + theme.length("s")
    if kind is HitRow:
        return theme.line("ui") + location_height + theme.line("caption") + 2 * theme.length("s")
    if kind is MoreHitRow:
        return location_height + theme.line("caption") + theme.length("s")
    if kind is TrashRow:
        return theme.length("m") + theme.length("rowSidebar")
    return theme.length("rowSidebar")


def row_box(theme: Theme, rect: QRectF) -> QRectF:
    """Return the rounded box within the full width of a row."""
    inset = theme.length("s")
    return rect.adjusted(inset, 0, -inset, 0)


def menu_button_rect(theme: Theme, rect: QRectF) -> QRectF:
    """Return the rectangle of the menu button within the full width of a row."""
    size = theme.length("hitSmall")
    box = row_box(theme, rect)
    gap = (box.height() - size) / 2
    return QRectF(box.right() - size - gap, box.top() + gap, size, size)


def add_button_rect(theme: Theme, rect: QRectF, row: Row) -> QRectF:
    """Return the rectangle of the plus button: of a folder, for a new chat, or of the header of the folders. Empty if there is none."""
    button = menu_button_rect(theme, rect)
    if isinstance(row, FolderRow):
        return button.translated(-button.width(), 0)
    if isinstance(row, HeaderRow) and row.group is ChatGroup.FOLDERS:
        return button.translated(0, (theme.length("s") + theme.length("hair")) / 2)
    return QRectF()


def unfold_button_rect(theme: Theme, rect: QRectF, row: Row) -> QRectF:
    """Return the rectangle of the button with the number of other messages found in a chat. Empty if there is none."""
    if not (isinstance(row, HitRow) and row.more):
        return QRectF()
    box, pad = row_box(theme, rect), theme.length("s")
    width = QFontMetricsF(theme.font("caption")).horizontalAdvance(_unfold_text(row)) + 2 * theme.length("xs")
    height = theme.length("size.tag")
    return QRectF(box.right() - pad - width, box.top() + pad + (theme.line("ui") - height) / 2, width, height)


def _unfold_text(row: HitRow) -> str:
    return "−" if row.unfolded else f"+{row.more}"


def button_at(theme: Theme, rect: QRectF, row: Row, position: QPointF) -> RowButton:
    """Return the button of a row at a position."""
    if add_button_rect(theme, rect, row).contains(position):
        return RowButton.ADD
    if unfold_button_rect(theme, rect, row).contains(position):
        return RowButton.UNFOLD
    has_menu = isinstance(row, FolderRow | ChatRow) and menu_button_rect(theme, rect).contains(position)
    return RowButton.MENU if has_menu else RowButton.NONE


def title_rect(theme: Theme, rect: QRectF, row: Row, state: ListRowState) -> QRectF:
    """Return the rectangle of the title of a row, which is elided to fit."""
    pad = theme.length("s")
    box = row_box(theme, rect).adjusted(pad, 0, -pad, 0)
    if isinstance(row, TrashRow):
        count = QFontMetricsF(theme.font("caption")).horizontalAdvance(str(row.count))
        return box.adjusted(theme.length("icon.ui") + pad, theme.length("m"), -count - pad, 0)
    if isinstance(row, HeaderRow):
        return box.adjusted(0, theme.length("s") + theme.length("hair"), 0, 0)
    if isinstance(row, HitRow):
        right = unfold_button_rect(theme, rect, row).left() - theme.length("xs") if row.more else box.right()
        return QRectF(box.left(), box.top() + pad, right - box.left(), theme.line("ui"))
    if isinstance(row, MoreHitRow):
        return box.adjusted(theme.length("m"), 0, 0, 0)
    if isinstance(row, FolderRow) or row.inside or row.is_draft:
        box.setLeft(box.left() + theme.length("icon.ui") + pad)
    if _shows_buttons(state):
        first = add_button_rect(theme, rect, row) if isinstance(row, FolderRow) else menu_button_rect(theme, rect)
        box.setRight(first.left() - theme.length("hair"))
    elif row.streaming or row.unread or (isinstance(row, ChatRow) and row.unsent):
        box.setRight(menu_button_rect(theme, rect).left() - theme.length("xs"))
    elif isinstance(row, FolderRow):
        box.setRight(box.right() - QFontMetricsF(theme.font("caption")).horizontalAdvance(str(row.count)) - pad)
    return box


def draw_row(painter: QPainter, theme: Theme, rect: QRectF, row: Row, state: ListRowState) -> None:
    """Paint a row into `rect`."""
    if isinstance(row, HeaderRow):
        _draw_text(
            painter, theme, title_rect(theme, rect, row, state), row.title, "caption", "textTertiary", strong=True
        )
        if row.count:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("textTertiary"))
            painter.drawText(title_rect(theme, rect, row, state), _AT_END, row.count)
        if row.group is ChatGroup.FOLDERS:
            _draw_button(painter, theme, RowButton.ADD, add_button_rect(theme, rect, row), state)
        return
    if isinstance(row, TrashRow):
        _draw_trash(painter, theme, rect, row, state)
        return
    marked = isinstance(row, FolderRow) and row.marked
    _draw_background(painter, theme, rect, replace(state, selected=state.selected or marked))
    if not isinstance(row, MoreHitRow):
        _draw_text(painter, theme, title_rect(theme, rect, row, state), row.title, "ui", "text")
    if isinstance(row, HitRow | MoreHitRow):
        _draw_found(painter, theme, rect, row, state)
        return
    if isinstance(row, FolderRow):
        opened = row.unfolded and row.count
        chevron = "chevron-down" if row.unfolded else "chevron-right"
        icon = chevron if _shows_buttons(state) else "folder-open" if opened else "folder"
        _draw_leading_icon(painter, theme, rect, icon, "textSecondary")
    elif row.is_draft:
        _draw_leading_icon(painter, theme, rect, "file-pen", "textSecondary")
    _draw_end(painter, theme, rect, row, state)


def spinner_rect(theme: Theme, rect: QRectF) -> QRect:
    """Return the rectangle of the spinner in a row without hover and focus."""
    size = theme.length("m") + 2 * ceil(theme.stroke("control"))
    spinner = QRectF(0, 0, size, size)
    spinner.moveCenter(menu_button_rect(theme, rect).center())
    return spinner.toAlignedRect()


def draw_spinner_only(painter: QPainter, theme: Theme, rect: QRectF, state: ListRowState) -> None:
    """Repaint only `spinner_rect` of a row: the spinner turns while an answer is streamed, which needs the CPU time."""
    spinner = spinner_rect(theme, rect)
    painter.setClipRect(spinner)
    painter.fillRect(spinner, theme.color("sidebar"))
    _draw_background(painter, theme, rect, state)
    _draw_spinner(painter, theme, menu_button_rect(theme, rect), state.angle)


def _shows_buttons(state: ListRowState) -> bool:
    return state.hovered or state.focused


def _draw_end(painter: QPainter, theme: Theme, rect: QRectF, row: FolderRow | ChatRow, state: ListRowState) -> None:
    """Draw the buttons at the end of a row, or else its most important mark."""
    button = menu_button_rect(theme, rect)
    if _shows_buttons(state):
        _draw_button(painter, theme, RowButton.MENU, button, state)
        if isinstance(row, FolderRow):
            _draw_button(painter, theme, RowButton.ADD, add_button_rect(theme, rect, row), state)
    elif row.streaming:
        _draw_spinner(painter, theme, button, state.angle)
    elif row.unread:
        _draw_dot(painter, theme, button)
    elif isinstance(row, FolderRow):
        _draw_count(painter, theme, rect, row.count)
    elif row.unsent:
        draw_icon(painter, theme, "file-pen", theme.color("textTertiary"), button, theme.length("icon.small"))


def _draw_background(painter: QPainter, theme: Theme, rect: QRectF, state: ListRowState) -> None:
    box, radius = row_box(theme, rect), theme.length("radius.control")
    if state.selected:
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        draw_box(painter, box, radius, fill=theme.color("selected"), border=border)
    elif state.hovered:
        draw_box(painter, box, radius, fill=theme.color("hover"))
    if state.focused or state.dropping:
        draw_box(painter, box, radius, border=theme.color("focus"), width=theme.stroke("focus"))


def _draw_text(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, role: str, color: str, *, strong: bool = False
) -> None:
    painter.setFont(theme.font(role, strong=strong))
    painter.setPen(theme.color(color))
    painter.drawText(rect, _ONE_LINE, _elided(painter, text, rect.width()))


def _elided(painter: QPainter, text: str, width: float) -> str:
    return QFontMetricsF(painter.font(), painter.device()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _draw_found(painter: QPainter, theme: Theme, rect: QRectF, row: HitRow | MoreHitRow, state: ListRowState) -> None:
    """Draw the line of a found message, and the button with the number of others in its chat."""
    pad, height = theme.length("s"), theme.line("caption")
    if isinstance(row, MoreHitRow):
        box = title_rect(theme, rect, row, state)
        bottom = box.bottom() - pad / 2
    else:
        box = row_box(theme, rect).adjusted(pad, 0, -pad, 0)
        bottom = box.bottom() - pad
    line = QRectF(box.left(), bottom - height, box.width(), height)
    location = row.hit.location
    if location and location.passage:
        _draw_snippet(painter, theme, line, row.hit)
        _draw_location(painter, theme, line.translated(0, -height), location.document, location.passage)
    else:
        indent = _draw_document_icon(painter, theme, line, location.document) if location else 0
        _draw_snippet(painter, theme, line.adjusted(indent, 0, 0, 0), row.hit)
    if isinstance(row, HitRow) and row.more:
        button = unfold_button_rect(theme, rect, row)
        fill = theme.color("pressed" if state.button_hovered == RowButton.UNFOLD else "bubble")
        draw_box(painter, button, theme.length("radius.tag"), fill=fill)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(button, int(Qt.AlignmentFlag.AlignCenter), _unfold_text(row))


def _draw_location(
    painter: QPainter, theme: Theme, line: QRectF, document: DocumentPart, passage: PassageRange
) -> None:
    """Draw the icon and the name of a document, and the number of the page, which stays visible in a narrow sidebar."""
    from chatdesk.ui_kit.pictures.attachment_facts import location_in  # noqa: PLC0415 - start-up time: nothing has been found yet

    text = line.adjusted(_draw_document_icon(painter, theme, line, document), 0, 0, 0)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("textTertiary"))
    metrics = QFontMetricsF(painter.font(), painter.device())
    label = location_in(document, passage)
    painter.drawText(text, _ONE_LINE, metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, text.width()))


def _draw_document_icon(painter: QPainter, theme: Theme, line: QRectF, document: DocumentPart) -> int:
    """Draw the icon of a document at the beginning of a line, and return the width it takes."""
    from chatdesk.ui_kit.pictures.attachment_facts import document_icon  # noqa: PLC0415 - likewise

    size = theme.length("icon.small")
    icon = QRectF(line.left(), line.top(), size, line.height())
    draw_icon(painter, theme, document_icon(document), theme.color("textTertiary"), icon, size)
    return size + theme.length("xs")


def _draw_snippet(painter: QPainter, theme: Theme, line: QRectF, hit: SearchHit) -> None:
    """Draw a snippet with the matches marked. It begins so near to the first one that this is visible, and at a word."""
    first = hit.ranges[0][0] if hit.ranges else 0
    cut = max(0, first - _MAX_CHARACTERS_BEFORE_HIT)
    if cut and (space := hit.snippet.find(" ", cut, first)) >= 0:
        cut = space + 1
    lead = "…" if cut else ""
    snippet = lead + hit.snippet[cut:]
    painter.setFont(theme.font("caption"))
    metrics = QFontMetricsF(painter.font(), painter.device())
    shown = metrics.elidedText(snippet, Qt.TextElideMode.ElideRight, line.width())
    shift = len(lead) - cut
    for start, end in hit.ranges:
        left = metrics.horizontalAdvance(snippet[: start + shift])
        right = min(metrics.horizontalAdvance(snippet[: end + shift]), line.width())
        if left < right:
            hit_rect = QRectF(line.left() + left, line.top(), right - left, line.height())
            draw_box(painter, hit_rect, theme.length("mark"), fill=theme.color("findHit"))
    painter.setPen(theme.color("textSecondary"))
    painter.drawText(line, _ONE_LINE, shown)


def _draw_spinner(painter: QPainter, theme: Theme, rect: QRectF, angle: float) -> None:
    size = theme.length("m")
    circle = QRectF(0, 0, size, size)
    circle.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color("accent"), theme.stroke("control"))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(circle, round((90 - angle) * 16), -_SPINNER_ARC * 16)
    painter.restore()


def _draw_dot(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    size = theme.length("s")
    dot = QRectF(0, 0, size, size)
    dot.moveCenter(rect.center())
    draw_box(painter, dot, size / 2, fill=theme.color("accent"))


def _draw_leading_icon(painter: QPainter, theme: Theme, rect: QRectF, icon: str, color: str) -> None:
    size, box = theme.length("icon.ui"), row_box(theme, rect)
    icon_rect = QRectF(box.left() + theme.length("s"), box.top(), size, box.height())
    draw_icon(painter, theme, icon, theme.color(color), icon_rect, size)


def _draw_count(painter: QPainter, theme: Theme, rect: QRectF, count: int) -> None:
    pad = theme.length("s")
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("textTertiary"))
    painter.drawText(row_box(theme, rect).adjusted(pad, 0, -pad, 0), _AT_END, str(count))


def _draw_trash(painter: QPainter, theme: Theme, rect: QRectF, row: TrashRow, state: ListRowState) -> None:
    """Draw the row of the trash, with a gap above it."""
    seen = rect.adjusted(0, theme.length("m"), 0, 0)
    _draw_background(painter, theme, seen, replace(state, selected=row.current))
    _draw_text(painter, theme, title_rect(theme, rect, row, state), row.title, "ui", "text")
    _draw_leading_icon(painter, theme, seen, "trash-2", "accentText" if row.current else "textSecondary")
    _draw_count(painter, theme, seen, row.count)


def _draw_button(painter: QPainter, theme: Theme, button: RowButton, rect: QRectF, state: ListRowState) -> None:
    icon, hovered = "plus" if button is RowButton.ADD else "ellipsis", state.button_hovered == button
    if hovered:
        draw_box(painter, rect, theme.length("radius.small"), fill=theme.color("pressed"))
    color: QColor = theme.color("text" if hovered else "textSecondary")
    draw_icon(painter, theme, icon, color, rect, theme.length("icon.ui"))
