"""Chats as rows of pages: titles, questions on a background, answers with everything in them.

Fonts belong to the thread of the window, so rows are created there, in steps that are short enough for it (`sliced_steps.py`).
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.block_frame import alert_style
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import runs_from_the_right
from chatdesk.features.conversations.services.files.chat_markdown import sources_of_chat
from chatdesk.features.conversations.services.files.exported_chat import Export, ExportedChat, ExportedMessage
from chatdesk.features.conversations.services.files.exported_turns import (
    AttachedContent,
    ContentKind,
    WrittenContent,
    caption_of,
    content_of,
    reasoning_head,
)
from chatdesk.features.conversations.ui.exporting.page_breaking import (
    HAIRLINE,
    Frame,
    Link,
    Mark,
    PageFormat,
    Paint,
    Row,
)
from chatdesk.features.conversations.ui.exporting.page_formulas import PageFormulas
from chatdesk.features.conversations.ui.exporting.page_tables import table_begins_at_right, table_rows
from chatdesk.features.conversations.ui.exporting.page_text import (
    Flow,
    TextLine,
    TextLook,
    flow_of_code,
    flow_of_spans,
    note_name,
)
from chatdesk.features.conversations.ui.exporting.sliced_steps import Work
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.code.highlight import LineHighlighter
from chatdesk.rendering.export.plain_text import spans_text
from chatdesk.rendering.markdown.blocks import (
    Alert,
    Block,
    Code,
    Container,
    Description,
    Details,
    Footnote,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Summary,
    Table,
    Term,
    are_tight,
    is_empty_summary,
    is_summary,
)
from chatdesk.rendering.markdown.long_texts import joined
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.ui_kit.pictures.decoding import data_bytes, decode, picture_size
from chatdesk.ui_kit.style.theme import Theme

RowSteps = Generator[Row | Work | None, object, None]
_DISPLAYED_SIZE = 1.27
"""Size of displayed formulas relative to the text."""
_MAX_SIDE = 1_600
"""Pixels of the longer side of a picture: sharp in print."""
_MAX_PICTURE = 0.8
"""Part of a page that a picture may be high: what is above the first one, such as the title, does not stay alone on a page."""
_PIXEL = 15
"""Units of a CSS pixel: a picture is not shown larger than that."""
_LEAD_IN_LINES = 2
"""A text of at most this many lines that ends with a colon stays on the page of what it announces."""
_MAX_MARK = 80
"""Characters of an entry of the outline."""


@dataclass(frozen=True, slots=True)
class _Column:
    """Where rows are put: between two x values, behind frames."""

    left: float
    width: float
    frames: tuple[Frame, ...] = ()

    def inside(self, left: float, right: float = 0, frame: Frame | None = None) -> "_Column":
        """Return a narrower column, in a further frame if one is given."""
        frames = (*self.frames, frame) if frame else self.frames
        return _Column(self.left + left, max(1.0, self.width - left - right), frames)

    def indented(self, length: float, frame: Frame | None = None, *, at_right: bool) -> "_Column":
        """Return a column that is narrower on the side where its text begins."""
        return self.inside(0, length, frame) if at_right else self.inside(length, 0, frame)


@dataclass(frozen=True, slots=True)
class _Marker:
    """The mark of a list item or a footnote, beside the column of its text: at the right if the text begins there."""

    text: str
    look: TextLook
    column: _Column
    at_right: bool


class PageRows:
    """Creates the rows of the chats of an export, one chat after the other. `theme` has the scale of a page."""

    def __init__(self, export: Export, theme: Theme, page: PageFormat, *, with_speakers: bool) -> None:
        self._export = export
        self.formulas = PageFormulas(export.formulas)
        self._with_speakers = with_speakers and not export.is_answer
        self._has_head = not (with_speakers and export.is_answer)
        self._theme = theme
        self._page = page
        self._column = _Column(0, page.text_width)
        self._rows: list[Row] = []
        self._marks: list[Mark] = []
        self._space = 0.0
        self._marker: _Marker | None = None
        """The mark of the list item that begins."""
        self._begins_page = False
        self._share = 0.0
        self._texts = 0
        """Texts with footnotes of their own, so far."""
        self._names: list[str] = []
        """Names of destinations that wait for the next row."""

    def create(self) -> RowSteps:
        """Yield all rows, and what can be done on a thread. Calls `report` of the export with the share of messages that are done."""
        count, done = max(1, sum(len(chat.turns) for chat in self._export.chats)), 0
        for number, chat in enumerate(self._export.chats):
            self._begins_page = number > 0
            yield from self._head(chat)
            for turn in chat.turns:
                self._report(done / count)
                yield from self._turn(turn, chat)
                done += 1
            if chat.cited:
                self._space = self._length("xl")
                yield from self._markdown(sources_of_chat(chat, self._export.labels), self._column, "text")
        yield from self._rows

    def _report(self, share: float) -> None:
        self._share = share
        self._export.report(share)

    def _ready_rows(self) -> RowSteps:
        """Yield the rows that are ready: all but the last, which the end of a frame may still change."""
        rows, self._rows = self._rows[:-1], self._rows[-1:]
        yield from rows

    def _markdown(self, text: str, column: _Column, color: str) -> RowSteps:
        blocks = yield lambda: parse(text)
        yield from self._blocks(cast("Sequence[Block]", blocks), column, color)

    # Parts of a chat

    def _head(self, chat: ExportedChat) -> RowSteps:
        labels = self._export.labels
        self._space = 0
        if not self._has_head:
            return
        if title := chat.title or self._export.title:
            self._marks.append(Mark(title, 0))
            self._text((Span(title),), self._look("display", "text", strong=True), self._column, keeps_next=True)
        date = labels.format_date(chat.turns[-1].message.created_at if chat.turns else self._export.now)
        self._space = self._length("xs")
        self._text((Span(date),), self._look("caption", "textTertiary"), self._column)
        if instructions := chat.settings.instructions.strip():
            self._space = self._length("xl")
            column = self._barred(self._column)
            self._head_line(labels.instructions, self._look("reading", "textSecondary", strong=True), column)
            yield from self._markdown(instructions, column, "textSecondary")

    def _turn(self, turn: ExportedMessage, chat: ExportedChat) -> RowSteps:
        is_question = turn.message.role is Role.USER
        self._space = self._length("xl")
        column, frame = self._column, None
        if self._with_speakers:
            self._head_line(turn.speaker, self._look("caption", "textTertiary", strong=True), column)
        if is_question:
            text = " ".join(turn.message.text.split())
            if text:
                cut = text if len(text) <= _MAX_MARK else text[: _MAX_MARK - 1] + "…"
                self._marks.append(Mark(cut, 1))
            radius, padding = self._theme.length("radius.card"), self._length("m")
            frame = Frame(0, column.width, self._theme.color("bubble"), radius=radius, padding=padding)
            column = column.inside(self._length("l"), self._length("l"), frame)
            self._pad(column, padding)
        if caption := caption_of(turn):
            self._head_line(caption, self._look("caption", "textTertiary"), column)
        contents = yield lambda: tuple(content_of(turn, chat))
        for content in cast("Sequence[WrittenContent | AttachedContent]", contents):
            if isinstance(content, AttachedContent):
                yield from self._attached(content, column)
            else:
                yield from self._written(content, column)
        if frame:
            self._end(column, frame.padding)

    def _written(self, content: WrittenContent, column: _Column) -> RowSteps:
        labels = self._export.labels
        match content.kind:
            case ContentKind.REASONING:
                self._space = self._length("s")
                column = self._barred(column)
                head = self._look("reasoning", "textSecondary", strong=True)
                self._head_line(reasoning_head(content, labels), head, column)
                yield from self._blocks(content.blocks, column, "textSecondary", "reasoning")
                self._space = self._length("l")
            case ContentKind.SOURCES:
                self._space = self._length("l")
                self._head_line(labels.sources, self._look("reading", "text", strong=True), column)
                yield from self._blocks(content.blocks, column, "text", "document")
            case ContentKind.TEXT:
                yield from self._blocks(content.blocks, column, "text")

    def _attached(self, content: AttachedContent, column: _Column) -> RowSteps:
        is_shown = content.picture is not None and (yield from self._picture(content.picture.data, column))
        if not is_shown and content.part.name:
            self._text((Span(content.part.name, Style.CODE),), self._look("reading", "text"), column)
        self._space = self._length("m")

    # Blocks

    def _blocks(self, blocks: Iterable[Block], column: _Column, color: str, role: str = "reading") -> RowSteps:
        self._texts += 1
        bars: dict[Container, Frame] = {}
        before: tuple[Container, ...] = ()
        for number, block in enumerate(joined(blocks)):
            if is_empty_summary(block):
                continue
            if number:
                self._space = self._length("xs") if are_tight(before, block.containers) else self._gap(block)
            at_right = _begins_at_right(block)
            inside, marker = self._contained(block, column, bars, before, at_right=at_right)
            is_quiet = any(isinstance(each, Quote) for each in block.containers)
            look = self._look(role, "textSecondary" if is_quiet else color)
            self._marker = _Marker(marker, look, inside, at_right) if marker else None
            yield from self._block(block, inside, look)
            yield from self._ready_rows()
            before = block.containers

    def _gap(self, block: Block) -> float:
        return self._length("xl" if isinstance(block, Heading) else "m")

    def _contained(
        self,
        block: Block,
        column: _Column,
        bars: dict[Container, Frame],
        before: tuple[Container, ...],
        *,
        at_right: bool,
    ) -> tuple[_Column, str]:
        """Return the column of a block inside its containers, and the mark of the list item or footnote that it begins.

        `at_right` says whether its text begins at the right, and so its containers do.
        """
        marker = ""
        for container in block.containers:
            match container:
                case Quote() | Alert() | Details():
                    if container not in bars:
                        color = alert_style(container.kind).color if isinstance(container, Alert) else "borderDefault"
                        bars[container] = self._bar(column, color, at_right=at_right)
                    column = column.indented(self._length("l"), bars[container], at_right=at_right)
                    if isinstance(container, Alert) and container not in before:
                        look = self._look("reading", alert_style(container.kind).color, strong=True)
                        self._head_line(self._export.labels.alert_title(container.kind), look, column)
                case ListItem():
                    column = column.indented(self._length("xxl"), at_right=at_right)
                    if container not in before:
                        box = {None: "", False: "☐", True: "☑"}[container.checked]
                        marker = box or ("•" if container.number is None else f"{container.number}.")
                case Footnote():
                    column = column.indented(self._length("xxl"), at_right=at_right)
                    if container not in before:
                        marker = f"{container.number or container.label}."
                        self._names.append(note_name(self._note_prefix, container.label))
                case Description():
                    column = column.indented(self._length("xl"), at_right=at_right)
                case Term() | Summary():
                    pass
        return column, marker

    def _block(self, block: Block, column: _Column, look: TextLook) -> RowSteps:
        match block:
            case Paragraph():
                is_strong = is_summary(block) or any(isinstance(each, Term) for each in block.containers)
                yield from self._paragraph(
                    block.spans, replace(look, font=_strong(look)) if is_strong else look, column
                )
            case Heading():
                self._marks.append(Mark(spans_text(block.spans)[:_MAX_MARK], 1 + block.level))
                heading = self._look(f"heading{min(block.level, 3)}", "text", strong=True)
                self._text(block.spans, heading, column, keeps_next=True)
            case Code():
                yield from self._code(block, column)
            case Table():
                yield from self._table(block, column)
            case Rule():
                color = self._theme.color("borderDefault")
                area = QRectF(column.left, 0, column.width, HAIRLINE)
                self._add(Row(HAIRLINE, lambda painter: painter.fillRect(area, color), frames=column.frames))
            case Formula():
                self._formula(block, column, look)

    def _paragraph(self, spans: Sequence[Span], look: TextLook, column: _Column) -> RowSteps:
        """Add running text; pictures in it are put below each other, between the texts."""
        for is_picture, group in groupby(spans, lambda span: span.image.startswith("data:image/")):
            part = tuple(group)
            if not is_picture:
                if "".join(span.text for span in part).strip() or not spans:
                    yield from self._long_text(part, look, column)
                    self._space = self._length("xs")
                continue
            for span in part:
                if not (yield from self._picture(data_bytes(span.image), column)):
                    self._text((replace(span, image=""),), look, column)
                self._space = self._length("s")

    def _text(self, spans: Sequence[Span], look: TextLook, column: _Column, *, keeps_next: bool = False) -> None:
        self._lines(self._flow(spans, look).lines(column.width), column, keeps_next=keeps_next)

    def _head_line(self, text: str, look: TextLook, column: _Column) -> None:
        """Add what stands close above other rows, and on the same page."""
        self._text((Span(text),), look, column, keeps_next=True)
        self._space = self._length("xs")

    def _long_text(self, spans: Sequence[Span], look: TextLook, column: _Column) -> RowSteps:
        """Add a text that may have any length."""
        lines: list[TextLine] = []
        for part in self._flow(spans, look).parts(column.width):
            lines += part
            yield None
        self._lines(lines, column, keeps_next=len(lines) <= _LEAD_IN_LINES and _is_lead_in(spans))

    def _flow(self, spans: Sequence[Span], look: TextLook) -> Flow:
        return flow_of_spans(spans, look, self._theme, self.formulas, self._note_prefix)

    @property
    def _note_prefix(self) -> str:
        """What begins the names of the footnotes of the current text."""
        return f"#{self._texts}"

    def _lines(self, lines: Sequence[TextLine], column: _Column, *, keeps_next: bool = False) -> None:
        """Add lines; the first two and the last two stay together."""
        count = len(lines)
        for number, line in enumerate(lines):
            stays = keeps_next or (number == 0 and count > 1) or number == count - 2
            links = tuple(Link(each.area.translated(column.left, 0), each.target) for each in line.links)
            paint = _moved(line.paint, column.left)
            self._add(Row(line.height, paint, keeps_next=stays, frames=column.frames, links=links))

    def _code(self, block: Code, column: _Column) -> RowSteps:
        frame = Frame(
            column.left,
            column.width,
            self._theme.color("sunken"),
            self._theme.color("borderSubtle"),
            self._theme.length("radius.control"),
            self._length("s"),
        )
        inside = column.inside(self._length("m"), self._length("m"), frame)
        look = self._look("code", "codeText")
        look = replace(look, line=look.line * 0.9)
        self._pad(inside, frame.padding)
        made = yield lambda: LineHighlighter(block.language)  # the first one loads a large library
        highlighter = cast("LineHighlighter", made)
        for line in block.text.removesuffix("\n").split("\n"):
            for part in flow_of_code(highlighter.add(line), look, self._theme).parts(inside.width):
                self._lines(part, inside)
                yield None
            yield from self._ready_rows()
        self._end(inside, frame.padding)

    def _formula(self, block: Formula, column: _Column, look: TextLook) -> None:
        formula = self.formulas.find(FormulaKey(block.macros + block.latex, displayed=True))
        if formula is None:
            self._text((Span(block.source, Style.CODE),), look, column)
            return
        size = look.font.pixelSize() * _DISPLAYED_SIZE
        picture = FormulaPicture(formula, size)
        tag = FormulaPicture(formula.tag, size) if formula.tag else None
        available = column.width - (2 * (tag.width + size) if tag else 0)
        if picture.width > available:
            picture = picture.resized(available / picture.width)
        above, below = (max(getattr(each, name) for each in (picture, tag) if each) for name in ("height", "depth"))

        left = column.left + (column.width - picture.width) / 2
        paint_box = self.formulas.new_box(block.source).painting(picture.width, look.font)

        def paint(painter: QPainter) -> None:
            painter.translate(left, above)
            paint_box(painter)
            painter.translate(-left, -above)
            picture.paint(painter, left, above, look.color, look.font)
            if tag:
                tag.paint(painter, column.left + column.width - tag.width, above, look.color, look.font)

        self._add(Row(above + below, paint, frames=column.frames))

    def _table(self, block: Table, column: _Column) -> RowSteps:
        looks = self._look("table", "text", strong=True), self._look("table", "text")
        for row in table_rows(block, looks, column.left, column.width, column.frames, self._theme, self._flow):
            if row:
                self._add(row)
            self._report(self._share)
            yield from self._ready_rows()
            yield None

    def _picture(self, data: bytes, column: _Column) -> Generator[Row | Work | None, object, bool]:
        """Add a picture; return False if it cannot be decoded."""
        size = cast("QSize | None", (yield lambda: picture_size(data)))
        if size is None:
            return False
        shown = size.scaled(_MAX_SIDE, _MAX_SIDE, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)
        image = yield lambda: decode(data, shown)
        if not isinstance(image, QImage):
            return False
        height = self._page.text_height * _MAX_PICTURE
        factor = min(_PIXEL, column.width / size.width(), height / size.height())
        area = QRectF(column.left, 0, size.width() * factor, size.height() * factor)
        self._add(Row(area.height(), partial(_draw, image=image, area=area), frames=column.frames))
        return True

    # Rows

    def _add(self, row: Row) -> None:
        """Add a row below the current space, with the waiting entries of the outline and the waiting mark of a list item."""
        paint = row.paint
        if self._marker:
            paint, self._marker = self._beside(paint, self._marker), None
        marks, names = tuple(self._marks), tuple(self._names)
        self._rows.append(
            replace(row, paint=paint, space=self._space, marks=marks, names=names, begins_page=self._begins_page)
        )
        self._space, self._begins_page = 0.0, False
        self._marks.clear()
        self._names.clear()

    def _pad(self, column: _Column, height: float) -> None:
        self._add(Row(height, keeps_next=True, frames=column.frames, is_padding=True))

    def _end(self, column: _Column, height: float) -> None:
        """Add the lower padding of a frame, on the page of the last row."""
        self._rows[-1] = replace(self._rows[-1], keeps_next=True)
        self._space = 0
        self._add(Row(height, frames=column.frames, is_padding=True))

    def _beside(self, paint_row: Paint | None, marker: _Marker) -> Paint:
        """Return a row's painting with the mark of its list item beside it."""
        line = flow_of_spans((Span(marker.text),), marker.look, self._theme, self.formulas).lines(1 << 20)[0]
        column, space = marker.column, self._length("s")
        left = column.left + column.width + space if marker.at_right else column.left - line.width - space
        paint_marker = _moved(line.paint, left)

        def paint(painter: QPainter) -> None:
            paint_marker(painter)
            if paint_row:
                paint_row(painter)

        return paint

    def _bar(self, column: _Column, color: str = "borderDefault", *, at_right: bool = False) -> Frame:
        width = self._length("xs") * 0.75
        left = column.left + column.width - width if at_right else column.left
        return Frame(left, width, self._theme.color(color))

    def _barred(self, column: _Column) -> _Column:
        return column.inside(self._length("l"), frame=self._bar(column))

    def _look(self, role: str, color: str, *, strong: bool | None = None) -> TextLook:
        return TextLook(self._theme.font(role, strong=strong), self._theme.color(color), float(self._theme.line(role)))

    def _length(self, name: str) -> float:
        return float(self._theme.length(name))


def _begins_at_right(block: Block) -> bool:
    """Return whether the text of a block begins at the right. Code and formulas begin at the left."""
    match block:
        case Paragraph() | Heading():
            return runs_from_the_right(spans_text(block.spans))
        case Table():
            return table_begins_at_right(block)
        case _:
            return False


def _is_lead_in(spans: Sequence[Span]) -> bool:
    """Return whether a text announces what follows it."""
    return bool(spans) and spans_text(spans[-2:]).rstrip().endswith((":", "："))


def _moved(paint: Paint, left: float) -> Paint:
    def moved(painter: QPainter) -> None:
        painter.translate(left, 0)
        paint(painter)
        painter.translate(-left, 0)

    return moved


def _draw(painter: QPainter, image: QImage, area: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(area, image)


def _strong(look: TextLook) -> QFont:
    font = QFont(look.font)
    font.setWeight(QFont.Weight.DemiBold)
    return font
