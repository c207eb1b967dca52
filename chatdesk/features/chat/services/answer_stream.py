"""One answer being written: reads the stream, applies it to the message and saves what arrived.

`chat.py` decides what is asked and what happens next.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import replace

from chatdesk.features.chat.services.store.fallback_store import write_or_fall_back
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.stream_events import (
    PictureAdded,
    PromptTokensCounted,
    ReasoningDelta,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ToolCallDelta,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import ChatdeskError, ConnectionLost, ProgramClosed, UnexpectedFailure, to_failure
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass

# Thinking time runs from the first reasoning token to the first answer token. Several stretches add up, without
# overlap.


class ThinkingTime:
    """The thinking time of one answer.

    `before` is that of its earlier part in milliseconds; `now` is a clock in seconds.
    """

    def __init__(self, before: int, now: Callable[[], float]) -> None:
        self._milliseconds = before
        self._now = now
        self._since: float | None = None
        self._text_since: float | None = None

    @property
    def milliseconds(self) -> int:
        """The thinking time so far."""
        return self._milliseconds + self._running()

    def note(self, event: StreamEvent) -> None:
        """Update the time for an event."""
        match event:
            case ReasoningDelta():
                self._since = self._now() if self._since is None else self._since
            case TextWasReasoning():  # it has been reasoning since its first word
                self._since = self._text_since if self._since is None else self._since
                self.end()
            case TextDelta() | TextRetracted():
                self.end()
                self._text_since = self._now() if self._text_since is None else self._text_since

    def end(self) -> None:
        """End the current stretch, if any."""
        self._milliseconds += self._running()
        self._since = None

    def _running(self) -> int:
        return 0 if self._since is None else round((self._now() - self._since) * 1000)


SAVE_EVERY_SECONDS = 0.5
"""Promise P5: what was visible for a second is on disk."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerSaver:
    """The functions that save an answer while it grows and once at its end."""

    save_parts: Callable[[Message], Awaitable[None]]
    finish: Callable[[Message], Awaitable[None]]
    save_remote: Callable[[RemoteAnswer], Awaitable[None]]
    """Saves where an application stores the answer."""
    finish_later: Callable[[Message], None]
    """Receives a final state that could not be written."""
    save_in_fallback: Callable[[Message], Awaitable[None]]
    """Stores in the fallback database what cannot be written now. Raises nothing."""


