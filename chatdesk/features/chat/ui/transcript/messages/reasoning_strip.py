"""The reasoning above an answer: a head that folds, and below it the muted text beside a rule.

While it streams, only its tail is shown, fading at the top. A state chosen by the user is kept.
"""

from collections.abc import Iterator
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QLinearGradient, QPainter

from chatdesk.features.chat.ui.transcript.blocks.growing_column import GrowingColumn
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.control_painter import control_width, write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING
from chatdesk.features.chat.ui.transcript.messages.more_control import more_control
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.ui_kit.lists.height_index import NOWHERE

_FADE = 56


class ReasoningDisplay(StrEnum):
    """How reasoning is shown unless the user has opened or closed it."""

    AUTO = "auto"
    """The tail while it streams, folded when the answer begins."""
    OPEN = "open"
    FOLDED = "folded"


class ReasoningStrip:
    """The reasoning strip. Coordinates start at its top left corner; the owner of the clock sets `seconds`."""

    def __init__(self, page: PageContext, display: ReasoningDisplay) -> None:
        self.column = GrowingColumn(page, TextStyle("reasoning", "textSecondary"))
        self.running = False
        self.seconds = 0
        self.tokens: int | None = None
        self._page = page
        self._display = display
        self._chosen: bool | None = None
        self._revealed = False
        """Temporarily open to show a search hit."""
        self._width = 0

    @property
    def open(self) -> bool:
        """Whether any of the reasoning text is shown."""
        if self._revealed:
            return True
        if self._chosen is not None:
            return self._chosen
        return self._display is ReasoningDisplay.OPEN or (self._display is ReasoningDisplay.AUTO and self.running)

    @property
    def is_recreatable(self) -> bool:
        """Whether it could be recreated without a visible difference."""
        has_state = self.running or self.tokens is not None
        return self._chosen is None and not self._revealed and not has_state and not self.column.has_choices

    @property
    def height(self) -> int:
        """The height in pixels."""
        return self.head_height + (self._gap + self._body_height + self._more_height if self.open else 0)

    @property
    def head_height(self) -> int:
        """The height of the head, which is always visible."""
        return self._page.theme.length("reasoningStrip")

    @property
    def head_text(self) -> tuple[str, str]:
        """The text of the head and the muted duration after it."""
        texts = self._page.texts
        if self.running:
            return texts.thinking, texts.duration(self.seconds)
        return texts.thought_for(self.seconds), ""

    @property
    def body(self) -> QRect:
        """The rectangle of the reasoning text; empty if it is folded."""
        height = self._body_height if self.open else 0
        return QRect(0, self.head_height + self._gap, self._width, height)

    @property
    def column_origin(self) -> QPoint:
        """The top left corner of the column; for a tail it is above the strip."""
        body = self.body
        padding = self._page.theme.length("xs")
        return QPoint(self._indent, body.top() + body.height() - padding - self.column.height)

    @property
    def fades(self) -> bool:
        """Whether only the tail of the text is shown."""
        return self._is_tail and self.column.height > self._body_height

    def set_display(self, display: ReasoningDisplay) -> None:
        """Apply the general setting."""
        self._display = display

    def set_page(self, page: PageContext) -> None:
        """Apply a new theme or language."""
        self._page = page
        self.column.set_page(page)

    def set_width(self, width: int) -> None:
        """Apply a new width."""
        self._width = width
        self.column.set_width(max(1, width - self._indent - self._page.theme.length("s")))

    def toggle(self) -> None:
        """Open or close it as chosen by the user."""
        self._chosen = not self.open
        self._revealed = False

    def reveal(self, *, revealed: bool) -> bool:
        """Show all of it regardless of the settings, or stop doing so. Return False if nothing changed."""
        before, self._revealed = self._revealed, revealed
        return before is not revealed

    def lay_out(self, top: int, bottom: int) -> int:
        """Lay out what is visible between two y values. Return the y from which heights changed."""
        changed = NOWHERE
        while self.open:
            origin, shown = self.column_origin.y(), self.body
            first, last = max(top, shown.top()) - origin, min(bottom, shown.bottom() + 1) - origin
            y = self.column.lay_out(first, last) if first < last else NOWHERE
            if y == NOWHERE:
                break
            # A tail is aligned at its end: if anything in it grows, all of it moves.
            changed = min(changed, shown.top() if self._is_tail else origin + y)
        return changed

    def paint_rule(self, painter: QPainter) -> None:
        """Paint the rule beside the text, which is painted with the other columns."""
        body = self.body
        theme = self._page.theme
        if not body.isEmpty():
            rule = QRect(theme.length("xs"), body.top(), theme.length("hair"), body.height())
            painter.fillRect(rule, theme.color("borderDefault"))

    def paint_fade(self, painter: QPainter) -> None:
        """Paint a fade from the page colour over the top of a tail."""
        body = self.body
        theme = self._page.theme
        if not self.fades:
            return
        fade = QRectF(self._indent - 2, body.top(), body.width(), round(_FADE * theme.scale))
        gradient = QLinearGradient(fade.topLeft(), fade.bottomLeft())
        page = theme.color("page")
        gradient.setColorAt(0, page)
        page.setAlpha(0)
        gradient.setColorAt(1, page)
        painter.fillRect(fade, gradient)

    def paint_count(self, painter: QPainter) -> None:
        """Paint the number of reasoning tokens at the right end of the head."""
        if not self.open or not self.tokens:
            return
        theme = self._page.theme
        font = theme.font("caption")
        text = self._page.texts.tokens(self.tokens)
        x = self._width - theme.length("hitSmall") - theme.length("s") - QFontMetricsF(font).horizontalAdvance(text)
        write(painter, text, font, theme.color("textTertiary"), x, QRect(0, 0, self._width, self.head_height))

    def controls(self) -> Iterator[Control]:
        """Yield the head and, while open, the copy button."""
        theme, texts = self._page.theme, self._page.texts
        caption, note = self.head_text
        spacing = theme.length("s")
        width = control_width(theme, ControlStyle.LINE, caption, "chevron-right")
        if note:
            width += spacing + round(QFontMetricsF(theme.font("ui")).horizontalAdvance(note))
        rect = QRect(-theme.length("xs"), 0, width, self.head_height)
        name = " ".join(filter(None, (caption, note)))
        fold = Command(Verb.FOLD_REASONING)
        yield Control(fold, rect, name, style=ControlStyle.LINE, caption=caption, note=note, on=self.open)
        if self.open:
            size = theme.length("hitSmall")
            area = QRect(self._width - size, (self.head_height - size) // 2, size, size)
            yield Control(Command(Verb.COPY_REASONING), area, texts.copy_reasoning, "copy")
            if hidden := self.column.hidden:
                below = self.body.top() + self.body.height()
                yield more_control(self._page, REASONING, hidden).moved(self._indent, below)

    @property
    def _is_tail(self) -> bool:
        return self.running and self._chosen is None and not self._revealed and self._display is ReasoningDisplay.AUTO

    @property
    def _body_height(self) -> int:
        whole = self.column.height + 2 * self._page.theme.length("xs")
        return min(whole, self._page.theme.length("reasoningTail")) if self._is_tail else whole

    @property
    def _more_height(self) -> int:
        return self._page.theme.length("buttonSmall") if self.column.hidden else 0

    @property
    def _gap(self) -> int:
        return self._page.theme.length("s")

    @property
    def _indent(self) -> int:
        return self._page.theme.length("xl") + self._page.theme.length("hair")
