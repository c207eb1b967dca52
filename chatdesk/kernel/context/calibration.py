"""Calibration of token estimates: how much a model's counts differ from the estimates, based on earlier questions of a chat."""

from collections.abc import Iterator, Sequence

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

_TOKENS_TO_COMPARE = 100
"""Below this count, most tokens come from the template around a message."""
MAX_TEXT_RATIO = 3.0
"""Maximum ratio of counted to estimated tokens. A higher ratio means that something other than this text was counted."""
_SANE_TEXT = (0.7, MAX_TEXT_RATIO)
"""A ratio below the range means that the server did not count cached tokens."""
_SANE_PICTURES = (0.05, 20.0)
"""Estimates for pictures vary more: one model family uses seven tokens for a picture for which another one uses five thousand."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Factors by which estimates are multiplied."""

    text: float = 1.0
    pictures: float = 1.0

    def at_least(self, factor: float) -> "Calibration":
        """Return a calibration with both factors at least `factor`."""
        return Calibration(max(self.text, factor), max(self.pictures, factor))


def calibration_of(path: Sequence[Message], model: ModelRef | None = None) -> Calibration:
    """Return the ratio of counted to estimated tokens for the model that answered last.

    If pictures were sent for that answer, the tokens beyond the text are attributed to them, but not for another `model`, which may count
    pictures differently.
    """
    answers = _counted(path)
    last = next(answers, None)
    if last is None:
        return Calibration()
    message, usage = last
    if not usage.expected_picture_tokens:
        return Calibration(_text_factor(usage))
    alone = (other for answer, other in answers if answer.model == message.model and not other.expected_picture_tokens)
    text = next(map(_text_factor, alone), 1.0)
    if model is not None and message.model != model:
        return Calibration(text)
    read, expected = usage.prompt_tokens or 0, usage.expected_prompt_tokens or 0
    pictures = usage.expected_picture_tokens
    words = text * (expected - pictures)
    least, most = _SANE_PICTURES
    factor = (read - words) / pictures
    return Calibration(text, min(factor, most)) if factor >= least else Calibration(text)


def _counted(path: Sequence[Message]) -> Iterator[tuple[Message, Usage]]:
    """Yield the answers whose estimated and counted tokens are both known, the latest first."""
    for message in reversed(path):
        usage = message.usage
        if usage and usage.prompt_tokens and usage.expected_prompt_tokens and not usage.prompt_was_cut:
            yield message, usage


def _text_factor(usage: Usage) -> float:
    read, expected = usage.prompt_tokens or 0, usage.expected_prompt_tokens or 1
    least, most = _SANE_TEXT
    factor = read / expected
    return min(factor, most) if factor >= least and read >= _TOKENS_TO_COMPARE else 1.0
