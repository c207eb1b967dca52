"""What is open at the end of the lines read so far, what was closed before, and how closing goes. What opens it is `line_parser.py`."""

from collections.abc import Iterable
from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Container
from chatdesk.rendering.markdown.leaves import Leaf, ParsedLines, RawText
from chatdesk.rendering.markdown.link_definitions import take_definitions
from chatdesk.rendering.markdown.open_blocks.open_blocks import (
    OpenContainer,
    OpenFootnote,
    OpenItem,
    OpenLeaf,
    OpenList,
    OpenParagraph,
)


@dataclass(slots=True)
class OpenDocument:
    """`take` gives what is closed for good."""

    _containers: list[OpenContainer] = field(default_factory=list)
    _leaf: OpenLeaf | None = None
    _blank_from: int | None = None
    """Index of the outermost open container the line before was blank for; None if it was not blank."""
    _leaf_count: int = 0
    _harvest: ParsedLines = field(default_factory=ParsedLines)

    def take(self) -> ParsedLines:
        """Hand over what was closed and found since the last time."""
        harvest, self._harvest = self._harvest, ParsedLines()
        return harvest

    def _make_room(self, depth: int) -> None:
        """Prepare for a new block in the innermost of `depth` containers."""
        self._close_to(depth)
        parent = self._containers[-1] if self._containers else None
        if isinstance(parent, OpenItem):
            if parent.has_content and self._blank_from is not None and depth > self._blank_from:
                self._loosen(parent.list)
            parent.has_content = True
        elif isinstance(parent, OpenFootnote):
            parent.has_content = True

    def _loosen(self, loose_list: OpenList) -> None:
        if not loose_list.loose:
            loose_list.loose = True
            self._harvest.loosened[loose_list.start] = loose_list.first_leaf

    def _close_to(self, depth: int) -> None:
        """Close the open leaf and all containers but the outermost `depth`. One that stayed empty leaves an empty paragraph."""
        self._close_leaf()
        while len(self._containers) > depth:
            container = self._containers[-1]
            if container.first_leaf == self._leaf_count:
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
            case OpenParagraph():
                self._emit_all(leaf.leaves(self._values()))
            case None:
                pass
            case _:
                self._emit(leaf.leaf(self._values()))

    def _define(self, paragraph: OpenParagraph, *, only_all: bool = False) -> None:
        """Take the link definitions at the head of a paragraph out of it; with `only_all` not if any other text would stay.

        Definitions before a line that begins with a bracket are complete, as no title begins so. Taken out at once, a long list of them
        is not read again with every line.
        """
        if not paragraph.may_define:
            return
        content = paragraph.content
        definitions, end = take_definitions(content)
        if only_all and end < len(content):
            return
        for label, definition in definitions:
            self._harvest.definitions.setdefault(label, definition)
        paragraph.drop(end)

    def _emit_all(self, leaves: Iterable[Leaf]) -> None:
        for leaf in leaves:
            self._emit(leaf)

    def _emit(self, leaf: Leaf) -> None:
        self._harvest.leaves.append(leaf)
        self._leaf_count += 1

    def _values(self) -> tuple[Container, ...]:
        return tuple(container.value for container in self._containers)
