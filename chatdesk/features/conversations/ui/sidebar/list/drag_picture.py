"""What hangs at the pointer while chats or a folder are dragged: small, and beside the pointer, so that the target stays in sight."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def drag_picture(theme: Theme, icon: str, words: str, ratio: float) -> QPixmap:
    """Return a picture whose top left corner is the pointer; `ratio`: pixels of the screen to one of ours."""
    pad, size, height = theme.length("s"), theme.length("icon.ui"), theme.length("buttonSmall")
    font = theme.font("ui")
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, theme.length("sidebarOverlay") / 2)
    box = QRectF(theme.length("m"), theme.length("m"), 3 * pad + size + metrics.horizontalAdvance(shown) + 1, height)
    room = QSize(int(box.right()) + 2, int(box.bottom()) + 2)
    picture = QPixmap(room * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius, border = theme.length("radius.control"), theme.color("borderDefault")
    draw_box(painter, box, radius, theme.color("raised"), border, theme.stroke("border"))
    draw_icon(
        painter,
        theme,
        icon,
        theme.color("textSecondary"),
        QRectF(box.left() + pad, box.top(), size, box.height()),
        size,
    )
    painter.setFont(font)
    draw_words(painter, box.adjusted(2 * pad + size, 0, 0, 0), shown, theme.color("text"), _LEFT)
    painter.end()
    return picture
