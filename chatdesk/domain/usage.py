"""What an answer cost, as the server counted it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written, and how fast. None = the server did not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    tokens_per_second: float | None = None
    """Speed of writing, without loading and without reading the prompt."""
    total_milliseconds: int | None = None
    """From the request to the last byte, measured by us."""
