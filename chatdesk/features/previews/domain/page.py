"""A page ready to be served, the mapping from its lines to lines of the code, and a writer for both.

In scripts with U+2028 or U+2029, the console counts lines differently: see `ScriptLines`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from urllib.parse import quote

from chatdesk.features.previews.domain.html_tags import tags
from chatdesk.kernel.fast_dataclass import dataclass

_SEPARATOR = re.compile(r"[\u2028\u2029]")
_SCRIPT_LINES_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_OF_SCRIPTS = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_SCRIPT = frozenset({"script"})


@dataclass(frozen=True, slots=True)
class ScriptLines:
    """Line mapping of a script that contains U+2028 or U+2029.

    These characters end a line only inside a script, not in the page around it and not in an editor. Therefore the console reports too high
    numbers for the lines after them. All numbers here are as reported: the first and last line, and the lines that a separator ends.
    """

    first: int
    last: int
    separators: tuple[int, ...]

    @classmethod
    def of(cls, script: str, first: int = 1) -> "ScriptLines":
        """Return the mapping of a script that begins on line `first`."""
        separators, last = [], first
        for end in _LINE_END_OF_SCRIPTS.finditer(script):
            if _SEPARATOR.match(end[0]):
                separators.append(last)
            last += 1
        return cls(first, last, tuple(separators))

    def line_of(self, reported: int) -> int:
        """Return the actual line for a reported one."""
        return reported - bisect_left(self.separators, reported)


def has_separators(text: str) -> bool:
    """Return whether line numbers of a text may be reported incorrectly."""
    return bool(_SEPARATOR.search(text))


def scripts_of(page: str) -> tuple[ScriptLines, ...]:
    """Return all scripts of a page if it contains line separators; empty for other pages, that is, nearly all."""
    found = []
    line, position = 1, 0
    for tag in tags(page, _SCRIPT) if has_separators(page) else ():
        if not tag.closing:
            line += len(_SCRIPT_LINES_LINE_END.findall(page, position, tag.end))
            position = tag.end
            found.append(ScriptLines.of(page[tag.end : tag.content_end], line))
    return tuple(found)


def line_of(reported: int, scripts: tuple[ScriptLines, ...]) -> int:
    """Return the actual line in a page for a reported one. If several scripts share the line, the last one is used."""
    return next(
        (script.line_of(reported) for script in reversed(scripts) if script.first <= reported <= script.last), reported
    )


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
    """Consecutive lines of a page that are consecutive lines of a file."""

    page_line: int
    file: str
    line: int
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Content served for `/`, with the mapping of its lines.

    `scripts` maps the names that scripts with an address of their own report on the console to their files.

    `inline` and `separated` map lines of inline scripts and of named scripts where the console counts differently.
    """

    content: bytes
    stretches: tuple[_Stretch, ...] = ()
    scripts: Mapping[str, str] | None = None
    media_type: str = HTML
    inline: tuple[ScriptLines, ...] = ()
    separated: Mapping[str, ScriptLines] | None = None

    def source_of(self, line: int, script: str = "") -> SourceLine | None:
        """Return the line of code that a console message refers to; None for generated lines.

        `script` is the address in the message: that of the page (or empty), or a name in `scripts`.
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
    """Return the name that the script of a file reports on the console; it contains no spaces."""
    return quote(_SURROGATE.sub("\ufffd", file), safe="/.-_~()")


def encoded(text: str) -> bytes:
    """Return a text in UTF-8; lone surrogates become replacement characters."""
    return _SURROGATE.sub("\ufffd", text).encode()


def count_line_ends(text: str) -> int:
    """Return the number of line endings in a text, as browsers count them."""
    return len(_LINE_END.findall(text))


class PageWriter:
    """Writes a page part by part. If several files share a line of the page, the line is mapped to the first one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._stretches: list[_Stretch] = []
        self._scripts: dict[str, str] = {}
        self._separated: dict[str, ScriptLines] = {}
        self._line = 1
        self._ends_with_return = False

    def write(self, text: str) -> None:
        """Add generated markup."""
        if not text:
            return
        # A carriage return at the end of the last chunk and a line feed at the start of this one form one line ending.
        self._line += count_line_ends(text) - (self._ends_with_return and text.startswith("\n"))
        self._ends_with_return = text.endswith("\r")
        self._parts.append(text)

    def write_file(self, name: str, text: str, start: int = 0, end: int | None = None) -> None:
        """Add a part of a file unchanged."""
        end = len(text) if end is None else end
        if start >= end:
            return
        part = text[start:end]
        first = count_line_ends(text[:start]) + 1
        if start and text[start - 1 : start + 1] == "\r\n":
            first -= 1
        page_line = self._line - (self._ends_with_return and part.startswith("\n"))
        self.write(part)
        self._add(_Stretch(page_line, name, first, self._line - page_line + 1))

    def write_fresh_file(self, name: str, text: str) -> None:
        """Add a whole file, starting on a new line."""
        self.write("\n")
        self.write_file(name, text)
        self.write("\n")

    def add_script(self, file: str, text: str = "") -> None:
        """Register the name under which a file appears on the console. `text` is the script that runs under it; empty if none does."""
        self._scripts[script_name(file)] = file
        if has_separators(text):
            self._separated[script_name(file)] = ScriptLines.of(text)

    def page(self) -> Page:
        """Return the page written so far."""
        text = "".join(self._parts)
        return Page(
            encoded(text), tuple(self._stretches), dict(self._scripts), HTML, scripts_of(text), dict(self._separated)
        )

    def _add(self, stretch: _Stretch) -> None:
        last = self._stretches[-1] if self._stretches else None
        if last and last.page_line + last.count > stretch.page_line:
            # The last line of the previous stretch is the first line of this one.
            stretch = _Stretch(stretch.page_line + 1, stretch.file, stretch.line + 1, stretch.count - 1)
        if stretch.count:
            self._stretches.append(stretch)
