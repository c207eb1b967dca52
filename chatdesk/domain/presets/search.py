"""Finding presets by a few letters, the likeliest first: for the list behind `/`, the palette and the library."""

from collections.abc import Callable, Iterable

from chatdesk.domain.presets.preset import Preset
from chatdesk.domain.presets.preset_state import PresetState

_NAME_BEGINS, _WORD_BEGINS, _IN_NAME, _IN_REST, _LETTERS = range(5)
"""How well a word fits; less is better."""


def search(
    presets: Iterable[Preset], words: str, state: Callable[[str], PresetState], category: Callable[[str], str] = str
) -> tuple[Preset, ...]:
    """Return the presets that fit every word; without words all of them. `category` says a category in the reader's language.

    Among equals come favourites first, then what is used most.
    """
    wanted = words.casefold().split()
    found = []
    for preset in presets:
        rest = f"{preset.id} {preset.description} {' '.join(preset.tags)} {category(preset.category)}".casefold()
        marks = [_mark(preset.name.casefold(), rest, word) for word in wanted]
        if None not in marks:
            known = state(preset.key)
            order = (sum(mark or 0 for mark in marks), not known.favourite, -known.uses, preset.name.casefold())
            found.append((order, preset))
    return tuple(preset for _, preset in sorted(found, key=lambda pair: pair[0]))


def _mark(name: str, rest: str, word: str) -> int | None:
    if name.startswith(word):
        return _NAME_BEGINS
    if f" {word}" in name or f"-{word}" in name:
        return _WORD_BEGINS
    if word in name:
        return _IN_NAME
    if word in rest:
        return _IN_REST
    return _LETTERS if _in_order(word, name) else None


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters come in this order: "trex" finds "Translate and explain"."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
