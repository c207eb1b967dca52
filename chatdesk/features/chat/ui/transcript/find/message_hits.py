"""The hits in one message, by part and block. In a growing message only the changed blocks are searched again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.find.query import Query, TextRange
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import first_difference
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A hit: the indexes of message, part and block, and the range in the block's text."""

    message: int
    part: int
    block: int
    start: int
    end: int


@dataclass(slots=True)
class PartHits:
    """The hits of one part of a message. `update` searches its blocks, `add` a single block's text."""

    count: int = 0
    ranges: dict[int, tuple[TextRange, ...]] = field(default_factory=dict)
    """The ranges of the hits, by block in order."""
    _seen: Sequence[Block] = ()

    def update(self, blocks: Sequence[Block], query: Query) -> None:
        """Search the blocks of a growing part, only those that have changed."""
        first = first_difference(self._seen, blocks)
        for block in [block for block in reversed(self.ranges) if block >= first]:
            self.count -= len(self.ranges.pop(block))
        for index in range(first, len(blocks)):
            self.add(index, text_of(blocks[index]), query)
        self._seen = tuple(blocks)

    def add(self, block: int, text: str, query: Query) -> None:
        """Search the text of a block after all others."""
        if found := tuple(query.matches(text)):
            self.ranges[block] = found
            self.count += len(found)

    def marks(self, current: Hit | None) -> Mapping[int, Marks]:
        """Return the marks by block; `current` is the current hit if it is in this part."""
        within = {current.block: (current.start, current.end)} if current else {}
        return {block: Marks(found, within.get(block)) for block, found in self.ranges.items()}


def hits_of(message: int, parts: Mapping[int, PartHits]) -> Iterator[Hit]:
    """Yield the hits of a message in order."""
    for part in sorted(parts):
        for block, found in parts[part].ranges.items():
            yield from (Hit(message, part, block, start, end) for start, end in found)
