"""Emphasis beside Chinese, Japanese and Korean text: the one rule where we leave CommonMark, which knows only words set apart by spaces.

In `**注意：**这里` the closing stars stand between punctuation and a letter, so CommonMark does not let them close. Here a neighbour
from these scripts never hinders: the rule of the markdown-cjk-friendly specification, without its variation selectors.
"""

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from chatdesk.rendering.markdown.cjk_text import is_cjk


class CjkStateInline(StateInline):
    """Judges runs of `*`, `_` and `~` by the characters around them."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's own name
        """Say whether the run at `start` may open and close, and how long it is."""
        marker = self.src[start]
        end = start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
        wide_before, wide_after = is_cjk(before), is_cjk(after)
        left_flanking = not space_after and (not mark_after or wide_after or space_before or mark_before or wide_before)
        right_flanking = not space_before and (
            not mark_before or wide_before or space_after or mark_after or wide_after
        )
        return Scanned(
            left_flanking and (canSplitWord or not right_flanking or mark_before),
            right_flanking and (canSplitWord or not left_flanking or mark_after),
            end - start,
        )


class CjkParserInline(ParserInline):
    """markdown-it's inline parser with the rule above."""

    state = CjkStateInline
    """What is known while one text is parsed."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse `src`, adding to `tokens`."""
        state = self.state(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
