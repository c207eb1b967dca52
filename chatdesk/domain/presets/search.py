"""Finding presets by what is typed: words anywhere in the name, tags and description, a name by some of its letters, `#tag`.

For the list behind `/`, the palette and the library. Works for scripts without spaces as well: a word is found inside another.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chatdesk.domain.presets.preset import Preset
from chatdesk.domain.presets.preset_state import PresetState

_WHOLE_NAME, _NAME_BEGINS, _WORD_BEGINS, _IN_NAME = 120, 100, 80, 60
_TAG, _IN_TAG, _CATEGORY = 50, 40, 30
_LETTERS, _IN_DESCRIPTION = 25, 15
_SHORTEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Searchable:
    """A preset's words, ready to be compared."""

    name: str
    tags: tuple[str, ...]
    category: str
    description: str

    @classmethod
    def of(cls, preset: Preset, category: str = "") -> "Searchable":
        """Return the words of a preset; `category` is what the screen calls its category."""
        return cls(
            folded(preset.name),
            tuple(map(folded, preset.tags)),
            folded(f"{preset.category} {category}"),
            folded(f"{preset.description} {preset.id}"),
        )


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Every word and every tag must be found."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> "Query":
        """Read what was typed."""
        parts = folded(typed).split()
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
    if not all(any(tag.startswith(wanted) for tag in preset.tags) for wanted in query.tags):
        return 0
    scores = [_score(word, preset) for word in query.words]
    return 1 + sum(scores) if all(scores) else 0


def search(
    presets: Iterable[Preset], words: str, state: Callable[[str], PresetState], category: Callable[[str], str] = str
) -> tuple[Preset, ...]:
    """Return the presets that fit every word, the best first; without words all of them. `category` says one in the reader's language.

    Among equals come favourites first, then what is used most.
    """
    query, found = Query.of(words), []
    for preset in presets:
        if points := score(query, Searchable.of(preset, category(preset.category))):
            known = state(preset.key)
            found.append(((-points, not known.favourite, -known.uses, preset.name.casefold()), preset))
    return tuple(preset for _, preset in sorted(found, key=lambda pair: pair[0]))


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
    if any(word in tag for tag in preset.tags):
        return _TAG if word in preset.tags else _IN_TAG
    if word in preset.category:
        return _CATEGORY
    if len(word) >= _SHORTEST_LETTERS and _has_letters(word, name):
        return _LETTERS
    return _IN_DESCRIPTION if word in preset.description else 0


def _has_letters(word: str, name: str) -> bool:
    """Whether a name has these letters in this order, the first of them where a word begins; scripts without spaces have no beginnings."""
    first = word[0]
    starts = [place for place, letter in enumerate(name) if letter == first and _may_begin(name, place)]
    return any(_follows(word, name[start:]) for start in starts)


def _may_begin(name: str, place: int) -> bool:
    return place == 0 or not name[place - 1].isalnum() or not name[place].isascii()


def _follows(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)
