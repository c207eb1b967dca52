"""How many tokens a text will be, about: for the line beside Send, where a vocabulary of megabytes would be too much."""

from collections.abc import Iterable
from math import ceil, sqrt

from chatdesk.kernel.chat.attachments import LONGEST_SIDE_SENT
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.fast_dataclass import dataclass

# How many tokens of a context a picture takes, about, by its size and by how models of a family see.
#
# Which family does how is data (`resources/models.toml`, with sources). What a server counted corrects it:
# `calibration.py`.

_UNKNOWN_SIDE = 1024
"""Pixels, of pictures that were kept before their size was."""


@dataclass(frozen=True, slots=True)
class PictureTokens:
    """A picture is made as small as the model wants it, and covered with squares: `base` tokens, and `each` for every square.

    Lengths are pixels. Without a `square` every picture takes `base`. `most` squares at most: it is made smaller until it has no more.
    """

    base: float = 0
    each: float = 1
    square: float | None = None
    longest: float | None = None
    """Of the longer side."""
    shortest: float | None = None
    """Of the shorter side."""
    most: int | None = None
    least: int = 0
    """Tokens."""

    def of(self, picture: ImagePart) -> int:
        """Return the tokens of a picture as it is sent."""
        width, height = _fitting(picture.width or _UNKNOWN_SIDE, picture.height or _UNKNOWN_SIDE, LONGEST_SIDE_SENT)
        if self.square is None:
            return max(round(self.base), self.least)
        width, height = _fitting(width, height, self.longest)
        if self.shortest and (shorter := min(width, height)) > self.shortest:
            width, height = width * self.shortest / shorter, height * self.shortest / shorter
        return max(round(self.base + self.each * self._squares(width, height)), self.least)

    def of_all(self, pictures: Iterable[ImagePart]) -> int:
        """Return the tokens of several."""
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
"""For families nobody told of: most of today's see a patch of about so many pixels as a token, and none takes much less for any picture."""
NO_PICTURES = PictureTokens()
"""For models that cannot see: pictures stay behind."""


_FIRST_BYTES = bytes([*range(0xE3, 0xEE), 0xEF, 0xF0])
"""With these begin, in UTF-8, the signs of Chinese, Japanese and Korean, and emoji: about a token each in today's vocabularies."""

_CHARACTERS_PER_TOKEN = 4
_SAMPLED = 1_000_000
"""Characters that stand for all of a longer text: no model reads as many."""


def estimate_tokens(text: str) -> int:
    """Return the estimate: 0 only for an empty text. Takes about 2 ms for a megabyte, and no longer for any other."""
    if len(text) > _SAMPLED:
        return -(-estimate_tokens(text[:_SAMPLED]) * len(text) // _SAMPLED)
    signs = 0
    if not text.isascii():
        encoded = text.encode("utf-8", "surrogatepass")
        signs = len(encoded) - len(encoded.translate(None, _FIRST_BYTES))  # ten times as fast as to look for each sign
    return signs + -(-(len(text) - signs) // _CHARACTERS_PER_TOKEN)
