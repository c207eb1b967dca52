"""Preset search: the ranking of `kernel/finding/matcher.py` over names, tags, categories and descriptions, and `#tag`.

Used by the list behind `/`, the palette and the library.
"""

from collections.abc import Callable, Iterable, Sequence

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.folding import fold
from chatdesk.kernel.finding.matcher import MAX_QUERY_LENGTH, Fit, Names, Query, names_of
from chatdesk.kernel.presets.preset import Preset


@dataclass(frozen=True, slots=True)
class Searchable:
    """The texts of a preset prepared for searching."""

    names: Names
    tags: tuple[str, ...]

    @classmethod
    def of(cls, preset: Preset, category: str = "") -> "Searchable":
        """Return the texts of a preset; `category` is the display name of its category.

        The ID of a preset that comes with the program is its English name, whatever the language.
        """
        more = " ".join((*preset.tags, category, preset.category, preset.description))
        return cls(names_of(preset.name, (preset.id.replace("-", " "),), more), tuple(map(_folded, preset.tags)))


@dataclass(frozen=True, slots=True)
class PresetQuery:
    """What is typed: words, and tags with their sign. All must match."""

    words: Query
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> "PresetQuery":
        """Parse the typed text."""
        parts = typed[:MAX_QUERY_LENGTH].split()
        tags = (_folded(part) for part in parts if part[0] in "#＃")
        words = " ".join(part for part in parts if part[0] not in "#＃")
        return cls(Query(words), tuple(dict.fromkeys(tag.removeprefix("#") for tag in tags if tag != "#")))

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.words or self.tags)

    def has_tags(self, preset: Searchable) -> bool:
        """Return whether a preset has tags that begin with those looked for."""
        return all(any(tag.startswith(wanted) for tag in preset.tags) for wanted in self.tags)


class PresetSearch:
    """Search with cached texts. `category` returns the display name of a category."""

    def __init__(self, category: Callable[[str], str] = str) -> None:
        self._category = category
        self._cache: dict[str, tuple[Preset, Searchable]] = {}

    def searchable_of(self, preset: Preset) -> Searchable:
        """Return the texts of a preset."""
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

    def ranked(
        self, presets: Sequence[Preset], query: PresetQuery, limit: int | None = None, *, mistakes: bool = False
    ) -> list[tuple[Fit, Preset]]:
        """Return at most `limit` matching presets with their fit, the best first, and equally good ones in their order.

        With `mistakes`, return only those that match with a small mistake.
        """
        ready = [
            (searchable.names, preset) for preset in presets if query.has_tags(searchable := self.searchable_of(preset))
        ]
        most = len(ready) if limit is None else limit
        if not query.words:
            return [(Fit.WHOLE, preset) for _, preset in ready[:most]]
        return query.words.ranked(ready, most, mistakes=mistakes)

    def find(self, presets: Iterable[Preset], text: str, state: Callable[[str], PresetState]) -> tuple[Preset, ...]:
        """Return the matching presets, the best first, then favourites, then the most used; all presets if there are no words.

        Small mistakes are forgiven if nothing else matches.
        """
        query, by_use = PresetQuery.of(text), sorted_by_use(presets, state)
        found = self.ranked(by_use, query) or self.ranked(by_use, query, mistakes=True)
        return tuple(preset for _, preset in found)

    def forget(self) -> None:
        """Clear the cache, because the names of categories depend on the language."""
        self._cache.clear()


def sorted_by_use(presets: Iterable[Preset], state: Callable[[str], PresetState]) -> list[Preset]:
    """Return presets in the order in which they are offered: favourites, then the most used, then as given."""

    def key(preset: Preset) -> tuple[bool, int]:
        known = state(preset.key)
        return not known.favourite, -known.uses

    return sorted(presets, key=key)


def tags_of(presets: Iterable[Preset]) -> tuple[str, ...]:
    """Return the tags of presets, the most frequent first, in their first spelling."""
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for preset in presets:
        for tag in preset.tags:
            key = _folded(tag)
            written.setdefault(key, tag)
            counts[key] = counts.get(key, 0) + 1
    return tuple(written[key] for key in sorted(counts, key=lambda key: (-counts[key], key)))


def _folded(text: str) -> str:
    return fold(text).strip()
