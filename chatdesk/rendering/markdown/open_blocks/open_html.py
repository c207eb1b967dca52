"""HTML blocks while their lines are read: `details`, its `summary`, and comments. `html_tags.py` recognises the tags."""

from collections.abc import Iterator
from dataclasses import field, replace
from itertools import groupby
from typing import Self

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown import html_tags
from chatdesk.rendering.markdown.blocks import Container, Details, Summary
from chatdesk.rendering.markdown.leaves import Leaf, RawText
from chatdesk.rendering.markdown.line_cursor import LineCursor

MAX_SUMMARY_LENGTH = 1_000
"""Number of characters of a summary; the rest belongs to the content."""
MAX_COMMENT_LENGTH = 4_000
_MAX_COMMENT_LINES = 100
"""Limits after which the end of a comment is no longer expected."""
_CODE_INDENT = 4


@dataclass(slots=True)
class OpenDetails:
    """A section from `<details>` to `</details>`. All lines belong to it as long as the containers around it continue."""

    value: Details
    first_leaf: int
    has_summary: bool = False
    compact: bool = True
    """Whether neither an empty line nor content has followed yet: indentation is then that of the HTML, and does not make code."""

    def continues(self, cursor: LineCursor) -> bool:
        """Continue in every line."""
        if cursor.blank:
            self.compact = False
        elif self.compact and cursor.indent >= _CODE_INDENT:
            cursor.skip_indent()
        return True

    def summary(self, containers: tuple[Container, ...], content: str, end: int) -> RawText:
        """Return the head, which may be empty, and remember that there is one. `containers` end with the section."""
        self.has_summary = True
        head = (*containers, Summary(self.value.start))
        return RawText(start=self.value.start, end=end, containers=head, content=content)

    def fork(self) -> "OpenDetails":
        """Copy the state."""
        return OpenDetails(self.value, self.first_leaf, self.has_summary, self.compact)


@dataclass(slots=True)
class OpenSummary:
    """The text after `<summary>`. It ends with `</summary>`, and also at an empty line or when it is too long."""

    details: OpenDetails
    end: int
    lines: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, cursor: LineCursor) -> int | None:
        """Add a line. If it ends the summary, return the position of the text after it."""
        words = cursor.words
        remaining = MAX_SUMMARY_LENGTH - self.size
        found = html_tags.summary_end(words)
        text, behind = words, None
        if found and found[0] <= remaining:
            text, behind = words[: found[0]], found[1]
        elif len(words) > remaining:
            text, behind = words[:remaining], remaining
        self.size += len(text) + 1
        if stripped := text.strip(" \t"):
            self.lines.append(stripped)
        self.end = cursor.end if behind is None else cursor.offset + behind
        return behind

    def fork(self) -> Self:
        """Copy the lines. The section, of which there is a copy as well, already has its summary."""
        return replace(self, lines=self.lines.copy())

    def leaves(self, containers: tuple[Container, ...]) -> Iterator[Leaf]:
        """Return the summary."""
        yield self.details.summary(containers, "\n".join(self.lines), self.end)


@dataclass(slots=True)
class OpenComment:
    """A comment, which is hidden once `-->` has arrived. Without it, its lines are text."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    closed: bool = False
    size: int = 0

    @property
    def is_abandoned(self) -> bool:
        """Whether it is too long to be a comment."""
        return self.size > MAX_COMMENT_LENGTH or len(self.lines) > _MAX_COMMENT_LINES

    def add(self, cursor: LineCursor) -> int | None:
        """Add a line. If it ends the comment, return the position of the text after it."""
        words = cursor.words
        end = words.find("-->") + 3 if "-->" in words else 0
        behind = end if self.lines else html_tags.end_of_comment(words, 0, words.rfind("-->"))
        self.lines.append((cursor.offset, words))
        self.size += len(words) + 1
        self.closed = behind > 0
        return behind or None

    def fork(self) -> Self:
        """Copy the lines."""
        return replace(self, lines=self.lines.copy())

    def leaves(self, containers: tuple[Container, ...]) -> Iterator[Leaf]:
        """Return nothing, or the paragraphs of a comment that was not closed."""
        for is_text, group in groupby(() if self.closed else self.lines, key=lambda line: bool(line[1])):
            if is_text:
                lines = [*group]
                end = lines[-1][0] + len(lines[-1][1].rstrip(" \t"))
                content = "\n".join(words for _, words in lines).strip(" \t")
                yield RawText(start=lines[0][0], end=end, containers=containers, content=content)
