"""Chunks in the format of OpenAI's chat completions, as FastGPT and DB-GPT embed them in their own events."""

from collections.abc import Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.json_values import chunk_of, elements, members, text_of


@dataclass(frozen=True, slots=True)
class Completion:
    """A chunk: further text, further reasoning, and the finish reason."""

    text: str = ""
    reasoning: str = ""
    finish: str = ""


def completion_of(chunk: Mapping[str, object]) -> Completion:
    """Return the content of a chunk or of a complete reply."""
    choice = next((members(each) for each in elements(chunk.get("choices"))), {})
    delta = members(choice.get("delta")) or members(choice.get("message"))
    reasoning = chunk_of(delta.get("reasoning_content")) or chunk_of(delta.get("reasoning"))
    return Completion(_text(delta.get("content")), reasoning, text_of(choice.get("finish_reason")))


def _text(content: object) -> str:
    """Return a text, or the joined texts of a list of parts (FastGPT's detailed reply)."""
    texts = (members(part).get("text") for part in elements(content))
    return chunk_of(content) or "".join(chunk_of(text) or chunk_of(members(text).get("content")) for text in texts)
