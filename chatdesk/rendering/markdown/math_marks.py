r"""Where formulas lie in running text: `\(…\)`, `\[…\]`, `$…$`, `$$…$$` and GitHub's `` $`…`$ ``.

Displayed ones on lines of their own are in `open_formula.py`.
What is money and what is math is told by pandoc's and GitHub's rules together: no space inside the dollars, no letter or digit outside
(but Chinese, and the ends of "the $n$th"), and never a price with words. Code spans win over formulas.
"""

import re
from bisect import bisect_left

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.cjk_text import is_cjk

_MARK = re.compile(r"\\[\\()\[\]$`]|`+|\$+")
_RUN = re.compile("`+")
_MATH_CODE = re.compile(r"\$`([^`\n]+)`\$(?![\w$])")
_SUFFIX = re.compile(r"(?:th|st|nd|rd|s)\b")
_SURELY_MATH = re.compile(r"[\\^_={}]")
_LEADS_ON = re.compile(
    r"\d[\d.,]*[kKmMbB]?[\s)]*(?:[-–—/~～,;:+&(]+|.*[\s,(/](?:US|CA|AU|NZ|HK|SG|NT))|[A-Z_]{2,}[/:.-]"
)
"""An amount or a variable and what leads to the next one, whose dollar is no closing mark: `$5-$10`, `$20, US$30`, `$HOME/$USER`."""
_LONGEST_LEAD = 40
_WORD_OF_PROSE = re.compile(r"[A-Za-z]{3}|\s[A-Za-z]{2,}\s|[\u2e80-\u9fff\uac00-\ud7af]")
_CLOSING = {r"\(": r"\)", r"\[": r"\]", "$$": "$$", "$": "$"}
_FAMILY = {r"\(": "(", r"\)": "(", r"\[": "[", r"\]": "[", "$$": "$$", "$": "$"}


@dataclass(frozen=True, slots=True)
class InlineFormula:
    """A formula in running text."""

    end: int
    """Where the text behind it begins."""
    latex: str


class MathMarks:
    """The marks of formulas in a text, found in one go: asking for the formula that begins at a place costs next to nothing."""

    __slots__ = ("_positions", "_text", "_words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions: dict[str, list[int]] = {family: [] for family in _FAMILY.values()}
        self._words: dict[int, str] = {}
        for position, word in _marks(text):
            self._words[position] = word
            self._positions[_FAMILY[word]].append(position)

    def formula_at(self, begin: int) -> InlineFormula | None:
        """Return the formula that begins at a place, if one does and its closing mark has come."""
        if self._text.startswith("$`", begin):
            return self._math_code(begin)
        word = self._words.get(begin, "")
        if word not in _CLOSING:
            return None
        family = self._positions[_FAMILY[word]]
        index = bisect_left(family, begin + 1)
        if index == len(family) or self._words[family[index]] != _CLOSING[word]:
            return None
        close = family[index]
        latex = self._text[begin + len(word) : close]
        if not latex.strip(" \n\\") or (word == "$" and not self._is_math(begin, close, latex)):
            return None
        return InlineFormula(close + len(word), " ".join(latex.split("\n")).strip())

    def _math_code(self, begin: int) -> InlineFormula | None:
        match = _MATH_CODE.match(self._text, begin)
        return InlineFormula(match.end(), match[1].strip()) if match and match[1].strip() else None

    def _is_math(self, begin: int, close: int, latex: str) -> bool:
        """Judge what stands between two dollars."""
        before, after = self._text[begin - 1 : begin], self._text[close + 1 : close + 2]
        if latex[0].isspace() or latex[-1].isspace() or _is_word(before) or "`" in latex:  # code may have begun
            return False
        if _is_word(after) and not _SUFFIX.match(self._text, close + 1):
            return False
        # An amount with words behind it and nothing that is only in formulas.
        is_price = latex[0].isdigit() and not _SURELY_MATH.search(latex) and _WORD_OF_PROSE.search(latex)
        return not (is_price or (len(latex) <= _LONGEST_LEAD and _LEADS_ON.fullmatch(latex)))


def _marks(text: str) -> list[tuple[int, str]]:
    """Find the marks outside of code, in their order."""
    runs: dict[int, list[int]] = {}
    for run in _RUN.finditer(text):
        runs.setdefault(run.end() - run.start(), []).append(run.start())
    marks = []
    position = 0
    while match := _MARK.search(text, position):
        position = match.end()
        word = match[0]
        if word[0] == "`":
            starts = runs.get(len(word), [])
            index = bisect_left(starts, position)
            if index < len(starts):
                position = starts[index] + len(word)
        elif word in _FAMILY:
            marks.append((match.start(), word))
    return marks


def _is_word(character: str) -> bool:
    return character.isalnum() and not is_cjk(character)
