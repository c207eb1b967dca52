"""The layout of paragraphs and headings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.block_text import pictures_alone, span_text
from chatdesk.features.chat.ui.transcript.blocks.find_marks import paint_marks
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_layout import picture_control
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link, TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import is_mixed
from chatdesk.features.chat.ui.transcript.citations import CitationDisplay
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource, NoFormulas
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Footnote, Heading, Paragraph, Quote, Span, Summary, Term
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

# Qt lays out a paragraph as a whole. A long growing paragraph is therefore cut between two lines into sections, each
# a `TextFlow`, of which only the last one is laid out again. Cut at the start of a line, it looks the same as a
# single flow. Text with right-to-left content is never cut, because each line depends on all before it.

_MAX_SECTION_LENGTH = 2_400
"""The length from which the last section is cut."""
_MIN_REST_LENGTH = 800
"""The length kept in the last section: unclosed markup rarely changes text farther back."""


@dataclass(frozen=True, slots=True)
class _Section:
    flow: TextFlow
    start: int
    """The offset of its start in the paragraph."""
    top: int


class GrowingFlow:
    """A `TextFlow` that can grow efficiently. It must be laid out before all else."""

    def __init__(
        self,
        spans: Sequence[Span],
        style: TextStyle,
        theme: Theme,
        formulas: FormulaSource | None = None,
        pictures: PictureStore | None = None,
        citations: CitationDisplay | None = None,
    ) -> None:
        self._style = style
        self._theme = theme
        self._formulas = formulas or NoFormulas()
        self._pictures = pictures
        self._citations = citations
        self._spans = tuple(spans)
        self._finished_spans: tuple[Span, ...] = ()
        """The spans of all sections except the last."""
        self._sections = [_Section(self._new_flow(spans), 0, 0)]
        self._width = 0

    @property
    def outdated(self) -> bool:
        """Whether missing formulas have arrived."""
        return any(section.flow.outdated for section in self._sections)

    @property
    def from_right(self) -> bool:
        """Whether the paragraph direction is right to left."""
        return self._sections[0].flow.from_right

    @property
    def height(self) -> int:
        """The height of all lines."""
        last = self._sections[-1]
        return last.top + last.flow.height

    @property
    def natural_width(self) -> float:
        """The width of the widest line."""
        return max(section.flow.natural_width for section in self._sections)

    @property
    def last_line_end(self) -> QPointF:
        """The top of the caret for the next character."""
        last = self._sections[-1]
        return last.flow.last_line_end + QPointF(0, last.top)

    def lay_out(self, width: int) -> None:
        """Break the lines for a width in pixels."""
        if len(self._sections) > 1:
            self._restart(self._spans)
        self._width = width
        self._sections[0].flow.lay_out(width)

    def grow(self, spans: Sequence[Span]) -> int | None:
        """Change to a newer version. Return the y from which it has changed; None if all of it has."""
        self._spans = tuple(spans)
        self._cut()
        rest = _without(self._finished_spans, self._spans)
        if rest is None or (self._finished_spans and is_mixed("".join(map(span_text, rest)))):
            self._restart(self._spans)
            self._sections[0].flow.lay_out(self._width)
            return 0
        last = self._sections[-1]
        extended = last.flow.extend(rest)
        if extended is not None:
            return last.top + extended
        flow = self._new_flow(rest)
        if flow.from_right != last.flow.from_right:
            return None
        flow.lay_out(self._width)
        y = last.top + last.flow.first_difference(flow)
        self._sections[-1] = _Section(flow, last.start, last.top)
        return y

    def paint(self, painter: QPainter, clip: QRect, selected: tuple[int, int] | None = None) -> None:
        """Paint what is in `clip`, with the painter's origin at the top left corner of the text."""
        for section in self._sections:
            if section.top > clip.bottom() or section.top + section.flow.height < clip.top():
                continue
            painter.translate(0, section.top)
            inside = (selected[0] - section.start, selected[1] - section.start) if selected else None
            section.flow.paint(painter, clip.translated(0, -section.top), inside)
            painter.translate(0, -section.top)

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset nearest to a point."""
        section = self._section_at(y)
        return section.start + section.flow.offset_at(x, y - section.top)

    def line_rect(self, offset: int) -> QRect:
        """Return the rectangle of the line that contains an offset."""
        section = self._section_of(offset)
        return section.flow.line_rect(offset - section.start).translated(0, section.top)

    def offsets_between(self, top: int, bottom: int) -> tuple[int, int]:
        """See `MarkableText`."""
        first, last = self._section_at(top), self._section_at(bottom)
        begin, _ = first.flow.offsets_between(top - first.top, top - first.top)
        _, end = last.flow.offsets_between(bottom - last.top, bottom - last.top)
        return first.start + begin, last.start + end

    def rects_of(self, start: int, end: int) -> Iterator[QRectF]:
        """See `MarkableText`."""
        for section in self._sections:
            if section.start < end and start < section.start + section.flow.length:
                for rect in section.flow.rects_of(max(0, start - section.start), end - section.start):
                    yield rect.translated(0, section.top)

    def cursor_rect(self, offset: int) -> QRect:
        """Return the rectangle of the text cursor at an offset, one pixel wide."""
        section = self._section_of(offset)
        return section.flow.cursor_rect(offset - section.start).translated(0, section.top)

    def link_at(self, x: float, y: float) -> Link | None:
        """Return the link at a point."""
        section = self._section_at(y)
        return section.flow.link_at(x, y - section.top)

    def tooltip_at(self, x: float, y: float) -> str:
        """See `TextFlow`."""
        section = self._section_at(y)
        return section.flow.tooltip_at(x, y - section.top)

    def links(self) -> tuple[Link, ...]:
        """Return the links in order, each once."""
        return tuple(dict.fromkeys(link for section in self._sections for link in section.flow.links()))

    def pictures(self, within: tuple[int, int]) -> Iterator[tuple[Span, int, QRect]]:
        """See `TextFlow`."""
        before = 0
        for section in self._sections:
            if within[0] <= section.top + section.flow.height and section.top <= within[1]:
                for span, number, rect in section.flow.pictures((within[0] - section.top, within[1] - section.top)):
                    yield span, before + number, rect.translated(0, section.top)
            before += sum(bool(span.image) for span in section.flow.spans)

    def _section_at(self, y: float) -> _Section:
        return next((section for section in reversed(self._sections) if section.top <= y), self._sections[0])

    def _section_of(self, offset: int) -> _Section:
        return next((section for section in reversed(self._sections) if section.start <= offset), self._sections[0])

    def _new_flow(self, spans: Sequence[Span]) -> TextFlow:
        return TextFlow(spans, self._style, self._theme, self._formulas, self._pictures, self._citations)

    def _restart(self, spans: Sequence[Span]) -> None:
        self._finished_spans = ()
        self._sections = [_Section(self._new_flow(spans), 0, 0)]

    def _cut(self) -> None:
        """Cut the last section if it has become long and a line starts inside plain text.

        This lays it out once more, so it is done only when the text grows: a text that arrived at once may be
        complete.
        """
        last = self._sections[-1]
        rest = last.flow.spans
        if last.flow.length < _MAX_SECTION_LENGTH or is_mixed("".join(map(span_text, rest))):
            return
        at = _offset_to_cut(rest, last.flow.line_starts())
        if at is None:
            return
        head, tail = _split(rest, at)
        first, second = map(self._new_flow, (head, tail))
        first.lay_out(self._width)
        second.lay_out(self._width)
        if first.height + second.height != last.flow.height:
            return  # Qt would break these lines differently
        self._finished_spans = _joined(self._finished_spans, head)
        self._sections[-1:] = [
            _Section(first, last.start, last.top),
            _Section(second, last.start + at, last.top + first.height),
        ]


def _offset_to_cut(spans: Sequence[Span], line_starts: Sequence[int]) -> int | None:
    """Return the last line start that is followed by enough text and lies inside a plain span."""
    length = sum(utf16.units(span_text(span)) for span in spans)
    starts = [start for start in line_starts if 0 < start <= length - _MIN_REST_LENGTH]
    end = length
    for span in reversed(spans):
        begin = end - utf16.units(span_text(span))
        if span == Span(span.text):
            found = [start for start in starts if begin < start < end]
            if found:
                return found[-1]
        end = begin
    return None


def _split(spans: Sequence[Span], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Split spans at an offset inside a plain one."""
    begin = 0
    for index, span in enumerate(spans):
        end = begin + utf16.units(span_text(span))
        if at < end:
            before, after = utf16.cut(span.text, 0, at - begin), utf16.cut(span.text, at - begin)
            return (*spans[:index], replace(span, text=before)), (replace(span, text=after), *spans[index + 1 :])
        begin = end
    raise ValueError(at)


