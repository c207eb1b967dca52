"""A strip below an answer with a problem: an icon, a sentence, its consequence, and the next steps as buttons.

`message_notice.py` creates the `Notice` of a message; `notice_details.py` shows its details.
"""

from collections.abc import Iterator
from enum import Enum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import DETAILS, PlacedColumn
from chatdesk.features.chat.ui.transcript.messages.notice_details import NoticeDetails
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.text.safe_text import bounded_text


class Tone(Enum):
    """The severity: the colour tokens of background and icon."""

    NEUTRAL = ("sunken", "textSecondary")
    WARNING = ("warningSoft", "warning")
    DANGER = ("dangerSoft", "danger")


@dataclass(frozen=True, slots=True)
class NoticeButton:
    """The button of a next step."""

    command: Command
    caption: str
    icon: str = ""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """The content of a strip. The last button is the best step."""

    tone: Tone
    icon: str
    sentence: str
    consequence: str = ""
    buttons: tuple[NoticeButton, ...] = ()
    details: str = ""


_MAX_SENTENCE_LENGTH = 2_000
"""Characters of a sentence: a server's message may be longer; the details have all of it."""


def details_width(page: PageContext, width: int) -> int:
    """Return the width of the details for a strip of this width."""
    theme = page.theme
    return max(1, width - theme.length("icon.ui") - theme.length("s") - 2 * theme.length("m"))


