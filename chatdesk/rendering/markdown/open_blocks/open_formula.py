r"""A displayed formula while its lines are read: from `\[`, `$$` or `\begin{…}` at the start of a line to the closing delimiter.

An unclosed one is already treated as a formula, so that nothing flickers while it is written; text that only looked like one becomes
running text again at the first empty line.
"""

import re
from dataclasses import field, replace
from typing import Self

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Container, Formula
from chatdesk.rendering.markdown.line_cursor import LineCursor

MAX_OPEN_FORMULA_LENGTH = 20_000
"""Number of characters after which the closing delimiter is no longer expected."""
_MAX_LINES = 1_000
_MAX_BLANK_LINES = 32

_ENVIRONMENTS = (
    "align|aligned|alignat|alignedat|array|Bmatrix|bmatrix|cases|CD|dcases|displaymath|eqnarray|equation|flalign|gather|gathered|"
    "math|matrix|multline|pmatrix|rcases|smallmatrix|split|subequations|Vmatrix|vmatrix"
)
_OPENING = re.compile(rf"\\\[|\$\$(?!\$)|\\begin\{{((?:{_ENVIRONMENTS})\*?)\}}")
_OPENING_AT_END = re.compile(r"(?<![\\$])(?:\\\[|\$\$)$")
_CLOSING = {r"\[": re.compile(r"(\\\])|\\."), "$$": re.compile(r"(\$\$)|\\.")}
_PROSE = re.compile(r"[ \t]*[A-Za-z]{2,}[\s,;:!?\]]")
_PUNCTUATION = re.compile(r"[ \t]*[.,;:]?[ \t]*$")


@dataclass(slots=True)
class OpenFormula:
    """Lines of a formula without their indentation, each with its offset in the source."""

    start: int
    end: int
    mark: str
    r"""`\[`, `$$` or the name of the environment."""
    alone: bool
    """Whether the opening delimiter was alone on its line, which allows empty lines to follow."""
    lines: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0
    blank_lines: int = 0
    nested: int = 0
    """Number of open environments of the same name."""
    close: int = -1
    """Position of the closing delimiter in the last line; -1 until it has arrived."""

    @classmethod
    def open(cls, cursor: LineCursor) -> Self | None:
        """Start a formula at the start of a line, with its closing delimiter at the end of the line or without one."""
        text = cursor.words
        match = _OPENING.match(text)
        if not match:
            return None
        mark = match[1] or match[0]
        rest = text[match.end() :]
        formula = cls(cursor.offset, cursor.end, mark, alone=match[1] is not None or not rest.strip(" \t"))
        behind = formula.add(cursor, match.end() if match[1] is None else 0)
        if behind is None:
            return None if match[1] is None and _PROSE.match(rest) else formula
        return formula if behind == len(text) else None

    @classmethod
    def open_behind(cls, offset: int, line: str) -> Self | None:
        """Start a formula whose opening delimiter is at the end of a line of text, if there is one."""
        match = _OPENING_AT_END.search(line)
        if not match or (match[0] == "$$" and line.count("$$") % 2 == 0):
            return None
        start = offset + match.start()
        return cls(start, offset + len(line), match[0], alone=False, lines=[(start, match[0])], length=len(match[0]))

    @property
    def is_abandoned(self) -> bool:
        """Whether it is too long to be a formula."""
        too_many = len(self.lines) > _MAX_LINES or self.blank_lines > _MAX_BLANK_LINES
        return self.length > MAX_OPEN_FORMULA_LENGTH or too_many

    def add(self, cursor: LineCursor, begin: int = 0) -> int | None:
        """Add a line. If it closes the formula, return the position of the text after it."""
        text = cursor.words
        self.length += len(text) + 1
        self.blank_lines += cursor.blank
        close = self._find_close(text, begin)
        if close is None:
            self.lines.append((cursor.offset, text))
            self.end = cursor.end
            return None
        self.close, behind = close
        # A full stop after the formula belongs to it, as usual in hand-written LaTeX.
        if match := _PUNCTUATION.match(text, behind):
            behind = match.end()
        source = text[:behind].rstrip(" \t")
        self.lines.append((cursor.offset, source))
        self.end = cursor.offset + len(source)
        return behind

    def fork(self) -> Self:
        """Copy the lines."""
        return replace(self, lines=self.lines.copy())

    def leaf(self, containers: tuple[Container, ...]) -> Formula:
        """Return the formula."""
        source = "\n".join(text for _, text in self.lines).rstrip("\n")
        return Formula(
            start=self.start,
            end=self.end,
            containers=containers,
            latex=self._latex().strip(),
            source=source,
            closed=self.close >= 0,
        )

    def _latex(self) -> str:
        lines = [text for _, text in self.lines]
        if self.mark not in _CLOSING:
            if self.close >= 0:
                lines[-1] = lines[-1][: self.close]
            return "\n".join(lines)
        if self.close >= 0:
            last = lines[-1]
            lines[-1] = last[: self.close].rstrip(" \t") + last[self.close + 2 :].strip(" \t")
        lines[0] = lines[0][2:]
        return "\n".join(lines)

    def _find_close(self, text: str, begin: int) -> tuple[int, int] | None:
        """Return the start and end of the closing delimiter."""
        if pattern := _CLOSING.get(self.mark):
            found = next((match for match in pattern.finditer(text, begin) if match[1]), None)
            return (found.start(), found.end()) if found else None
        for match in re.finditer(rf"\\(begin|end)\{{{re.escape(self.mark)}\}}", text):
            self.nested += 1 if match[1] == "begin" else -1
            if self.nested <= 0:
                return match.end(), match.end()
        return None
