"""The state after the lines read so far: open blocks, closed leaves, and how blocks are closed. `line_parser.py` opens them."""

import re
from collections.abc import Iterable
from dataclasses import field

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Container
from chatdesk.rendering.markdown.leaves import Definition, Leaf, ParsedLines, RawText
from chatdesk.rendering.markdown.open_blocks.open_blocks import (
    OpenContainer,
    OpenFootnote,
    OpenItem,
    OpenLeaf,
    OpenList,
    OpenParagraph,
)
from chatdesk.rendering.markdown.open_blocks.open_html import OpenComment, OpenDetails, OpenSummary

# Link reference definitions: `[label]: target "title"` at the start of a paragraph (CommonMark 0.31, 4.7).

_LABEL = re.compile(r"\[(?!\^)((?:[^\\\[\]]|\\.){1,999})\]:", re.DOTALL)
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")


def extract_definitions(content: str) -> tuple[list[tuple[str, Definition]], int]:
    """Parse all definitions at the start of `content`.

    Return them with their normalised labels, and the position of the text after them.
    """
    definitions = []
    position = 0
    while parsed := _parse_definition(content, position):
        label, definition, position = parsed
        definitions.append((label, definition))
    return definitions, position


def _parse_definition(content: str, start: int) -> tuple[str, Definition, int] | None:
    """Parse one definition; the number is the start of the next line."""
    head = _LABEL.match(content, start)
    if not head or not (label := normalizeReference(head[1])):
        return None
    target = parseLinkDestination(content, _end(_SPACE, content, head.end()), len(content))
    if not target.ok:
        return None
    before_title = target.pos
    title_start = _end(_SPACE, content, before_title)
    if title_start > before_title:
        title = parseLinkTitle(content, title_start, len(content))
        if title.ok and (line_end := _LINE_END.match(content, title.pos)):
            return label, Definition(target.str, title.str), line_end.end()
    # What looked like a title may be the text of the next line: titles are optional.
    if line_end := _LINE_END.match(content, before_title):
        return label, Definition(target.str), line_end.end()
    return None


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


@dataclass(slots=True)
class OpenDocument:
    """The open document. `take_lines` returns the closed leaves."""

    _containers: list[OpenContainer] = field(default_factory=list)
    _leaf: OpenLeaf | None = None
    _blank_from: int | None = None
    """Depth of the outermost open container for which the previous line was blank; None if it was not blank."""
    _leaf_count: int = 0
    _results: ParsedLines = field(default_factory=ParsedLines)

    def take_lines(self) -> ParsedLines:
        """Return the results since the last call."""
        results, self._results = self._results, ParsedLines()
        return results

    def _prepare_block(self, depth: int) -> None:
        """Prepare for a new block in the innermost of `depth` containers."""
        self._close_to(depth)
        parent = self._containers[-1] if self._containers else None
        if isinstance(parent, OpenItem):
            if parent.has_content and self._blank_from is not None and depth > self._blank_from:
                self._loosen(parent.list)
            parent.has_content = True
        elif isinstance(parent, OpenFootnote):
            parent.has_content = True
        elif isinstance(parent, OpenDetails):
            parent.compact = False
            self._add_missing_summary(parent)

    def _add_missing_summary(self, details: OpenDetails) -> None:
        """Add an empty head to the innermost container, a section, if it has none."""
        if not details.has_summary:
            self._emit(details.summary(self._values(), "", details.value.start))

    def _loosen(self, loose_list: OpenList) -> None:
        if not loose_list.loose:
            loose_list.loose = True
            self._results.loosened[loose_list.start] = loose_list.first_leaf

    def _close_to(self, depth: int) -> None:
        """Close the open leaf and all containers except the outermost `depth`. A container that is empty leaves an empty paragraph."""
        self._close_leaf()
        while len(self._containers) > depth:
            container = self._containers[-1]
            if isinstance(container, OpenDetails):
                self._add_missing_summary(container)
            elif container.first_leaf == self._leaf_count:
                self._emit(
                    RawText(
                        start=container.value.start, end=container.value.start, containers=self._values(), content=""
                    )
                )
            self._containers.pop()

    def _close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if isinstance(leaf, OpenParagraph):
            self._define(leaf)
            if not leaf.lines:
                return
        match leaf:
            case OpenParagraph() | OpenSummary() | OpenComment():
                self._emit_all(leaf.leaves(self._values()))
            case None:
                pass
            case _:
                self._emit(leaf.leaf(self._values()))

    def _define(self, paragraph: OpenParagraph, *, only_all: bool = False) -> None:
        """Remove the link definitions at the start of a paragraph; with `only_all`, only if no other text remains.

        Definitions before a line that begins with a bracket are complete, because titles cannot begin with one. They are removed
        immediately, so that a long list of them is not parsed again with every line.
        """
        if not paragraph.may_define:
            return
        content = paragraph.content
        definitions, end = extract_definitions(content)
        if only_all and end < len(content):
            return
        for label, definition in definitions:
            self._results.definitions.setdefault(label, definition)
        paragraph.drop(end)

    def _emit_all(self, leaves: Iterable[Leaf]) -> None:
        for leaf in leaves:
            self._emit(leaf)

    def _emit(self, leaf: Leaf) -> None:
        self._results.leaves.append(leaf)
        self._leaf_count += 1

    def _values(self) -> tuple[Container, ...]:
        return tuple(container.value for container in self._containers)
