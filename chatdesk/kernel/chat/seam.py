"""Where a continued answer goes on: what is put between what was there and what comes, so that words are not glued and blocks stay blocks.

`Seam` is for servers that were asked in words to go on, and begin a new message. `Repetition` is for those that go on from the last letter:
they may say white space once more that stood at the end, and some repeat all that they were given.
"""

import re
from typing import Protocol

_FENCE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)*(`{3,}|~{3,})", re.MULTILINE)
_REPEATED_FENCE = re.compile(r"(?:`{3,}|~{3,})[^\s`][^\n]*\n")
_BLOCK = re.compile(r"#{1,6}\s|`{3,}|~{3,}|>\s|\||-{3,}\s*\n|\$\$")
"""What begins a block of markdown wherever it stands."""
_ITEM = re.compile(r"[-*+]\s|\d{1,3}[.)]\s")
"""What begins an item of a list, where a sentence or an item has ended before it."""
_ROW = re.compile(r"[ \t]*(\||>|[-*+]\s|\d{1,3}[.)]\s)")
"""How a line begins that belongs together with the lines around it."""
_ENDS_A_SENTENCE = frozenset(".!?:;…。！？：；*`)）”»")
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+")
_CLINGS_TO_WHAT_IS_BEFORE = frozenset(",.;:!?)]}%…’”»，。；：！？）】』」、》")
_CLINGS_TO_WHAT_IS_BEHIND = frozenset("([{“‘«/-–—_@#$£€（【『「《")
_UNSPACED = re.compile(
    r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
"""Scripts that put no space between words."""
_ENOUGH = 24
"""Characters by which it can be told what begins."""
_SHORTEST_REPEATED = 3
"""Letters of an unfinished word that are taken for the same word begun again."""


class Join(Protocol):
    """Takes the pieces of a continued answer one after the other; the first are held back until it is known what they begin."""

    def take(self, piece: str) -> str:
        """Return what can be shown by now."""
        ...

    def rest(self) -> str:
        """Return what was held back: nothing more comes for now."""
        ...


class Seam:
    """A `Join` that puts between them what belongs there."""

    def __init__(self, before: str) -> None:
        self._before = before
        self._held = ""
        self._is_closed = False

    def take(self, piece: str) -> str:
        """Return what can be shown by now."""
        if self._is_closed:
            return piece
        self._held += piece
        if len(self._held.lstrip()) < _ENOUGH and not re.search(r"\S\s", self._held):
            return ""
        return self.rest()

    def rest(self) -> str:
        """Return what was held back, joined."""
        held, self._held = self._held, ""
        self._is_closed = self._is_closed or bool(held)
        return joined(self._before, held) if held else ""


class Repetition:
    """A `Join` that takes away what is said once more: all that was `given`, and white space that was `lost` from its end."""

    def __init__(self, given: str, lost: str) -> None:
        self._given = given
        self._lost = lost
        self._held = ""
        self._is_closed = not (given or lost)

    def take(self, piece: str) -> str:
        """Return what is new."""
        if self._is_closed:
            return piece
        self._held += piece
        is_open = any(text != self._held and text.startswith(self._held) for text in (self._given, self._lost))
        return "" if is_open else self.rest()

    def rest(self) -> str:
        """Return what was held back without what is said once more."""
        held, self._held, self._is_closed = self._held, "", True
        new = held.removeprefix(self._given)
        while self._lost and new.startswith(self._lost[0]):
            self._lost, new = self._lost[1:], new[1:]
        return new


def joined(before: str, after: str) -> str:
    """Return `after` as it goes on from `before`: with a space or an empty line before it, or without what it repeats."""
    if not before or not after.strip():
        return after
    if _is_in_code(before):
        return _in_code(before, after)
    begun = after.lstrip()
    line = before[before.rfind("\n") + 1 :] or before.rstrip("\n").rpartition("\n")[2]
    row, ends_line = _ROW.match(line), before.endswith("\n")
    if row and row[1] == "|" and begun.startswith("|") and not ends_line and not line.rstrip().endswith("|"):
        return after  # within a row of a table
    ends_sentence = before.rstrip()[-1:] in _ENDS_A_SENTENCE or ends_line
    if _BLOCK.match(begun) or (_ITEM.match(begun) and (ends_sentence or row)):
        wanted = 1 if row and _ROW.match(begun) else 2
        there = len(before) - len(before.rstrip("\n")) + after[: len(after) - len(begun)].count("\n")
        return "\n" * max(0, wanted - there) + after.lstrip(" \t")
    if before[-1].isspace() or after[0].isspace():
        return after
    return after[_repeated(before, after) :] if _clings(before, after) else " " + after


def _is_in_code(text: str) -> bool:
    """Whether a text ends inside a block of code."""
    fence = ""
    for match in _FENCE.finditer(text):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence):
            fence = ""
    return bool(fence)


def _in_code(before: str, after: str) -> str:
    """Return it as it goes on inside a block of code, which models like to open once more."""
    if again := _REPEATED_FENCE.match(after):
        return after[again.end() :]
    if after.startswith(("```", "~~~")):
        return after if before.endswith("\n") else "\n" + after
    is_word = all(character.isalnum() or character == "_" for character in (before[-1], after[0]))
    return " " + after if is_word and not _clings(before, after) else after[_repeated(before, after) :]


def _repeated(before: str, after: str) -> int:
    """Return how many letters of a word that was broken off are said once more."""
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None or not _SHORTEST_REPEATED <= len(last[0]) < len(first[0]):
        return 0
    return len(last[0]) if first[0].startswith(last[0]) else 0


def _clings(before: str, after: str) -> bool:
    """Whether nothing belongs between them: beside some marks, in some scripts, and inside a word."""
    end, start = before[-1], after[0]
    if start in _CLINGS_TO_WHAT_IS_BEFORE or end in _CLINGS_TO_WHAT_IS_BEHIND:
        return True
    if _UNSPACED.match(end) or _UNSPACED.match(start) or _repeated(before, after):
        return True
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None:
        return False
    whole = (last[0] + first[0]).lower()  # of which only another place in the answer tells that it is one word
    return any(word.group().lower() == whole for word in _WORD.finditer(before))
