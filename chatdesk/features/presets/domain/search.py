"""Preset search: words anywhere in the name, tags and description, letters of the name in order, and `#tag`.

Used by the list behind `/`, the palette and the library. Also works for scripts without spaces, because words match inside others.
"""

import unicodedata
from collections.abc import Callable, Iterable

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset

_WHOLE_NAME, _NAME_BEGINS, _WORD_BEGINS, _IN_NAME = 120, 100, 80, 60
_TAG, _IN_TAG, _CATEGORY = 50, 40, 30
_LETTERS, _IN_DESCRIPTION = 25, 15
_MIN_LETTERS = 2

MAX_QUERY_LENGTH = 1_000
"""Maximum characters of a query; longer text was pasted by mistake."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """The normalized texts of a preset for comparison."""

    name: str
    tags: tuple[str, ...]
    category: str
    description: str
    all_tags: str = ""
    """All tags as one text, one per line."""

    @classmethod
    def of(cls, preset: Preset, category: str = "") -> "Searchable":
        """Return the texts of a preset; `category` is the display name of its category."""
        tags = tuple(map(folded, preset.tags))
        return cls(
            folded(preset.name),
            tags,
            folded(f"{preset.category} {category}"),
            folded(f"{preset.description} {preset.id}"),
            "\n".join(tags),
        )


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. All words and all tags must match."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> "Query":
        """Parse the typed text."""
        parts = dict.fromkeys(folded(typed[:MAX_QUERY_LENGTH]).split())
        tags = tuple(part[1:] for part in parts if part.startswith("#") and len(part) > 1)
        return cls(tuple(part for part in parts if not part.startswith("#")), tags)

    def __bool__(self) -> bool:
        """Whether the query is not empty."""
        return bool(self.words or self.tags)


def folded(text: str) -> str:
    """Return a text normalized for comparison, ignoring case, width and composition."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def score(query: Query, preset: Searchable) -> int:
    """Return the score of a preset; 0 if it does not match."""
    if query.tags and not all(any(tag.startswith(wanted) for tag in preset.tags) for wanted in query.tags):
        return 0
    total = 1
    for word in query.words:
        points = _score(word, preset)
        if not points:
            return 0
        total += points
    return total


class PresetSearch:
    """Search with cached texts. `category` returns the display name of a category."""

    def __init__(self, category: Callable[[str], str] = str) -> None:
        self._category = category
        self._cache: dict[str, tuple[Preset, Searchable]] = {}

    def searchable_of(self, preset: Preset) -> Searchable:
        """Return the normalized texts of a preset."""
        known = self._cache.get(preset.key)
        if known is None or known[0] is not preset:
            known = self._cache[preset.key] = preset, Searchable.of(preset, self._category(preset.category))
        return known[1]

    def prepare_search(self, presets: Iterable[Preset], most: int) -> bool:
        """Prepare the texts of up to `most` presets; return whether all are prepared."""
        left = [preset for preset in presets if preset.key not in self._cache]
        for preset in left[:most]:
            self.searchable_of(preset)
        return len(left) <= most

    def find(self, presets: Iterable[Preset], text: str, state: Callable[[str], PresetState]) -> tuple[Preset, ...]:
        """Return the matching presets, best first; all presets if there are no words.

        Presets with equal scores are sorted by favorites, then by number of uses, then as given.
        """
        query, found = Query.of(text), []
        for preset in presets:
            if points := score(query, self.searchable_of(preset)) if query else 1:
                known = state(preset.key)
                found.append(((-points, not known.favourite, -known.uses), preset))
        return tuple(preset for _, preset in sorted(found, key=lambda pair: pair[0]))

    def forget(self) -> None:
        """Clear the cache, because the names of categories depend on the language."""
        self._cache.clear()


def search(
    presets: Iterable[Preset], text: str, state: Callable[[str], PresetState], category: Callable[[str], str] = str
) -> tuple[Preset, ...]:
    """Return the result of `PresetSearch.find` for a single search."""
    return PresetSearch(category).find(presets, text, state)


def tags_of(presets: Iterable[Preset]) -> tuple[str, ...]:
    """Return the tags of presets, the most frequent first, in their first spelling."""
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for preset in presets:
        for tag in preset.tags:
            key = folded(tag)
            written.setdefault(key, tag)
            counts[key] = counts.get(key, 0) + 1
    return tuple(written[key] for key in sorted(counts, key=lambda key: (-counts[key], key)))


def _score(word: str, preset: Searchable) -> int:
    name = preset.name
    if word in name:
        if name == word:
            return _WHOLE_NAME
        if name.startswith(word):
            return _NAME_BEGINS
        return _WORD_BEGINS if f" {word}" in name else _IN_NAME
    if word in preset.all_tags:
        return _TAG if word in preset.tags else _IN_TAG
    if word in preset.category:
        return _CATEGORY
    if len(word) >= _MIN_LETTERS and _has_letters(word, name):
        return _LETTERS
    return _IN_DESCRIPTION if word in preset.description else 0


def _has_letters(word: str, name: str) -> bool:
    """Return whether a name contains these letters in order, the first one at a word start (anywhere in scripts without spaces)."""
    first = word[0]
    starts = (index for index, letter in enumerate(name) if letter == first and _may_begin(name, index))
    start = next(starts, None)  # letters that follow a later start also follow the first one
    return start is not None and _follows(word, name[start:])


def _may_begin(name: str, index: int) -> bool:
    return index == 0 or not name[index - 1].isalnum() or not name[index].isascii()


def _follows(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)
