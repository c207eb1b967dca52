"""The sources of an answer: a head that folds the list, a line for each source and its passage when opened.

All texts are untrusted and shown as plain text. Passages are columns of the message, so they can be selected, copied
and read by screen readers; addresses are opened only through the window's link handling.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import SOURCES, PlacedColumn
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import Source
from chatdesk.rendering.markdown.open_blocks.plain_growth import plain_blocks
from chatdesk.ui_kit.text.safe_text import plain_line

_INITIAL_LINES = 5
"""Lines shown of a long list until the user requests all."""


def initial_line_count(count: int) -> int:
    """Return the initial number of lines for this many sources."""
    return 1 + (count if _is_short(count) else _INITIAL_LINES + 1) if count else 0


def _is_short(count: int) -> bool:
    return count <= _INITIAL_LINES + 1  # a line "show one more" would not be shorter


class SourcesStrip:
    """The sources strip. It starts at its top left corner and fills a width; `perform` opens and folds."""

    def __init__(self, sources: Sequence[Source], page: PageContext, width: int) -> None:
        self.sources = tuple(sources)
        self._page = page
        self._width = width
        self._folded = False
        self._shows_all = _is_short(len(self.sources))
        self._passages: dict[int, BlockColumn] = {}
        """The open passages, by the index of their source."""

    @property
    def is_recreatable(self) -> bool:
        """Whether it could be recreated without a visible difference."""
        at_first = self._shows_all == _is_short(len(self.sources))
        return at_first and not self._folded and not self._passages

    @property
    def height(self) -> int:
        """The height in pixels."""
        if self._folded:
            return self._line
        more = 0 if self._shows_all else self._line
        return self._line + sum(height for _, _, height in self._rows()) + more

    def set_page(self, page: PageContext) -> None:
        """Apply a new theme or language."""
        self._page = page
        for column in self._passages.values():
            column.set_page(page)

    def set_width(self, width: int) -> None:
        """Apply a new width."""
        self._width = width
        for column in self._passages.values():
            column.set_width(self._passage_width)

    def perform(self, command: Command) -> bool:
        """Open or fold according to a command. Return False for other commands."""
        match command.verb:
            case Verb.FOLD_SOURCES:
                self._folded = not self._folded
            case Verb.ALL_SOURCES:
                self._shows_all = True
            case Verb.FOLD_SOURCE:
                if self._passages.pop(command.block, None) is None:
                    self._open(command.block)
            case _:
                return False
        return True

    def columns(self, top: int) -> Iterator[PlacedColumn]:
        """Yield the open passages from top to bottom; `top` is the y of the strip in its message."""
        for number, row_top, _ in self._rows():
            if column := self._passages.get(number):
                origin = QPoint(self._indent, top + row_top + self._line)
                shown = QRect(origin.x(), origin.y(), self._passage_width, column.height)
                yield PlacedColumn(SOURCES + number, column, origin, shown)

    def text(self, number: int) -> str:
        """Return the text shown for an open source."""
        source = self.sources[number]
        return source.passage or " · ".join(filter(None, (source.title or source.address, self._note(source))))

    def controls(self) -> Iterator[Control]:
        """Yield the head, a line for each source and the line that shows all."""
        texts = self._page.texts
        caption = texts.sources(len(self.sources))
        yield self._control(Command(Verb.FOLD_SOURCES), 0, caption, caption, on=not self._folded)
        if self._folded:
            return
        bottom = self._line
        for number, top, height in self._rows():
            yield from self._of_source(number, top)
            bottom = top + height
        if not self._shows_all:
            caption = texts.show_all
            yield self._control(Command(Verb.ALL_SOURCES), bottom, texts.all_sources(len(self.sources)), caption)

    def paint(self, painter: QPainter) -> None:
        """Paint a rule beside each open passage at the painter's origin."""
        theme = self._page.theme
        for number, top, height in self._rows():
            if number in self._passages:
                x, bottom = self._indent - theme.length("s"), top + height - theme.length("s")
                rule = QRect(x, top + self._line, theme.length("hair"), bottom - top - self._line)
                painter.fillRect(rule, theme.color("borderDefault"))

    def _of_source(self, number: int, top: int) -> Iterator[Control]:
        """Yield the line of a source, which opens the passage or else the address; with both, the address has a button."""
        source, texts = self.sources[number], self._page.texts
        title = plain_line(source.title or source.address) or texts.untitled_source
        note = self._note(source)
        name = texts.source_named(source.number, " · ".join(filter(None, (title, note))))
        if source.address and not source.passage:
            command, icon = Command(Verb.OPEN_SOURCE, block=number), "external-link"
        else:
            command, icon = Command(Verb.FOLD_SOURCE, block=number), ""
        right = self._page.theme.length("hitSmall") if source.address and source.passage else 0
        caption = f"{source.number}. {title}"
        is_open = number in self._passages
        yield self._control(command, top, name, caption, note, icon=icon, on=is_open, right=right)
        if right:
            size = self._page.theme.length("hitSmall")
            area = QRect(self._width - size, top + (self._line - size) // 2, size, size)
            yield Control(Command(Verb.OPEN_SOURCE, block=number), area, texts.open_source(title), "external-link")

    def _control(
        self,
        command: Command,
        top: int,
        name: str,
        caption: str,
        note: str = "",
        *,
        icon: str = "",
        on: bool = False,
        right: int = 0,
    ) -> Control:
        """Return a control as wide as its text, elided if necessary; the note keeps a third of the width."""
        theme = self._page.theme
        metrics = QFontMetricsF(theme.font("ui"))
        spacing = theme.length("s")
        around = control_width(theme, ControlStyle.LINE, "", "chevron-right")
        available = self._width - right - around
        kept = min(spacing + metrics.horizontalAdvance(note), available / 3) if note else 0
        caption = metrics.elidedText(caption, Qt.TextElideMode.ElideRight, available - kept)
        left = available - metrics.horizontalAdvance(caption) - spacing
        note = metrics.elidedText(note, Qt.TextElideMode.ElideRight, left) if left > 0 else ""
        text_width = metrics.horizontalAdvance(caption) + (spacing + metrics.horizontalAdvance(note) if note else 0)
        rect = QRect(-theme.length("xs"), top, round(around + text_width), self._line)
        return Control(command, rect, name, icon, ControlStyle.LINE, caption, note, on=on)

    def _note(self, source: Source) -> str:
        score = self._page.texts.source_score(source.score) if source.score is not None else ""
        return " · ".join(filter(None, (plain_line(source.collection), score)))

    def _open(self, number: int) -> None:
        column = BlockColumn(self._page, TextStyle("ui", "textSecondary"))
        column.set_width(self._passage_width)
        column.replace(0, plain_blocks(self.text(number)))
        self._passages[number] = column

    def _rows(self) -> Iterator[tuple[int, int, int]]:
        """Yield the index of each visible source, the top of its line and its height including the passage."""
        if self._folded:
            return
        top = self._line
        for number in range(len(self.sources) if self._shows_all else _INITIAL_LINES):
            column = self._passages.get(number)
            height = self._line + (column.height + self._page.theme.length("s") if column else 0)
            yield number, top, height
            top += height

    @property
    def _line(self) -> int:
        return self._page.theme.length("reasoningStrip")

    @property
    def _indent(self) -> int:
        theme = self._page.theme
        return theme.length("icon.ui") + 2 * theme.length("s")

    @property
    def _passage_width(self) -> int:
        return max(1, self._width - self._indent - self._page.theme.length("s"))
