"""Running text on a page: spans as lines, with their formats and formulas."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import batched

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.text.flow_lines import cursor_x, segments_of
from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import runs_from_the_right
from chatdesk.features.conversations.ui.exporting.page_breaking import Link
from chatdesk.features.conversations.ui.exporting.page_formulas import BOX, FormulaBox, PageFormulas
from chatdesk.features.conversations.ui.exporting.page_glyphs import with_visible_boxes
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.code.highlight import Runs
from chatdesk.rendering.export.link_addresses import link_address
from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.footnotes import footnote_key
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

_FORMULA_SIZE = 1.1
"""Size of formulas relative to the text: the letters of the math font are slightly smaller."""
_FITTED = 0.999
"""Part of a line that a formula may fill after it was scaled down: the width of a letter in Qt has fewer digits."""
_ONE_LINE = 1 << 24
"""More than the width of any text."""
_LINES = 50
"""Lines that are laid out in one step."""


@dataclass(frozen=True, slots=True)
class TextLook:
    """Font and colour of a text, and the height of its lines."""

    font: QFont
    color: QColor
    line: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that can be painted at the top left corner of its text."""

    height: float
    width: float
    """Without the space beside it."""
    paint: Callable[[QPainter], None]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Inline:
    """What belongs to a part of a text: a formula at `start`, the background of code, or where a link leads."""

    start: int
    end: int
    formula: FormulaPicture | None = None
    box: FormulaBox | None = None
    """The character below the formula."""
    fill: QColor | None = None
    target: str = ""


class Flow:
    """A text in a look, with formats and what is drawn inside it. Colours are those of white paper."""

    def __init__(
        self, text: str, ranges: list[QTextLayout.FormatRange], look: TextLook, inlines: Sequence[Inline] = ()
    ) -> None:
        fonts = (each.format.font() for each in ranges if each.format.hasProperty(QTextFormat.Property.FontFamilies))
        self._text = text = with_visible_boxes(text, (look.font, *fonts))
        self._ranges = ranges
        self._look = look
        self._inlines = inlines
        self.from_right = runs_from_the_right(text)
        self._segments = list(segments_of(text, look.font, ranges))
        metrics = QFontMetricsF(look.font)
        self._baseline = (look.line - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()

    def lines(self, width: float, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading) -> list[TextLine]:
        """Break the text into lines of a width."""
        return [line for part in self.parts(width, alignment) for line in part]

    def parts(
        self, width: float, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading
    ) -> Iterator[list[TextLine]]:
        """Break the text into lines of a width. Each part is a step of the work; it may have no lines. Wider formulas are scaled down."""
        if any(each.formula and each.formula.width > width for each in self._inlines):
            yield from self._with_formulas_of(width).parts(width, alignment)
            return
        is_leading = alignment == Qt.AlignmentFlag.AlignLeading
        option = self._option(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if is_leading and self.from_right else alignment)
        for segment in self._segments:
            segment.layout.setTextOption(option)
            segment.layout.beginLayout()
            lines: list[QTextLine] = []
            while (line := segment.layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, 0))
                lines.append(line)
                if len(lines) % _LINES == 0:
                    yield []
            segment.layout.endLayout()
            for some in batched(lines, _LINES):
                yield [self._line(line, segment.layout, segment.start) for line in some]

    def widths(self) -> tuple[float, float]:
        """Return the width of the text on one line, as far as it has no breaks, and that of its longest word or formula."""
        natural, least = 0.0, max((each.formula.width for each in self._inlines if each.formula), default=0.0)
        option = self._option(QTextOption.WrapMode.WordWrap)  # otherwise, the minimum width is that of a letter
        for segment in self._segments:
            segment.layout.setTextOption(option)
            segment.layout.beginLayout()
            while (line := segment.layout.createLine()).isValid():
                line.setLineWidth(_ONE_LINE)
                natural = max(natural, line.naturalTextWidth())
            segment.layout.endLayout()
            least = max(least, segment.layout.minimumWidth())
        return natural, least

    def _option(self, mode: QTextOption.WrapMode) -> QTextOption:
        option = QTextOption()
        option.setWrapMode(mode)
        option.setUseDesignMetrics(True)
        option.setTabStopDistance(4 * QFontMetricsF(self._look.font).horizontalAdvance("0"))
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self.from_right else Qt.LayoutDirection.LeftToRight)
        return option

    def _with_formulas_of(self, width: float) -> "Flow":
        """Return the same text with formulas that are not wider than a line."""
        inlines, formats = [], dict[int, QTextCharFormat]()
        for each in self._inlines:
            if each.formula and each.box and each.formula.width > width:
                formula = each.formula.resized(width / each.formula.width * _FITTED)
                formats[each.start] = each.box.format(formula.width)
                inlines.append(replace(each, formula=formula))
            else:
                inlines.append(each)
        ranges = [
            _range(each.start, each.start + each.length, formats.get(each.start, each.format)) for each in self._ranges
        ]
        return Flow(self._text, ranges, self._look, inlines)

    def _line(self, line: QTextLine, layout: QTextLayout, offset: int) -> TextLine:
        begin, end = offset + line.textStart(), offset + line.textStart() + line.textLength()
        inside = [each for each in self._inlines if each.start < end and each.end > begin]
        above = max((each.formula.height for each in inside if each.formula), default=0.0)
        below = max((each.formula.depth for each in inside if each.formula), default=0.0)
        baseline = max(self._baseline, above + _LEADING)
        height = baseline + max(self._look.line - self._baseline, below + _LEADING)

        def paint(painter: QPainter) -> None:
            _ = layout  # the line belongs to it
            for each in inside:
                self._paint_below(painter, each, line, offset, baseline)
            painter.setPen(self._look.color)
            line.draw(painter, QPointF(0, baseline - line.ascent()))
            for each in inside:
                if each.formula and each.start >= begin:
                    left = min(cursor_x(line, each.start - offset), cursor_x(line, each.start - offset + 1))
                    each.formula.paint(painter, left, baseline, self._look.color, self._look.font)

        links = tuple(
            Link(QRectF(box.left(), 0, box.width(), height), each.target)
            for each in inside
            if each.target
            for box in _boxes(each, line, offset)
        )
        return TextLine(height, line.naturalTextWidth(), paint, links)

    def _paint_below(self, painter: QPainter, each: Inline, line: QTextLine, offset: int, baseline: float) -> None:
        if each.fill is None:
            return
        size = self._look.font.pixelSize()
        for box in _boxes(each, line, offset):
            area = QRectF(box.left() - size * 0.12, baseline - size * 0.95, box.width() + size * 0.24, size * 1.25)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(each.fill)
            painter.drawRoundedRect(area, size * 0.2, size * 0.2)