class NoticeStrip:
    """A notice strip, laid out on creation. Buttons are beside the sentence if there is space, otherwise below it."""

    def __init__(
        self, notice: Notice, number: int, page: PageContext, width: int, details: NoticeDetails | None = None
    ) -> None:
        self.notice = notice
        self._number = number
        self._page = page
        self._width = width
        self._details = details
        theme = page.theme
        self._buttons = self._arranged_buttons()
        self._text_left = theme.length("m") + theme.length("icon.ui") + theme.length("s")
        self._buttons_height = max((button.rect.bottom() + 1 for button in self._buttons), default=0)
        buttons_width = self._width - min((button.rect.left() for button in self._buttons), default=self._width)
        available = details_width(page, width)
        self._sentence = self._flow(bounded_text(notice.sentence, _MAX_SENTENCE_LENGTH), TextStyle("ui"), 1 << 16)
        is_one_line = self._buttons_height <= theme.length("buttonSmall")
        beside = not self._buttons or (is_one_line and self._sentence.natural_width <= available - buttons_width)
        text_width = available - (buttons_width if beside else 0)
        self._sentence.lay_out(max(1, text_width))
        consequence = bounded_text(notice.consequence, _MAX_SENTENCE_LENGTH)
        self._consequence = self._flow(consequence, TextStyle("ui", "textSecondary"), text_width)
        self._arrange(beside=beside)

    @property
    def height(self) -> int:
        """The height in pixels, partly estimated."""
        if self._details is None:
            return self._bottom + self._padding
        below = self._page.theme.length("buttonSmall") if self._details.has_more else 0
        return self._details_top + self._details.column.height + below + self._padding

    def columns(self, top: int) -> Iterator[PlacedColumn]:
        """Yield the column of open details; `top` is the y of the strip in its message."""
        if self._details is not None:
            column = self._details.column
            origin = QPoint(self._text_left, top + self._details_top)
            yield PlacedColumn(
                DETAILS + self._number, column, origin, QRect(origin, QSize(column.width, column.height))
            )

    def paint(self, painter: QPainter) -> None:
        """Paint everything except the buttons at the painter's origin."""
        theme = self._page.theme
        background, color = self.notice.tone.value
        rect = QRectF(0, 0, self._width, self.height)
        radius = theme.length("radius.control")
        border = theme.color(color) if theme.scheme.high_contrast else None
        draw_box(painter, rect, radius, theme.color(background), border)
        size = theme.length("icon.ui")
        icon_rect = QRectF(theme.length("m"), self._text_top, size, theme.line("ui"))
        draw_icon(painter, theme, self.notice.icon, theme.color(color), icon_rect, size)
        for flow, top in ((self._sentence, self._text_top), (self._consequence, self._consequence_top)):
            self._paint_flow(painter, flow, top)

    def controls(self) -> Iterator[Control]:
        """Yield the buttons, and below long details those to show more and to save."""
        yield from self._buttons
        if self._details is None or not self._details.has_more:
            return
        theme, texts = self._page.theme, self._page.texts
        left = self._text_left - theme.length("s")
        top = self._details_top + self._details.column.height
        options = [(Verb.SAVE_DETAILS, texts.save_as, "", "download")]
        if rest := self._details.rest:
            options.insert(0, (Verb.MORE_DETAILS, texts.show_more, texts.hidden_characters(rest), ""))
        for verb, caption, note, icon in options:
            width = control_width(theme, ControlStyle.LINE, caption, icon or "chevron-right")
            if note:
                width += theme.length("s") + round(QFontMetricsF(theme.font("ui")).horizontalAdvance(note))
            rect = QRect(left, top, width, theme.length("buttonSmall"))
            name = " · ".join(filter(None, (caption, note)))
            yield Control(Command(verb, block=self._number), rect, name, icon, ControlStyle.LINE, caption, note)
            left += width + theme.length("s")

    def _flow(self, text: str, style: TextStyle, width: int) -> TextFlow:
        flow = TextFlow((Span(text),) if text else (), style, self._page.theme)
        flow.lay_out(max(1, width))
        if not text:
            flow.height = 0
        return flow

    def _paint_flow(self, painter: QPainter, flow: TextFlow, top: int) -> None:
        if flow.height:
            painter.save()
            painter.translate(self._text_left, top)
            flow.paint(painter, QRect(0, 0, self._width, flow.height))
            painter.restore()

    def _arranged_buttons(self) -> list[Control]:
        """Return the buttons, right-aligned, in as many lines as necessary, with the best one in the last line.

        Their vertical position is set later.
        """
        theme = self._page.theme
        height, spacing = theme.length("buttonSmall"), theme.length("s")
        buttons = list(self.notice.buttons)
        if self.notice.details:
            details = Command(Verb.FAILURE_DETAILS, block=self._number)
            buttons.insert(0, NoticeButton(details, self._page.texts.details))
        right, top = self._width - spacing, 0
        found: list[Control] = []
        for button in reversed(buttons):
            style = ControlStyle.FILLED if button.filled else ControlStyle.OUTLINED
            if button.command.verb is Verb.FAILURE_DETAILS:
                style = ControlStyle.LINE
            icon = button.icon or ("chevron-right" if style is ControlStyle.LINE else "")
            width = control_width(theme, style, button.caption, icon)
            if found and right - width < spacing:
                right, top = self._width - spacing, top - height - spacing
            rect = QRect(right - width, top, width, height)
            on = self._details is not None and style is ControlStyle.LINE
            found.append(Control(button.command, rect, button.caption, button.icon, style, button.caption, on=on))
            right -= width + spacing
        return [button.moved(0, -top) for button in reversed(found)]

    def _arrange(self, *, beside: bool) -> None:
        theme = self._page.theme
        text = self._sentence.height + self._consequence.height
        buttons = self._buttons_height
        if beside:
            padding = theme.length("m" if text > buttons else "s") if buttons else theme.length("m")
            row = max(text, buttons)
            self._text_top = padding + (row - text) // 2
            self._move_buttons(padding + (row - buttons) // 2)
            self._bottom = padding + row
        else:
            padding = theme.length("m")
            self._text_top = padding
            self._move_buttons(padding + text + theme.length("s"))
            self._bottom = padding + text + theme.length("s") + buttons
        self._padding = padding
        self._consequence_top = self._text_top + self._sentence.height
        self._details_top = self._bottom + theme.length("s")

    def _move_buttons(self, top: int) -> None:
        self._buttons = [button.moved(0, top) for button in self._buttons]
