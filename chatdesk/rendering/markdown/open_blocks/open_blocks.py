"""Blocks that are open while lines are read: their state, whether they continue in the next line, and their result.

All of them can be forked: a copy that receives more lines does not change the original. `line_parser.py` starts the blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Self

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown import long_texts as long_blocks
from chatdesk.rendering.markdown.blocks import (
    Alert,
    Alignment,
    Code,
    Container,
    Description,
    Footnote,
    Formula,
    ListItem,
    Quote,
)
from chatdesk.rendering.markdown.leaves import Leaf, RawTable, RawText
from chatdesk.rendering.markdown.line_cursor import LineCursor
from chatdesk.rendering.markdown.open_blocks.open_formula import OpenFormula
from chatdesk.rendering.markdown.open_blocks.open_html import OpenComment, OpenDetails, OpenSummary

# Rows of GFM tables: the cells of a line, and the delimiter row that turns the line above it into a table header.

MAX_COLUMNS = 256
MAX_FILLED_CELLS = 65_536
"""Maximum number of missing cells that are added to a table to make its rows equally long; a short text could require millions."""

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER_CHARACTERS = re.compile(r"[-:| \t]{2,}")
_DELIMITER = re.compile(":?-+:?")


def split_row(line: str) -> tuple[str, ...]:
    """Split a line at its pipes, except escaped ones, which become plain pipes."""
    cells = _PIPE.split(line.strip(" \t"))
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    return tuple(cell.replace(r"\|", "|").strip(" \t") for cell in cells)


def fit_row(cells: tuple[str, ...], columns: int) -> tuple[str, ...]:
    """Return a row with as many cells as the table has columns: missing cells are empty, surplus ones are dropped."""
    return cells[:columns] + ("",) * (columns - len(cells))


def parse_delimiter_row(line: str) -> tuple[Alignment, ...] | None:
    """Parse `| :-- | --: |` and return the alignments of the columns; None if the line is not a delimiter row."""
    # A single dash is a list item or the underline of a heading.
    if not _DELIMITER_CHARACTERS.fullmatch(line) or line.startswith(("- ", "-\t")):
        return None
    alignments = []
    for cell in split_row(line):
        if not _DELIMITER.fullmatch(cell):
            return None
        left, right = cell.startswith(":"), cell.endswith(":")
        alignments.append(
            Alignment.CENTER
            if left and right
            else Alignment.LEFT
            if left
            else Alignment.RIGHT
            if right
            else Alignment.NONE
        )
    return tuple(alignments) if len(alignments) <= MAX_COLUMNS else None


CODE_INDENT = 4
"""Columns of indentation from which on text is code."""

_FENCE_END = re.compile(r"(`+|~+)[ \t]*")


@dataclass(slots=True)
class OpenQuote:
    """A block quote or an alert."""

    value: Quote | Alert
    first_leaf: int

    def continues(self, cursor: LineCursor) -> bool:
        """Consume the quote's marker in the line, if there is one."""
        if cursor.indent >= CODE_INDENT or cursor.peek != ">":
            return False
        self.consume_mark(cursor)
        return True

    @staticmethod
    def consume_mark(cursor: LineCursor) -> None:
        """Skip `>` and the space that belongs to it."""
        cursor.skip_indent()
        cursor.skip(1)
        cursor.skip_columns(1)

    def fork(self) -> Self:
        """Return the same object, because a quote does not change while it is open."""
        return self


@dataclass(slots=True)
class OpenList:
    """The common state of the items of a list. It is open as long as its last item."""

    start: int
    mark: str
    """The bullet, or the delimiter after the number."""
    first_number: int | None
    first_leaf: int
    items: int = 0
    loose: bool = False

    def fork(self) -> "OpenList":
        """Copy the list. Written explicitly here and below, because it runs for every chunk of a streaming answer."""
        return OpenList(self.start, self.mark, self.first_number, self.first_leaf, self.items, self.loose)


@dataclass(slots=True)
class OpenItem:
    """A list item, or the description of a term."""

    list: OpenList
    value: ListItem | Description
    first_leaf: int
    indent: int
    """Columns of indentation of its content, relative to its container."""
    has_content: bool = False
    ended: bool = False
    """Whether it began with an empty line that was followed by a second one, so that nothing can be added to it."""

    def continues(self, cursor: LineCursor) -> bool:
        """Consume the item's indentation in the line, if it has it or is blank."""
        if cursor.blank:
            self.ended = not self.has_content
        elif self.ended or cursor.indent < self.indent:
            return False
        cursor.skip_columns(self.indent)
        return True

    def fork(self) -> "OpenItem":
        """Copy the item and its list."""
        return OpenItem(self.list.fork(), self.value, self.first_leaf, self.indent, self.has_content, self.ended)


