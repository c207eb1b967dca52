"""Incremental parsing: Markdown that arrives in chunks, to blocks. `line_parser.py` parses the lines; this module determines what changes.

The law: after every chunk, however the text was split, `blocks` equals `markdown.parse` of the whole text so far. The cost of a chunk
depends on the chunk and on the open paragraph, not on the text before, with two exceptions: a late link definition or footnote rebuilds the
blocks that refer to it, and a list that becomes loose gives all its blocks new containers, once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.rendering.markdown.block_builder import BlockBuilder, Built, with_looseness
from chatdesk.rendering.markdown.blocks import Block, Description, ListItem, Term
from chatdesk.rendering.markdown.citations import Cite
from chatdesk.rendering.markdown.data_pictures import ends_in_picture, is_payload
from chatdesk.rendering.markdown.footnotes import FootnoteNumbers, footnote_of, numbered
from chatdesk.rendering.markdown.leaves import Leaf, ParsedLines, RawText
from chatdesk.rendering.markdown.line_parser import LineParser
from chatdesk.rendering.markdown.macro_scope import Macros, MacroScope, with_macros
from chatdesk.rendering.markdown.open_blocks.plain_growth import PlainGrowth
from chatdesk.rendering.markdown.open_blocks.references import References
from chatdesk.rendering.markdown.open_blocks.source_lines import SourceLines

_LISTED = (ListItem, Term, Description)


class IncrementalParser:
    """An incremental parser. Unchanged blocks stay the same objects."""

    def __init__(self, *, breaks: bool = False, cite: Cite | None = None) -> None:
        self._lines = SourceLines()
        self._parser = LineParser()
        self._references = References()
        self._builder = BlockBuilder(self._references, breaks=breaks, cite=cite)
        self._blocks: list[Block] = []
        self._settled = 0
        """Number of closed blocks at the start of `blocks`, which are final."""
        self._dependents: defaultdict[str, set[int]] = defaultdict(set)
        """Closed blocks by the link labels that were looked up for them."""
        self._leaves: dict[int, Leaf] = {}
        """The leaves of those blocks."""
        self._tail: list[tuple[Leaf, Built]] = []
        """The open blocks with their leaves."""
        self._numbers = FootnoteNumbers()
        self._notes: dict[int, tuple[str, ...]] = {}
        """Footnotes referenced by closed blocks."""
        self._footnotes: defaultdict[str, list[int]] = defaultdict(list)
        """Closed blocks by the footnote that contains them."""
        self._loose: set[int] = set()
        """Offsets of the lists that are loose if the text ends here."""
        self._settled_loose: set[int] = set()
        """Lists that remain loose regardless of the further text."""
        self._tail_loosened: dict[int, int] = {}
        """Other loose lists, with the index of their first block: the last line may still change."""
        self._picture_arrives = False
        """Whether the text ends within the data of a picture."""
        self._macros = MacroScope()
        self._plain = PlainGrowth()

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the text so far. Read-only; it changes with `feed`."""
        return self._blocks

    @property
    def characters_parsed(self) -> int:
        """Number of characters of inline Markdown parsed so far, for tests and benchmarks."""
        return self._builder.characters_parsed

    @property
    def accepts_data(self) -> bool:
        """Whether the text ends within the data of a picture."""
        return self._picture_arrives

    def feed(self, text: str) -> int:
        """Add text. Return the index of the first block that changed; it and all following blocks are replaced.

        The result is `len(blocks)` if nothing changed or if blocks at the end were removed.
        """
        if self._picture_arrives and is_payload(text):
            return self._consume_payload(text)
        if self._blocks and (grown := self._plain.grown(self._blocks[-1], text)):
            self._lines.postpone(text)
            self._blocks[-1] = grown
            return len(self._blocks) - 1
        for line, start in self._lines.feed(text):
            self._parser.add(line, start)
        settled = self._parser.take_lines()
        line = self._lines.last
        tail = self._parser.preview(line, self._lines.last_start)
        last = tail.leaves[-1] if tail.leaves else None
        self._picture_arrives = (
            isinstance(last, RawText) and not line.endswith((" ", "\t")) and ends_in_picture(last.content)
        )
        first = self._update(settled, tail)
        ends_in_half_a_line_end = text.endswith("\r")
        self._plain.inspect(() if ends_in_half_a_line_end else self._blocks, line, self._lines.last_start)
        return first

    def finish(self) -> int:
        """End the text and close open blocks. Return the same as `feed`. No text may be added afterwards."""
        self._parser.end(self._lines.last, self._lines.last_start)
        return self._update(self._parser.take_lines(), ParsedLines())

    def _consume_payload(self, text: str) -> int:
        """Add picture data without parsing, whatever its length."""
        self._lines.postpone(text)
        last = self._blocks[-1]
        self._blocks[-1] = replace(last, end=last.end + len(text))
        return len(self._blocks) - 1

    def _update(self, settled: ParsedLines, tail: ParsedLines) -> int:
        labels = self._references.update(settled, tail)
        lists = self._update_looseness(settled.loosened, tail.loosened)
        if labels or lists:
            self._tail = []
        changed = [*self._rebuild_dependents(labels), *self._rebuild_lists(lists)]
        if changed:
            changed += self._macros.resettle(self._blocks, min(changed), self._settled)
        leaves = (*settled.leaves, *tail.leaves)
        built = [self._build(index, leaf) for index, leaf in enumerate(leaves)]
        unchanged = len(settled.leaves)
        keys = self._count_footnotes(built[:unchanged], built[unchanged:], recount=bool(labels))
        changed.extend(self._renumber(keys))
        return min(*changed, self._replace_tail(leaves, built, unchanged), len(self._blocks))

    def _count_footnotes(self, settled: Sequence[Built], tail: Sequence[Built], *, recount: bool) -> set[str]:
        """Update the numbers of footnotes. Return the keys whose number changed."""
        more = [key for made in settled for key in made.notes]
        last = [key for made in tail for key in made.notes]
        if not recount:
            return self._numbers.update(more, last)
        return self._numbers.recount(
            (*(key for index in sorted(self._notes) for key in self._notes[index]), *more), last
        )

    def _renumber(self, keys: set[str]) -> Iterator[int]:
        """Update footnote numbers in closed blocks. Yield their indexes."""
        for index in set().union(
            *(self._dependents.get(key, set()).union(self._footnotes.get(key, ())) for key in keys)
        ):
            self._blocks[index] = numbered(self._blocks[index], self._numbers.get)
            yield index

    def _update_looseness(self, settled: dict[int, int], tail: dict[int, int]) -> dict[int, int]:
        """Update which lists are loose. Return the lists that changed, with the index of their first block."""
        lists = {**self._tail_loosened, **settled, **tail}
        before = {start for start in lists if start in self._loose or start in self._tail_loosened}
        self._settled_loose.update(settled)
        self._tail_loosened = tail
        self._loose = self._settled_loose | tail.keys() if tail else self._settled_loose
        return {start: first for start, first in lists.items() if (start in before) != (start in self._loose)}

    def _rebuild_dependents(self, labels: set[str]) -> Iterator[int]:
        """Rebuild the closed blocks that depend on one of these labels. Yield their indexes."""
        if not labels:
            return
        self._builder.forget()
        for index in set().union(*(self._dependents.get(label, ()) for label in labels)):
            built = self._builder.build(self._leaves[index], self._loose)
            self._blocks[index] = self._numbered(built)
            self._settle(index, self._leaves[index], built)
            yield index

    def _rebuild_lists(self, lists: dict[int, int]) -> Iterator[int]:
        """Update the containers of the closed blocks of these lists. Yield their indexes."""
        for start, first in lists.items():
            for index in range(first, self._settled):
                block = self._blocks[index]
                if not any(isinstance(item, _LISTED) and item.list_start == start for item in block.containers):
                    break
                self._blocks[index] = replace(block, containers=with_looseness(block.containers, self._loose))
                yield index

    def _replace_tail(self, leaves: Sequence[Leaf], built: Sequence[Built], unchanged: int) -> int:
        """Replace the open blocks with those built from these leaves; the first `unchanged` are closed.

        Return the index of the first difference.
        """
        old = self._blocks[self._settled :]
        new: list[Block] = []
        known: list[Macros] = []
        macros = self._macros.before(self._settled)
        for made in built:
            block, macros = with_macros(self._numbered(made), macros)
            new.append(block)
            known.append(macros)
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        first = self._settled + same
        self._blocks[first:] = new[same:]
        for leaf, made, macros in zip(leaves[:unchanged], built, known, strict=False):
            self._settle(self._settled, leaf, made)
            self._macros.settle(self._settled, macros)
            if key := footnote_of(made.block):
                self._footnotes[key].append(self._settled)
            self._settled += 1
        self._tail = list(zip(leaves[unchanged:], built[unchanged:], strict=True))
        return first

    def _build(self, index: int, leaf: Leaf) -> Built:
        """Build a block after the closed ones, or reuse an open block with the same leaf."""
        if index < len(self._tail) and self._tail[index][0] == leaf:
            return self._tail[index][1]
        return self._builder.build(leaf, self._loose)

    def _settle(self, index: int, leaf: Leaf, built: Built) -> None:
        """Store the leaf of a closed block if a link definition or footnote may still change the block."""
        if built.labels:
            self._leaves[index] = leaf
            for label in built.labels:
                self._dependents[label].add(index)
        if built.notes or index in self._notes:
            self._notes[index] = built.notes

    def _numbered(self, built: Built) -> Block:
        if built.notes or footnote_of(built.block):
            return numbered(built.block, self._numbers.get)
        return built.block
