"""What DB-GPT says while it answers: OpenAI's chunks, and from its agents the whole answer over and over -> stream events.

Agents say their plans as JSON in code blocks of kinds of their own (`agent-plans`, `vis-…`): the words in them are shown, not the JSON.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.text.json_values import NotJson, decode, elements, members, piece_of, text_of
from chatdesk.providers.applications.completion_events import completion_of
from chatdesk.providers.applications.event_decoder import EventDecoder, RepeatedText
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.streaming.framing import Frame

_OPENS_VIEW = re.compile(r"(`{3,})(?:agent-|vis-|gpt-)[\w-]*[ \t]*$")
_BEGINS_VIEW = re.compile(r"\s*`{3,}(?:agent-|vis-|gpt-)")
_SERVER_ERROR = "[SERVER_ERROR]"
_DONE = "[DONE]"
_DEEPEST = 20


class DbGptDecoder(EventDecoder):
    """An `AnswerDecoder`. With `repeats`, each piece may hold all that was said before."""

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        *,
        repeats: bool = False,
    ) -> None:
        super().__init__(error_of, not_an_api)
        self._repeats = repeats
        self._said = RepeatedText(1)
        self._has_spoken = False
        self._word = ""

    def flush(self) -> Iterator[StreamEvent]:
        """Yield what was held back. Without a mark of the end, the end of the stream is it."""
        if self._has_spoken:
            yield from self._done()
        yield from self._answer.finish()

    def _event(self, _name: str, event: Mapping[str, object], /) -> Iterator[StreamEvent]:
        if event.get("success") is False or event.get("error") or (event.get("detail") and not event.get("choices")):
            raise self._error_of(event)
        piece = completion_of(event)
        self._word = piece.finish or self._word
        yield from self._answer.reasoning(piece.reasoning)
        text = piece.text or self._view(event.get("vis"))
        self._refuse_error(text)
        if not text or self._is_finished:
            return
        self._has_spoken = True
        if self._repeats and _BEGINS_VIEW.match(text):
            shown = in_words(text)
            self._said.restart(shown)
            yield from self._say_anew(shown)
        else:
            yield from self._say(self._said.new_part(text) if self._repeats else text)

    def _view(self, vis: object) -> str:
        """Return what an agent says in an event of its own kind: the whole of it each time, and at last the mark of the end."""
        text = piece_of(vis)
        if text.strip() == _DONE:
            return ""
        self._repeats = self._repeats or bool(text)
        return text

    def _skip(self, frame: Frame, text: str, /) -> Iterable[StreamEvent]:
        """Pass over what is no JSON: an error may be said in bare words."""
        self._refuse_error(text.strip())
        return super()._skip(frame, text)

    def _refuse_error(self, text: str) -> None:
        if text.startswith(_SERVER_ERROR):
            raise self._error_of({"message": text.removeprefix(_SERVER_ERROR).strip()})

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        if not elements(reply.get("choices")) and not (reply.keys() & {"success", "error", "detail"}):
            raise self._not_an_api(text)
        yield from self._event("", reply)
        yield from self._done()

    def _done(self) -> Iterator[StreamEvent]:
        word = self._word or "stop"
        yield from self._finish(finish_reason("length" if word == "max_tokens" else word, called_tools=False), word)


def in_words(text: str) -> str:
    """Return a text with the views of agents replaced by the words in them; what cannot be read stays as it is."""
    shown: list[str] = []
    view: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence:
            view.append(line)
            if line.rstrip() == fence:
                shown.append(_words_of_view(view))
                fence = ""
        elif opening := _OPENS_VIEW.match(line):
            fence, view = opening[1], [line]
        else:
            shown.append(line)
    return "\n".join([*shown, *(view if fence else ())])


def _words_of_view(view: list[str]) -> str:
    try:
        found = list(_markdown(decode("\n".join(view[1:-1])), _DEEPEST))
    except NotJson:
        found = []
    return "\n\n".join(found) or "\n".join(view)


def _markdown(value: object, depth: int) -> Iterator[str]:
    if depth == 0 or not isinstance(value, list | dict):
        return
    for each in elements(value):
        yield from _markdown(each, depth - 1)
    fields = members(value)
    title = text_of(fields.get("title")) or text_of(fields.get("name"))
    words = piece_of(fields.get("markdown")) or piece_of(fields.get("content")) or piece_of(fields.get("result"))
    if words:
        yield f"**{title}**\n\n{in_words(words)}" if title else in_words(words)
    for name in ("tasks", "items", "children", "messages"):
        yield from _markdown(fields.get(name), depth - 1)
