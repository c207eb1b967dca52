"""Comparison of the format of a text and its translation: missing or additional placeholders, tags, links, code, marks and numbers."""

import re
from collections import Counter
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass


class MarkKind(StrEnum):
    """Kind of a mark."""

    PLACEHOLDER = "placeholder"
    TAG = "tag"
    LINK = "link"
    CODE = "code"
    STYLE = "style"
    """Markdown syntax: `**`, `|`, `>` at the beginning of a line."""
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mark:
    """Part of a text that must not change. `text` is its normalised form."""

    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class FormatProblem:
    """Mark that a result lacks, or has although its source does not. `count` is how many times."""

    mark: Mark
    missing: bool
    count: int = 1


_MARK = re.compile(
    r"""
    (?<!`)(?P<code>`++)(?P<coded>[^`\n]+)(?P=code)
  | (?P<tag></?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>)
  | (?P<url>\b(?:https?|ftp|mailto)://?[^\s<>()"'，。；、）」]+(?<![.,;:!?]))
  | \]\((?P<link>[^()\s]+)(?:\s+"[^"]*")?\)
  | (?P<placeholder>
        \{\{[^{}\n]{0,60}\}\} | \$\{[^{}\n]{1,60}\} | \{[\w.:,!\- ]{0,60}\}
      | %\([\w.]+\)[sdifr] | (?<![\d%])%(?:\d+\$)?[-+0\#]*\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[sdifuxXcgeE@](?![A-Za-z])
      | (?<![\d%])%(?:n|L?\d{1,2})(?![\w%]) | \$[A-Z_]{2,40}\b )
  | (?P<style>\*\*|__|~~|^[ ]{0,3}(?:>[ ]?)+|(?<!\\)\|)
  | (?P<number>\d(?:[\d.,'’\u00a0\u202f]*\d)?)
    """,
    re.VERBOSE | re.MULTILINE,
)
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:.-]*")
_MAX_SPELLED_NUMBER = 12
"""Largest number that is often written as a word, or stands for a month."""
_TEN_THOUSAND = 10_000
_GROUPS = re.compile("[万萬億亿만억兆千百]")


def marks_in(text: str) -> Counter[Mark]:
    """Return all marks of a text with their frequency."""
    return Counter(mark for match in _MARK.finditer(text) if (mark := _mark(match)))


def format_problems(source: str, result: str) -> tuple[FormatProblem, ...]:
    """Return the marks that a result lacks, followed by those that it has in addition."""
    wanted, found = marks_in(source), marks_in(result)
    east_asian = _GROUPS.search(result) or _GROUPS.search(source)
    problems = [
        *(FormatProblem(mark, True, count) for mark, count in (wanted - found).items()),
        *(FormatProblem(mark, False, count) for mark, count in (found - wanted).items()),
    ]
    return tuple(problem for problem in problems if not _is_permitted(problem.mark, grouped=bool(east_asian)))


def _mark(match: re.Match[str]) -> Mark | None:
    kinds = match.groupdict()
    if kinds["code"]:
        return Mark(MarkKind.CODE, kinds["coded"])
    if tag := kinds["tag"]:
        name = _TAG_NAME.match(tag)
        return Mark(MarkKind.TAG, (name[0] if name else tag).lower() + ">")
    if link := kinds["url"] or kinds["link"]:
        return Mark(MarkKind.LINK, link)
    if kinds["placeholder"]:
        return Mark(MarkKind.PLACEHOLDER, kinds["placeholder"])
    if kinds["style"]:
        return Mark(MarkKind.STYLE, kinds["style"].strip())
    digits = re.sub(r"\D", "", kinds["number"]).lstrip("0") or "0"
    return Mark(MarkKind.NUMBER, digits)


def _is_permitted(mark: Mark, *, grouped: bool) -> bool:
    """Return whether another language may write a number as a word, or group its digits differently: 10,000 is 一万."""
    if mark.kind is not MarkKind.NUMBER:
        return False
    number = int(mark.text[:20])
    return number <= _MAX_SPELLED_NUMBER or (grouped and (number >= _TEN_THOUSAND or len(mark.text) <= 4))
