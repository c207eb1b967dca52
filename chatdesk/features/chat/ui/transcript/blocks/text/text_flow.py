"""Running text in lines: broken by QTextLayout, positioned and painted here. A paragraph, a heading or a table cell.

All lines have the same height unless a formula or picture needs more. The height comes from the theme and not from
the fonts, because Chinese fonts have larger ascents than Latin ones. Offsets are UTF-16 positions (see `utf16.py`) in
the text returned by `block_text.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption

from chatdesk.features.chat.ui.transcript.blocks.block_text import appended_text, common_length, span_text
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import (
    FormulaPictures,
    inline_key,
    inline_keys,
)
from chatdesk.features.chat.ui.transcript.blocks.pictures.inline_pictures import InlineBoxes, InlineCitation, InlineKey
from chatdesk.features.chat.ui.transcript.blocks.text.flow_lines import (
    Line,
    TextSegment,
    cursor_x,
    formats_of,
    layout_text,
    lines_in,
    segments_of,
    x_ranges,
)
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import (
    Run,
    TextStyle,
    background_padding,
    format_ranges,
    has_background,
    is_highlighted,
    picture_icon_width,
    runs_of,
    shown_text,
)
from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import (
    JOINER,
    MAX_RUN_LENGTH,
    is_mixed,
    runs_from_the_right,
)
from chatdesk.features.chat.ui.transcript.citations import CitationDisplay
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource, NoFormulas
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

UNLIMITED = 1 << 24
"""A width at which no line breaks."""

_FORMULA_MARGIN = 2
"""Pixels kept free above and below a tall formula."""


@dataclass(frozen=True, slots=True)
class Link:
    """The target and text of a link as they are in the message, not validated."""

    target: str
    text: str


class TextFlow:
    """Spans in a style. `lay_out` breaks the lines and must be called before all else."""

    def __init__(
        self,
        spans: Sequence[Span],
        style: TextStyle,
        theme: Theme,
        formulas: FormulaSource | None = None,
        pictures: PictureStore | None = None,
        citations: CitationDisplay | None = None,
    ) -> None:
        self.height = 0
        self.spans = tuple(spans)
        self._theme = theme
        self._color = theme.color(style.color)
        self._line = theme.line(style.role)
        self.width = 0
        self._style = style
        font = self._font = theme.font(style.role, strong=style.strong)
        self._formulas = FormulaPictures(formulas or NoFormulas(), inline_keys(self.spans), font.pixelSize())
        self._boxes = InlineBoxes(self._formulas, pictures, self.spans, (theme, style.role), citations)
        text = "".join(shown_text(span, self._boxes) for span in self.spans)
        metrics = QFontMetricsF(font)
        self._baseline = round((self._line - metrics.height()) / 2 + metrics.ascent())
        self._from_right = runs_from_the_right(text)
        self._runs = runs_of(self.spans)
        self._backgrounds = [run for run in self._runs if has_background(run.span, self._boxes)]
        self._box_runs = [run for run in self._runs if self._boxes.of(run.span)]
        self._segments = list(segments_of(text, font, self._ranges()))

    @property
    def outdated(self) -> bool:
        """Whether missing formulas have arrived, or another citation is open."""
        return self._formulas.outdated or self._boxes.outdated

    @property
    def from_right(self) -> bool:
        """Whether the paragraph direction is right to left."""
        return self._from_right

    @property
    def length(self) -> int:
        """The last offset."""
        return self._runs[-1].end if self._runs else 0

    @property
    def natural_width(self) -> float:
        """The width of the widest line."""
        lines = (segment.layout.lineAt(n) for segment in self._segments for n in range(segment.layout.lineCount()))
        return max((line.naturalTextWidth() for line in lines), default=0.0)

    @property
    def last_line_end(self) -> QPointF:
        """The top of the caret for the next character."""
        segment = self._segments[-1]
        last = segment.layout.lineAt(segment.layout.lineCount() - 1)
        end = last.naturalTextRect()
        line = segment.lines[-1]
        return QPointF(end.left() if self._from_right else end.right(), line.top + line.baseline - self._baseline)

    def lay_out(self, width: int, alignment: Qt.AlignmentFlag | None = None) -> None:
        """Break the lines for a width in pixels. Without an alignment, lines are aligned to the leading side."""
        self.width = width
        self._fit_boxes(width)
        option = self._option(alignment)
        for segment in self._segments:
            segment.layout.setTextOption(option)
        self._break_lines()

    def extend(self, spans: Sequence[Span]) -> int | None:
        """Extend plain text at the end by plain text; return None, with nothing changed, for any other difference.

        Return the y from which it has changed. It must have been laid out, and is laid out again: determining all
        formats again would take several times as long.
        """
        added = appended_text(self.spans, spans)
        segment = self._segments[-1]
        length = self.length + utf16.units(added)
        if not added or len(self._segments) > 1 or length > MAX_RUN_LENGTH or segment.mixed or is_mixed(added):
            return None
        if JOINER in added or utf16.begins_with_tags(added):
            return None  # it may be split differently or combine to a flag
        y = self.line_rect(max(0, self.length - 1)).top()  # as in `first_difference`
        self.spans = tuple(spans)
        self._runs = (*self._runs[:-1], Run(self._runs[-1].start, length, spans[-1]))
        segment.layout.setText(segment.layout.text() + layout_text(added))
        self._break_lines()
        return y

    def paint(self, painter: QPainter, clip: QRect, selected: tuple[int, int] | None = None) -> None:
        """Paint what is in `clip`, with the painter's origin at the top left corner of the text."""
        for segment in self._segments:
            if segment.top > clip.bottom() or segment.bottom < clip.top():
                continue
            for placed, line in lines_in(segment, clip) if self._backgrounds or selected else ():
                if self._backgrounds:
                    self._paint_backgrounds(painter, segment, line, placed)
                if selected:
                    self._paint_selection(painter, segment, line, placed, self._with_whole_boxes(selected))
            painter.setPen(self._color)
            segment.layout.draw(painter, QPointF(0, segment.top), [], QRectF(clip))
            if self._box_runs:
                for placed, line in lines_in(segment, clip):
                    self._paint_boxes(painter, segment, line, placed)

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset nearest to a point."""
        segment, number = self._line_near(y)
        return segment.start + segment.layout.lineAt(number).xToCursor(x)

    def line_rect(self, offset: int) -> QRect:
        """Return the rectangle of the line that contains an offset."""
        segment = self._segment_of(offset)
        line = segment.layout.lineForTextPosition(min(offset - segment.start, utf16.units(segment.layout.text())))
        number = line.lineNumber() if line.isValid() else 0
        placed = segment.lines[number] if number < len(segment.lines) else Line(segment.top, self._line, self._baseline)
        return QRect(0, placed.top, self.width, placed.height)

    def line_starts(self) -> list[int]:
        """Return the start offsets of the lines."""
        return [
            segment.start + segment.layout.lineAt(number).textStart()
            for segment in self._segments
            for number in range(segment.layout.lineCount())
        ]

    def offsets_between(self, top: int, bottom: int) -> tuple[int, int]:
        """See `MarkableText`."""
        (first, begin), (last, end) = self._line_near(top), self._line_near(bottom)
        line = last.layout.lineAt(end)
        return first.start + first.layout.lineAt(begin).textStart(), last.start + line.textStart() + line.textLength()

    def rects_of(self, start: int, end: int) -> Iterator[QRectF]:
        """See `MarkableText`."""
        start, end = self._with_whole_boxes((start, end))
        for segment in self._segments:
            if segment.start >= end:
                break
            first = segment.layout.lineForTextPosition(max(0, start - segment.start))
            number = first.lineNumber() if first.isValid() else segment.layout.lineCount()
            while number < segment.layout.lineCount():
                line = segment.layout.lineAt(number)
                if segment.start + line.textStart() >= end:
                    break
                placed = segment.lines[number]
                y = placed.top + placed.baseline - self._baseline
                for left, right in x_ranges(segment, line, start, end):
                    yield QRectF(left, y, right - left, self._line)
                number += 1

    def cursor_rect(self, offset: int) -> QRect:
        """Return the rectangle of the text cursor at an offset, one pixel wide."""
        rect = self.line_rect(offset)
        segment = self._segment_of(offset)
        line = segment.layout.lineForTextPosition(min(offset - segment.start, utf16.units(segment.layout.text())))
        x = cursor_x(line, offset - segment.start) if line.isValid() else 0
        return QRect(round(x), rect.top(), 1, rect.height())

    def link_at(self, x: float, y: float) -> Link | None:
        """Return the link at a point."""
        if not 0 <= y < self.height:
            return None
        segment, number = self._line_near(y)
        line = segment.layout.lineAt(number)
        for number, run in enumerate(self._runs):
            if run.span.link and any(left <= x <= right for left, right in x_ranges(segment, line, run.start, run.end)):
                return self._link_of(number)
        return None

    def tooltip_at(self, x: float, y: float) -> str:
        """Return why the formula at a point cannot be typeset, or what the citation refers to."""
        if not 0 <= y < self.height:
            return ""
        segment, number = self._line_near(y)
        line = segment.layout.lineAt(number)
        for run in self._runs:
            span = run.span
            reason = span.title if span.citation else self._formulas.reason(inline_key(span)) if span.formula else ""
            if reason and any(left <= x <= right for left, right in x_ranges(segment, line, run.start, run.end)):
                return reason
        return ""

    def links(self) -> tuple[Link, ...]:
        """Return the links in order, each once."""
        groups = groupby(self.spans, key=lambda span: span.link)
        return tuple(dict.fromkeys(Link(target, "".join(map(span_text, spans))) for target, spans in groups if target))

    def pictures(self, within: tuple[int, int] | None = None) -> Iterator[tuple[Span, int, QRect]]:
        """Yield the pictures outside links with their index among all pictures and their rectangle.

        With `within`, only those between two y values: there may be thousands.
        """
        number = 0
        first, last = self.offsets_between(*within) if within else (0, self.length)
        for run in self._runs:
            if run.span.image and not run.span.link and first <= run.start <= last:
                segment, rect = self._segment_of(run.start), self.line_rect(run.start)
                line = segment.layout.lineForTextPosition(run.start - segment.start)
                for left, right in x_ranges(segment, line, run.start, run.end)[:1]:
                    top, height = rect.top(), rect.height()
                    if box := self._boxes.of(run.span):
                        baseline = segment.lines[line.lineNumber()].baseline
                        top, height = top + round(baseline - box.height), round(box.height + box.depth)
                    yield run.span, number, QRect(int(left), top, ceil(right - left), height)
            number += bool(run.span.image)

    def first_difference(self, newer: "TextFlow") -> int:
        """Return the y from which a newer version, laid out at the same width, differs."""
        offset = 0
        for mine, theirs in zip(self.spans, newer.spans, strict=False):
            if mine == theirs:
                offset += utf16.units(span_text(mine))
                continue
            if (mine.style, mine.link, mine.image) == (theirs.style, theirs.link, theirs.image):
                offset += common_length(span_text(mine), span_text(theirs))
            break
        # A new character can move the one before it to the next line or change its shape.
        return self.line_rect(max(0, offset - 1)).top()

    def _break_lines(self) -> None:
        self.height = 0
        for segment in self._segments:
            segment.top = self.height
            segment.lines.clear()
            segment.layout.beginLayout()
            while (line := segment.layout.createLine()).isValid():
                line.setLineWidth(self.width)
                placed = self._line_position(segment, line)
                line.setPosition(QPointF(0, placed.top - segment.top + placed.baseline - line.ascent()))
                segment.lines.append(placed)
                self.height += placed.height
            segment.layout.endLayout()

    def _option(self, alignment: Qt.AlignmentFlag | None) -> QTextOption:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self._from_right else Qt.LayoutDirection.LeftToRight)
        leading = Qt.AlignmentFlag.AlignRight if self._from_right else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(alignment if alignment is not None else leading)
        return option

    def _ranges(self) -> list[QTextLayout.FormatRange]:
        icon = picture_icon_width(self._theme)
        return format_ranges(self._runs, self._theme, self._style, icon, self._boxes)

    def _fit_boxes(self, width: int) -> None:
        """Reduce formulas and pictures that are wider than a line."""
        if self._boxes.fit(width):
            ranges = self._ranges()
            for segment in self._segments:
                segment.layout.setFormats(formats_of(ranges, segment.start, utf16.units(segment.layout.text())))

    def _line_position(self, segment: TextSegment, line: QTextLine) -> Line:
        """Return the position of a line: below the previous ones, as high as its tallest formula or picture requires."""
        if not self._box_runs:
            return Line(self.height, self._line, self._baseline)
        above, below = self._baseline, self._line - self._baseline
        for run in self._boxes_in(segment, line):
            picture = self._boxes.of(run.span)
            if picture and not isinstance(picture, InlineKey | InlineCitation):  # these are no higher than a line
                above = max(above, ceil(picture.height) + _FORMULA_MARGIN)
                below = max(below, ceil(picture.depth) + _FORMULA_MARGIN)
        return Line(self.height, above + below, above)

    def _boxes_in(self, segment: TextSegment, line: QTextLine) -> Iterator[Run]:
        """Yield the formulas and pictures that begin on a line."""
        start = segment.start + line.textStart()
        first = bisect_left(self._box_runs, start, key=lambda run: run.start)
        for run in self._box_runs[first:]:
            if run.start >= start + line.textLength():
                break
            yield run

    def _paint_boxes(self, painter: QPainter, segment: TextSegment, line: QTextLine, placed: Line) -> None:
        for run in self._boxes_in(segment, line):
            picture = self._boxes.of(run.span)
            color = self._theme.color("accentText") if run.span.link else self._color
            for left, _ in x_ranges(segment, line, run.start, run.start + 1)[:1]:
                if picture:
                    picture.paint(painter, left, placed.top + placed.baseline, color, self._font)

    def _with_whole_boxes(self, selected: tuple[int, int]) -> tuple[int, int]:
        """Extend a range to complete formulas, pictures and keys, which cannot be selected or marked partly."""
        start, end = selected
        for run in self._box_runs:
            if run.start < end and start < run.end:
                start, end = min(start, run.start), max(end, run.end)
        return start, end

    def _paint_backgrounds(self, painter: QPainter, segment: TextSegment, line: QTextLine, placed: Line) -> None:
        """Paint the backgrounds of inline code, pictures and highlighted text, slightly wider than the text."""
        theme = self._theme
        spare, padding = theme.length("hair"), background_padding(theme)
        line_end = segment.start + line.textStart() + line.textLength()
        first = bisect_right(self._backgrounds, segment.start + line.textStart(), key=lambda run: run.end)
        for run in self._backgrounds[first:]:
            if run.start >= line_end:
                break
            for left, right in x_ranges(segment, line, run.start, run.end):
                # The space after the text already belongs to it, and a picture's icon includes the space before it.
                has_icon = run.span.image and run.start >= segment.start + line.textStart()
                y = placed.top + placed.baseline - self._baseline + spare
                if is_highlighted(run.span):
                    rect = QRectF(left - spare / 2, y, right - left + spare, self._line - 2 * spare)
                    painter.fillRect(rect, theme.color("findHit"))
                    continue
                begin = left if has_icon else left - padding
                rect = QRectF(begin, y, right - begin, self._line - 2 * spare)
                border = theme.color("borderControl") if theme.scheme.high_contrast else None
                draw_box(painter, rect, theme.length("radius.tag"), theme.color("bubble"), border)
            if run.span.image:
                self._paint_icon(painter, segment, line, run, placed.top + placed.baseline - self._baseline)

    def _paint_icon(self, painter: QPainter, segment: TextSegment, line: QTextLine, run: Run, y: int) -> None:
        size = self._theme.length("icon.small")
        for left, _ in x_ranges(segment, line, run.start, run.start + 1):
            icon_rect = QRectF(left + background_padding(self._theme), y, size, self._line)
            draw_icon(painter, self._theme, "image", self._theme.color("textSecondary"), icon_rect, size)

    def _paint_selection(
        self, painter: QPainter, segment: TextSegment, line: QTextLine, placed: Line, selected: tuple[int, int]
    ) -> None:
        for left, right in x_ranges(segment, line, *selected):
            area = QRectF(left, placed.top, right - left, placed.height)
            painter.fillRect(area, self._theme.color("selection"))

    def _line_near(self, y: float) -> tuple[TextSegment, int]:
        segment = next((segment for segment in reversed(self._segments) if segment.top <= y), self._segments[0])
        number = bisect_right(segment.lines, y, key=lambda line: line.top) - 1
        return segment, max(0, min(number, segment.layout.lineCount() - 1))

    def _segment_of(self, offset: int) -> TextSegment:
        return next((segment for segment in reversed(self._segments) if segment.start <= offset), self._segments[0])

    def _link_of(self, number: int) -> Link:
        """Return a link with the text of all adjacent spans with the same target: part of it may be bold."""
        target = self._runs[number].span.link
        first = last = number
        while first and self._runs[first - 1].span.link == target:
            first -= 1
        while last + 1 < len(self._runs) and self._runs[last + 1].span.link == target:
            last += 1
        return Link(target, "".join(span_text(run.span) for run in self._runs[first : last + 1]))