def _boxes(each: Inline, line: QTextLine, offset: int) -> list[QRectF]:
    """Return the boxes of the letters on a line that an inline part has. Where both directions meet, there are several."""
    first = max(each.start - offset, line.textStart())
    last = min(each.end - offset, line.textStart() + line.textLength())
    return [run.boundingRect() for run in line.glyphRuns(first, last - first)]


_LEADING = 30
"""Space above and below a formula that is higher than its line, in units."""


def flow_of_spans(
    spans: Sequence[Span], look: TextLook, theme: Theme, formulas: PageFormulas, note_prefix: str = "#"
) -> Flow:
    """Return running text. `note_prefix` begins the names of its footnotes, as `note_name` makes them."""
    return _SpanReader(look, theme, formulas, note_prefix).read(spans)


def note_name(prefix: str, label: str) -> str:
    """Return the name of a footnote as the target of links."""
    return prefix + footnote_key(label)


def flow_of_code(runs: Runs, look: TextLook, theme: Theme) -> Flow:
    """Return a line of code with its colours."""
    ranges: list[QTextLayout.FormatRange] = []
    start = 0
    for text, kind in runs:
        end = start + utf16.units(text)
        char_format = QTextCharFormat()
        char_format.setForeground(theme.color(kind))
        ranges.append(_range(start, end, char_format))
        start = end
    return Flow("".join(text for text, _ in runs).replace(BOX, "\ufffd"), ranges, look)


class _SpanReader:
    """Turns spans into a text with formats."""

    def __init__(self, look: TextLook, theme: Theme, formulas: PageFormulas, note_prefix: str) -> None:
        self._look = look
        self._note_prefix = note_prefix
        self._theme = theme
        self._formulas = formulas
        self._inlines: list[Inline] = []
        self._code: QTextCharFormat | None = None

    def read(self, spans: Sequence[Span]) -> Flow:
        """Return the text."""
        texts: list[str] = []
        ranges: list[QTextLayout.FormatRange] = []
        start = 0
        for span in spans:
            text, char_format = self._span(span, start)
            end = start + utf16.units(text)
            if char_format:
                ranges.append(_range(start, end, char_format))
            texts.append(text)
            start = end
        return Flow("".join(texts), ranges, self._look, self._inlines)

    def _span(self, span: Span, start: int) -> tuple[str, QTextCharFormat | None]:
        """Return the text of a span and its format, and note what is drawn with it."""
        if span.formula:
            if found := self._formulas.find(FormulaKey(span.macros + span.formula, displayed=False)):
                picture = FormulaPicture(found, self._look.font.pixelSize() * _FORMULA_SIZE)
                box = self._formulas.new_box(span.text)
                self._inlines.append(Inline(start, start + 1, picture, box))
                return BOX, box.format(picture.width)
            return span.text, self._code_format()
        text = span.text.replace(BOX, "\ufffd")
        if span.style is Style.PLAIN and not span.link and not span.image and not span.footnote:
            return text, None
        char_format = self._code_format() if span.style & (Style.CODE | Style.KEY) else QTextCharFormat()
        if span.style & (Style.CODE | Style.KEY | Style.MARK):
            token = "findHit" if Style.MARK in span.style else "bubble"
            fill = self._theme.color(token)
            self._inlines.append(Inline(start, start + utf16.units(text), fill=fill))
        if Style.STRONG in span.style:
            char_format.setFontWeight(QFont.Weight.DemiBold)
        char_format.setFontItalic(Style.EMPHASIS in span.style or bool(span.image))
        char_format.setFontStrikeOut(Style.STRIKE in span.style)
        address = "" if span.footnote else link_address(span.link)
        if target := note_name(self._note_prefix, span.footnote) if span.footnote else address:
            self._inlines.append(Inline(start, start + utf16.units(text), target=target))
        char_format.setFontUnderline(Style.UNDERLINE in span.style or bool(address))
        if address:
            char_format.setForeground(self._theme.color("accentText"))
        if span.footnote or Style.SUPERSCRIPT in span.style:
            char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        elif Style.SUBSCRIPT in span.style:
            char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        return text, char_format

    def _code_format(self) -> QTextCharFormat:
        if self._code is None:
            self._code = QTextCharFormat()
            font = self._theme.font("codeInline")
            font.setPixelSize(round(self._look.font.pixelSize() * 0.88))
            font.setWeight(self._look.font.weight())
            self._code.setFont(font)
        return QTextCharFormat(self._code)


def _range(start: int, end: int, char_format: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, char_format
    return found
