"""A search query and its matches in a text. Texts are as shown, never Markdown source."""

import re
from collections.abc import Iterator
from functools import cached_property

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.text import utf16

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W{_CJK}]"
"""A character of scripts that separate words with spaces, unlike Chinese and Japanese."""

_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])(?=[{_CJK}])")

TextRange = tuple[int, int]
"""The start and end of a range in UTF-16 units."""


@dataclass(frozen=True)
class Query:
    """A text to search.

    White space matches any white space, including line breaks. In Chinese, every position counts as a word boundary, and lines may break
    between any characters.
    """

    text: str
    match_case: bool = False
    whole_words: bool = False

    def matches(self, text: str) -> Iterator[TextRange]:
        """Yield the matches in order, without overlaps."""
        if self._pattern is None:
            return
        if utf16.units(text) == len(text):
            yield from (match.span() for match in self._pattern.finditer(text))
            return
        before = units = 0
        for match in self._pattern.finditer(text):
            start, end = match.span()
            units += utf16.units(text[before:start])
            length = utf16.units(text[start:end])
            yield units, units + length
            before, units = end, units + length

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        terms = self.text.split()
        if not terms:
            return None
        pattern = r"\s+".join(_BETWEEN_CJK.sub(r"\\n?", re.escape(term)) for term in terms)
        if self.whole_words:
            before = rf"(?<!{_LETTER})" if re.match(_LETTER, terms[0]) else ""
            after = rf"(?!{_LETTER})" if re.search(rf"{_LETTER}\Z", terms[-1]) else ""
            pattern = before + pattern + after
        return re.compile(pattern, re.NOFLAG if self.match_case else re.IGNORECASE)
