"""The tags that models write around their reasoning, where no server takes it out of the answer.

Finding them in a stream: `providers/streaming/think_tags.py`. Which model writes which: `resources/models.toml`, and what the user has set.
"""

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass

LONGEST_TAG = 80
"""Characters."""
_SHORTEST_TAG = 3
_MEANS_CODE = "`~"


class TagFault(Enum):
    """Why a pair of tags cannot be told apart from other text."""

    EMPTY = auto()
    """One of them is missing, or too short to be told from other text."""
    TOO_LONG = auto()
    BROKEN = auto()
    """One has a line break or white space at an end, or a character that begins code."""
    ALIKE = auto()
    """One of them stands inside the other."""


@dataclass(frozen=True, slots=True)
class ThinkTags:
    """A pair of tags a model writes around its reasoning."""

    opening: str = "<think>"
    closing: str = "</think>"

    @property
    def fault(self) -> TagFault | None:
        """Say what is wrong with the pair, if anything."""
        tags = (self.opening, self.closing)
        if min(map(len, tags)) < _SHORTEST_TAG:
            return TagFault.EMPTY
        if max(map(len, tags)) > LONGEST_TAG:
            return TagFault.TOO_LONG
        if any(tag != tag.strip() or len(tag.splitlines()) > 1 or set(tag) & set(_MEANS_CODE) for tag in tags):
            return TagFault.BROKEN
        return TagFault.ALIKE if _clash(self.opening, self.closing) else None


USUAL_TAGS = ThinkTags()


def together(pairs: Iterable[ThinkTags]) -> tuple[ThinkTags, ...]:
    """Return the pairs that can be looked for at once, at least the usual one; an earlier pair goes before a later one.

    No tag stands inside another then: what comes first in a text decides, however the text is cut.
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
