"""Markdown that arrives in pieces, to blocks. How lines are understood is in `line_parser.py`; here is what changes on the screen.

The law: after every piece, however the text was cut, `blocks` equals `markdown.parse` of all the text so far. The cost of a piece depends
on the piece and the paragraph that is open, not on what came before, but for two things: a link definition that arrives late builds the
blocks anew that ask for it, and a list that turns loose gives all its blocks new containers, once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.rendering.block_builder import BlockBuilder, Built, with_looseness
from chatdesk.rendering.blocks import Block, ListItem
from chatdesk.rendering.data_pictures import ends_in_picture, is_payload
from chatdesk.rendering.leaves import Harvest, Leaf, RawText
from chatdesk.rendering.line_parser import LineParser
from chatdesk.rendering.references import References
from chatdesk.rendering.source_lines import SourceLines


class IncrementalParser:
    """Feed it text, show its blocks. A block that did not change stays the same object."""

    def __init__(self, *, breaks: bool = False) -> None:
        self._lines = SourceLines()
        self._parser = LineParser()
        self._references = References()
        self._builder = BlockBuilder(self._references, breaks=breaks)
        self._blocks: list[Block] = []
        self._settled = 0
        """How many blocks are closed for good."""
        self._askers: defaultdict[str, set[int]] = defaultdict(set)
        """Which of them asked for a link label."""
        self._leaves: dict[int, Leaf] = {}
        """What those are made from."""
        self._tail: list[tuple[Leaf, Built]] = []
        """The blocks that are not closed, with what they were made from."""
        self._loose: set[int] = set()
        """Lists that are loose if the text ends here, by their offset in the source."""
        self._settled_loose: set[int] = set()
        """Those of them that stay so whatever comes."""
        self._tail_loosened: dict[int, int] = {}
        """The others, with where they begin in `blocks`: the last line may yet become something else."""
        self._picture_arrives = False
        """Whether the text ends in the midst of a picture's data."""

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the text so far. Read only; grows and changes with `feed`."""
        return self._blocks

    @property
    def characters_parsed(self) -> int:
        """How many characters of inline markdown have been parsed so far: counted work, for tests and benches."""
        return self._builder.characters_parsed

    def feed(self, text: str) -> int:
        """Add text. Return the index of the first block that changed; what stood there and behind it is replaced.

        It is `len(blocks)` if nothing changed, or if blocks at the end are gone.
        """
        if self._picture_arrives and is_payload(text):
            return self._take_payload(text)
        for line, start in self._lines.feed(text):
            self._parser.add(line, start)
        settled = self._parser.take()
        tail = self._parser.preview(self._lines.last, self._lines.last_start)
        last = tail.leaves[-1] if tail.leaves else None
        self._picture_arrives = isinstance(last, RawText) and ends_in_picture(last.content)
        return self._update(settled, tail)

    def finish(self) -> int:
        """End the text: close what is open. Return as `feed` does. Nothing may be fed after it."""
        self._parser.end(self._lines.last, self._lines.last_start)
        return self._update(self._parser.take(), Harvest())

    def _take_payload(self, text: str) -> int:
        """Take more of a picture's data: nothing is parsed, whatever its length."""
        self._lines.postpone(text)
        last = self._blocks[-1]
        self._blocks[-1] = replace(last, end=last.end + len(text))
        return len(self._blocks) - 1

    def _update(self, settled: Harvest, tail: Harvest) -> int:
        labels = self._references.update(settled.definitions, tail.definitions)
        lists = self._update_looseness(settled.loosened, tail.loosened)
        if labels or lists:
            self._tail = []
        changed = (*self._rebuild_askers(labels), *self._rebuild_lists(lists))
        return min(*changed, self._replace_tail(settled.leaves, tail.leaves), len(self._blocks))

    def _update_looseness(self, settled: dict[int, int], tail: dict[int, int]) -> dict[int, int]:
        """Learn which lists are loose. Return those for which that changed, with where they begin in `blocks`."""
        lists = {**self._tail_loosened, **settled, **tail}
        before = {start for start in lists if start in self._loose or start in self._tail_loosened}
        self._settled_loose.update(settled)
        self._tail_loosened = tail
        self._loose = self._settled_loose | tail.keys() if tail else self._settled_loose
        return {start: first for start, first in lists.items() if (start in before) != (start in self._loose)}

    def _rebuild_askers(self, labels: set[str]) -> Iterator[int]:
        """Build the settled blocks anew that asked for one of these labels. Yield which."""
        if not labels:
            return
        self._builder.forget()
        for index in set().union(*(self._askers.get(label, ()) for label in labels)):
            self._blocks[index] = self._settle(
                index, self._leaves[index], self._builder.build(self._leaves[index], self._loose)
            )
            yield index

    def _rebuild_lists(self, lists: dict[int, int]) -> Iterator[int]:
        """Give the settled blocks of these lists new containers. Yield which."""
        for start, first in lists.items():
            for index in range(first, self._settled):
                block = self._blocks[index]
                if not any(isinstance(item, ListItem) and item.list_start == start for item in block.containers):
                    break
                self._blocks[index] = replace(block, containers=with_looseness(block.containers, self._loose))
                yield index

    def _replace_tail(self, settled: list[Leaf], tail: list[Leaf]) -> int:
        """Put the blocks of these leaves where those of the old tail are. Return the index of the first that differs."""
        leaves = (*settled, *tail)
        old = self._blocks[self._settled :]
        built = [self._build(index, leaf) for index, leaf in enumerate(leaves)]
        same = 0
        while same < min(len(old), len(built)) and old[same] == built[same].block:
            same += 1
        first = self._settled + same
        self._blocks[first:] = [made.block for made in built[same:]]
        for leaf, made in zip(settled, built, strict=False):
            self._settle(self._settled, leaf, made)
            self._settled += 1
        self._tail = list(zip(tail, built[len(settled) :], strict=True))
        return first

    def _build(self, index: int, leaf: Leaf) -> Built:
        """Build a block behind the settled ones, or take it from the old tail if it is still the same."""
        if index < len(self._tail) and self._tail[index][0] == leaf:
            return self._tail[index][1]
        return self._builder.build(leaf, self._loose)

    def _settle(self, index: int, leaf: Leaf, built: Built) -> Block:
        """Note what a closed block was made from, if a link definition may still change it."""
        if built.labels:
            self._leaves[index] = leaf
            for label in built.labels:
                self._askers[label].add(index)
        return built.block
