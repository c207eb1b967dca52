"""Joining of a continued answer with its beginning, so that words are not run together and blocks stay blocks.

`Seam` is for servers that were asked in text to continue and start a new message. `Repetition` is for servers that continue from the last
character: they may repeat trailing white space, and some repeat everything they were sent.
"""

import re
from typing import Protocol

_FENCE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)*(`{3,}|~{3,})", re.MULTILINE)
_REPEATED_FENCE = re.compile(r"(?:`{3,}|~{3,})[^\s`][^\n]*\n")
_BLOCK = re.compile(r"#{1,6}\s|`{3,}|~{3,}|>\s|\||-{3,}\s*\n|\$\$")
"""Start of a Markdown block that needs no sentence end before it."""
_ITEM = re.compile(r"[-*+]\s|\d{1,3}[.)]\s")
"""Start of a list item; only if a sentence or an item has ended before it."""
_ROW = re.compile(r"[ \t]*(\||>|[-*+]\s|\d{1,3}[.)]\s)")
"""Start of a line that belongs to the lines around it."""
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
"""Number of characters that are enough to recognise what begins."""
_MIN_REPEATED_LENGTH = 3
"""Minimum length of an unfinished word that may be repeated in full."""


class Join(Protocol):
    """Receives the chunks of a continued answer in order and holds back the first ones until it is known what they begin."""

    def join(self, chunk: str) -> str:
        """Return the text that can be shown so far."""
        ...

    def rest(self) -> str:
        """Return the text that was held back, because nothing more follows for now."""
        ...


class Seam:
    """A `Join` that inserts the right separator."""

    def __init__(self, before: str) -> None:
        self._before = before
        self._held = ""
        self._is_closed = False

    def join(self, chunk: str) -> str:
        """Return the text that can be shown so far."""
        if self._is_closed:
            return chunk
        self._held += chunk
        if len(self._held.lstrip()) < _ENOUGH and not re.search(r"\S\s", self._held):
            return ""
        return self.rest()

    def rest(self) -> str:
        """Return the text that was held back."""
        held, self._held = self._held, ""
        self._is_closed = self._is_closed or bool(held)
        return joined(self._before, held) if held else ""


class Repetition:
    """A `Join` that removes repeated text: all that was `sent`, and white space that was `lost` from its end."""

    def __init__(self, sent: str, lost: str) -> None:
        self._sent = sent
        self._lost = lost
        self._held = ""
        self._is_closed = not (sent or lost)

    def join(self, chunk: str) -> str:
        """Return the text that can be shown so far."""
        if self._is_closed:
            return chunk
        self._held += chunk
        is_open = any(text != self._held and text.startswith(self._held) for text in (self._sent, self._lost))
        return "" if is_open else self.rest()

    def rest(self) -> str:
        """Return the text that was held back."""
        held, self._held, self._is_closed = self._held, "", True
        new = held.removeprefix(self._sent)
        while self._lost and new.startswith(self._lost[0]):
            self._lost, new = self._lost[1:], new[1:]
        return new


def joined(before: str, after: str) -> str:
    """Return `after` as the continuation of `before`: with a leading space or empty line if needed, and without repeated text."""
    if not before or not after.strip():
        return after
    if _is_in_code(before):
        return _in_code(before, after)
    begun = after.lstrip()
    line = before[before.rfind("\n") + 1 :] or before.rstrip("\n").rpartition("\n")[2]
    row, ends_line = _ROW.match(line), before.endswith("\n")
    if row and row[1] == "|" and begun.startswith("|") and not ends_line and not line.rstrip().endswith("|"):
        return after  # within a table row
    ends_sentence = before.rstrip()[-1:] in _ENDS_A_SENTENCE or ends_line
    if _BLOCK.match(begun) or (_ITEM.match(begun) and (ends_sentence or row)):
        wanted = 1 if row and _ROW.match(begun) else 2
        there = len(before) - len(before.rstrip("\n")) + after[: len(after) - len(begun)].count("\n")
        return "\n" * max(0, wanted - there) + after.lstrip(" \t")
    if before[-1].isspace() or after[0].isspace():
        return after
    return after[_repeated(before, after) :] if _joins_without_space(before, after) else " " + after


def _is_in_code(text: str) -> bool:
    """Return whether a text ends inside a code block."""
    fence = ""
    for match in _FENCE.finditer(text):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence):
            fence = ""
    return bool(fence)


def _in_code(before: str, after: str) -> str:
    """Return the continuation inside a code block, which models tend to open again."""
    if again := _REPEATED_FENCE.match(after):
        return after[again.end() :]
    if after.startswith(("```", "~~~")):
        return after if before.endswith("\n") else "\n" + after
    is_word = all(character.isalnum() or character == "_" for character in (before[-1], after[0]))
    return " " + after if is_word and not _joins_without_space(before, after) else after[_repeated(before, after) :]


def _repeated(before: str, after: str) -> int:
    """Return how many characters of an interrupted word are repeated."""
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None or not _MIN_REPEATED_LENGTH <= len(last[0]) < len(first[0]):
        return 0
    return len(last[0]) if first[0].startswith(last[0]) else 0


def _joins_without_space(before: str, after: str) -> bool:
    """Return whether no space belongs between the texts: next to some punctuation, in some scripts, and within a word."""
    end, start = before[-1], after[0]
    if start in _CLINGS_TO_WHAT_IS_BEFORE or end in _CLINGS_TO_WHAT_IS_BEHIND:
        return True
    if _UNSPACED.match(end) or _UNSPACED.match(start) or _repeated(before, after):
        return True
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None:
        return False
    whole = (last[0] + first[0]).lower()  # only another occurrence in the answer shows that it is one word
    return any(word.group().lower() == whole for word in _WORD.finditer(before))
