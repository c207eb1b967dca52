"""The tags that models write around their reasoning, for servers that do not separate it from the answer.

`providers/streaming/think_tag_splitter.py` finds them in a stream. The tags of each model are in `resources/models.toml` and in the
settings.
"""

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass

MAX_TAG_LENGTH = 80
"""Maximum length in characters."""
_MIN_TAG_LENGTH = 3
_MEANS_CODE = "`~"


class TagFault(Enum):
    """Why a pair of tags is unusable."""

    EMPTY = auto()
    """A tag is missing, or too short to be distinguished from other text."""
    TOO_LONG = auto()
    BROKEN = auto()
    """A tag contains a line break, white space at an end, or a character that starts code."""
    ALIKE = auto()
    """One tag contains the other."""


@dataclass(frozen=True, slots=True)
class ThinkTags:
    """A pair of tags around a model's reasoning."""

    opening: str = "<think>"
    closing: str = "</think>"

    @property
    def fault(self) -> TagFault | None:
        """Return the problem with the pair, or None."""
        tags = (self.opening, self.closing)
        if min(map(len, tags)) < _MIN_TAG_LENGTH:
            return TagFault.EMPTY
        if max(map(len, tags)) > MAX_TAG_LENGTH:
            return TagFault.TOO_LONG
        if any(tag != tag.strip() or len(tag.splitlines()) > 1 or set(tag) & set(_MEANS_CODE) for tag in tags):
            return TagFault.BROKEN
        return TagFault.ALIKE if _clash(self.opening, self.closing) else None


USUAL_TAGS = ThinkTags()


def together(pairs: Iterable[ThinkTags]) -> tuple[ThinkTags, ...]:
    """Return the pairs that can be searched for at once, at least the usual one; earlier pairs take precedence.

    No tag contains another one, so the first match in a text decides, however the text is split.
    """
    chosen: list[ThinkTags] = []
    for pair in pairs:
        if pair.fault is None and not any(_clash(tag, known) for tag in _tags(pair) for known in _all_tags(chosen)):
            chosen.append(pair)
    return tuple(chosen) or (USUAL_TAGS,)


def _all_tags(pairs: Iterable[ThinkTags]) -> Iterator[str]:
    for pair in pairs:
        yield from _tags(pair)


def _tags(pair: ThinkTags) -> tuple[str, str]:
    return pair.opening, pair.closing


def _clash(first: str, second: str) -> bool:
    return first in second or second in first
