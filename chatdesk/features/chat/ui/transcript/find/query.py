"""What is looked for, and where a text says it. Texts are as they are shown, never markdown's source."""

import re
from collections.abc import Iterator
from functools import cached_property

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.text import utf16

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W{_CJK}]"
"""A character of a word with spaces around it; Chinese and Japanese have none."""

Stretch = tuple[int, int]
"""From offset to offset, as Qt counts."""


@dataclass(frozen=True)
class Query:
    """Words to look for. Blanks stand for any blanks, line breaks too. In Chinese every place is a whole word."""

    words: str
    match_case: bool = False
    summary_text: bool = False

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Yield where a text says it, in order and not overlapping."""
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
        words = self.words.split()
        if not words:
            return None
        pattern = r"\s+".join(map(re.escape, words))
        if self.summary_text:
            before = rf"(?<!{_LETTER})" if re.match(_LETTER, words[0]) else ""
            after = rf"(?!{_LETTER})" if re.search(rf"{_LETTER}\Z", words[-1]) else ""
            pattern = before + pattern + after
        return re.compile(pattern, re.NOFLAG if self.match_case else re.IGNORECASE)
