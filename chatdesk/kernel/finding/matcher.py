"""Ranking of named things by what is typed, for the palette, the list behind `/`, and the search for presets.

The better a name fits, the earlier it is listed: the whole name, its beginning, the beginnings of its words, its initials, a part of a
word, other text. Chinese names are also found by pinyin and its initials (fanyi, fy: 翻译). If nothing fits, small mistakes are forgiven.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache
from heapq import nsmallest

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.folding import fold, fold_with_offsets

MAX_QUERY_LENGTH = 1_000
"""In characters; longer text was pasted by mistake."""
_MAX_WORDS = 50
_MAX_SPELLINGS = 8
"""Of a name whose characters can be read in several ways."""
_MAX_SPELLED = 24
"""Length of a word that is looked for as pinyin or initials."""
_SKIPPING = range(3, 7)
"""Number of letters that may leave out words: two letters begin words of nearly every longer name."""
_MAX_INITIALS = 12
"""More letters than this are treated as a text whose spaces were left out. Fewer would be slow to find in a hostile name of like words."""
_MIN_MISTAKEN = 4
_MAX_SPARSE = 6
"""Chinese characters between which others may be left out."""
_MAX_FORGIVING = 3_000
"""Number of names among which small mistakes are forgiven; with more of them it would take too long."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_UNIT = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_UNSPACED = re.compile(f"[\u0e00-\u0eff\u3041-\u30ff{_HAN}\uac00-\ud7a3]")
"""A character of a script in which any character may begin a word."""


class Fit(IntEnum):
    """How well a name fits, the best first."""

    WHOLE = 0
    BEGINNING = 1
    WORDS = 2
    """Each typed word begins a word of the name; also if the spaces are left out."""
    INITIALS = 3
    WITHIN = 4
    MORE = 5
    """In the text that belongs to the name."""
    MISTAKEN = 6
    """Only with a letter too many, too few or wrong, or with characters left out."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a thing is found by, in folded form. Create it with `names_of`."""

    title: str
    others: tuple[str, ...]
    more: str
    everything: str
    """All of them, one a line."""
    spelled: str
    """The title and the other names in units: words, and the pinyin of single characters. One spelling a line, a space before each unit.

    There is an empty line after those of the title.
    """


def names_of(title: str, others: Iterable[str] = (), more: str = "") -> Names:
    """Return the names of a thing: its title, other names that mean the same, and further text."""
    folded, rest = _line(title), tuple(filter(None, map(_line, others)))
    spellings = [*_spellings(folded), "", *(spelling for name in rest for spelling in _spellings(name))]
    text = _line(more)
    return Names(folded, rest, text, "\n".join((folded, *rest, text)), "\n".join(spellings))


