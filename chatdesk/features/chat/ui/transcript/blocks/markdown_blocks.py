"""Access to the Markdown parser, which is loaded with the first message: the program starts faster without it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.blocks import Block
    from chatdesk.rendering.markdown.bounded_parser import BoundedParser
    from chatdesk.rendering.markdown.citations import Cite

AT_ONCE = 16_384
"""Characters of a text that are parsed immediately; the rest is parsed in steps."""


def answer_blocks(text: str, cite: "Cite | None" = None) -> "tuple[Block, ...]":
    """Parse the text of an answer, with the citations that `cite` makes."""
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - start-up time

    return parse(text, cite=cite)


def question_blocks(text: str) -> "tuple[Block, ...]":
    """Parse the text of a question, in which single newlines are line breaks."""
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - start-up time

    return parse(text, breaks=True)


def blocks_where(text: str, matches: Callable[[str], bool], *, is_question: bool) -> "tuple[Block | None, ...]":
    """Parse only the blocks whose Markdown is `matches`, with None for others.

    `is_question` is whether it is a question of the user.
    """
    from chatdesk.rendering.markdown.markdown import parse_where  # noqa: PLC0415 - start-up time

    return parse_where(text, matches, breaks=is_question)


def growing_answer(cite: "Cite | None" = None) -> "BoundedParser":
    """Return a parser for an answer that arrives in chunks."""
    from chatdesk.rendering.markdown.bounded_parser import BoundedParser  # noqa: PLC0415 - start-up time

    return BoundedParser(cite=cite)


def growing_question() -> "BoundedParser":
    """Return a parser for a question that is added in chunks."""
    from chatdesk.rendering.markdown.bounded_parser import BoundedParser  # noqa: PLC0415 - start-up time

    return BoundedParser(breaks=True)
