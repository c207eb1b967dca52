"""Qt format ranges for spans: the font and colour of each run of a text. `text_flow.py` breaks the lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX, span_text
from chatdesk.features.chat.ui.transcript.blocks.pictures.inline_pictures import InlineBoxes
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

_WORD_JOINER = "\u2060"
"""Word joiner: it has no width and prevents line breaks."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The default style of a text: a role of the type scale and a colour token."""

    role: str = "reading"
    color: str = "text"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The range of a span in UTF-16 units."""

    start: int
    end: int
    span: Span


def runs_of(spans: Sequence[Span]) -> tuple[Run, ...]:
    """Return the runs of the spans in their joined text."""
    runs = []
    start = 0
    for span in spans:
        end = start + utf16.units(span_text(span))
        runs.append(Run(start, end, span))
        start = end
    return tuple(runs)


def format_ranges(
    runs: Sequence[Run], theme: Theme, style: TextStyle, icon_width: int, boxes: InlineBoxes
) -> list[QTextLayout.FormatRange]:
    """Return the ranges that differ from `style`. `icon_width` is the space for the icon before a picture's text."""
    ranges = []
    formats: dict[tuple[Style, bool, bool, bool], QTextCharFormat] = {}
    source: QTextCharFormat | None = None
    for run in runs:
        span = run.span
        if box := boxes.of(span):
            ranges.append(
                _range(run.start, run.start + 1, _box(box.width, theme.font(style.role, strong=style.strong)))
            )
            continue
        if span.formula:
            if source is None:
                source = _source_format(theme, style)
            ranges.append(_range(run.start, run.end, source))
            continue
        if span.style is Style.PLAIN and not span.link and not span.image:
            continue
        kind = (span.style, bool(span.link), bool(span.image), bool(span.footnote))
        if (char_format := formats.get(kind)) is None:
            char_format = formats[kind] = _format_of(span, theme, style)  # there may be thousands of a few kinds
        ranges.append(_range(run.start, run.end, char_format))
        if span.image:
            ranges.append(_range(run.start, run.start + 1, _box(icon_width, theme.font(style.role))))
    # Last, so that the formats above do not override it.
    padding = _spaced(background_padding(theme))
    for run in runs:
        if has_background(run.span, boxes) and not is_highlighted(run.span):
            ranges.append(_range(run.end - _units_of_last(run.span), run.end, padding))
            if run.start and not run.span.image:
                ranges.append(_range(run.start - 1, run.start, padding))
    return ranges


def has_background(span: Span, boxes: InlineBoxes) -> bool:
    """Return whether a span has a background of its own."""
    styled = span.style & (Style.CODE | Style.KEY | Style.MARK)
    return bool(span.image or styled) and not span.formula and boxes.of(span) is None


def is_highlighted(span: Span) -> bool:
    """Return whether a span has the background of a marker pen, which needs no space beside the text."""
    return Style.MARK in span.style and not span.image


def background_padding(theme: Theme) -> int:
    """Return how far a background extends beyond its text; adjacent text is moved away by as much."""
    return theme.length("hair") + 1


def picture_icon_width(theme: Theme) -> int:
    """Return the space for the icon before a picture's text, including padding and gap."""
    return background_padding(theme) + theme.length("icon.small") + theme.length("s")


def _range(start: int, end: int, char_format: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, char_format
    return found


def _format_of(span: Span, theme: Theme, style: TextStyle) -> QTextCharFormat:
    char_format = QTextCharFormat()
    if span.style & (Style.CODE | Style.KEY):
        char_format.setFont(_inline_code_font(theme, style))
    if Style.STRONG in span.style:
        char_format.setFontWeight(QFont.Weight.DemiBold)
    if Style.EMPHASIS in span.style:
        char_format.setFontItalic(True)
    if Style.STRIKE in span.style:
        char_format.setFontStrikeOut(True)
    if Style.UNDERLINE in span.style:
        char_format.setFontUnderline(True)
    if span.footnote or Style.SUPERSCRIPT in span.style:
        char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    elif Style.SUBSCRIPT in span.style:
        char_format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    if span.image:
        char_format.setForeground(theme.color("textSecondary"))
    elif span.link:
        char_format.setForeground(theme.color("accentText"))
        char_format.setFontUnderline(not span.footnote)
    return char_format


def shown_text(span: Span, boxes: InlineBoxes) -> str:
    """Return the text to lay out for a span, of the same length: for a box, a placeholder followed by invisible characters."""
    if boxes.of(span):
        return BOX + _WORD_JOINER * (utf16.units(span_text(span)) - 1)
    return span_text(span)


def _source_format(theme: Theme, style: TextStyle) -> QTextCharFormat:
    """Return the muted format of a formula's source."""
    char_format = QTextCharFormat()
    char_format.setFont(_inline_code_font(theme, style))
    char_format.setForeground(theme.color("textSecondary"))
    return char_format


def _inline_code_font(theme: Theme, style: TextStyle) -> QFont:
    """Return the code font scaled in proportion to the surrounding text."""
    font = QFont(theme.font("codeInline"))
    surroundings = theme.font(style.role).pixelSize()
    font.setPixelSize(round(font.pixelSize() * surroundings / theme.font("reading").pixelSize()))
    font.setWeight(theme.font(style.role, strong=style.strong).weight())
    return font


def _box(width: float, font: QFont) -> QTextCharFormat:
    """Return the format that turns the placeholder into an invisible gap of this width."""
    char_format = _spaced(width - QFontMetricsF(font).horizontalAdvance(BOX))
    char_format.setForeground(Qt.GlobalColor.transparent)
    return char_format


def _spaced(spacing: float) -> QTextCharFormat:
    char_format = QTextCharFormat()
    char_format.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    char_format.setFontLetterSpacing(spacing)
    return char_format


def _units_of_last(span: Span) -> int:
    return utf16.units(span_text(span)[-1:])