class Query:
    """What is typed, prepared for many names. All words must fit."""

    def __init__(self, text: str) -> None:
        words = fold(text[:MAX_QUERY_LENGTH]).split()
        self.words = tuple(dict.fromkeys(words))[:_MAX_WORDS]
        self.whole = " ".join(words)
        self._spelled = {word: pattern for word in self.words if (pattern := _spelled_pattern(word))}

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.words)

    def ranked[Item](
        self, items: Sequence[tuple[Names, Item]], limit: int, *, mistakes: bool = False
    ) -> list[tuple[Fit, Item]]:
        """Return at most `limit` items, the best first, and equally good ones in their order. With `mistakes`, only those with mistakes.

        There may be 10,000 items, and this runs at every key press, so no function is called for those that do not fit.
        """
        if mistakes:
            return self._mistaken(items, limit)
        found: Sequence[tuple[Names, Item]] = items
        for word in self.words:
            if pattern := self._spelled.get(word):
                found = [each for each in found if word in each[0].everything or pattern.search(each[0].spelled)]
            else:
                found = [each for each in found if word in each[0].everything]
        numbered = ((*self._fit(names), number) for number, (names, _) in enumerate(found))
        return [(fit, found[number][1]) for fit, _, number in nsmallest(limit, numbered)]

    def spans(self, title: str) -> tuple[tuple[int, int], ...]:
        """Return the positions in a title that are to be marked, in order and without overlap."""
        folded, origin = fold_with_offsets(title)
        spans = [span for word in self.words for span in self._spans(word, folded)]
        merged: list[tuple[int, int]] = []
        for start, end in sorted((origin[start], origin[end]) for start, end in spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return tuple(merged)

    def _fit(self, names: Names) -> tuple[Fit, int]:
        """Return the fit of a name, and the sum over its words for comparing equal ones."""
        title, whole = names.title, self.whole
        if whole == title or whole in names.others:
            return Fit.WHOLE, whole != title
        if title.startswith(whole):
            return Fit.BEGINNING, 0
        worst = total = 0
        for word in self.words:
            fit, penalty = self._word_fit(word, names)
            worst = max(worst, fit)
            total += 2 * fit + penalty
        return Fit(worst), total

    def _word_fit(self, word: str, names: Names) -> tuple[Fit, int]:
        if word in names.everything:
            if _begins_word(word, names.title):
                return Fit.WORDS, 0
            starts = [start for name in names.others if (start := _word_start(word, name)) >= 0]
            if starts:
                return Fit.WORDS, 2 if min(starts) else 1
        pattern = self._spelled.get(word)
        if pattern and (match := pattern.search(names.spelled)):
            fit = Fit.WORDS if match[0].replace(" ", "") == word else Fit.INITIALS
            before, after = names.spelled[: match.start()], names.spelled[match.end() :].partition("\n")[0]
            return fit, bool(before and not before.endswith("\n")) + (" " in after) + 3 * ("\n\n" in before)
        if word in names.title:
            return Fit.WITHIN, 0
        return (Fit.WITHIN, 1) if any(word in name for name in names.others) else (Fit.MORE, 0)

    def _mistaken[Item](self, items: Sequence[tuple[Names, Item]], limit: int) -> list[tuple[Fit, Item]]:
        patterns = [_mistaken_pattern(word) for word in self.words]
        if not patterns or None in patterns or len(items) > _MAX_FORGIVING:
            return []
        known = [pattern for pattern in patterns if pattern]
        called = (("\n".join((names.title, *names.others)), item) for names, item in items)
        found = (item for text, item in called if all(pattern.search(text) for pattern in known))
        return [(Fit.MISTAKEN, item) for item, _ in zip(found, range(limit), strict=False)]

    def _spans(self, word: str, folded: str) -> list[tuple[int, int]]:
        """Return where a word fits in a folded title: at the beginning of a word if possible, else as initials, else anywhere."""
        if (start := _word_start(word, folded)) >= 0:
            return [(start, start + len(word))]
        pattern = self._spelled.get(word)
        if pattern:
            for spelling, origin in _placed_spellings(folded):
                if match := pattern.search(spelling):
                    offsets = [origin[match.start(letter)] for letter in range(1, len(word) + 1)]
                    return [(offset, offset + 1) for offset in offsets]
        start = folded.find(word)
        return [(start, start + len(word))] if start >= 0 else []


def _line(text: str) -> str:
    return " ".join(fold(text).split())


def _begins_word(word: str, name: str) -> bool:
    return _word_start(word, name) >= 0


def _word_start(word: str, name: str) -> int:
    """Return where a word begins a word of a name; -1 if it does not. Where no spaces are written, any character may begin a word."""
    start = name.find(word)
    while start > 0 and name[start - 1].isalnum() and word[0].isalnum() and not _UNSPACED.match(word):
        start = name.find(word, start + 1)
    return start


@cache
def _readings() -> dict[str, list[str]]:
    from chatdesk.kernel.finding.han_tables import READINGS  # noqa: PLC0415 - only where Chinese is

    readings: dict[str, list[str]] = {}
    for line in READINGS.split("\n"):
        syllable, _, characters = line.partition(" ")
        for character in characters:
            readings.setdefault(character, []).append(syllable)
            if "v" in syllable:
                readings[character].append(syllable.replace("v", "u"))
    return readings


def _placed_spellings(name: str) -> Iterable[tuple[str, list[int]]]:
    """Yield the spellings of a folded name, each with the position in the name of each of its characters."""
    units = [(unit[0], unit.start()) for unit in _UNIT.finditer(name)]
    known = _readings() if re.search(f"[{_HAN}]", name) else {}
    usual = [known.get(text, [text])[0] for text, _ in units]
    other = [
        [*usual[:index], reading, *usual[index + 1 :]]
        for index, (text, _) in enumerate(units)
        for reading in known.get(text, ())[1:]
    ]
    for words in [usual, *other][:_MAX_SPELLINGS]:
        spelling, origin = "", []
        for word, (text, start) in zip(words, units, strict=True):
            spelling += f" {word}"
            origin += [start, *(range(start, start + len(text)) if word == text else [start] * len(word))]
        yield spelling, origin


def _spellings(name: str) -> list[str]:
    if name.isascii():
        return ["".join(f" {unit}" for unit in _UNIT.findall(name))]
    return [spelling for spelling, _ in _placed_spellings(name)]


def _spelled_pattern(word: str) -> re.Pattern[str] | None:
    """Return a pattern that finds a word letter by letter in spelled units: each letter continues a unit or begins a later one."""
    if not 2 <= len(word) <= _MAX_SPELLED or not word.isalnum() or _UNSPACED.search(word):
        return None
    if len(word) > _MAX_INITIALS:
        between = " ?"
    elif len(word) in _SKIPPING:
        between = "(?:[^ \n]* (?:[^ \n]+ ){0,2})??"
    else:
        between = "(?:[^ \n]* )??"
    return re.compile(" " + between.join(f"({letter})" for letter in word))


def _mistaken_pattern(word: str) -> re.Pattern[str] | None:
    """Return a pattern for a word with one mistake, at the beginning of a word; for Chinese, with characters left out."""
    if _UNSPACED.match(word):
        return re.compile("[^\n]{0,3}".join(map(re.escape, word))) if 1 < len(word) <= _MAX_SPARSE else None
    if not _MIN_MISTAKEN <= len(word) <= _MAX_SPELLED:
        return None
    spans = range(1, len(word))  # the first letter is rarely wrong
    letters = [re.escape(letter) for letter in word]
    variants = [
        variant
        for index in spans
        for variant in (
            [*letters[:index], *letters[index + 1 :]],
            [*letters[:index], ".", *letters[index + 1 :]],
            [*letters[:index], ".", *letters[index:]],
            [*letters[: index - 1], letters[index], letters[index - 1], *letters[index + 1 :]],
        )
    ]
    return re.compile(r"\b(?:" + "|".join(map("".join, variants)) + ")")
