"""By how much a model counts more tokens than our estimate does: learned from what servers counted of earlier questions of a chat."""

from collections.abc import Iterator, Sequence

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

_TOKENS_TO_COMPARE = 100
"""In fewer, what a template puts around a message is most of it."""
MOST_OF_TEXT = 3.0
"""Tokens that a model counts for one that we estimated. More tells of something else than the same text."""
_SANE_TEXT = (0.7, MOST_OF_TEXT)
"""Below, a count tells of something else than our estimate: the server does not count what it had read before."""
_SANE_PICTURES = (0.05, 20.0)
"""There is more to be wrong about: one family takes seven tokens for a picture for which another takes five thousand."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Factors for what is estimated."""

    text: float = 1.0
    pictures: float = 1.0

    def at_least(self, factor: float) -> "Calibration":
        """Return one with which nothing is taken for less than `factor` says."""
        return Calibration(max(self.text, factor), max(self.pictures, factor))


def calibration_of(path: Sequence[Message], model: ModelRef | None = None) -> Calibration:
    """Return what the model that answered last counted for each token that we had estimated.

    Pictures went along with that answer? Then what is beyond the text was theirs; another `model` sees them its own way.
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
    """Yield the answers of which it is known what was reckoned and what was counted, the latest first."""
    for message in reversed(path):
        usage = message.usage
        if usage and usage.prompt_tokens and usage.expected_prompt_tokens and not usage.prompt_was_cut:
            yield message, usage


def _text_factor(usage: Usage) -> float:
    read, expected = usage.prompt_tokens or 0, usage.expected_prompt_tokens or 1
    least, most = _SANE_TEXT
    factor = read / expected
    return min(factor, most) if factor >= least and read >= _TOKENS_TO_COMPARE else 1.0
