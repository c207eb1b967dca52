"""Spans to inline markdown. Blocks, and the proof that it parses back, are in `to_markdown.py`.

There are two ways: one that reads well, escaping only what could begin something where it stands, and one that is safe, escaping all
punctuation and writing letters and spaces beside the marks of emphasis as character references.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from chatdesk.rendering.markdown.blocks import Span, Style

_ACTIVE = re.compile(r"[\\`*_~\[<&$]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS_BRACKET = re.compile(r"\[[^\[\]^]*\](?![(\[:])")
_BARE_TARGET = re.compile(r"(?:https?|ftp|mailto):[^\s<>\\]+")
_PLAIN_DESTINATION = re.compile(r"[^\s<>()\\&\x00-\x1f]+")
_BACKTICKS = re.compile("`+")
_MARKS = {Style.STRIKE: ("~~", "~~"), Style.STRONG: ("**", "__"), Style.EMPHASIS: ("*", "_")}
"""The usual mark, and the one that takes its place where two would run together."""


def write_spans(spans: Sequence[Span], *, safely: bool) -> str:
    """Write spans as markdown. Spaces at its edges and what its lines begin with may still mean something to blocks."""
    written = ""
    opened: list[_Mark] = []
    for index, span in enumerate(spans):
        wanted = _marks_of(span)
        keep = sum(1 for _ in takewhile(lambda mark: mark.key in wanted, opened))  # noqa: B023 - used at once
        written += "".join(mark.end for mark in reversed(opened[keep:]))
        del opened[keep:]
        known = {mark.key for mark in opened}
        # What lasts longest goes outside.
        for key in sorted((key for key in wanted if key not in known), key=lambda key: -_lasts(key, spans[index:])):
            begin, end = _ends_of(key, written)
            opened.append(_Mark(key, end))
            written += begin
        written += _words(span, safely=safely)
    return written + "".join(mark.end for mark in reversed(opened))


def _ends_of(key: Style | tuple[str, str], written: str) -> tuple[str, str]:
    """Return how a mark begins and ends behind what is written already."""
    if isinstance(key, tuple):
        return "[", f"]({_destination(key[0])}{_title(key[1])})"
    usual, other = _MARKS[key]
    mark = other if written.endswith(usual[0]) else usual
    return mark, mark


def code_mark(text: str, least: int = 1) -> str:
    """Return a run of backticks that does not occur in a text."""
    lengths = {len(run) for run in _BACKTICKS.findall(text)}
    return "`" * next(length for length in range(least, len(text) + least + 2) if length not in lengths)


def escape_text(text: str, *, safely: bool) -> str:
    """Write text so that markdown sees nothing in it. Its newlines become hard line breaks."""
    if safely:
        edges = {index for index in (0, len(text) - 1) if text and (text[index].isalnum() or text[index] in " \t")}
        # Escaped brackets would be formulas.
        text = "".join(
            f"&#{ord(character)};" if index in edges or character in "()[]" else _PUNCTUATION.sub(r"\\\g<0>", character)
            for index, character in enumerate(text)
        )
    else:
        text = _ACTIVE.sub(lambda match: _escaped_where_needed(match, text), text)
    return text.replace("\r", "&#13;").replace("\n", "\\\n")


def _escaped_where_needed(match: re.Match[str], text: str) -> str:
    character = match[0]
    if character == "[":
        return "[" if _HARMLESS_BRACKET.match(text, match.start()) else "&#91;"
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    harmless = (
        (character == "_" and before.isalnum() and after.isalnum())
        or (character in "*_~$" and before == " " and after == " ")
        or (character in "&<" and after in (" ", "="))
        or (character == "$" and text.count("$") == 1)
    )
    return character if harmless else "\\" + character


class _Mark(NamedTuple):
    """What is open around a text: a style or a link."""

    key: Style | tuple[str, str]
    end: str


def _marks_of(span: Span) -> list[Style | tuple[str, str]]:
    """Return what stands around a span. A link whose words are its target needs nothing."""
    link = (
        [(span.link, "" if span.image else span.title)] if span.link and not span.footnote and not _bare(span) else []
    )
    return [*link, *(style for style in _MARKS if style in span.style)]


def _lasts(key: Style | tuple[str, str], spans: Sequence[Span]) -> int:
    return sum(1 for _ in takewhile(lambda span: key in _marks_of(span), spans))


def _words(span: Span, *, safely: bool) -> str:
    if bare := _bare(span):
        return f"<{bare}>"
    if span.footnote:
        return f"[^{span.footnote}]"
    if span.formula:
        return span.text
    if span.image:
        return f"![{escape_text(span.text, safely=safely)}]({_destination(span.image)}{_title(span.title)})"
    if Style.CODE in span.style:
        mark = code_mark(span.text)
        needs_space = span.text[0] == "`" or span.text[-1] == "`" or (span.text[0] == span.text[-1] == " ")
        space = " " if needs_space and span.text.strip(" ") else ""
        return f"{mark}{space}{span.text}{space}{mark}"
    return escape_text(span.text, safely=safely)


def _bare(span: Span) -> str:
    """Return what stands in angle brackets for a link whose words are its target; empty if it is not one."""
    plain = span.style is Style.PLAIN and not span.image and not span.title
    same = span.link in (span.text, "mailto:" + span.text)
    return span.text if plain and same and _BARE_TARGET.fullmatch(span.link) else ""


def _destination(target: str) -> str:
    if _PLAIN_DESTINATION.fullmatch(target):
        return target
    return f"<{_reference_safe(target, '<>')}>"


def _title(title: str) -> str:
    return f' "{_reference_safe(title, chr(34))}"' if title else ""


def _reference_safe(text: str, ends: str) -> str:
    """Escape what would end a target or title, and line ends, which may not be in one."""
    text = re.sub(rf"[{ends}&\\]", r"\\\g<0>", text)
    return text.replace("\n", "&#10;").replace("\r", "&#13;")
