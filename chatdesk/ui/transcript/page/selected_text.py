"""What is copied of a selection: plain text, markdown and HTML, all made from the blocks. Nothing needs to be laid out for it.

Where it is put is `clipboard.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from chatdesk.rendering.blocks import Block, ListItem
from chatdesk.ui.transcript.blocks.block_cut import cut_block
from chatdesk.ui.transcript.blocks.block_frame import gap_between
from chatdesk.ui.transcript.blocks.block_text import copied, text_of
from chatdesk.ui.transcript.blocks.utf16 import units
from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.place import ColumnPlace, ColumnSelection, Selection

_MOST_SOURCE = 1_000_000
_MOST_COLORED = 100
"""Messages beyond which their code is pasted without colours: those take most of the time, and who pastes waits for them."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The same in three ways. `blocks` are what a paste with looks is made of, by message; none where there is too much for that."""

    text: str
    markdown: str
    blocks: tuple[tuple[Block, ...], ...]


def selected_text(document: Document, selection: Selection) -> str:
    """Return the text of a selection: an empty line between blocks, none between the items of a tight list."""
    return "\n\n".join(filter(None, (_plain(part.blocks, part.selected) for part in _parts(document, selection))))


def excerpts(document: Document, selection: Selection) -> Iterator[Excerpt]:
    """Yield the selection part by part, a message at a time, so that whoever asks can pause. Joined by `whole`."""
    if source := _long_source(document, selection):
        yield Excerpt(source, source, ())
        return
    from chatdesk.rendering.to_markdown import markdown_of  # noqa: PLC0415 - loaded with the first copy

    for part in _parts(document, selection):
        cut = tuple(part.blocks if part.is_whole else _cut(part.blocks, part.selected))
        markdown = part.source if part.is_whole else markdown_of(cut, part.source)
        yield Excerpt(_plain(part.blocks, part.selected), markdown, (cut,) if cut else ())


def whole(parts: Sequence[Excerpt]) -> Excerpt:
    """Join what was selected of several messages."""
    return Excerpt(
        "\n\n".join(part.text for part in parts if part.text),
        "\n\n".join(part.markdown for part in parts if part.markdown),
        tuple(chain.from_iterable(part.blocks for part in parts)),
    )


def html_of(excerpt: Excerpt, colors: Mapping[str, str]) -> str:
    """Return an excerpt with its looks; code in these CSS colours, if that does not take too long."""
    # Loaded when the first is pasted: the highlighter behind it is heavy.
    from chatdesk.rendering.rich_text import to_rich_text  # noqa: PLC0415

    colors = colors if len(excerpt.blocks) <= _MOST_COLORED else {}
    # Behind the last tag a line end is a space to programs that paste into the midst of a line.
    return "".join(to_rich_text(blocks, colors) for blocks in excerpt.blocks).rstrip("\n")


@dataclass(frozen=True, slots=True)
class _Part:
    """Text or reasoning of a message, and what of it is selected."""

    blocks: Sequence[Block]
    source: str
    selected: ColumnSelection

    @property
    def is_whole(self) -> bool:
        """Whether all of it is selected."""
        end = self.selected.end
        if self.selected.start != ColumnPlace(0, 0):
            return False
        last = len(self.blocks) - 1
        return end is None or (end.block, end.offset) >= (last, units(text_of(self.blocks[last])))


def _parts(document: Document, selection: Selection) -> Iterator[_Part]:
    for index in range(selection.start.message, min(selection.end.message + 1, len(document))):
        for part, blocks, source in document.shown_blocks(index):
            selected = selection.within(index, part)
            if selected and blocks:
                yield _Part(blocks, source, selected)


def _long_source(document: Document, selection: Selection) -> str:
    """Return the source of all messages touched, if there is so much of it that making anything of it would take seconds."""
    messages = document.messages[selection.start.message : selection.end.message + 1]
    if len(messages) < 2 or sum(len(message.text) for message in messages) < _MOST_SOURCE:
        return ""
    return "\n\n".join(message.text for message in messages if message.text)


def _plain(blocks: Sequence[Block], selected: ColumnSelection) -> str:
    text = ""
    for index, start, end in _selected_blocks(blocks, selected):
        above = blocks[index - 1] if index else None
        if text:
            text += "\n\n" if gap_between(above, blocks[index]) else "\n"
        text += copied(blocks[index], above.containers if above else (), start, end)
    return text


def _cut(blocks: Sequence[Block], selected: ColumnSelection) -> Iterator[Block]:
    """Yield blocks cut down to what is selected. Words from within one item are no list."""
    found = list(_selected_blocks(blocks, selected))
    for index, start, end in found:
        block = cut_block(blocks[index], start, end)
        if block is None:
            continue
        if len(found) == 1 and start:
            kept = tuple(container for container in block.containers if not isinstance(container, ListItem))
            block = replace(block, containers=kept)
        yield block


def _selected_blocks(blocks: Sequence[Block], selected: ColumnSelection) -> Iterator[tuple[int, int, int]]:
    last = min(selected.end.block, len(blocks) - 1) if selected.end else len(blocks) - 1
    for index in range(selected.start.block, last + 1):
        if within := selected.within(index):
            yield index, *within
