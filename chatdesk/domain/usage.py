"""What an answer cost, as the server counted it."""

from chatdesk.domain.late_dataclass import dataclass


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
    """How much of that were pictures, see `picture_tokens.py`; None for none."""
    context_length: int | None = None
    """Tokens there was room for, as far as it is known."""
    prompt_tokens_per_second: float | None = None
    """Speed of reading, by the server's own clock; of what it had to read, where it remembered a beginning."""
    load_milliseconds: int | None = None
    """What the server needed to have the model ready, by its own clock."""

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
    return None if one is None and other is None else (one or 0) + (other or 0)


def _joint_speed(one: Usage, other: Usage) -> float | None:
    """Return all tokens by all the time they took; where that is not known, the speed that is."""
    if not (one.tokens_per_second and other.tokens_per_second and one.completion_tokens and other.completion_tokens):
        return other.tokens_per_second or one.tokens_per_second
    seconds = one.completion_tokens / one.tokens_per_second + other.completion_tokens / other.tokens_per_second
    return (one.completion_tokens + other.completion_tokens) / seconds
