"""What a server turned out to know of thinking: it refused a request for an effort it has no word for, or for any.

How an effort is asked for: `dialect.py`, `ollama_provider.py`. What models are known to know: `kernel/models/thinking.py`.
"""

import re
from dataclasses import replace

from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.models.thinking import EFFORTS, ThinkingChoices

_ABOUT_THINKING = re.compile(r"think|reasoning|chat_template_kwargs", re.IGNORECASE)
_ABOUT_HISTORY = re.compile(r"reasoning_content", re.IGNORECASE)
_KNOWS_NOTHING = re.compile(
    r"unknown|unrecognized|unexpected|not permitted|forbidden|unsupported parameter|not support(?:ed)? (?:thinking|reasoning)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"['\"`](\w+)['\"`]|\b(true|false)\b")
_MEANINGS = {
    **{effort.value: effort for effort in EFFORTS},
    "none": Thinking.OFF,
    "false": Thinking.OFF,
    "true": Thinking.ON,
}
_NEXT = {
    Thinking.MAX: Thinking.HIGH,
    Thinking.XHIGH: Thinking.HIGH,
    Thinking.MINIMAL: Thinking.LOW,
    Thinking.LOW: Thinking.ON,
    Thinking.MEDIUM: Thinking.ON,
    Thinking.HIGH: Thinking.ON,
}
"""What is tried where the refusal names no words."""


class KnownThinking:
    """One per provider. What was learned once is not asked for again."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, Thinking], Thinking] = {}

    def with_thinking_resolved(self, request: ChatRequest) -> ChatRequest:
        """Return the request with what the server is known to take instead."""
        used = self._used.get((request.model_id, request.thinking), request.thinking)
        return replace(request, thinking=used)

    def learned(self, wanted: Thinking, refused: ChatRequest, refusal: str) -> ChatRequest | None:
        """Return what to ask instead of what was `refused`; None if the refusal is about something else.

        `wanted` is what was asked for at first. A second refusal ends the trying: then nothing is said about thinking.
        """
        better = instead_of(refused.thinking, refusal)
        if better is not None and refused.thinking is not wanted:
            better = Thinking.AUTO
        if better is None:
            return None
        self._used[refused.model_id, wanted] = better
        return replace(refused, thinking=better)


def instead_of(asked: Thinking, refusal: str) -> Thinking | None:
    """Return what comes closest to what was `asked`; None if the refusal speaks of something else."""
    if asked is Thinking.AUTO or not _ABOUT_THINKING.search(refusal) or _ABOUT_HISTORY.search(refusal):
        return None
    if _KNOWS_NOTHING.search(refusal):
        return Thinking.AUTO
    words = ["".join(found) for found in _WORDS.findall(refusal.lower())]
    offered = tuple({_MEANINGS[word] for word in words if word in _MEANINGS} - {asked})
    return ThinkingChoices(offered).nearest(asked) if len(offered) > 1 else _NEXT.get(asked, Thinking.AUTO)
