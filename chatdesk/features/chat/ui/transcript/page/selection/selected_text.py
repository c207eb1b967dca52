"""The copied formats of a selection: plain text, Markdown and HTML, created from the blocks without a layout.

`clipboard.py` puts them on the clipboard.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from chatdesk.features.chat.ui.transcript.blocks.block_cut import cut_block
from chatdesk.features.chat.ui.transcript.blocks.block_frame import gap_between
from chatdesk.features.chat.ui.transcript.blocks.block_text import copied_text, text_of
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import formulas_of
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.layout.anchor import ShownPart
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.parsed_blocks import parsed_in_chunks
from chatdesk.features.chat.ui.transcript.page.selection.copied_pictures import CopiedPictures
from chatdesk.features.chat.ui.transcript.text_position import (
    ColumnPosition,
    ColumnSelection,
    Selection,
    TextPosition,
)
from chatdesk.kernel.chat.message import ImagePart, Message, Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, ListItem
from chatdesk.ui_kit.text.utf16 import units

_MAX_SOURCE = 1_000_000
_MAX_COLORED_MESSAGES = 100
"""The number of messages beyond which code is pasted without colours, which take most of the time."""
_MAX_UNPREPARED = 4
"""Up to this many messages the HTML is created only when pasted, which is rare and then fast enough."""


def selected_text(document: Document, selection: Selection) -> str:
    """Return the text of a selection, with an empty line between blocks but not between the items of a tight list."""
    return "\n\n".join(filter(None, (part.text() for part in _parts(document, selection))))


class CopiedSelection:
    """A snapshot of a selection, unaffected by later changes of its messages. Its formats are created on request.

    `prepare` creates them in advance, in steps. `colors` are the CSS colours of code, by the names of `TokenKind`;
    `math` returns formulas as HTML, empty for those that stay source text; `pictures` returns attached pictures.
    """

    def __init__(
        self,
        document: Document,
        selection: Selection,
        colors: Mapping[str, str],
        math: Callable[[str, bool], str],
        pictures: CopiedPictures,
    ) -> None:
        source = _long_source(document, selection)
        self._parts = [] if source else [*_parts(document, selection)]
        self.has_html = bool(self._parts)
        """Whether it is available as HTML; not for very long selections, which would take seconds."""
        self._colors = colors if len(self._parts) <= _MAX_COLORED_MESSAGES else {}
        self._math = math
        self._pictures = pictures
        self._texts = [source]
        self._markdown = [source]
        self._blocks: list[tuple[tuple[ImagePart, ...], Sequence[Block], tuple[ImagePart, ...]]] = []
        """The blocks with the pictures above and below them."""
        self._html: list[str] = []
        self._text_steps = self._make_texts()
        self._html_steps = self._make_html()

    @property
    def is_known_empty(self) -> bool:
        """Whether it is known to be empty."""
        return not (any(self._texts) or self._blocks or self._html or self._parts)

    def text(self) -> str:
        """Return the selection as plain text."""
        _finish(self._text_steps)
        return "\n\n".join(filter(None, self._texts))

    def markdown(self) -> str:
        """Return the selection as Markdown; complete messages as their original source."""
        _finish(self._text_steps)
        return "\n\n".join(filter(None, self._markdown))

    def html(self) -> str:
        """Return the selection as HTML for pasting."""
        _finish(self._text_steps)
        _finish(self._html_steps)
        # Programs that paste into the middle of a line treat a line end after the last tag as a space.
        return '<meta charset="utf-8">' + "".join(self._html).rstrip("\n")

    def prepare(self, is_loaded: Callable[[str], bool]) -> Iterator[None]:
        """Create the formats that would delay pasting.

        `is_loaded` returns whether a language can be highlighted, and starts loading it.
        """
        for part in self._parts:
            self._pictures.prepare((*part.pictures, *part.pictures_below))
        # Not `yield from`: if this generator is abandoned, others must be able to continue.
        for _ in self._text_steps:
            yield
        if len(self._blocks) > _MAX_UNPREPARED:
            code = (block for _, blocks, _ in self._blocks for block in blocks if isinstance(block, Code))
            for language in {block.language for block in code} if self._colors else ():
                while language and not is_loaded(language):
                    yield
            for _ in self._html_steps:
                yield

    def _make_texts(self) -> Iterator[None]:
        while self._parts:
            part = self._parts[0]
            for blocks in part.read():
                if blocks is None:
                    yield
                elif blocks or part.pictures:
                    self._add_blocks(part, blocks)
            del self._parts[0]
            yield  # only now, so that what was read is stored even on slow machines

    def _add_blocks(self, part: "_SelectedPart", blocks: Sequence[Block]) -> None:
        # Loaded with the first copy.
        from chatdesk.rendering.export.to_markdown import markdown_of  # noqa: PLC0415

        is_whole = part.is_whole(blocks)
        cut = tuple(blocks if is_whole else _cut(blocks, part.selected))
        self._texts.append(_plain(blocks, part.selected))
        self._markdown.append(part.shown.source if is_whole else markdown_of(cut, part.shown.source))
        below = part.pictures_below if is_whole else ()
        if cut or part.pictures or below:
            self._blocks.append((part.pictures, cut, below))

    def _make_html(self) -> Iterator[None]:
        # Loaded with the first paste: the highlighter is heavy.
        from chatdesk.rendering.export.html import to_rich_text  # noqa: PLC0415

        for above, blocks, below in self._blocks:
            for picture in above:
                self._html.append(self._pictures.html(picture))
                yield
            for block in blocks:
                for formula in formulas_of(block):
                    self._math(formula.latex, isinstance(block, Formula))  # one at a time, with pauses
                    yield
            self._html.append(to_rich_text(blocks, self._colors, self._math))
            for picture in below:
                yield
                self._html.append(self._pictures.html(picture))
            yield
        self._blocks.clear()


@dataclass(frozen=True, slots=True)
class _SelectedPart:
    """The text or reasoning of a message and the selection in it."""

    shown: ShownPart
    selected: ColumnSelection
    pictures: tuple[ImagePart, ...] = ()
    """The pictures above the text, if selected."""
    pictures_below: tuple[ImagePart, ...] = ()
    """The pictures below the text, selected if all of the text is."""

    def read(self) -> Iterator[Sequence[Block] | None]:
        """Yield None at each possible pause, then the blocks."""
        if self.shown.blocks is None:
            yield from parsed_in_chunks(self.shown.source, is_question=self.shown.is_question, cite=self.shown.cite)
        else:
            yield self.shown.blocks

    def text(self) -> str:
        """Return the selected plain text."""
        *_, blocks = self.read()
        return _plain(blocks or (), self.selected)

    def is_whole(self, blocks: Sequence[Block]) -> bool:
        """Return whether all of it is selected."""
        end = self.selected.end
        if self.selected.start != ColumnPosition(0, 0):
            return False
        last = len(blocks) - 1
        return not blocks or end is None or (end.block, end.offset) >= (last, units(text_of(blocks[last])))


_NO_TEXT = ShownPart(TEXT, "", is_question=True, blocks=())


def _finish(steps: Iterator[None]) -> None:
    for _ in steps:
        pass


def _parts(document: Document, selection: Selection) -> Iterator[_SelectedPart]:
    for index in range(selection.start.message, min(selection.end.message + 1, len(document))):
        pictures = _pictures(document.message(index), selection, index)
        for shown in document.shown_parts(index):
            if selected := selection.within(index, shown.part):
                below = _pictures_below(document.message(index)) if shown.part == TEXT else ()
                yield _SelectedPart(shown, selected, pictures, below)
                pictures = ()
        if pictures:
            yield _SelectedPart(_NO_TEXT, ColumnSelection(ColumnPosition(0, 0), None), pictures)


def _pictures(message: Message, selection: Selection, index: int) -> tuple[ImagePart, ...]:
    """Return the pictures above the text if they are inside the selection: those of a question, or of an answer without text."""
    if message.role is not Role.USER and message.text:
        return ()
    text_start = TextPosition(index, TEXT, 0, 0)
    is_inside = selection.start <= text_start and (text_start < selection.end or not message.text)
    return tuple(message.pictures) if is_inside else ()


def _pictures_below(message: Message) -> tuple[ImagePart, ...]:
    return () if message.role is Role.USER or not message.text else message.pictures


def _long_source(document: Document, selection: Selection) -> str:
    """Return the source of all selected messages if creating formats from it would take seconds; empty otherwise."""
    messages = document.messages[selection.start.message : selection.end.message + 1]
    if len(messages) < 2 or sum(len(message.text) for message in messages) < _MAX_SOURCE:
        return ""
    return "\n\n".join(message.text for message in messages if message.text)


def _plain(blocks: Sequence[Block], selected: ColumnSelection) -> str:
    text = ""
    for index, start, end in _selected_blocks(blocks, selected):
        above = blocks[index - 1] if index else None
        if text:
            joint = blocks[index].joint
            text += "\n\n" if gap_between(above, blocks[index]) else "\n" if joint is None else joint
        text += copied_text(blocks[index], above.containers if above else (), start, end)
    return text


def _cut(blocks: Sequence[Block], selected: ColumnSelection) -> Iterator[Block]:
    """Yield blocks cut to the selection. A part of a single list item is not a list."""
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
