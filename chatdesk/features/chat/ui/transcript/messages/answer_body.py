"""The content of an answer: the stage line, the reasoning and the text. It grows while the answer streams.

`answer_item.py` has the notices and actions below it.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from chatdesk.features.chat.ui.transcript.blocks.growing_column import GrowingColumn
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.control_painter import write
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT, PlacedColumn
from chatdesk.features.chat.ui.transcript.messages.more_control import more_control
from chatdesk.features.chat.ui.transcript.messages.reasoning_strip import ReasoningDisplay, ReasoningStrip
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    CharactersLost,
    ContextGrown,
    Finished,
    FollowUps,
    PictureAdded,
    PictureArrived,
    PromptTokensCounted,
    ReasoningDelta,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.ui_kit.lists.height_index import NOWHERE

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.citations import Cite

_BAR_WIDTH = 120
_MIN_SHOWN_SECONDS = 2
"""Seconds are shown from this value on; below it they would only flicker."""


class StageLine:
    """The line before the first token: what the server is doing, for how long, and the progress if reported.

    It is as high as the head of a reasoning strip. It has no clock: `seconds` and `turn` are passed in for painting.
    """

    def __init__(self) -> None:
        self._stage = AnswerStageChanged(AnswerStage.CONNECTING)

    @property
    def stage(self) -> AnswerStage:
        """The current stage."""
        return self._stage.stage

    @property
    def name(self) -> str:
        """The server's own name for the stage; usually empty."""
        return self._stage.name

    @property
    def progress(self) -> float | None:
        """The progress, 0 to 1; None if the server does not report it."""
        done, total = self._stage.done, self._stage.total
        return min(1.0, done / total) if done is not None and total else None

    def change(self, stage: AnswerStageChanged) -> None:
        """Set the stage."""
        self._stage = stage

    def text(self, page: PageContext, seconds: int) -> str:
        """Return the text of the line."""
        if self._stage.seconds is not None:
            return page.texts.stage_until(self._stage.stage, self._stage.seconds)
        text = page.texts.stage(self._stage.stage, self._stage.name)
        if self.progress is not None:
            return f"{text} {page.texts.percent(self.progress)}"
        return f"{text} {page.texts.duration(seconds)}" if seconds >= _MIN_SHOWN_SECONDS else text

    def height(self, page: PageContext) -> int:
        """Return the height in pixels."""
        return page.theme.length("reasoningStrip")

    def paint(self, painter: QPainter, page: PageContext, seconds: int, rotation: float) -> None:
        """Paint at the painter's origin. `rotation` is the rotation of the spinner, 0 to 1."""
        theme = page.theme
        rect = QRect(0, 0, 1, self.height(page))
        if self.progress is None:
            self._paint_spinner(painter, page, rect, rotation)
            x = theme.length("icon.ui") + theme.length("s")
        else:
            x = self._paint_bar(painter, page, rect, self.progress) + theme.length("m")
        font = theme.font("ui")
        text = self.text(page, seconds)
        write(painter, text, font, theme.color("textSecondary"), x, rect)

    def spinner_rect(self, page: PageContext) -> QRect:
        """Return the rectangle to repaint when the spinner turns."""
        size = page.theme.length("icon.ui")
        return QRect(QPoint(0, (self.height(page) - size) // 2), QPoint(size, (self.height(page) + size) // 2))

    def _paint_spinner(self, painter: QPainter, page: PageContext, rect: QRect, rotation: float) -> None:
        theme = page.theme
        size, stroke = theme.length("icon.ui"), theme.stroke("icon")
        box = QRectF(0, (rect.height() - size) / 2, size, size).adjusted(stroke, stroke, -stroke, -stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent"), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, round(-rotation * 360 * 16), 270 * 16)

    def _paint_bar(self, painter: QPainter, page: PageContext, rect: QRect, progress: float) -> int:
        theme = page.theme
        width, height = round(_BAR_WIDTH * theme.scale), theme.length("xs")
        track = QRectF(0, (rect.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("borderDefault"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        painter.setBrush(theme.color("accent"))
        track.setWidth(max(height, width * progress))
        painter.drawRoundedRect(track, height / 2, height / 2)
        return width


_CARET_WIDTH = 2


class AnswerBody:
    """The body of an answer. Coordinates start at its top left corner; `clock` returns monotonic seconds.

    `cite` returns what makes its citations.
    """

    def __init__(
        self,
        page: PageContext,
        width: int,
        display: ReasoningDisplay,
        clock: Callable[[], float],
        cite: "Callable[[], Cite | None]" = lambda: None,
    ) -> None:
        self.text = GrowingColumn(page, TextStyle(), cite=cite)
        self.reasoning = ReasoningStrip(page, display)
        self.stage = StageLine()
        self.painted_caret = QRect()
        """The rectangle of the caret on the screen."""
        self._page = page
        self._width = 0
        self._clock = clock
        self._streaming = False
        self._grown = GrowingAnswer()
        self._started_at = clock()
        """The time at which the stage or the reasoning began."""
        self.set_width(width)

    @property
    def waiting(self) -> bool:
        """Whether nothing readable has arrived of a streaming answer."""
        return self._streaming and not self.text.blocks and not self.reasoning.column.blocks

    @property
    def has_reasoning(self) -> bool:
        """Whether there is visible reasoning."""
        return bool(self.reasoning.column.blocks)

    @property
    def awaits_layout(self) -> bool:
        """Whether blocks have arrived that are not laid out yet."""
        return self.text.awaits_layout or self.reasoning.column.awaits_layout

    @property
    def is_recreatable(self) -> bool:
        """Whether it could be recreated without a visible difference."""
        return self.reasoning.is_recreatable and not self.text.has_choices

    @property
    def is_parsing(self) -> bool:
        """Whether some text has not been parsed yet; see `parse_more`."""
        return self.text.is_parsing or self.reasoning.column.is_parsing

    @property
    def height(self) -> int:
        """The height in pixels, partly estimated."""
        if self.waiting:
            return self.stage.height(self._page)
        more = self._page.theme.length("buttonSmall") if self.text.hidden else 0
        return self._text_top + self.text.height + more

    def parse_more(self) -> int:
        """Parse the next chunk of a long text. Return the y from which the body has changed; `NOWHERE` for no change."""
        if self.text.is_parsing:
            y = self.text.parse_more()
            return y if y == NOWHERE else y + self._text_top
        y = self.reasoning.column.parse_more()
        return y if y == NOWHERE or not self.reasoning.open else 0

    def show_more(self, part: int) -> None:
        """Show more of a part that is shown only partly."""
        (self.reasoning.column if part == REASONING else self.text).show_more()

    @property
    def grown(self) -> GrowingAnswer:
        """The content that has streamed in so far."""
        return self._grown

    def reveal(self, position: tuple[int, ColumnPosition] | None) -> bool:
        """Unfold what hides a position, until the next call; None folds it again. Return False if nothing changed."""
        part, block = (position[0], position[1].block) if position else (None, None)
        changed = [
            self.reasoning.reveal(revealed=part == REASONING),
            self.reasoning.column.reveal(block if part == REASONING else None),
            self.text.reveal(block if part == TEXT else None),
        ]
        return any(changed)

    def mark_outdated_formulas(self) -> None:
        """Mark the layouts that waited for formulas."""
        self.text.mark_outdated_formulas()
        self.reasoning.column.mark_outdated_formulas()

    def set_page(self, page: PageContext) -> None:
        """Apply a new theme or language."""
        self._page = page
        self.text.set_page(page)
        self.reasoning.set_page(page)

    def set_width(self, width: int) -> None:
        """Apply a new width."""
        self._width = width
        self.text.set_width(width)
        self.reasoning.set_width(width)

    def show(self, message: Message, *, continues: bool) -> None:
        """Show the current content of a message. With `continues`, the elapsed time is kept; otherwise it is reset."""
        reasoning, text = message.reasoning, message.text
        self._grown = GrowingAnswer()
        self._streaming = message.state is MessageState.STREAMING
        self.text.folding.unfolds_new = self.reasoning.column.folding.unfolds_new = self._streaming
        if not continues:
            self._started_at = self._clock()
            self.stage = StageLine()
        if not self._streaming:
            self.reasoning.column.show(reasoning.text if reasoning else "")
            self.text.show(text)
            self._finish_reasoning(message)
            return
        self.reasoning.column.clear()
        self.text.clear()
        for delta in (ReasoningDelta(reasoning.text if reasoning else ""), TextDelta(text)):
            if delta.text:
                self.apply(delta)
        if reasoning and reasoning.milliseconds:
            self._started_at = self._clock() - reasoning.milliseconds / 1000

    def has_content_of(self, message: Message) -> bool:
        """Return whether the streamed content is the complete content of a message."""
        reasoning = message.reasoning.text if message.reasoning else ""
        return self._grown.text == message.text and self._grown.reasoning == reasoning

    def show_citations_again(self, message: Message) -> None:
        """Show the text again, because its citations have changed."""
        if self._streaming:
            self.text.clear()
            self.text.feed(self._grown.text)
        else:
            self.text.show(message.text)

    def finish(self, message: Message) -> None:
        """Finish a streamed answer with the final message."""
        self._streaming = False
        self.text.folding.unfolds_new = self.reasoning.column.folding.unfolds_new = False
        self.reasoning.column.finish()
        self.text.finish()
        self._finish_reasoning(message)

    def apply(self, event: StreamEvent) -> int:
        """Apply an event. Return the y from which the body has changed; `NOWHERE` for no change."""
        match event:
            case ReasoningDelta(text):
                return self._add_reasoning(event, text)
            case TextDelta(text):
                return self._add_text(event, text)
            case TextWasReasoning():
                self._grown.apply(event)
                self.text.clear()
                self.reasoning.column.clear()
                self.reasoning.running = not self._grown.has_text
                self.reasoning.column.feed(self._grown.reasoning)
                if self._grown.has_text:
                    self.text.feed(self._grown.text)
                return 0
            case TextRetracted():
                self._grown.apply(event)
                self.text.clear()
                if self._grown.has_text:
                    self.text.feed(self._grown.text)
                return 0
            case AnswerStageChanged():
                if (event.stage, event.name) != (self.stage.stage, self.stage.name):
                    self._started_at = self._clock()
                self.stage.change(event)
                return 0 if self.waiting else NOWHERE
            case UsageReported(usage):
                self._grown.apply(event)
                if not self._grown.has_text:
                    self.reasoning.tokens = usage.completion_tokens
                return 0 if self.reasoning.running else NOWHERE
            case (
                CharactersLost()
                | ToolCallDelta()
                | ThinkingChanged()
                | ContextGrown()
                | PromptTokensCounted()
                | RemoteAnswerStored()
                | FollowUps()
                | SourcesFound()
                | PictureArrived()
                | PictureAdded()
                | Finished()
            ):
                self._grown.apply(event)
                return NOWHERE

    def read(self, text: TextDelta) -> bool:
        """Parse more text, shown with the next event or by `show_parsed`. Return False before the text has begun."""
        if not self._grown.has_text:
            return False
        self._grown.apply(text)
        self.text.read(text.text)
        return True

    def show_parsed(self) -> int:
        """Show parsed text. Return the y from which the body has changed; `NOWHERE` for no change."""
        y = self.text.show_parsed()
        return y if y == NOWHERE else y + self._text_top

    def tick(self) -> QRect:
        """Update the elapsed time. Return the rectangle to repaint; empty if no time is shown."""
        if self.waiting:
            return QRect(0, 0, self._width, self.height)
        if self.has_reasoning and self.reasoning.running:
            self.reasoning.seconds = self._seconds()
            return QRect(0, 0, self._width, self.reasoning.head_height)
        return QRect()

    def spinner_rect(self) -> QRect:
        """Return the rectangle of the spinner; empty if there is none."""
        return self.stage.spinner_rect(self._page) if self.waiting and self.stage.progress is None else QRect()

    def columns(self) -> Iterator[PlacedColumn]:
        """Yield the visible columns from top to bottom."""
        if self.has_reasoning and self.reasoning.open:
            yield PlacedColumn(REASONING, self.reasoning.column, self.reasoning.column_origin, self.reasoning.body)
        if self.text.blocks:
            shown = QRect(0, self._text_top, self._width, self.text.height)
            yield PlacedColumn(TEXT, self.text, shown.topLeft(), shown)

    def controls(self) -> Iterator[Control]:
        """Yield the controls outside the columns."""
        if self.has_reasoning:
            yield from self.reasoning.controls()
        if hidden := self.text.hidden:
            yield more_control(self._page, TEXT, hidden).moved(0, self._text_top + self.text.height)

    def paint_surroundings(self, painter: QPainter, rotation: float) -> None:
        """Paint what is behind and beside the columns. `rotation` is the rotation of spinners, 0 to 1."""
        if self.has_reasoning:
            self.reasoning.paint_rule(painter)
            self.reasoning.paint_count(painter)
        if self.waiting:
            self.stage.paint(painter, self._page, self._seconds(), rotation)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what is above the columns."""
        if self.has_reasoning:
            self.reasoning.paint_fade(painter)
        self.painted_caret = self.caret_rect()
        painter.fillRect(self.painted_caret, self._page.theme.color("textSecondary"))

    def caret_rect(self) -> QRect:
        """Return the position of the next character; empty if there will be none or it is not visible."""
        if not self._streaming or self.waiting:
            return QRect()
        column, origin = self.text, QPoint(0, self._text_top)
        if not self._grown.has_text:
            column, origin = self.reasoning.column, self.reasoning.column_origin
            if not self.reasoning.open:
                return QRect()
        end = column.end_of_text()
        if end is None:
            return QRect()
        inset = self._page.theme.length("hair")
        line = self._page.theme.line("reading") - 2 * inset
        return QRect(end + origin + QPoint(1, inset), end + origin + QPoint(_CARET_WIDTH, inset + line - 1))

    def _add_reasoning(self, event: ReasoningDelta, text: str) -> int:
        first = not self._grown.has_reasoning
        if first:
            self._started_at = self._clock()
        self._grown.apply(event)
        self.reasoning.running = not self._grown.has_text
        y = self.reasoning.column.feed(text) + self.reasoning.column_origin.y()
        if first:
            return 0
        if not self.reasoning.open:
            return NOWHERE
        # A full tail moves up as a whole.
        return self.reasoning.head_height if self.reasoning.fades else y

    def _add_text(self, event: TextDelta, text: str) -> int:
        first = not self._grown.has_text
        self._grown.apply(event)
        if first:
            if not self._grown.has_reasoning:
                self._started_at = self._clock()  # in case a closing tag reveals that this text is reasoning
            self.reasoning.seconds = self._seconds()
            self.reasoning.running = False
            self.reasoning.column.finish()
        y = self.text.feed(text) + self._text_top
        return 0 if first else y

    def _finish_reasoning(self, message: Message) -> None:
        self.reasoning.running = False
        if message.reasoning and message.reasoning.milliseconds:
            self.reasoning.seconds = max(1, round(message.reasoning.milliseconds / 1000))

    def _seconds(self) -> int:
        return int(self._clock() - self._started_at)

    @property
    def _text_top(self) -> int:
        if not self.reasoning.column.blocks:
            return 0
        return self.reasoning.height + self._page.theme.length("s" if self.reasoning.open else "xs")
