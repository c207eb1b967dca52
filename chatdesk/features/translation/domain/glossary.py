"""Glossary: terms with their translations, their occurrences in a text, and those that a result does not use.

`features/translation/services/glossaries.py` defines the file format.
"""

import re
from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass

MAX_TERM_LENGTH = 200
MAX_TERMS = 5_000

_ALTERNATIVES = re.compile(r"\s*[|;；]\s*")
_WORD = re.compile(r"\w+")
_MIN_INFLECTED_LENGTH = 4
"""Minimum length of a term in a script with spaces that may be followed by an inflectional ending: "server" matches "servers"."""
_MAX_ENDING_LENGTH = 2
_KEY = 2
"""Number of first characters by which terms are indexed."""
_MIN_STEM_LENGTH = 5
"""Minimum length of a word whose ending may differ in a result."""


@dataclass(frozen=True, slots=True)
class Term:
    """Term with its translation. `target` may contain alternatives, such as `Rechner | Computer`."""

    source: str
    target: str
    note: str = ""
    case_sensitive: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """The accepted translations."""
        return tuple(part for part in _ALTERNATIVES.split(self.target.strip()) if part)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Occurrence of a term: `text[start:end]`."""

    start: int
    end: int
    term: Term


class Glossary:
    """Immutable collection of terms, indexed for searching."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(terms)
        self._hash = hash(self.terms)
        self._by_first: dict[str, list[Term]] = {}
        for term in sorted(self.terms, key=lambda term: len(term.source), reverse=True):
            if term.source.strip() and term.targets:
                self._by_first.setdefault(_folded(term.source)[:_KEY], []).append(term)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glossary) and self.terms == other.terms

    def __hash__(self) -> int:
        return self._hash

    def find(self, text: str) -> tuple[Occurrence, ...]:
        """Return the occurrences of terms in order and without overlap, the longest term at each position."""
        if not self._by_first:
            return ()
        folded = _folded(text)
        found: list[Occurrence] = []
        position = 0
        while position < len(folded):
            for term in (
                *self._by_first.get(folded[position : position + _KEY], ()),
                *self._by_first.get(folded[position], ()),
            ):
                if end := _matched(text, folded, position, term):
                    found.append(Occurrence(position, end, term))
                    position = end - 1
                    break
            position += 1
        return tuple(found)

    def used_in(self, text: str) -> tuple[Term, ...]:
        """Return the terms that occur in a text, each once."""
        return tuple(dict.fromkeys(occurrence.term for occurrence in self.find(text)))

    def unused_terms(self, source: str, result: str) -> tuple[Term, ...]:
        """Return the terms of a source whose translations do not occur in its result."""
        return tuple(term for term in self.used_in(source) if not any(_is_in(t, result, term) for t in term.targets))


def _folded(text: str) -> str:
    """Return the text in lower case with all positions preserved: `casefold` would turn some characters into two."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _is_spaced(character: str) -> bool:
    """Return whether a character belongs to a script with spaces between words."""
    return (character.isalnum() or character == "_") and ord(character) < 0x0E00


def _matched(text: str, folded: str, position: int, term: Term) -> int:
    """Return the end of the term's occurrence at a position; 0 if it does not occur there."""
    end = position + len(term.source)
    here = text[position:end] if term.case_sensitive else folded[position:end]
    if here != (term.source if term.case_sensitive else _folded(term.source)):
        return 0
    if _is_spaced(term.source[0]) and position and _is_spaced(text[position - 1]):
        return 0
    if not _is_spaced(term.source[-1]):
        return end
    rest = _WORD.match(text, end)
    ending = next((n for n, character in enumerate(rest[0]) if not _is_spaced(character)), len(rest[0])) if rest else 0
    if not ending:
        return end
    is_inflected = (
        len(term.source) >= _MIN_INFLECTED_LENGTH and ending <= _MAX_ENDING_LENGTH and not term.case_sensitive
    )
    return end + ending if is_inflected and text[end : end + ending].isalpha() else 0


def _is_in(target: str, result: str, term: Term) -> bool:
    """Return whether a result contains a target, possibly inflected."""
    if term.case_sensitive:
        return target in result
    folded = _folded(result)
    wanted = _folded(target)
    if wanted in folded:
        return True
    stems = [word[: max(_MIN_STEM_LENGTH - 1, len(word) - _MAX_ENDING_LENGTH)] for word in _WORD.findall(wanted)]
    return bool(stems) and all(
        _is_spaced(stem[0]) and len(stem) >= _MIN_STEM_LENGTH - 1 and stem in folded for stem in stems
    )
