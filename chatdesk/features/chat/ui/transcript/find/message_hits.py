"""Where one message says what is looked for: by part and block. A message that grows is looked at again only where it changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.find.query import Query, Stretch
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import first_difference
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A place found: message, part and block by their order, and from where to where in the block's text."""

    message: int
    part: int
    block: int
    start: int
    end: int


@dataclass(slots=True)
class PartHits:
    """Those of one part of a message. Give it blocks with `take`, or only what some block's text says with `add`."""

    count: int = 0
    stretches: dict[int, tuple[Stretch, ...]] = field(default_factory=dict)
    """By block, in order."""
    _seen: Sequence[Block] = ()

    def take(self, blocks: Sequence[Block], query: Query) -> None:
        """Look through the blocks of a part that grows: only through those that are others than they were."""
        first = first_difference(self._seen, blocks)
        for block in [block for block in reversed(self.stretches) if block >= first]:
            self.count -= len(self.stretches.pop(block))
        for index in range(first, len(blocks)):
            self.add(index, text_of(blocks[index]), query)
        self._seen = tuple(blocks)

    def add(self, block: int, text: str, query: Query) -> None:
        """Look through the text of a block behind all the others."""
        if found := tuple(query.stretches(text)):
            self.stretches[block] = found
            self.count += len(found)

    def marks(self, current: Hit | None) -> Mapping[int, Marks]:
        """Return what to mark, by block; `current` is the current hit, if it is in this part."""
        within = {current.block: (current.start, current.end)} if current else {}
        return {block: Marks(found, within.get(block)) for block, found in self.stretches.items()}


def hits_of(message: int, parts: Mapping[int, PartHits]) -> Iterator[Hit]:
    """Yield the hits of a message in their order."""
    for part in sorted(parts):
        for block, found in parts[part].stretches.items():
            yield from (Hit(message, part, block, start, end) for start, end in found)
