"""Batches of short segments for one request: each is preceded by a number such as `[[1]]`, by which the answer is split."""

import re
from collections.abc import Mapping, Sequence

# Clean-up of answers: what a model adds around a translation despite its instructions, and lists of versions.

_FENCED = re.compile(r"\A\s*(`{3,})[^\n`]*\n(.*?)\n?\1\s*\Z", re.DOTALL)
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("'", "'"))
_BULLET = re.compile(r"\s*(?:\d{1,2}\s*[.)、:：]|[-*•])\s*")
_MAX_VERSIONS = 5


def cleaned(answer: str, source: str) -> str:
    """Return an answer without a code fence and quotation marks that its source does not have, and without surrounding whitespace."""
    fenced = _FENCED.match(answer)
    if fenced and "```" not in source:
        answer = fenced[2]
    answer = answer.strip()
    bare = source.strip()
    for opening, closing in _QUOTES:
        inside = answer[1:-1]
        around = len(answer) > 1 and answer[0] == opening and answer[-1] == closing
        if around and opening not in inside and closing not in inside and not bare.startswith(tuple("\"“„«「『'")):
            return inside.strip()
    return answer


def versions_in(answer: str, known: str) -> tuple[str, ...]:
    """Return the versions that a model listed, one per line, without the known one."""
    found: dict[str, None] = {}
    listed = [line for line in answer.splitlines() if _BULLET.match(line)]
    for line in listed or answer.splitlines():
        version = cleaned(_BULLET.sub("", line, count=1), known)
        if version and version != known.strip() and not version.endswith((":", "：")):
            found[version] = None
    return tuple(found)[:_MAX_VERSIONS]


MAX_ROWS = 6
MAX_CHARACTERS = 700
"""Maximum total length of a batch; models translate longer segments more faithfully one by one."""

_MARK = re.compile(r"^[ \t]*\[\[(\d{1,3})\]\][ \t]*\n?", re.MULTILINE)
_BEGINNING = re.compile(r"(?:^|\n)[ \t]*(?:\[(?:\[\d{0,3}\]?)?)?\Z")
"""End of a partial answer that may become a mark."""


def batches(texts: Sequence[str]) -> list[int]:
    """Return the sizes of consecutive batches, which together contain all texts."""
    counts: list[int] = []
    size = 0
    for text in texts:
        fits = counts and counts[-1] < MAX_ROWS and size + len(text) <= MAX_CHARACTERS and not _MARK.search(text)
        if fits and size:
            counts[-1] += 1
            size += len(text)
        else:
            counts.append(1)
            size = 0 if _MARK.search(text) else len(text)
    return counts


def marked(texts: Sequence[str]) -> str:
    """Return the texts as one, each preceded by its number."""
    return "\n\n".join(f"[[{number}]] {text}" for number, text in enumerate(texts, 1))


def split_answer(answer: str, *, complete: bool) -> Mapping[int, str]:
    """Return the text after each number. If the answer is incomplete, a possible beginning of the next mark is left out."""
    if not complete:
        answer = _BEGINNING.sub("", answer)
    found: dict[int, str] = {}
    marks = list(_MARK.finditer(answer))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else len(answer)
        number = int(mark[1])
        if number in found:
            return {}  # a repeated number is ambiguous
        found[number] = answer[mark.end() : end].strip()
    return found


def is_whole(found: Mapping[int, str], count: int) -> bool:
    """Return whether each number occurs once, in order, with a text."""
    return list(found) == list(range(1, count + 1)) and all(found.values())