def _joined(first: tuple[Span, ...], second: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join what `_split` has split, inside a plain span."""
    if not first:
        return second
    return (*first[:-1], replace(first[-1], text=first[-1].text + second[0].text), *second[1:])


def _without(beginning: tuple[Span, ...], spans: tuple[Span, ...]) -> tuple[Span, ...] | None:
    """Return `spans` without a beginning that ends in a plain span; None if they do not start with it."""
    if not beginning:
        return spans
    count = len(beginning) - 1
    if len(spans) <= count or spans[:count] != beginning[:count]:
        return None
    cut, whole = beginning[count], spans[count]
    if whole != Span(whole.text) or not whole.text.startswith(cut.text):
        return None
    rest = whole.text[len(cut.text) :]
    return (replace(whole, text=rest), *spans[count + 1 :]) if rest else spans[count + 1 :]


class TextLayout(BlockLayout):
    """The layout of running text in one style."""

    def __init__(self, block: Paragraph | Heading, page: PageContext, prose: TextStyle) -> None:
        self._block = block
        self._theme = page.theme
        self._prose = prose
        self._width = 0
        sources = page.formulas, page.pictures, page.citations
        self._flow = GrowingFlow(block.spans, text_style(block, prose), page.theme, *sources)

    @property
    def outdated(self) -> bool:
        """See `BlockLayout`."""
        return self._flow.outdated

    @property
    def from_right(self) -> bool:
        """Whether the paragraph direction is right to left."""
        return self._flow.from_right

    @property
    def natural_width(self) -> int:
        """See `BlockLayout`."""
        return ceil(self._flow.natural_width)

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._flow.lay_out(width)
        self.height = self._flow.height

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        if not isinstance(block, Paragraph | Heading) or not self._has_same_style(block) or pictures_alone(block):
            return None
        y = self._flow.grow(block.spans)
        if y is not None:
            self._block, self.height = block, self._flow.height
        return y

    def _has_same_style(self, block: Paragraph | Heading) -> bool:
        before = self._block
        if block.containers == before.containers and isinstance(block, Paragraph) and isinstance(before, Paragraph):
            return True  # nearly always
        return text_style(block, self._prose) == text_style(before, self._prose)

    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        self._flow.paint(painter, context.clip, context.selected)
        paint_marks(painter, self._theme, context.marks, context.clip, self._flow)

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        return self._flow.offset_at(x, y)

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._flow.line_rect(offset)

    def cursor_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._flow.cursor_rect(offset)

    def end_of_text(self) -> QPointF | None:
        """See `BlockLayout`."""
        return self._flow.last_line_end

    def rects_of(self, start: int, end: int) -> Iterator[QRectF]:
        """See `BlockLayout`."""
        return self._flow.rects_of(start, end)

    def link_at(self, x: float, y: float) -> Link | None:
        """See `BlockLayout`."""
        return self._flow.link_at(x, y)

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:  # noqa: ARG002
        """See `BlockLayout`. These are the pictures in the text."""
        return [picture_control(span, number, rect) for span, number, rect in self._flow.pictures(within)]

    def shows_picture(self, source: str) -> bool:
        """See `BlockLayout`."""
        return any(span.image == source for span in self._block.spans)

    def tooltip_at(self, x: float, y: float) -> str:
        """See `BlockLayout`."""
        return self._flow.tooltip_at(x, y)

    def links(self) -> tuple[Link, ...]:
        """See `BlockLayout`."""
        return self._flow.links()


def text_style(block: Paragraph | Heading, prose: TextStyle) -> TextStyle:
    """Return the style of a paragraph or heading where paragraphs have the style `prose`."""
    if any(isinstance(container, Footnote) for container in block.containers):
        return TextStyle("ui", "textSecondary", strong=isinstance(block, Heading))
    quoted = any(isinstance(container, Quote) for container in block.containers)
    color = "textSecondary" if quoted else prose.color
    if isinstance(block, Paragraph):
        return TextStyle(prose.role, color, strong=any(isinstance(item, Term | Summary) for item in block.containers))
    if prose.role == "reasoning":
        return TextStyle(prose.role, color, strong=True)
    return TextStyle(f"heading{min(block.level, 3)}", color, strong=True)
