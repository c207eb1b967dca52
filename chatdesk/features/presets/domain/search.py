"""Finding presets by what is typed: words anywhere in the name, tags and description, a name by some of its letters, `#tag`.

For the list behind `/`, the palette and the library. Works for scripts without spaces as well: a word is found inside another.
"""

import unicodedata
from collections.abc import Callable, Iterable

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset

_WHOLE_NAME, _NAME_BEGINS, _WORD_BEGINS, _IN_NAME = 120, 100, 80, 60
_TAG, _IN_TAG, _CATEGORY = 50, 40, 30
_LETTERS, _IN_DESCRIPTION = 25, 15
_SHORTEST_LETTERS = 2

LONGEST_QUERY = 1_000
"""Characters that are looked for; what somebody pasted beside it is no search."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """A preset's words, ready to be compared."""

    name: str
    tags: tuple[str, ...]
    category: str
    description: str
    all_tags: str = ""
    """In one text, a line each."""

    @classmethod
    def of(cls, preset: Preset, category: str = "") -> "Searchable":
        """Return the words of a preset; `category` is what the screen calls its category."""
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
    """What is looked for. Every word and every tag must be found."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> "Query":
        """Read what was typed."""
        parts = dict.fromkeys(folded(typed[:LONGEST_QUERY]).split())
        tags = tuple(part[1:] for part in parts if part.startswith("#") and len(part) > 1)
        return cls(tuple(part for part in parts if not part.startswith("#")), tags)

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.words or self.tags)


def folded(text: str) -> str:
    """Return a text as it is compared: no difference of case, width or composition."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def score(query: Query, preset: Searchable) -> int:
    """Return how well a preset fits, 0 if it does not."""
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
    """Finds among presets, whose words are made ready once. `category` says one in the reader's language."""

    def __init__(self, category: Callable[[str], str] = str) -> None:
        self._category = category
        self._words: dict[str, tuple[Preset, Searchable]] = {}

    def words_of(self, preset: Preset) -> Searchable:
        """Return the words of a preset."""
        known = self._words.get(preset.key)
        if known is None or known[0] is not preset:
            known = self._words[preset.key] = preset, Searchable.of(preset, self._category(preset.category))
        return known[1]

    def make_ready(self, presets: Iterable[Preset], most: int) -> bool:
        """Make the words of so many presets ready; whether all are."""
        left = [preset for preset in presets if preset.key not in self._words]
        for preset in left[:most]:
            self.words_of(preset)
        return len(left) <= most

    def find(self, presets: Iterable[Preset], words: str, state: Callable[[str], PresetState]) -> tuple[Preset, ...]:
        """Return the presets that fit every word, the best first; without words all of them.

        Among equals come favourites first, then what is used most.
        """
        query, found = Query.of(words), []
        for preset in presets:
            if points := score(query, self.words_of(preset)) if query else 1:
                known = state(preset.key)
                found.append(((-points, not known.favourite, -known.uses, preset.name.casefold()), preset))
        return tuple(preset for _, preset in sorted(found, key=lambda pair: pair[0]))

    def forget(self) -> None:
        """Make all words ready anew: categories have other names in another language."""
        self._words.clear()


def search(
    presets: Iterable[Preset], words: str, state: Callable[[str], PresetState], category: Callable[[str], str] = str
) -> tuple[Preset, ...]:
    """Return what `PresetSearch.find` does, for who asks once."""
    return PresetSearch(category).find(presets, words, state)


def tags_of(presets: Iterable[Preset]) -> tuple[str, ...]:
    """Return the tags of presets, the most frequent first, each as it is written first."""
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
    if len(word) >= _SHORTEST_LETTERS and _has_letters(word, name):
        return _LETTERS
    return _IN_DESCRIPTION if word in preset.description else 0


def _has_letters(word: str, name: str) -> bool:
    """Whether a name has these letters in this order, the first of them where a word begins; scripts without spaces have no beginnings."""
    first = word[0]
    starts = (place for place, letter in enumerate(name) if letter == first and _may_begin(name, place))
    start = next(starts, None)  # what follows a later one follows the first one, too
    return start is not None and _follows(word, name[start:])


def _may_begin(name: str, place: int) -> bool:
    return place == 0 or not name[place - 1].isalnum() or not name[place].isascii()


def _follows(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)
