"""Snippets of found texts: one line around the first occurrence, without Markdown, cut between words."""

import re

from chatdesk.kernel.finding.search_query import SearchQuery

_BEFORE = 40
_LENGTH = 160
"""Length of a snippet, and its characters before the first occurrence; a little less where a word would be cut."""
_MAX_WORD = 20
"""Characters that are left out to avoid cutting a word."""
_RAW_BEFORE, _RAW_AFTER = 100, 400
"""Characters of the text around the first occurrence from which the snippet is made. Markdown takes up some of them."""

_MARKUP = (
    ("`~", r"(?m)^[ \t]*(?:`{3,}|~{3,}).*$", " "),  # fences
    ("-", r"(?m)^[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$", " "),  # lines below the head of a table, and between paragraphs
    (">", r"(?m)^(?:[ \t]*>)+[ \t]?", ""),
    ("#", r"(?m)^[ \t]*#{1,6}[ \t]+", ""),
    ("-*+", r"(?m)^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?", ""),
    ("|", r"(?m)^[ \t]*\||\|[ \t]*$", ""),  # the edges of a table
    ("|", r"[ \t]+\|[ \t]+", " · "),
    ("<", r"<!--.*?-->|</?(?:br|sub|sup|kbd|u|mark|s|b|i|em|strong|details|summary|img)\b[^<>]*>", " "),
    ("]", r"!?\[([^\[\]\n]*)\]\([^()\n]*\)", r"\1"),  # links and pictures
    ("*~`", r"\*\*|~~|`+", ""),
    ("*", r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+)(?<=[^\s*\\])\*(?![\w*])", r"\1"),
    ("\\", r"\\([!-/:-@\[-`{-~])", r"\1"),
)
"""Signs of which a text must hold one, a pattern of Markdown with them, and its replacement.

Underlines stay, because they are more often parts of names than emphasis.
"""
_BLANKS = r"[\s\x00-\x1f\x7f]+"


def snippet_of(text: str, query: SearchQuery) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the snippet and the positions of the occurrences in it; the start of a text without any. `…` marks omissions."""
    offset = max(0, query.first_start(text))
    start, end = max(0, offset - _RAW_BEFORE), min(len(text), offset + _RAW_AFTER)
    raw = text[start:end]
    line = _in_one_line(_without_markup(raw))
    ranges = query.spans(line)
    if not ranges:  # the occurrence is part of the Markdown
        line = _in_one_line(raw)
        ranges = query.spans(line)
    first, last = _cut(line, ranges[0] if ranges else (0, 0))
    head = "…" if first > 0 or start > 0 else ""
    tail = "…" if last < len(line) or end < len(text) else ""
    shown = ((max(begin, first), min(stop, last)) for begin, stop in ranges)
    shift = len(head) - first
    return head + line[first:last] + tail, tuple((begin + shift, stop + shift) for begin, stop in shown if begin < stop)


def _without_markup(text: str) -> str:
    for signs, pattern, replacement in _MARKUP:
        if any(sign in text for sign in signs):
            text = re.sub(pattern, replacement, text)
    return text


def _in_one_line(text: str) -> str:
    return re.sub(_BLANKS, " ", text).strip()


def _cut(line: str, occurrence: tuple[int, int]) -> tuple[int, int]:
    """Return where to cut a line so that the occurrence is shown and no word is cut, unless it is very long."""
    first = max(0, occurrence[0] - _BEFORE)
    if first > 0 and _is_inside_word(line, first):
        after = re.compile(r"\s").search(line, first, min(first + _MAX_WORD, occurrence[0]))
        first = after.end() if after else first
    first += len(line[first:]) - len(line[first:].lstrip())
    last = min(len(line), max(first + _LENGTH, occurrence[1]))
    if last < len(line) and _is_inside_word(line, last):
        before = line.rfind(" ", max(last - _MAX_WORD, occurrence[1]), last)
        last = before if before >= 0 else last
    return first, first + len(line[first:last].rstrip())


def _is_inside_word(line: str, offset: int) -> bool:
    return line[offset - 1].isascii() and not line[offset - 1].isspace() and not line[offset].isspace()
