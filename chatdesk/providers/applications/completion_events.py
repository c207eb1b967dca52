"""Pieces in the form of OpenAI's chat completions, as FastGPT and DB-GPT send them in the middle of events of their own."""

from collections.abc import Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.json_values import elements, members, piece_of, text_of


@dataclass(frozen=True, slots=True)
class Completion:
    """One piece: more of the answer, more of the reasoning, why it ends."""

    text: str = ""
    reasoning: str = ""
    finish: str = ""


def completion_of(chunk: Mapping[str, object]) -> Completion:
    """Return what a chunk, or a whole reply, says."""
    choice = next((members(each) for each in elements(chunk.get("choices"))), {})
    delta = members(choice.get("delta")) or members(choice.get("message"))
    reasoning = piece_of(delta.get("reasoning_content")) or piece_of(delta.get("reasoning"))
    return Completion(_text(delta.get("content")), reasoning, text_of(choice.get("finish_reason")))


def _text(content: object) -> str:
    """Return a text, or those of a list of parts (FastGPT's reply in detail)."""
    texts = (members(part).get("text") for part in elements(content))
    return piece_of(content) or "".join(piece_of(text) or piece_of(members(text).get("content")) for text in texts)
