"""Inline markdown beyond CommonMark: formulas and references to footnotes. Where formulas lie is found in `math_marks.py`."""

import re
from typing import cast

from markdown_it.rules_inline.state_inline import StateInline

from chatdesk.rendering.markdown.cjk_emphasis import CjkParserInline, CjkStateInline
from chatdesk.rendering.markdown.footnote_names import footnote_key
from chatdesk.rendering.markdown.math_marks import MathMarks
from chatdesk.rendering.markdown.open_blocks.references import References

_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,999})\]")


class ChatStateInline(CjkStateInline):
    """Knows where the formulas of the text are once it was asked."""

    _math: MathMarks | None = None

    @property
    def math(self) -> MathMarks:
        """The marks of formulas in the text."""
        if self._math is None:
            self._math = MathMarks(self.src)
        return self._math


class ChatParserInline(CjkParserInline):
    """The inline parser with formulas and footnotes: `math` and `footnote` among its rules."""

    state = ChatStateInline

    def __init__(self) -> None:
        super().__init__()
        self.ruler.before("escape", "math", _math)
        self.ruler.before("link", "footnote", _footnote)


def _math(state: StateInline, silent: bool) -> bool:
    """Read a formula. `content` of the token is its LaTeX, `markup` how it was written."""
    if state.src[state.pos] not in "\\$":
        return False
    formula = cast("ChatStateInline", state).math.formula_at(state.pos)
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = formula.latex
        token.markup = state.src[state.pos : formula.end].replace("\n", " ")
    state.pos = formula.end
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    """Read a reference to a footnote that is defined somewhere. As of links in links, the inner one counts."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    references: References = state.env["references"]
    if not references.has_footnote(footnote_key(match[1])):
        return False
    if not silent:
        token = state.push("footnote", "", 0)
        token.content = match[1]
        token.markup = match[0]
    state.pos = match.end()
    return True
