"""What stands in the place of a picture that is not shown: its description, where it is from or why it is not shown, and a button."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_words import load_words, picture_name, picture_note
from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.picture_store import PictureLook, PictureState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_WIDEST = 520
_NARROWEST_TEXT = 200
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value


class PictureCard:
    """As wide as its column, but not endlessly. Laid out when it is made."""

    def __init__(self, span: Span, look: PictureLook, page: PageContext, column: int) -> None:
        theme = page.theme
        self._page = page
        self._failed = look.state is PictureState.FAILED
        self._name = picture_name(span)
        self._note = picture_note(look)
        self._button = load_words(look)
        self.width = min(column, round(_WIDEST * theme.scale))
        self._button_width = control_width(theme, ControlLook.OUTLINED, self._button, "download") if self._button else 0
        padding, spacing = theme.length("m"), theme.length("m")
        self._left = padding + theme.length("icon.ui") + theme.length("s")
        beside = self.width - self._left - padding
        self._stacked = bool(self._button) and beside - self._button_width - spacing < _NARROWEST_TEXT * theme.scale
        self._text_width = max(
            1, beside if self._stacked else beside - self._button_width - spacing * bool(self._button)
        )
        self._name_height = ceil(QFontMetricsF(theme.font("ui")).height())
        self._text_height = self._name_height + self._note_height()
        rows = self._text_height
        if self._stacked:
            rows += theme.length("s") + theme.length("buttonSmall")
        elif self._button:
            rows = max(rows, theme.length("buttonSmall"))
        self.height = rows + 2 * padding

    def paint(self, painter: QPainter, rect: QRect, *, selected: bool = False) -> None:
        """Paint it; what is selected is its ground, so that its words can still be read."""
        theme = self._page.theme
        border = theme.color("borderControl" if theme.scheme.high_contrast else "borderSubtle")
        draw_box(
            painter,
            QRectF(rect),
            theme.length("radius.control"),
            theme.color("selection" if selected else "sunken"),
            border,
        )
        top = rect.top() + (theme.length("m") if self._stacked else (rect.height() - self._text_height) // 2)
        size = theme.length("icon.ui")
        place = QRectF(rect.left() + theme.length("m"), top, size, self._name_height)
        icon = "image-off" if self._failed else "image"
        draw_icon(painter, theme, icon, theme.color("textSecondary"), place, size)
        font = theme.font("ui")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, self._text_width)
        left = rect.left() + self._left
        painter.drawText(QPointF(left, round(top + metrics.ascent())), name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textSecondary"))
        below = QRect(left, top + self._name_height, self._text_width, self._text_height - self._name_height)
        painter.drawText(below, _WRAP, self._note)

    def controls(self, rect: QRect) -> Sequence[Control]:
        """Return the button that fetches the picture, if it may be fetched."""
        if not self._button:
            return ()
        theme = self._page.theme
        height, padding = theme.length("buttonSmall"), theme.length("m")
        if self._stacked:
            place = QRect(rect.left() + self._left, rect.bottom() + 1 - padding - height, self._button_width, height)
        else:
            left = rect.right() + 1 - padding - self._button_width
            place = QRect(left, rect.top() + (rect.height() - height) // 2, self._button_width, height)
        name = f"{self._button}: {self._name} ({self._note})"
        look = ControlLook.OUTLINED
        return (Control(Command(Verb.LOAD_PICTURE), place, name, "download", look, self._button),)

    def _note_height(self) -> int:
        metrics = QFontMetricsF(self._page.theme.font("caption"))
        return ceil(metrics.boundingRect(QRectF(0, 0, self._text_width, 1 << 14), _WRAP, self._note).height())
