"""A page that is ready to be served, the way back from its lines to those of the code, and the writing of both together.

Where a script has U+2028 or U+2029 the console counts lines in its own way: `page.py`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from urllib.parse import quote

from chatdesk.features.previews.domain.html_tags import tags
from chatdesk.kernel.fast_dataclass import dataclass

# How the console counts lines in scripts, and what line of the text it means.
#
# U+2028 and U+2029 end a line in a script, and nowhere else: not in the page around it, not in an editor.
# What follows them in the script is told with a number that is too high.

_SEPARATOR = re.compile(r"[\u2028\u2029]")
_SCRIPT_LINES_LINE_END = re.compile(r"\r\n|\r|\n")
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
            line += len(_SCRIPT_LINES_LINE_END.findall(page, position, tag.end))
            position = tag.end
            found.append(ScriptLines.of(page[tag.end : tag.content_end], line))
    return tuple(found)


def line_of(told: int, scripts: tuple[ScriptLines, ...]) -> int:
    """Return the line of a page that is meant. Where it could be one of several scripts, it is in the last of them."""
    return next((script.line_of(told) for script in reversed(scripts) if script.first <= told <= script.last), told)


HTML = "text/html; charset=utf-8"
_LINE_END = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file of the artifact; lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines of a page that are lines of a file, one after the other."""

    page_line: int
    file: str
    line: int
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """What is served for `/`, and where its lines come from.

    `scripts` has the names that scripts with an address of their own report in the console, and the files they are.
    `inline` and `separated` have, of those in the page and of those with a name, what is needed where the console counts its own way.
    """

    content: bytes
    stretches: tuple[_Stretch, ...] = ()
    scripts: Mapping[str, str] | None = None
    media_type: str = HTML
    inline: tuple[ScriptLines, ...] = ()
    separated: Mapping[str, ScriptLines] | None = None

    def source_of(self, line: int, script: str = "") -> SourceLine | None:
        """Return the line of code that a message of the console is about; None for lines of ours.

        `script` is the address the message names: that of the page itself (or empty), or a name in `scripts`.
        """
        if file := (self.scripts or {}).get(script):
            separated = (self.separated or {}).get(script)
            return SourceLine(file, separated.line_of(line) if separated else line)
        line = line_of(line, self.inline)
        index = bisect_right(self.stretches, line, key=lambda stretch: stretch.page_line) - 1
        if index < 0:
            return None
        stretch = self.stretches[index]
        offset = line - stretch.page_line
        return SourceLine(stretch.file, stretch.line + offset) if offset < stretch.count else None


def script_name(file: str) -> str:
    """Return the name that a script made of a file reports in the console; it has no spaces."""
    return quote(_SURROGATE.sub("\ufffd", file), safe="/.-_~()")


def encoded(text: str) -> bytes:
    """Return a text in UTF-8; half characters become replacement characters."""
    return _SURROGATE.sub("\ufffd", text).encode()


def count_line_ends(text: str) -> int:
    """Return how many lines end in a text, as browsers count."""
    return len(_LINE_END.findall(text))


class PageWriter:
    """Takes a page piece by piece. Where several files share a line of the page, the line is the first one's."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._stretches: list[_Stretch] = []
        self._scripts: dict[str, str] = {}
        self._separated: dict[str, ScriptLines] = {}
        self._line = 1
        self._open_return = False

    def write(self, text: str) -> None:
        """Add markup of ours."""
        if not text:
            return
        # A carriage return that ended the last piece and a line feed that begins this one are one end of a line.
        self._line += count_line_ends(text) - (self._open_return and text.startswith("\n"))
        self._open_return = text.endswith("\r")
        self._pieces.append(text)

    def write_file(self, name: str, text: str, start: int = 0, end: int | None = None) -> None:
        """Add a part of a file, unchanged."""
        end = len(text) if end is None else end
        if start >= end:
            return
        part = text[start:end]
        first = count_line_ends(text[:start]) + 1
        if start and text[start - 1 : start + 1] == "\r\n":
            first -= 1
        page_line = self._line - (self._open_return and part.startswith("\n"))
        self.write(part)
        self._add(_Stretch(page_line, name, first, self._line - page_line + 1))

    def write_fresh_file(self, name: str, text: str) -> None:
        """Add a whole file on lines of its own."""
        self.write("\n")
        self.write_file(name, text)
        self.write("\n")

    def add_script(self, file: str, text: str = "") -> None:
        """Make known that a file is called by a name of its own in the console. `text` is what runs under that name, if anything does."""
        self._scripts[script_name(file)] = file
        if has_separators(text):
            self._separated[script_name(file)] = ScriptLines.of(text)

    def page(self) -> Page:
        """Return what was written."""
        text = "".join(self._pieces)
        return Page(
            encoded(text), tuple(self._stretches), dict(self._scripts), HTML, scripts_of(text), dict(self._separated)
        )

    def _add(self, stretch: _Stretch) -> None:
        last = self._stretches[-1] if self._stretches else None
        if last and last.page_line + last.count > stretch.page_line:
            # The last line of what stands before is the first of this one.
            stretch = _Stretch(stretch.page_line + 1, stretch.file, stretch.line + 1, stretch.count - 1)
        if stretch.count:
            self._stretches.append(stretch)
