"""Token estimates for texts and pictures, for the composer's token counter, where a vocabulary of several megabytes would be too large."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, sqrt

from chatdesk.kernel.chat.attachments import MAX_SENT_SIDE
from chatdesk.kernel.chat.message import Message, SentPicture
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

# Calibration of token estimates: how much a model's counts differ from the estimates, based on earlier
# questions of a chat.

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


# Estimated tokens of a picture, depending on its size and on how the model family processes pictures.
#
# The values for each family are data (`resources/models.toml`, with sources). Counts of servers correct them: `token_estimate.py`.

_UNKNOWN_SIDE = 1024
"""Side length in pixels of pictures that were stored without their size."""


@dataclass(frozen=True, slots=True)
class PictureTokens:
    """How a model counts the tokens of a picture: it is scaled down and divided into squares, with `base` tokens plus `each` per square.

    Lengths are in pixels. Without a `square`, every picture takes `base` tokens. If there are more than `most` squares, the picture is
    scaled down further.
    """

    base: float = 0
    each: float = 1
    square: float | None = None
    longest: float | None = None
    """Maximum length of the longer side."""
    shortest: float | None = None
    """Maximum length of the shorter side."""
    most: int | None = None
    least: int = 0
    """Minimum number of tokens."""

    def of(self, picture: SentPicture) -> int:
        """Return the tokens of a picture as it is sent."""
        width, height = _fitting(picture.width or _UNKNOWN_SIDE, picture.height or _UNKNOWN_SIDE, MAX_SENT_SIDE)
        if self.square is None:
            return max(round(self.base), self.least)
        width, height = _fitting(width, height, self.longest)
        if self.shortest and (shorter := min(width, height)) > self.shortest:
            width, height = width * self.shortest / shorter, height * self.shortest / shorter
        return max(round(self.base + self.each * self._squares(width, height)), self.least)

    def of_all(self, pictures: Iterable[SentPicture]) -> int:
        """Return the tokens of several pictures."""
        return sum(map(self.of, pictures))

    def _squares(self, width: float, height: float) -> int:
        square = self.square or 1
        count = ceil(width / square) * ceil(height / square)
        if self.most is None or count <= self.most:
            return count
        smaller = sqrt(self.most * square * square / (width * height))
        fewer = ceil(width * smaller / square) * ceil(height * smaller / square)
        return max(1, min(fewer, self.most))


def _fitting(width: float, height: float, longest: float | None) -> tuple[float, float]:
    longer = max(width, height)
    if longest is None or longer <= longest:
        return width, height
    return max(1, width * longest / longer), max(1, height * longest / longer)


USUAL_PICTURES = PictureTokens(square=28, most=1280, least=256)
"""For unknown model families: most current models use one token per patch of about this size, and none uses far fewer tokens."""
NO_PICTURES = PictureTokens()
"""For models without vision: pictures are not sent."""


_FIRST_BYTES = bytes([*range(0xE3, 0xEE), 0xEF, 0xF0])
"""First UTF-8 bytes of Chinese, Japanese and Korean characters and of emoji, which take about one token each in current vocabularies."""

_CHARACTERS_PER_TOKEN = 4
_SAMPLED = 1_000_000
"""Number of characters from which a longer text is extrapolated. No model reads as many."""


def estimate_tokens(text: str) -> int:
    """Return the estimated tokens of a text; 0 only for an empty text. Takes about 2 ms per megabyte, with a limit for longer texts."""
    if len(text) > _SAMPLED:
        return -(-estimate_tokens(text[:_SAMPLED]) * len(text) // _SAMPLED)
    signs = 0
    if not text.isascii():
        encoded = text.encode("utf-8", "surrogatepass")
        signs = len(encoded) - len(encoded.translate(None, _FIRST_BYTES))  # ten times as fast as testing each character
    return signs + -(-(len(text) - signs) // _CHARACTERS_PER_TOKEN)
