"""Decoding of OpenAI's chat completions: chunks of a stream, or a complete reply, into stream events.

Known fields are read by type and everything else is ignored, so no chunk can do harm. Differences between servers: protocols.md 2.0.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence

from chatdesk.kernel.chat.message import FinishReason, Source
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    FollowUps,
    PictureArrived,
    ReasoningDelta,
    SourcesFound,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.text.json_values import chunk_of, count_of, elements, members, text_of, text_of_value
from chatdesk.providers.answer_pictures import file_words, is_picture_part, listed_pictures, part_picture
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.openai.usage import usage_of
from chatdesk.providers.sources import FIELDS, FoundSources, called_sources, listed_sources
from chatdesk.providers.streaming.framing import Frame
from chatdesk.providers.streaming.json_event_decoder import JsonEventDecoder
from chatdesk.providers.tool_calls import ToolCallSlots

_REASONING_TEXTS = ("reasoning_content", "reasoning", "thinking")
_BESIDE_CHOICES = frozenset({*FIELDS, "images", "related_questions"})
_TELLING = frozenset({"usage", "x_groq", "timings", "prompt_progress", *_BESIDE_CHOICES})
"""Members that make a chunk meaningful even without choices."""
_FIRST = (None, 0, "0")
"""Index of the requested answer, in the forms that servers use."""
_REASONING_FIELDS = frozenset({*_REASONING_TEXTS, "reasoning_details"})
_NO_REASON = frozenset({"", "null", "none"})
"""Values of the finish reason while the answer continues."""
_OF_GEMINI = ThinkTags("<thought>", "</thought>")
_MAX_QUESTIONS = 5
_MAX_QUESTION_LENGTH = 300

_log = logging.getLogger(__name__)


class OpenAIChunkDecoder(JsonEventDecoder):
    """An `AnswerDecoder`."""

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        tags: Sequence[ThinkTags] = (USUAL_TAGS,),
    ) -> None:
        super().__init__(error_of, not_an_api, tags)
        self._usage = Usage()
        self._calls = ToolCallSlots()
        self._is_thinking = False
        self._sources = FoundSources()
        self._questions: tuple[str, ...] = ()
        self._thoughts_have_tags: bool | None = None
        """Whether thoughts that Gemini marks as such contain tags; None before the first."""
        self._has_said = False
        """Whether anything except reasoning has arrived."""
        self._finish_word = ""
        """The latest finish reason."""
        self._continues_after_end = False
        """Whether text followed a finish reason; then finish reasons are ignored until the stream ends."""

    def _decode(self, frame: Frame, value: object) -> Iterator[StreamEvent]:
        chunk = members(value)
        error = value if frame.name == "error" else _error_in(chunk)
        if error:
            raise self._error_of(error)
        if frame.whole and not elements(chunk.get("choices")):
            raise self._not_an_api(frame.data or "")
        if not isinstance(chunk.get("choices"), list) and not _TELLING.intersection(chunk):
            kind = type(chunk.get("choices")).__name__
            _log.debug("Ignored a chunk that says nothing: its choices are %s", kind)
        return self._whole(chunk) if frame.whole else self._chunk(chunk)

    def _whole(self, reply: Mapping[str, object]) -> Iterator[StreamEvent]:
        yield from self._chunk(reply)
        self._end_without_reason()

    def _chunk(self, chunk: Mapping[str, object]) -> Iterator[StreamEvent]:
        if progress := members(chunk.get("prompt_progress")):
            yield AnswerStageChanged(
                AnswerStage.READING_PROMPT, count(progress.get("processed")), count(progress.get("total"))
            )
        choices = [members(choice) for choice in elements(chunk.get("choices"))]
        choice = next((choice for choice in choices if choice.get("index") in _FIRST), {})
        message = members(choice.get("delta")) or members(choice.get("message")) or {"content": choice.get("text")}
        yield from self._beside(chunk, message)
        before = self._has_said
        self._has_said = False
        yield from map(self._noted, self._delta(message))
        if "images" in chunk:
            yield from map(self._noted, self._pictures(chunk["images"]))
        self._note_end(text_of(choice.get("finish_reason")) or text_of(message.get("finish_reason")))
        self._has_said |= before
        usage = usage_of(chunk, choice, self._usage)
        if usage != self._usage:
            self._usage = usage
            yield UsageReported(usage)

    def _done(self) -> Iterator[StreamEvent]:
        """Process the end marker: some servers never send a finish reason. Errors before it were already raised."""
        self._is_over = True
        self._end_without_reason()
        yield from ()

    def _end_without_reason(self) -> None:
        if self._has_said and not self._finish_word:
            self._finish_word = "stop"

    def flush(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back, and the finish reason."""
        yield from super().flush()
        if self._finish_word:
            self._is_finished = True
            yield Finished(finish_reason(self._finish_word, called_tools=bool(self._calls)), self._finish_word)

    def _noted(self, event: StreamEvent) -> StreamEvent:
        if isinstance(event, TextDelta | ToolCallDelta | PictureArrived):
            self._has_said = True
        if self._finish_word and (self._has_said or isinstance(event, ReasoningDelta)):
            self._continues_after_end, self._is_finished = True, False
        return event

    def _note_end(self, word: str) -> None:
        """Store the finish reason. Some servers send one with every chunk, and the real one last."""
        if word.lower() in _NO_REASON:
            return
        if word == "error":
            raise self._error_of(word)
        if not self._finish_word or self._has_said or finish_reason(word) is not FinishReason.STOP:
            self._finish_word = word
        self._is_finished = not self._continues_after_end

    def _delta(self, delta: Mapping[str, object]) -> Iterator[StreamEvent]:
        if not _REASONING_FIELDS.isdisjoint(delta):
            yield from self._reasoning(delta)
        content = delta.get("content")
        if "extra_content" in delta and _is_thought(delta):
            yield from self._thought(chunk_of(content))
        else:
            yield from self._answer.content(chunk_of(content))
        for part in elements(content):
            yield from self._part(members(part))
        yield from self._answer.content(chunk_of(delta.get("refusal")))
        if "audio" in delta:
            yield from self._answer.content(chunk_of(members(delta["audio"]).get("transcript")))
        if "images" in delta:
            yield from self._pictures(delta["images"])
        for call in map(members, elements(delta.get("tool_calls"))):
            sources = called_sources(call)
            if sources is None:
                yield self._tool_call(call)
            else:
                yield from self._found(sources)
        if function := members(delta.get("function_call")):
            yield self._tool_call({"index": 0, "function": function})

    def _beside(self, chunk: Mapping[str, object], message: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield what accompanies the text of an answer: its sources, and suggested questions."""
        if _BESIDE_CHOICES.isdisjoint(chunk) and _BESIDE_CHOICES.isdisjoint(message):
            return
        yield from self._found(listed_sources(chunk, message))
        questions = tuple(
            question[:_MAX_QUESTION_LENGTH]
            for each in elements(chunk.get("related_questions"))[:_MAX_QUESTIONS]
            if (question := " ".join(text_of(each).split()))
        )
        if questions and questions != self._questions:
            self._questions = questions
            yield FollowUps(questions)

    def _found(self, sources: Sequence[Source]) -> Iterator[StreamEvent]:
        if all_of_them := self._sources.add(sources):
            yield SourcesFound(all_of_them)

    def _thought(self, text: str) -> Iterator[StreamEvent]:
        """Yield a thought that Gemini marks as such; most of its models also surround all of them with tags."""
        if self._thoughts_have_tags is None and text.strip():
            opening = _OF_GEMINI.opening
            self._thoughts_have_tags = opening.startswith(text.lstrip()[: len(opening)])
            if self._thoughts_have_tags:
                self._answer.expect(_OF_GEMINI)
        yield from self._answer.content(text) if self._thoughts_have_tags else self._answer.reasoning(text)

    def _reasoning(self, delta: Mapping[str, object]) -> Iterator[StreamEvent]:
        texts = (_reasoning_text(delta.get(name)) for name in _REASONING_TEXTS)
        details = [members(detail) for detail in elements(delta.get("reasoning_details"))]
        text = next(filter(None, texts), "") or "".join(
            chunk_of(detail.get("text")) or chunk_of(detail.get("summary")) for detail in details
        )
        yield from self._answer.reasoning(text)
        if details and not text and not self._is_thinking:
            self._is_thinking = True  # it is thinking without showing it
            yield AnswerStageChanged(AnswerStage.THINKING)

    def _part(self, part: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield the events of an element of a content list (Mistral)."""
        kind = part.get("type")
        if kind in ("thinking", "reasoning"):
            thinking = part.get("thinking") or part.get("text")
            yield from self._answer.reasoning(chunk_of(thinking))
            for text in elements(thinking):
                yield from self._answer.reasoning(chunk_of(members(text).get("text")))
        elif is_picture_part(part):
            yield from self._picture(part_picture(part))
        elif kind == "file":
            yield from self._answer.content(file_words(part))
        else:
            yield from self._answer.content(chunk_of(part.get("text")))

    def _pictures(self, images: object) -> Iterator[StreamEvent]:
        for source in listed_pictures(images):
            yield from self._picture(source)

    def _tool_call(self, call: Mapping[str, object]) -> ToolCallDelta:
        function = members(call.get("function"))
        call_id = text_of(call.get("id"))
        arguments = function.get("arguments")
        text = text_of(arguments) if isinstance(arguments, str | None) else text_of_value(arguments)
        name = text_of(function.get("name"))
        self._answer.count_call(call_id, name, text)
        return ToolCallDelta(self._calls.place(count_of(call.get("index")), call_id, name, text), call_id, name, text)


def _reasoning_text(value: object) -> str:
    fields = members(value)
    return chunk_of(value) or chunk_of(fields.get("content")) or chunk_of(fields.get("text"))


def _is_thought(delta: Mapping[str, object]) -> bool:
    return members(members(delta["extra_content"]).get("google")).get("thought") is True


def _error_in(chunk: Mapping[str, object]) -> object:
    """Return the error in a chunk in any of its forms (protocols.md 2.0), or None."""
    if chunk.get("error"):
        return chunk
    if error := members(chunk.get("x_groq")).get("error"):
        return {"error": error}
    is_flat = chunk.get("object") == "error" or "detail" in chunk or ("code" in chunk and "message" in chunk)
    return chunk if is_flat and not chunk.get("choices") else None
