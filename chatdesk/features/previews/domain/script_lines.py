"""How the console counts lines in scripts, and what line of the text it means.

U+2028 and U+2029 end a line in a script, and nowhere else: not in the page around it, not in an editor. What follows them in the script is
told with a number that is too high.
"""

import re
from bisect import bisect_left

from chatdesk.features.previews.domain.html_tags import tags
from chatdesk.kernel.fast_dataclass import dataclass

_SEPARATOR = re.compile(r"[\u2028\u2029]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_OF_SCRIPTS = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_SCRIPT = frozenset({"script"})


@dataclass(frozen=True, slots=True)
class ScriptLines:
    """A script with line separators. Lines are as the console tells them: its first and last, and those that a separator ends."""

    first: int
    last: int
    separators: tuple[int, ...]

    @classmethod
    def of(cls, script: str, first: int = 1) -> "ScriptLines":
        """Return the lines of a script that begins on a line."""
        separators, last = [], first
        for end in _LINE_END_OF_SCRIPTS.finditer(script):
            if _SEPARATOR.match(end[0]):
                separators.append(last)
            last += 1
        return cls(first, last, tuple(separators))

    def line_of(self, told: int) -> int:
        """Return the line that is meant."""
        return told - bisect_left(self.separators, told)


def has_separators(text: str) -> bool:
    """Whether lines of a text may be told wrongly."""
    return bool(_SEPARATOR.search(text))


def scripts_of(page: str) -> tuple[ScriptLines, ...]:
    """Return all scripts of a page that has line separators; none of others, which are nearly all."""
    found = []
    line, position = 1, 0
    for tag in tags(page, _SCRIPT) if has_separators(page) else ():
        if not tag.closing:
            line += len(_LINE_END.findall(page, position, tag.end))
            position = tag.end
            found.append(ScriptLines.of(page[tag.end : tag.content_end], line))
    return tuple(found)


def line_of(told: int, scripts: tuple[ScriptLines, ...]) -> int:
    """Return the line of a page that is meant. Where it could be one of several scripts, it is in the last of them."""
    return next((script.line_of(told) for script in reversed(scripts) if script.first <= told <= script.last), told)
