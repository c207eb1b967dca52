"""Thinking levels learned from refusals: a server rejected a request for an unknown effort, or for any effort.

`dialect.py` and `ollama_provider.py` request an effort; `kernel/models/thinking.py` has the known levels of models.
"""

import re
from dataclasses import replace

from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.models.thinking import EFFORTS, ThinkingChoices

_ABOUT_THINKING = re.compile(r"think|reasoning|chat_template_kwargs", re.IGNORECASE)
_ABOUT_HISTORY = re.compile(r"reasoning_content", re.IGNORECASE)
_UNSUPPORTED = re.compile(
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
"""Fallbacks if the refusal names no levels."""


class KnownThinking:
    """The learned thinking levels of a provider. A rejected level is not requested again."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, Thinking], Thinking] = {}

    def with_thinking_resolved(self, request: ChatRequest) -> ChatRequest:
        """Return the request with the level that the server is known to accept."""
        used = self._used.get((request.model_id, request.thinking), request.thinking)
        return replace(request, thinking=used)

    def learned(self, wanted: Thinking, refused: ChatRequest, refusal: str) -> ChatRequest | None:
        """Return the request to send instead of the one that was `refused`; None if the refusal is about something else.

        `wanted` is the level of the first request. After a second refusal, no level is requested.
        """
        better = instead_of(refused.thinking, refusal)
        if better is not None and refused.thinking is not wanted:
            better = Thinking.AUTO
        if better is None:
            return None
        self._used[refused.model_id, wanted] = better
        return replace(refused, thinking=better)


def instead_of(requested: Thinking, refusal: str) -> Thinking | None:
    """Return the level closest to the `requested` one; None if the refusal is about something else."""
    if requested is Thinking.AUTO or not _ABOUT_THINKING.search(refusal) or _ABOUT_HISTORY.search(refusal):
        return None
    if _UNSUPPORTED.search(refusal):
        return Thinking.AUTO
    words = ["".join(found) for found in _WORDS.findall(refusal.lower())]
    offered = tuple({_MEANINGS[word] for word in words if word in _MEANINGS} - {requested})
    return ThinkingChoices(offered).nearest(requested) if len(offered) > 1 else _NEXT.get(requested, Thinking.AUTO)
