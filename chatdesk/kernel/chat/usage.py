"""Token counts and timings of an answer, as reported by the server.

Numbers come from servers, files and databases and are validated here.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from chatdesk.kernel.fast_dataclass import dataclass

MAX_PLAUSIBLE = 2**31 - 1
"""Maximum for tokens, milliseconds and tokens per second. Larger numbers are not plausible, and Qt cannot format them."""


def count(value: object) -> int | None:
    """Return a whole number from 0 to `MAX_PLAUSIBLE`; None for anything else."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and isinstance(value, int) and 0 <= value <= MAX_PLAUSIBLE else None


def rate(value: object) -> float | None:
    """Return a number from 0 to `MAX_PLAUSIBLE`; None for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isinstance(value, int | float) and 0 <= value <= MAX_PLAUSIBLE else None


def rate_of(tokens: int | None, time: float | None, per_second: int = 1) -> float | None:
    """Return tokens per second. `per_second` is the number of units of `time` in a second. None if either value is unknown."""
    return rate(tokens * per_second / time) if tokens and time else None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and generated, and the speed. None = not reported by the server."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    tokens_per_second: float | None = None
    """Generation speed, without loading the model and processing the prompt."""
    total_milliseconds: int | None = None
    """From the request to the last byte, measured by Chatdesk."""
    first_token_milliseconds: int | None = None
    """From the request to the first token, measured by Chatdesk."""
    expected_prompt_tokens: int | None = None
    """Estimated tokens of the request, see `token_estimate.py`."""
    expected_picture_tokens: int | None = None
    """How many of them were estimated for pictures; None for none."""
    context_length: int | None = None
    """Context length in tokens, if known."""
    prompt_tokens_per_second: float | None = None
    """Speed of prompt processing as reported by the server, without the part of the prompt that was cached."""
    load_milliseconds: int | None = None
    """Time to load the model, as reported by the server."""
    cached_prompt_tokens: int | None = None
    """How many of `prompt_tokens` the server had processed before, for an earlier question, and did not process again."""

    @classmethod
    def of(cls, record: Mapping[str, object]) -> "Usage":
        """Return the usage in an untrusted record. Invalid numbers are treated as unknown."""
        values = {field.name: record.get(field.name) for field in fields(cls)}
        known: dict[str, Any] = {
            name: rate(value) if name.endswith("_per_second") else count(value) for name, value in values.items()
        }
        return cls(**known)

    @property
    def prompt_was_cut(self) -> bool:
        """Whether the server must have truncated the prompt silently, because it processed far fewer tokens than were sent.

        Always False if the context length is unknown: some servers do not count cached tokens. Pictures are not counted, because their
        tokens are too uncertain.
        """
        read, expected, context_length = self.prompt_tokens, self.expected_prompt_tokens, self.context_length
        if not (read and expected and context_length):
            return False
        return expected > 0.9 * context_length and read < 0.7 * (expected - (self.expected_picture_tokens or 0))

    def after(self, earlier: "Usage | None") -> "Usage":
        """Return the combined usage of an answer that continued `earlier`.

        Generated tokens are added; prompt tokens are those of the first part.
        """
        if earlier is None:
            return self
        return Usage(
            prompt_tokens=self.prompt_tokens if earlier.prompt_tokens is None else earlier.prompt_tokens,
            completion_tokens=_sum(earlier.completion_tokens, self.completion_tokens),
            tokens_per_second=_joint_speed(earlier, self),
            total_milliseconds=_sum(earlier.total_milliseconds, self.total_milliseconds),
            first_token_milliseconds=earlier.first_token_milliseconds or self.first_token_milliseconds,
            expected_prompt_tokens=earlier.expected_prompt_tokens or self.expected_prompt_tokens,
            expected_picture_tokens=earlier.expected_picture_tokens or self.expected_picture_tokens,
            context_length=self.context_length or earlier.context_length,
            cached_prompt_tokens=(self if earlier.prompt_tokens is None else earlier).cached_prompt_tokens,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else min((one or 0) + (other or 0), MAX_PLAUSIBLE)


def _joint_speed(one: Usage, other: Usage) -> float | None:
    """Return the combined speed; if it cannot be calculated, the one that is known."""
    if not (one.tokens_per_second and other.tokens_per_second and one.completion_tokens and other.completion_tokens):
        return other.tokens_per_second or one.tokens_per_second
    seconds = one.completion_tokens / one.tokens_per_second + other.completion_tokens / other.tokens_per_second
    return (one.completion_tokens + other.completion_tokens) / seconds