class AnswerStream:
    """Reads one answer to its end, whatever that is. Each object serves a single answer."""

    def __init__(
        self,
        answer: Message,
        saver: AnswerSaver,
        on_growth: Callable[[tuple[StreamEvent, ...]], None],
        on_saving_failed: Callable[[StorageError], None],
    ) -> None:
        self._message = answer
        self._growing = GrowingAnswer.of(answer)
        self._saver = saver
        self._on_growth = on_growth
        self._on_saving_failed = on_saving_failed
        self._loop = asyncio.get_running_loop()
        self._started_at = self._loop.time()
        self._thinking = ThinkingTime(self._growing.reasoning_milliseconds, self._loop.time)
        self._is_reasoning = False
        self._continued = len(self._growing.text)
        self._first_token_at: float | None = None
        self._unsaved = False
        self._failure_reported = False
        self.is_ending = False
        """Whether reading has ended; the remaining writes must not be cancelled."""
        self.program_closes = False
        """Whether it is stopped because the program closes, not by the user."""
        self._unsaved_remote_answer: RemoteAnswer | None = None

    @property
    def message(self) -> Message:
        """The answer in its current state."""
        self._growing.reasoning_milliseconds = self._thinking.milliseconds
        return self._message.with_parts(self._growing.parts())

    async def run(self, events: AsyncGenerator[tuple[StreamEvent, ...], None]) -> Message:
        """Read `events` to the end and return the answer in its final state; cancelling this task stops the answer."""
        saving = self._loop.create_task(self._save_regularly())
        state, failure = MessageState.COMPLETE, None
        try:
            async with aclosing(events):
                async for batch in events:
                    self._apply(batch)
        except asyncio.CancelledError:
            state = MessageState.STOPPED
            if self.program_closes:
                state, failure = MessageState.INTERRUPTED, to_failure(ProgramClosed())
        except ChatdeskError as error:
            state, failure = self._state_after(error), to_failure(error)
        except Exception as bug:  # noqa: BLE001 - a bug must neither lose what arrived nor leave the chat waiting forever
            _log.exception("An answer was interrupted by an unexpected error")
            unforeseen = UnexpectedFailure(type(bug).__name__)
            state, failure = self._state_after(unforeseen), to_failure(unforeseen)
        self.is_ending = True
        saving.cancel()
        await asyncio.wait([saving])
        return await self._finish(state, failure)

    def _apply(self, batch: tuple[StreamEvent, ...]) -> None:
        batch = tuple(map(self._adjusted, batch))
        for event in batch:
            self._growing.apply(event)
            self._thinking.note(event)
            match event:
                case ReasoningDelta() | TextDelta() | TextWasReasoning() | TextRetracted():
                    self._note_token()
                case PictureAdded() | SourcesFound() | ToolCallDelta():
                    self._unsaved = True
                case RemoteAnswerStored(remote_answer):
                    self._unsaved_remote_answer = remote_answer
        if any(not isinstance(event, PromptTokensCounted) for event in batch):  # not shown anywhere
            self._on_growth(batch)

    def _note_token(self) -> None:
        self._unsaved = True
        if self._first_token_at is None:
            self._first_token_at = self._loop.time()

    def _adjusted(self, event: StreamEvent) -> StreamEvent:
        """Return the event adjusted for this answer, which may be a continued one.

        Reasoning that resumes after text starts a new paragraph; text from before the continuation cannot turn out to
        be reasoning.
        """
        match event:
            case ReasoningDelta(text):
                resumes = not self._is_reasoning and self._growing.has_text and self._growing.has_reasoning
                self._is_reasoning = True
                return ReasoningDelta(f"\n\n{text}") if resumes else event
            case TextWasReasoning():
                self._is_reasoning = False
                return TextWasReasoning(self._continued)
            case TextRetracted():
                return TextRetracted(self._continued)
            case TextDelta():
                self._is_reasoning = False
        return event

    def _state_after(self, error: ChatdeskError) -> MessageState:
        """Return the state for an error: interrupted (can be kept and continued) or failed (never began)."""
        if self._growing.is_empty and not isinstance(error, ConnectionLost):
            return MessageState.FAILED
        return MessageState.INTERRUPTED

    async def _save_regularly(self) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY_SECONDS)
            if self._unsaved or self._unsaved_remote_answer:
                self._unsaved = False
                await self._save()

    async def _save(self) -> None:
        try:
            await write_or_fall_back(self._write(), lambda: self._saver.save_in_fallback(self.message))
        except StorageError as error:
            self._unsaved = True
            self._report_failure(error)
        except Exception:  # noqa: BLE001 - as in `run`
            _log.exception("The received text could not be saved because of an unexpected error")
        else:
            self._failure_reported = False

    async def _write(self) -> None:
        await self._save_remote_answer()
        await self._saver.save_parts(self.message)

    def _report_failure(self, error: StorageError) -> None:
        """Report that saving failed, once until it works again."""
        if not self._failure_reported:
            self._failure_reported = True
            self._on_saving_failed(error)

    async def _save_remote_answer(self) -> None:
        if remote_answer := self._unsaved_remote_answer:
            await self._saver.save_remote(remote_answer)
            self._unsaved_remote_answer = (
                None if self._unsaved_remote_answer == remote_answer else self._unsaved_remote_answer
            )

    async def _finish(self, state: MessageState, failure: Failure | None) -> Message:
        self._thinking.end()
        usage = self._usage().after(self._message.usage)
        finished = replace(self.message, state=state, failure=failure, usage=usage, finish=self._growing.finish)
        try:
            await write_or_fall_back(self._saver.finish(finished), lambda: self._saver.save_in_fallback(finished))
        except StorageError as error:
            _log.error("The final state of an answer could not be saved yet: %r", error)
            self._saver.finish_later(finished)
            self._report_failure(error)
        except Exception:  # noqa: BLE001 - as in `run`
            _log.exception("The final state of an answer could not be saved because of an unexpected error")
            self._saver.finish_later(finished)
        with suppress(StorageError):
            await self._save_remote_answer()
        return finished

    def _usage(self) -> Usage:
        """Return the usage of this stream: tokens as counted by the server, times as measured here."""
        now, counted = self._loop.time(), self._growing.usage or Usage()
        usage = replace(counted, total_milliseconds=round((now - self._started_at) * 1000))
        if counted_context := self._growing.counted_context:
            usage = replace(
                usage,
                expected_prompt_tokens=counted_context.tokens,
                expected_picture_tokens=counted_context.pictures or None,
                context_length=usage.context_length or counted_context.context_length,
            )
        if self._first_token_at is None:
            return usage
        usage = replace(usage, first_token_milliseconds=round((self._first_token_at - self._started_at) * 1000))
        written, seconds = usage.completion_tokens, now - self._first_token_at
        if usage.tokens_per_second is None and written and seconds > 0:
            usage = replace(usage, tokens_per_second=written / seconds)
        return usage


@dataclass(slots=True)
class AnswerTask:
    """The task of answering a question, created before any row is written so that nothing else starts in the chat meanwhile.

    `task` reads the answer of `stream`; both are None at first.
    """

    stream: AnswerStream | None = None
    task: asyncio.Task[None] | None = None
    stopped: bool = False
    program_closes: bool = False
    """Whether it was stopped because the program closes."""

    def stop(self, *, program_closes: bool = False) -> None:
        """Stop the answer, once: a second cancellation, or one during the final writes, would interrupt those and not the stream."""
        if not self.stopped:
            self.program_closes = program_closes
            if self.stream:
                self.stream.program_closes = program_closes
            if self.task and not (self.stream and self.stream.is_ending):
                self.task.cancel()
        self.stopped = True
