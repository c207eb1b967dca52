"""What a model puts around a translation although it was asked not to, taken off; and a list of versions read out of its answer."""

import re

_FENCED = re.compile(r"\A\s*(`{3,})[^\n`]*\n(.*?)\n?\1\s*\Z", re.DOTALL)
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("'", "'"))
_BULLET = re.compile(r"\s*(?:\d{1,2}\s*[.)、:：]|[-*•])\s*")
_MOST_VERSIONS = 5


def cleaned(answer: str, source: str) -> str:
    """Return an answer without a fence and quotation marks that its source does not have, nor blanks around it."""
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
    """Return the versions a model listed, one a line, without the one that is known."""
    found: dict[str, None] = {}
    listed = [line for line in answer.splitlines() if _BULLET.match(line)]
    for line in listed or answer.splitlines():
        version = cleaned(_BULLET.sub("", line, count=1), known)
        if version and version != known.strip() and not version.endswith((":", "：")):
            found[version] = None
    return tuple(found)[:_MOST_VERSIONS]