@dataclass(slots=True)
class OpenFootnote:
    """A footnote. Its content is indented by four columns."""

    value: Footnote
    first_leaf: int
    has_content: bool = False

    def continues(self, cursor: LineCursor) -> bool:
        """Consume the indentation in the line, if it has it or is blank."""
        if not (self.has_content if cursor.blank else cursor.indent >= CODE_INDENT):
            return False
        cursor.skip_columns(CODE_INDENT)
        return True

    def fork(self) -> "OpenFootnote":
        """Copy the footnote."""
        return OpenFootnote(self.value, self.first_leaf, self.has_content)


OpenContainer = OpenQuote | OpenItem | OpenFootnote | OpenDetails


@dataclass(slots=True)
class OpenParagraph:
    """Lines of text without their indentation, each with its offset in the source."""

    lines: list[tuple[int, str]]
    end: int
    definition_list: OpenList | None = None
    """The definition list directly before it, which continues if this becomes a term."""
    last_depth: int = 0
    """Number of containers whose markers its last line had."""
    joint: str | None = None
    """See `blocks.py`."""
    size: int = 0
    """Length of its lines in characters."""

    @property
    def is_full(self) -> bool:
        """Whether the next line belongs in a new block."""
        return self.size > long_blocks.max_length(self.joint)

    @property
    def content(self) -> str:
        """The joined lines."""
        return "\n".join(text for _, text in self.lines)

    @property
    def may_define(self) -> bool:
        """Whether it may begin with a link definition."""
        return self.joint is None and bool(self.lines) and self.lines[0][1].startswith("[")

    def add(self, cursor: LineCursor) -> None:
        """Add a line."""
        text = cursor.words
        self.lines.append((cursor.offset, text))
        self.size += long_blocks.size(text) + 1
        self.end = cursor.end

    def drop(self, characters: int) -> None:
        """Remove the lines that make up this many characters at the start of the content."""
        count = 0
        while characters > 0:
            text = self.lines[count][1]
            characters -= len(text) + 1
            self.size -= long_blocks.size(text) + 1
            count += 1
        del self.lines[:count]

    def pop_last_line(self) -> tuple[int, str]:
        """Remove and return the last line."""
        line = self.lines.pop()
        self.size -= long_blocks.size(line[1]) + 1
        if self.lines:
            start, text = self.lines[-1]
            self.end = start + len(text.rstrip(" \t"))
        return line

    def fork(self) -> "OpenParagraph":
        """Copy the lines."""
        return OpenParagraph(self.lines.copy(), self.end, self.definition_list, self.last_depth, self.joint, self.size)

    def leaves(self, containers: tuple[Container, ...], level: int = 0) -> Iterator[Leaf]:
        """Return the paragraph, or the heading of a level; several leaves if the last line is very long."""
        offset, last = self.lines[-1]
        content = self.content.strip(" \t")
        leaf = RawText(
            start=self.lines[0][0],
            end=self.end,
            containers=containers,
            content=content,
            level=level,
            joint=self.joint,
        )
        return long_blocks.cut(leaf, len(last.rstrip(" \t")), offset + len(last.rstrip(" \t")))


@dataclass(slots=True)
class _GrowingText:
    """Text that grows by lines. The text before a fork is one string, so that copying does not depend on the number of lines."""

    text: str = ""
    parts: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        self.parts.append(line)
        self.parts.append("\n")

    def fork(self) -> Self:
        self.joined()
        return replace(self, parts=[])

    def joined(self) -> str:
        if self.parts:
            self.text += "".join(self.parts)
            self.parts.clear()
        return self.text


