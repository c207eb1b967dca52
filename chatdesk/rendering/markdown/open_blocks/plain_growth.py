"""Fast path for plain text that extends plain text, and for code that extends its line: it cannot contain Markdown, so it is not parsed.

Most chunks of a streaming answer are like that. Everything else is left to the parser.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.rendering.markdown import long_texts as long_blocks
from chatdesk.rendering.markdown.bare_links import CJK
from chatdesk.rendering.markdown.blocks import Block, Code, Heading, Paragraph, Span
from chatdesk.rendering.markdown.leaves import RawText
from chatdesk.rendering.markdown.open_blocks.source_lines import showable

# Blocks of untrusted text that is quoted, without interpreting Markdown.

_PARAGRAPH = re.compile(r"(?:[^\S\n]*\S.*\n?)+")
"""Lines that are not blank."""


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return a paragraph for each part between blank lines, or several if it is very long.

    Line breaks are kept; offsets are those of `text`.
    """
    shown = _shown(text)
    found = _PARAGRAPH.finditer(shown)
    return tuple(part for match in found if match[0].strip() for part in _parts(match[0].rstrip(), match.start()))


def written_blocks(text: str) -> tuple[Block, ...]:
    """Return a text with all its lines, including blank ones, as one paragraph, or several if it is very long."""
    return tuple(_parts(_shown(text), 0)) if text else ()


def _shown(text: str) -> str:
    return showable(text).replace("\r", "\n")


def _parts(words: str, start: int) -> Iterator[Block]:
    end = start + len(words)
    leaf = RawText(start=start, end=end, containers=(), content=words, joint="")
    for number, part in enumerate(long_blocks.cut(leaf, len(words), end)):
        yield Paragraph(
            start=part.start, end=part.end, spans=(Span(part.content),), joint=part.joint if number else None
        )


_WORDS = re.compile(
    r"""(?:[^\W_]|[ ,('"“”‘’，。、；：！？（）]|(?<=[^\W\d_])(?:[.;?!](?=\ )|-(?=[^\W_])))+""", re.VERBOSE
)
"""Letters, digits, and marks that neither begin nor end anything.

No parenthesis, which may end a link; a full stop only between a letter and a space, because `1.` and `www.` have a meaning.
"""
_PLAIN_END = re.compile(r"(?:[^\W_]|[,'\"”’，。、；：！？）]|(?<=[^\W\d_])[.;?)]) *$")
_WHOLE_WORD = re.compile(rf"(?:^|[ {CJK}])[^\W_]* *$")
"""A last word that cannot become a link, an entity or a formula, however it continues."""
_SEPARATOR = re.compile(f"[ {CJK}]")
_MARKS_OF_FORMULAS = ("$$", "\\[", "\\begin")
_MAX_WORD_LENGTH = 64
"""Number of characters examined backwards: longer words are left to the parser."""
_MAX_BLOCK_LENGTH = 16_384
"""Maximum length of a block in characters, beyond which its text may be treated differently."""


class PlainGrowth:
    """Tracks the end of the last line. Call `inspect` after each parse; then `grown` may accept the next chunk."""

    __slots__ = ("_fence", "_spaces", "_whole_word", "_words")

    def __init__(self) -> None:
        self._words = False
        """Whether the text ends with words that may continue."""
        self._fence = False
        """Whether it ends with a line of code that may continue."""
        self._whole_word = False
        """Whether the last word may continue; if not, only another word may follow."""
        self._spaces = ""
        """White space at the end of the last line that no block contains yet."""

    def inspect(self, blocks: Sequence[Block], line: str, start: int) -> None:
        """Examine the end of the text, whose last line begins at offset `start` of the source."""
        shown = line.rstrip(" ")
        block = blocks[-1] if shown and blocks and blocks[-1].end == start + len(shown) else None
        self._words = isinstance(block, Paragraph | Heading) and _may_continue(block, line)
        # Only code with a language: indented code looks like a fence without one, and drops empty lines at its end.
        self._fence = isinstance(block, Code) and not block.closed and bool(block.info) and _is_code(block)
        if self._words or self._fence:
            self._spaces = line[len(shown) :]
            self._whole_word = _WHOLE_WORD.search(line, len(shown) - _MAX_WORD_LENGTH) is not None

    def grown(self, block: Block, text: str) -> Block | None:
        """Return the last block extended with a text; None, without any change, if the text has to be parsed."""
        if self._words and isinstance(block, Paragraph | Heading):
            return self._with_words(block, text)
        if self._fence and isinstance(block, Code) and text.isprintable():
            return self._with_code(block, text)
        return None

    def _with_words(self, block: Paragraph | Heading, text: str) -> Block | None:
        if not (self._whole_word or text.startswith(" ")) or not _WORDS.fullmatch(text):
            return None
        words = self._spaces + text
        shown = words.rstrip(" ")
        self._spaces = words[len(shown) :]
        self._whole_word = self._whole_word or _SEPARATOR.search(text) is not None
        if not shown:
            return block
        last = block.spans[-1]
        spans = (*block.spans[:-1], Span(last.text + shown))
        self._words = len(last.text) + len(shown) < _MAX_BLOCK_LENGTH and _PLAIN_END.search(shown) is not None
        return replace(block, spans=spans, end=block.end + len(shown))

    def _with_code(self, block: Code, text: str) -> Block:
        more = self._spaces + text
        self._spaces = more[len(more.rstrip(" ")) :]
        return replace(block, text=f"{block.text[:-1]}{text}\n", end=block.end + len(more) - len(self._spaces))


def _may_continue(block: Paragraph | Heading, line: str) -> bool:
    """Return whether plain words after the block are just text."""
    last = block.spans[-1] if block.spans else None
    if last is None or last != Span(last.text) or len(last.text) > _MAX_BLOCK_LENGTH or block.joint is not None:
        return False
    if not _PLAIN_END.search(line, len(line.rstrip(" ")) - 2):
        return False
    # A paragraph that begins like this may be a link definition or its title, and a formula may turn out to be text.
    defines = block.spans[0].text.startswith(("[", "'", '"', "("))
    return not defines and not any(mark in line for mark in _MARKS_OF_FORMULAS)


def _is_code(block: Code) -> bool:
    """Return whether the last line of a fence is definitely code, because it does not begin like a closing fence."""
    words = block.text[block.text.rfind("\n", 0, -1) + 1 :].lstrip(" \t")
    return words[:1] not in ("", "\n", "`", "~")
