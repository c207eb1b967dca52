"""What stands in an outline: a line for each question, and below it one for each heading of the answer."""

import re
from collections.abc import Iterator, Sequence

from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX, text_of
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Heading

QUESTION = -1
"""The block of an entry that is a question."""
_LONGEST_WORDS = 160
_HEADING = re.compile(r"^[ >\d.)*+-]*#{1,6}[ \t]|^[ >]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,}).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Message and block by their order; `level` is 0 for a question, else that of the heading."""

    message: int
    block: int
    level: int
    words: str

    @property
    def is_question(self) -> bool:
        """Whether it stands for a question, not for a heading."""
        return self.block == QUESTION


def question_entry(message: int, text: str) -> Entry:
    """Return the line of a question, without the marks around code in it."""
    words = one_line(_FENCE.sub("", text[: 4 * _LONGEST_WORDS]))
    return Entry(message, QUESTION, 0, words or one_line(text))


def heading_entries(message: int, blocks: Sequence[Block], first: int = 0) -> Iterator[Entry]:
    """Yield the lines of an answer's headings, from a block on."""
    for index in range(first, len(blocks)):
        block = blocks[index]
        if isinstance(block, Heading) and block.joint is None and (words := one_line(text_of(block).replace(BOX, ""))):
            yield Entry(message, index, block.level, words)


def may_have_headings(source: str) -> bool:
    """Say quickly whether it is worth looking for headings. Whatever it says no to has none."""
    return _HEADING.search(source) is not None


def one_line(text: str) -> str:
    """Return the beginning of a text on one line."""
    words = " ".join(text[: 2 * _LONGEST_WORDS].split())
    return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1].rstrip() + "…"
