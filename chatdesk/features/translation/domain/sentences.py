"""Sentence boundaries in Latin, Chinese, Japanese and other scripts."""

import re

from chatdesk.kernel.fast_dataclass import dataclass

_ABBREVIATED = """mr mrs ms dr prof sr jr st vs e.g i.e cf fig nr vol approx inc ltd jan feb aug sep sept oct nov dec bzw d.h z.b u.a usw
    evtl ggf inkl str tel vgl mme mlle env p.ex sig dott ecc pág sra dra p.ej núm dhr bijv o.a np tzn m.in u.s u.k a.m p.m"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_END = re.compile(
    r"""(?:[.!?…]+ | [。！？｡؟۔।]+ ) ["'”’»）)\]」』】〉》]* (?P<gap>\s*)""",
    re.VERBOSE,
)
_WIDE_END = frozenset("。！？｡؟۔।」』】》")
_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)(?=[ \t]*(?:\r\n|\n|\r))|[ \t]{2,}(?:\r\n|\n|\r)")
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")


@dataclass(frozen=True, slots=True)
class Span:
    """Sentence: `text[start:end]`, without surrounding whitespace."""

    start: int
    end: int


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order; together they contain everything except the whitespace between them."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() < len(text) and not _ends(text, match):
            continue
        _add(found, text, start, match.start("gap"))
        start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def sentence_at(text: str, position: int) -> Span | None:
    """Return the sentence at a position, or the one before it if the position is between two; None for an empty text."""
    before = None
    for span in sentences(text):
        if span.start > position:
            break
        before = span
    return before or next(iter(sentences(text)), None)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    sentence = text[start:end]
    left = start + len(sentence) - len(sentence.lstrip())
    right = start + len(sentence.rstrip())
    if left < right:
        found.append(Span(left, right))


def _ends(text: str, match: re.Match[str]) -> bool:
    """Return whether a punctuation mark ends a sentence: not within a number or an address, nor after an abbreviation."""
    mark = match[0].rstrip()
    if any(character in _WIDE_END for character in mark):
        return True
    if not match["gap"]:
        return ord(text[match.end()]) >= 0x2E80  # Han and kana follow without a space
    if mark[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    if word:
        bare = word[0].lower()
        if bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha()):
            return False
        if bare.isdigit() and text[match.end()].islower():
            return False  # "am 3. mai"
    return not text[match.end()].islower()
