"""What an answer cost, as the server counted it. Its numbers come from servers, files and databases: all of them are made here."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from chatdesk.kernel.fast_dataclass import dataclass

MOST = 2**31 - 1
"""Of tokens, milliseconds and tokens per second. A number beyond it is no count of anything, and Qt words none that is larger."""


def count(value: object) -> int | None:
    """Return a whole number from 0 to `MOST`; None for anything else."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and isinstance(value, int) and 0 <= value <= MOST else None


def rate(value: object) -> float | None:
    """Return a number from 0 to `MOST`; None for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isinstance(value, int | float) and 0 <= value <= MOST else None


def rate_of(tokens: int | None, time: float | None, per_second: int = 1) -> float | None:
    """Return the tokens per second where `per_second` units of `time` are a second; None where either is not known."""
    return rate(tokens * per_second / time) if tokens and time else None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written, and how fast. None = the server did not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    tokens_per_second: float | None = None
    """Speed of writing, without loading and without reading the prompt."""
    total_milliseconds: int | None = None
    """From the request to the last byte, measured by us."""
    first_token_milliseconds: int | None = None
    """From the request to the first token, measured by us."""
    expected_prompt_tokens: int | None = None
    """What we reckoned to have sent, see `token_estimate.py`."""
    expected_picture_tokens: int | None = None
    """How much of that were pictures, see `token_estimate.py`; None for none."""
    context_length: int | None = None
    """Tokens there was room for, as far as it is known."""
    prompt_tokens_per_second: float | None = None
    """Speed of reading, by the server's own clock; of what it had to read, where it remembered a beginning."""
    load_milliseconds: int | None = None
    """What the server needed to have the model ready, by its own clock."""

    @classmethod
    def of(cls, record: Mapping[str, object]) -> "Usage":
        """Return what a record of anybody's tells; what is no count in it counts as not said."""
        told = {field.name: record.get(field.name) for field in fields(cls)}
        known: dict[str, Any] = {
            name: rate(value) if name.endswith("_per_second") else count(value) for name, value in told.items()
        }
        return cls(**known)

    @property
    def prompt_was_cut(self) -> bool:
        """Whether the server must have left out part of what was sent, without saying so: it read far less than there was no room for.

        Nothing is claimed where it is not known how much room there was: some servers do not count what they have read before. Nor of
        pictures, of which we know too little.
        """
        read, expected, room = self.prompt_tokens, self.expected_prompt_tokens, self.context_length
        if not (read and expected and room):
            return False
        return expected > 0.9 * room and read < 0.7 * (expected - (self.expected_picture_tokens or 0))

    def after(self, earlier: "Usage | None") -> "Usage":
        """Return what an answer cost that went on after `earlier`: what was written adds up, what was read is what the beginning read."""
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
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else min((one or 0) + (other or 0), MOST)


def _joint_speed(one: Usage, other: Usage) -> float | None:
    """Return all tokens by all the time they took; where that is not known, the speed that is."""
    if not (one.tokens_per_second and other.tokens_per_second and one.completion_tokens and other.completion_tokens):
        return other.tokens_per_second or one.tokens_per_second
    seconds = one.completion_tokens / one.tokens_per_second + other.completion_tokens / other.tokens_per_second
    return (one.completion_tokens + other.completion_tokens) / seconds