@dataclass(slots=True)
class OpenFence:
    """Fenced code. Once closed, it accepts no more lines."""

    start: int
    end: int
    indent: int
    fence: str
    info: str
    closed: bool = False
    text: _GrowingText = field(default_factory=_GrowingText)

    def add(self, cursor: LineCursor) -> None:
        """Add a line of code, or the closing fence."""
        self.end = cursor.end
        if cursor.indent < CODE_INDENT and cursor.peek == self.fence[0]:
            match = _FENCE_END.fullmatch(cursor.words)
            if match and len(match[1]) >= len(self.fence):
                self.closed = True
                return
        cursor.skip_columns(self.indent)
        self.text.add(cursor.rest)

    def add_lines(self, text: str, start: int) -> int:
        """Add all complete lines of code that begin at `start` at once, in a text with newlines only.

        Return the start of the following text.

        Only for unindented code: line by line, a block of 100,000 lines would take a quarter of a second.
        """
        closing = re.compile(rf" {{0,3}}{self.fence[0]}{{{len(self.fence)},}}[ \t]*(?:\n|\Z)")
        end = text.rfind("\n", start) + 1
        mark = text.find(self.fence, start)
        while mark >= 0:
            line = text.rfind("\n", 0, mark) + 1
            if closing.match(text, line):
                end = line
                break
            next_line = text.find("\n", mark)
            mark = text.find(self.fence, next_line) if next_line >= 0 else -1
        if end > start:
            self.text.parts.append(text[start:end])
            last = text.rfind("\n", start, end - 1) + 1
            self.end = max(start, last) + len(text[max(start, last) : end - 1].rstrip(" \t"))
        return max(start, end)

    def fork(self) -> Self:
        """Copy everything except the text so far, which is shared."""
        return replace(self, text=self.text.fork())

    def leaf(self, containers: tuple[Container, ...]) -> Leaf:
        """Return the code block, or a formula if the info string says so."""
        if self.info.split(maxsplit=1)[:1] == ["math"]:
            return self._formula(containers)
        return Code(
            start=self.start,
            end=self.end,
            containers=containers,
            text=self.text.joined(),
            info=self.info,
            closed=self.closed,
        )

    def _formula(self, containers: tuple[Container, ...]) -> Formula:
        text = self.text.joined()
        end = self.fence if self.closed else ""
        return Formula(
            start=self.start,
            end=self.end,
            containers=containers,
            latex=text.strip(),
            source=f"{self.fence}{self.info}\n{text}{end}".removesuffix("\n"),
            closed=self.closed,
        )


@dataclass(slots=True)
class OpenIndentedCode:
    """Code indented by four columns. Empty lines belong to it only if more code follows."""

    start: int
    end: int
    text: _GrowingText = field(default_factory=_GrowingText)
    blank_lines: list[str] = field(default_factory=list)

    def add(self, cursor: LineCursor) -> bool:
        """Add a line of code or an empty one; return False if it is neither."""
        if not cursor.blank and cursor.indent < CODE_INDENT:
            return False
        cursor.skip_columns(CODE_INDENT)
        if cursor.blank:
            self.blank_lines.append(cursor.rest)
            return True
        for line in self.blank_lines:
            self.text.add(line)
        self.blank_lines.clear()
        self.text.add(cursor.rest)
        self.end = cursor.end
        return True

    def fork(self) -> Self:
        """Copy everything except the text so far, which is shared."""
        return replace(self, text=self.text.fork(), blank_lines=self.blank_lines.copy())

    def leaf(self, containers: tuple[Container, ...]) -> Leaf:
        """Return the code block."""
        return Code(start=self.start, end=self.end, containers=containers, text=self.text.joined())


@dataclass(slots=True)
class OpenTable:
    """A table with its rows so far."""

    start: int
    end: int
    header: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    settled: int | None = None
    """Number of rows that a fork shares with its original."""
    filled: int = 0
    cells: int = 0
    joint: str | None = None
    """See `blocks.py`."""

    @property
    def is_full(self) -> bool:
        """Whether the next row belongs in a new block."""
        return long_blocks.is_full(len(self.rows), self.cells)

    def next(self, start: int) -> "OpenTable":
        """Return the block for the next row."""
        settled = None if self.settled is None else 0
        return OpenTable(start, start, self.header, self.alignments, [], settled, self.filled, 0, "\n")

    def add(self, cursor: LineCursor) -> bool:
        """Add a row; return False if too many cells were added to the table, or the line is too long."""
        if len(cursor.words) > long_blocks.MAX_FIRST_BLOCK_LENGTH:
            return False
        cells = split_row(cursor.words)
        columns = len(self.alignments)
        self.filled += max(0, columns - len(cells))
        if self.filled > MAX_FILLED_CELLS:
            return False
        self.cells += long_blocks.cells_of(cursor.words, columns)
        self.rows.append(fit_row(cells, columns))
        self.end = cursor.end
        return True

    def fork(self) -> Self:
        """Copy the list of rows."""
        return replace(self, rows=self.rows.copy(), settled=len(self.rows))

    def leaf(self, containers: tuple[Container, ...]) -> Leaf:
        """Return the table."""
        return RawTable(
            start=self.start,
            end=self.end,
            containers=containers,
            alignments=self.alignments,
            header=self.header,
            rows=tuple(self.rows),
            settled=len(self.rows) if self.settled is None else self.settled,
            joint=self.joint,
        )


OpenLeaf = OpenParagraph | OpenFence | OpenIndentedCode | OpenTable | OpenFormula | OpenSummary | OpenComment
