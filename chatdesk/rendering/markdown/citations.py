"""Citations of documents in running text: where their brackets are. The owner of the documents decides what is cited.

A citation becomes a span for each place. In code, links and formulas brackets are ordinary text, and a text stays as it is if nothing is
cited in it.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from chatdesk.kernel.documents.citations import MAX_LENGTH
from chatdesk.rendering.markdown.blocks import Span

Cite = Callable[[str, bool], tuple[Span, ...]]
"""Returns the spans for the text between a pair of brackets; none if that is no citation.

The second argument is whether the brackets follow a word without a space, as an index does.
"""

WIDE_OPENING = "【［"
_BRACKETS = re.compile(rf"\[([^\[\]\n]{{1,{MAX_LENGTH}}})\](?!\()|[【［]([^【】［］\n]{{1,{MAX_LENGTH}}})[】］]")
_MAY_CITE = re.compile(r"\d|\.\w")
"""A number, or the ending of a file name."""


class Brackets(NamedTuple):
    """The text between a pair of brackets, and the position after it."""

    inside: str
    end: int
    is_attached: bool


def brackets_at(text: str, start: int, end: int) -> Brackets | None:
    """Return the brackets at a position that may contain a citation."""
    match = _BRACKETS.match(text, start, end)
    inside = (match[1] or match[2]) if match else ""
    if not match or not _MAY_CITE.search(inside):
        return None
    before = text[start - 1 : start]
    return Brackets(inside, match.end(), is_attached=text[start] == "[" and before.isascii() and before.isalnum())
