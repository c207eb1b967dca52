"""Draws one row of what was deleted: an icon on a tile, its name, when it went, and how long it stays."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import Theme

_AT_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_WORDS_LEAST = 120
"""px at 100 % that a name keeps before *days left* moves into the line below it."""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What a row says and is doing. `end` is where its buttons begin, at the right or, mirrored, at the left."""

    icon: str
    name: str
    line: str
    days: str
    end: int
    hovered: bool = False
    focused: bool = False
    first: bool = False


def row_height(theme: Theme) -> int:
    """Return the height of a row in px."""
    return theme.length("rowDeleted")


def draw_row(painter: QPainter, theme: Theme, rect: QRectF, view: QRectF, look: RowLook) -> None:
    """Draw a row that fills `rect`; its ground keeps within the round corners of `view`."""
    mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    if look.hovered or look.focused:
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(view, theme.length("card") - 1, theme.length("card") - 1)
        painter.setClipPath(path)
        if look.hovered:
            painter.fillRect(rect, theme.color("hover"))
        painter.restore()
        if look.focused:
            inset = theme.length("hair")
            box = rect.adjusted(inset, inset, -inset, -inset)
            draw_box(
                painter, box, theme.length("radius.control"), border=theme.color("focus"), width=theme.stroke("focus")
            )
    if not look.first:
        draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))
    side, gap, tile = theme.length("l"), theme.length("m"), theme.length("button")
    left, right = (look.end + gap, rect.right() - side) if mirrored else (rect.left() + side, look.end - gap)
    place = QRectF(right - tile if mirrored else left, rect.center().y() - tile / 2, tile, tile)
    draw_box(painter, place, theme.length("radius.control"), fill=theme.color("bubble"))
    draw_icon(painter, theme, look.icon, theme.color("textSecondary"), place, theme.length("icon.ui"))
    words = QRectF(left, rect.top(), right - left, rect.height())
    words = words.adjusted(0, 0, -tile - gap, 0) if mirrored else words.adjusted(tile + gap, 0, 0, 0)
    _draw_words(painter, theme, words, look, mirrored=mirrored)


def _draw_words(painter: QPainter, theme: Theme, words: QRectF, look: RowLook, *, mirrored: bool) -> None:
    caption = theme.font("caption")
    days = QFontMetricsF(caption).horizontalAdvance(look.days) + theme.length("m")
    line = look.line
    if words.width() - days >= _WORDS_LEAST * theme.scale:
        painter.setFont(caption)
        draw_words(painter, words, look.days, theme.color("textTertiary"), _AT_END)
        words = words.adjusted(days if mirrored else 0, 0, 0 if mirrored else -days, 0)
    else:
        line = f"{look.days} · {line}"
    top = words.center().y() - (theme.line("ui") + theme.line("caption")) / 2
    for text, role, color in ((look.name, "ui", "text"), (line, "caption", "textTertiary")):
        painter.setFont(theme.font(role))
        place = QRectF(QPointF(words.left(), top), QPointF(words.right(), top + theme.line(role)))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        draw_words(painter, place, shown, theme.color(color), _AT_START)
        top += theme.line(role)
