"""What the model said: reasoning above, then the answer without a frame, notices, and the row of actions. It grows while it streams."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from chatdesk.domain.answer import GrowingAnswer
from chatdesk.domain.message import Message, MessageState, ReasoningPart
from chatdesk.domain.stream_events import (
    Finished,
    ReasoningDelta,
    StageChanged,
    StreamEvent,
    TextDelta,
    TextWasReasoning,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.ui.transcript.actions_row import ActionsRow
from chatdesk.ui.transcript.controls import Command, Control, Verb
from chatdesk.ui.transcript.growing_column import GrowingColumn
from chatdesk.ui.transcript.height_index import NOWHERE
from chatdesk.ui.transcript.message_item import REASONING, TEXT, ItemPaint, MessageItem, PlacedColumn
from chatdesk.ui.transcript.message_notice import DescribeFailure, notices_of
from chatdesk.ui.transcript.notice_strip import NoticeStrip
from chatdesk.ui.transcript.page_context import PageContext
from chatdesk.ui.transcript.reasoning_strip import ReasoningDisplay, ReasoningStrip
from chatdesk.ui.transcript.stage_line import StageLine
from chatdesk.ui.transcript.text_formats import TextStyle

_CARET_WIDTH = 2


class AnswerItem(MessageItem):
    """An answer. `clock` gives seconds that only go forward; it is read while the answer streams."""

    def __init__(
        self,
        message: Message,
        position: tuple[int, int],
        page: PageContext,
        width: int,
        *,
        describe: DescribeFailure,
        display: ReasoningDisplay,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(message, position, page, width)
        self._describe = describe
        self._clock = clock
        self._answer = GrowingColumn(page, TextStyle())
        self._reasoning = ReasoningStrip(page, display)
        self._stage = StageLine()
        self._growing = GrowingAnswer()
        self._stage_began = clock()
        self._open_details: set[int] = set()
        self._notices: list[NoticeStrip] = []
        self._answer.set_width(width)
        self._reasoning.set_width(width)
        self._parse(continues=False)
        self._set_notices()

    @property
    def streaming(self) -> bool:
        """Whether more is to come."""
        return self.message.state is MessageState.STREAMING

    @property
    def waiting(self) -> bool:
        """Whether nothing that could be read has come yet."""
        return self.streaming and not self._has_reasoning and not self._answer.blocks

    @property
    def height(self) -> int:
        """See `MessageItem`."""
        return self._actions_top + self._page.theme.length("hitSmall")

    def columns(self) -> Iterator[PlacedColumn]:
        """See `MessageItem`."""
        if self._has_reasoning and self._reasoning.open:
            yield PlacedColumn(REASONING, self._reasoning.column, self._reasoning.column_origin, self._reasoning.body)
        if self._answer.blocks:
            shown = QRect(0, self._answer_top, self._width, self._answer.height)
            yield PlacedColumn(TEXT, self._answer, shown.topLeft(), shown)

    def change(self, message: Message) -> None:
        """See `MessageItem`. What had streamed in is kept if it is what the message says."""
        before, self.message = self.message, message
        was_streaming = before.state is MessageState.STREAMING
        if was_streaming and not self.streaming and self._says(message):
            self._reasoning.column.finish()
            self._answer.finish()
            self._settle_reasoning(message.reasoning)
        elif before.parts != message.parts or was_streaming is not self.streaming:
            self._parse(continues=was_streaming and self.streaming)
        self._set_notices()

    def apply(self, events: Sequence[StreamEvent]) -> int:
        """Grow by what arrived. Return the y from which the message looks different."""
        caret = self.caret_rect()
        y = min((self._apply(event) for event in events), default=self.height)
        return y if caret.isEmpty() else min(y, caret.top())

    def tick(self) -> QRect:
        """Take over the time. Return what has to be painted for it; nothing if no time is shown."""
        if self.waiting:
            return QRect(0, 0, self._width, self._stage.height(self._page))
        if self._has_reasoning and self._reasoning.running:
            self._reasoning.seconds = self._seconds()
            return QRect(-_CARET_WIDTH, 0, self._width, self._reasoning.head_height)
        return QRect()

    def spinner_rect(self) -> QRect:
        """Return where something turns; empty if nothing does."""
        return self._stage.spinner_rect(self._page) if self.waiting and self._stage.progress is None else QRect()

    def set_display(self, display: ReasoningDisplay) -> None:
        """Take over how reasoning is shown."""
        self._reasoning.set_display(display)

    def source(self, part: int) -> str:
        """See `MessageItem`."""
        if self.streaming:
            return self._growing.reasoning if part == REASONING else self._growing.text
        if part == REASONING:
            return self.message.reasoning.text if self.message.reasoning else ""
        return self.message.text

    def set_page(self, page: PageContext) -> None:
        """See `MessageItem`."""
        super().set_page(page)
        self._answer.set_page(page)
        self._reasoning.set_page(page)
        self._set_notices()

    def set_width(self, width: int) -> None:
        """See `MessageItem`."""
        super().set_width(width)
        self._answer.set_width(width)
        self._reasoning.set_width(width)
        self._set_notices()

    def lay_out(self, top: int, bottom: int) -> int:
        """See `MessageItem`."""
        reasoning = self._reasoning.lay_out(top, bottom) if self._has_reasoning else NOWHERE
        return min(reasoning, super().lay_out(top, bottom))

    def perform(self, command: Command) -> bool:
        """Fold what folds, wrap what wraps."""
        match command.verb:
            case Verb.FOLD_REASONING:
                self._reasoning.toggle()
            case Verb.WRAP_CODE:
                column = self._reasoning.column if command.part == REASONING else self._answer
                column.toggle_wrap(command.block)
            case Verb.FAILURE_DETAILS:
                self._open_details ^= {command.block}
                self._set_notices()
            case _:
                return False
        return True

    def own_controls(self, *, with_actions: bool) -> Iterator[Control]:
        """See `MessageItem`."""
        if self._has_reasoning:
            yield from self._reasoning.controls()
        top = self._notices_top
        for notice in self._notices:
            yield from (control.moved(0, top) for control in notice.controls())
            top += notice.height + self._page.theme.length("s")
        if with_actions and not self.streaming:
            yield from (control.moved(0, self._actions_top) for control in self._actions.controls())

    def paint_surroundings(self, painter: QPainter, look: ItemPaint) -> None:
        """See `MessageItem`."""
        if self._has_reasoning:
            self._reasoning.paint_ground(painter)
            self._reasoning.paint_count(painter)
        if self.waiting:
            self._stage.paint(painter, self._page, self._seconds(), look.turn)
        top = self._notices_top
        for notice in self._notices:
            painter.save()
            painter.translate(0, top)
            notice.paint(painter)
            painter.restore()
            top += notice.height + self._page.theme.length("s")
        if look.with_actions and not self.streaming:
            painter.save()
            painter.translate(0, self._actions_top)
            self._actions.paint(painter, self._width, statistics=True)
            painter.restore()

    def paint_over(self, painter: QPainter, look: ItemPaint) -> None:  # noqa: ARG002
        """See `MessageItem`."""
        if self._has_reasoning:
            self._reasoning.paint_fade(painter)
        caret = self.caret_rect()
        if not caret.isEmpty():
            painter.fillRect(caret, self._page.theme.color("textSecondary"))

    def caret_rect(self) -> QRect:
        """Return where the next character will come; empty if none will, or if that is not in sight."""
        if not self.streaming or self.waiting:
            return QRect()
        column, origin = self._answer, QPoint(0, self._answer_top)
        if not self._growing.has_text:
            column, origin = self._reasoning.column, self._reasoning.column_origin
            if not self._reasoning.open:
                return QRect()
        end = column.end_of_text()
        if end is None:
            return QRect()
        inset = self._page.theme.length("hair")
        line = self._page.theme.line("reading") - 2 * inset
        return QRect(end + origin + QPoint(1, inset), end + origin + QPoint(_CARET_WIDTH, inset + line - 1))

    def _parse(self, *, continues: bool) -> None:
        """Show what the message says, as far as it has come."""
        reasoning, text = self.message.reasoning, self.message.text
        self._growing = GrowingAnswer()
        if not continues:
            self._stage_began = self._clock()
            self._stage = StageLine()
        if self.streaming:
            self._reasoning.column.clear()
            self._answer.clear()
            for delta in (ReasoningDelta(reasoning.text if reasoning else ""), TextDelta(text)):
                if delta.text:
                    self._apply(delta)
            if reasoning and reasoning.milliseconds:
                self._stage_began = self._clock() - reasoning.milliseconds / 1000
        else:
            self._reasoning.column.show(reasoning.text if reasoning else "")
            self._answer.show(text)
            self._settle_reasoning(reasoning)

    def _apply(self, event: StreamEvent) -> int:
        """Apply one event; return the y of the change."""
        before = self.height
        match event:
            case ReasoningDelta(text):
                return self._add_reasoning(event, text)
            case TextDelta(text):
                return self._add_text(event, text)
            case TextWasReasoning():
                self._growing.apply(event)
                self._answer.clear()
                self._reasoning.column.clear()
                self._reasoning.running = True
                self._reasoning.column.feed(self._growing.reasoning)
                return 0
            case StageChanged():
                if event.stage is not self._stage.stage:
                    self._stage_began = self._clock()
                self._stage.change(event)
                return 0 if self.waiting else before
            case UsageReported(usage):
                self._growing.apply(event)
                if not self._growing.has_text:
                    self._reasoning.tokens = usage.completion_tokens
                return 0 if self._reasoning.running else before
            case ToolCallDelta() | Finished():
                self._growing.apply(event)
                return before

    def _add_reasoning(self, event: ReasoningDelta, text: str) -> int:
        first = not self._growing.has_reasoning
        if first:
            self._stage_began = self._clock()
        self._growing.apply(event)
        self._reasoning.running = not self._growing.has_text
        y = self._reasoning.column.feed(text) + self._reasoning.column_origin.y()
        if first:
            return 0
        if not self._reasoning.open:
            return self.height
        # A tail that is full moves up as a whole.
        return self._reasoning.head_height if self._reasoning.fades else y

    def _add_text(self, event: TextDelta, text: str) -> int:
        first = not self._growing.has_text
        self._growing.apply(event)
        if first:
            self._reasoning.seconds = self._seconds() if self._growing.has_reasoning else 0
            self._reasoning.running = False
            self._reasoning.column.finish()
        y = self._answer.feed(text) + self._answer_top
        return 0 if first else y

    def _says(self, message: Message) -> bool:
        """Say whether what has streamed in is all that the message says."""
        reasoning = message.reasoning.text if message.reasoning else ""
        return self._growing.text == message.text and self._growing.reasoning == reasoning

    def _settle_reasoning(self, reasoning: ReasoningPart | None) -> None:
        self._reasoning.running = False
        if reasoning and reasoning.milliseconds:
            self._reasoning.seconds = max(1, round(reasoning.milliseconds / 1000))

    def _set_notices(self) -> None:
        found = notices_of(self.message, self._page.words, self._describe)
        self._notices = [
            NoticeStrip(notice, number, self._page, self._width, details_open=number in self._open_details)
            for number, notice in enumerate(found)
        ]

    def _seconds(self) -> int:
        return int(self._clock() - self._stage_began)

    @property
    def _has_reasoning(self) -> bool:
        return bool(self._reasoning.column.blocks)

    @property
    def _actions(self) -> ActionsRow:
        return ActionsRow(self.message, self.position, self._page)

    @property
    def _answer_top(self) -> int:
        theme = self._page.theme
        if not self._has_reasoning:
            return 0
        return self._reasoning.height + theme.length("s" if self._reasoning.open else "xs")

    @property
    def _notices_top(self) -> int:
        theme = self._page.theme
        if self.waiting:
            return self._stage.height(self._page)
        spacing = theme.length("s") if self._answer.blocks else 0
        return self._answer_top + self._answer.height + spacing

    @property
    def _actions_top(self) -> int:
        theme = self._page.theme
        notices = sum(notice.height + theme.length("s") for notice in self._notices)
        return self._notices_top + notices
