"""What is drawn in the lines of running text and table cells: pictures, at most a few lines high, keys of the keyboard, and citations.

A click on a picture opens the viewer. A remote picture that has not been loaded is shown as its text on a background, see
`text_formats.py`.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import ceil, inf

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_text import is_key
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import FormulaPictures, inline_key
from chatdesk.features.chat.ui.transcript.citations import CitationDisplay
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, snapped_point
from chatdesk.ui_kit.style.theme import Theme

_MAX_LINES = 3
"""The maximum height of an inline picture in lines."""
_LETTER_MIDDLE = 0.35
"""The distance of the letters' middle from the baseline, relative to the font size."""


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """An inline picture, vertically centred on the letters.

    It has the metrics of a `FormulaPicture`: `height` above the baseline, `depth` below.
    """

    source: str
    size: QSizeF
    font_size: float
    store: PictureStore
    theme: Theme

    @property
    def width(self) -> float:
        """The width including the gaps to the text."""
        return self.size.width() + 2 * self._gap

    @property
    def height(self) -> float:
        """The height above the baseline."""
        return self.size.height() / 2 + _LETTER_MIDDLE * self.font_size

    @property
    def depth(self) -> float:
        """The depth below the baseline."""
        return self.size.height() / 2 - _LETTER_MIDDLE * self.font_size

    def within(self, width: int) -> "InlinePicture":
        """Return the picture limited to the width of a line."""
        factor = (width - 2 * self._gap) / self.size.width()
        return replace(self, size=self.size * factor) if 0 < factor < 1 else self

    def paint(self, painter: QPainter, x: float, baseline: float, _color: QColor, _font: QFont) -> None:
        """Paint the picture, or a background while it is being decoded."""
        corner = snapped_point(painter, QPointF(x + self._gap, baseline - self.height))
        target = QRectF(corner, self.size)
        ratio = painter.device().devicePixelRatio()
        size = QSize(max(1, round(target.width() * ratio)), max(1, round(target.height() * ratio)))
        image = self.store.image(self.source, size)
        if image is None:
            draw_box(painter, target, self.theme.length("radius.tag"), self.theme.color("sunken"))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.size() != size)
        painter.drawImage(target, image)

    @property
    def _gap(self) -> int:
        return self.theme.length("hair")


@dataclass(frozen=True, slots=True)
class InlineKey:
    """A key of the keyboard, vertically centred on the letters, with the metrics of a `FormulaPicture`."""

    text: str
    font: QFont
    font_size: float
    """The size of the surrounding text in pixels."""
    theme: Theme

    @property
    def width(self) -> float:
        """The width including the gaps to the text."""
        return self._inner_width + 2 * self._gap

    @property
    def height(self) -> float:
        """The height above the baseline."""
        return self._total_height / 2 + _LETTER_MIDDLE * self.font_size

    @property
    def depth(self) -> float:
        """The depth below the baseline."""
        return self._total_height / 2 - _LETTER_MIDDLE * self.font_size

    def paint(self, painter: QPainter, x: float, baseline: float, color: QColor, _font: QFont) -> None:
        """Paint the key."""
        theme = self.theme
        corner = snapped_point(painter, QPointF(x + self._gap, baseline - self.height))
        box = QRectF(corner.x(), corner.y(), self._inner_width, self._total_height)
        draw_box(painter, box, theme.length("radius.tag"), theme.color("raised"), theme.color("borderDefault"))
        metrics = QFontMetricsF(self.font)
        text_left = box.center().x() - metrics.horizontalAdvance(self.text) / 2
        painter.setFont(self.font)
        painter.setPen(color)
        painter.drawText(QPointF(text_left, box.center().y() + metrics.capHeight() / 2), self.text)

    @property
    def _inner_width(self) -> float:
        padding = self.theme.length("xs") + self.theme.length("hair")
        advance = QFontMetricsF(self.font).horizontalAdvance(self.text)
        return ceil(max(advance + 2 * padding, self._total_height))

    @property
    def _total_height(self) -> float:
        return self.theme.length("size.tag")

    @property
    def _gap(self) -> int:
        return self.theme.length("hair")


@dataclass(frozen=True, slots=True)
class InlineCitation:
    """A citation, vertically centred on the letters, with the metrics of a `FormulaPicture`. One without a link leads nowhere."""

    text: str
    is_dead: bool
    is_open: bool
    font_size: float
    """The size of the surrounding text in pixels."""
    theme: Theme
    limit: float = inf
    """The maximum width."""

    @property
    def width(self) -> float:
        """The width including the gaps to the text."""
        return min(self._around + ceil(self._metrics.horizontalAdvance(self.text)), max(self._around, self.limit))

    @property
    def height(self) -> float:
        """The height above the baseline."""
        return self.theme.length("size.tag") / 2 + _LETTER_MIDDLE * self.font_size

    @property
    def depth(self) -> float:
        """The depth below the baseline."""
        return self.theme.length("size.tag") / 2 - _LETTER_MIDDLE * self.font_size

    def within(self, width: int) -> "InlineCitation":
        """Return the citation limited to the width of a line."""
        return replace(self, limit=width)

    def paint(self, painter: QPainter, x: float, baseline: float, _color: QColor, _font: QFont) -> None:
        """Paint the citation; a text that is too wide loses its middle, so that the page can be read."""
        theme = self.theme
        back, ink, border = self._colors
        corner = snapped_point(painter, QPointF(x + self._gap, baseline - self.height))
        box = QRectF(corner.x(), corner.y(), self.width - 2 * self._gap, theme.length("size.tag"))
        frame = theme.color(border) if border else theme.color("borderControl") if theme.scheme.high_contrast else None
        draw_box(painter, box, theme.length("radius.tag"), theme.color(back), frame)
        left = box.left() + self._padding
        if self._icon:
            size = theme.length("icon.small")
            draw_icon(painter, theme, self._icon, theme.color(ink), QRectF(left, box.top(), size, box.height()), size)
            left += size + theme.length("xs")
        metrics = self._metrics
        text = metrics.elidedText(self.text, Qt.TextElideMode.ElideMiddle, box.right() - self._padding - left + 1)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color(ink))
        painter.drawText(QPointF(left, box.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)

    @property
    def _colors(self) -> tuple[str, str, str]:
        """The names of the colours of background, text and border."""
        if self.is_dead:
            return "warningSoft", "warning", ""
        return ("accentSoft", "accentText", "accentBorder") if self.is_open else ("bubble", "accentText", "")

    @property
    def _icon(self) -> str:
        return "triangle-alert" if self.is_dead else "eye" if self.is_open else ""

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.theme.font("caption"))

    @property
    def _padding(self) -> int:
        return self.theme.length("xs") + self.theme.length("hair")

    @property
    def _around(self) -> int:
        """The width around the text."""
        icon = self.theme.length("icon.small") + self.theme.length("xs") if self._icon else 0
        return 2 * (self._gap + self._padding) + icon

    @property
    def _gap(self) -> int:
        return self.theme.length("hair")


def citation_outline(rect: QRectF, theme: Theme) -> QRectF:
    """Return the outline of a citation that has this rectangle in its line."""
    gap, rest = theme.length("hair"), (rect.height() - theme.length("size.tag")) / 2
    return rect.adjusted(gap, rest, -gap, -rest)


InlineBox = FormulaPicture | InlinePicture | InlineKey | InlineCitation


class InlineBoxes:
    """The boxes drawn inside the lines of one text instead of its characters: typeset formulas, available pictures, keys and citations."""

    def __init__(
        self,
        formulas: FormulaPictures,
        pictures: PictureStore | None,
        spans: Iterable[Span],
        text_style: tuple[Theme, str],
        citations: CitationDisplay | None = None,
    ) -> None:
        """Create the boxes of a text. `text_style` is the theme and the type scale role of the text."""
        self.formulas = formulas
        theme, role = text_style
        self._unlimited: dict[str, InlinePicture] = {}
        self._keys: dict[str, InlineKey] = {}
        self._citations: dict[tuple[str, str], InlineCitation] = {}
        """By link and text."""
        self._display = citations
        for span in spans:
            if span.citation:
                is_open = self._is_open(span.link)
                letters = theme.font(role).pixelSize()
                found = InlineCitation(span.text[1:-1], not span.link, is_open, letters, theme)
                self._citations[span.link, span.text] = found
            if is_key(span) and span.text not in self._keys:
                self._keys[span.text] = InlineKey(span.text, theme.font("ui"), theme.font(role).pixelSize(), theme)
            known = pictures.info(span.image) if pictures and span.image else None
            if pictures and known and known.state is PictureState.AVAILABLE and known.size:
                size = _bounded(known.size, theme, _MAX_LINES * theme.line(role))
                font_size = theme.font(role).pixelSize()
                self._unlimited[span.image] = InlinePicture(span.image, size, font_size, pictures, theme)
        self._pictures = dict(self._unlimited)

    @property
    def outdated(self) -> bool:
        """Whether another citation is open."""
        shown = self._citations.items()
        return any(citation.is_open != self._is_open(link) for (link, _), citation in shown)

    def of(self, span: Span) -> InlineBox | None:
        """Return the box of a span; None if it is shown as text."""
        if span.citation:
            return self._citations.get((span.link, span.text))
        if is_key(span):
            return self._keys.get(span.text)
        if span.formula:
            return self.formulas.picture(inline_key(span))
        return self._pictures.get(span.image) if span.image else None

    def fit(self, width: int) -> bool:
        """Reduce the boxes that are wider than a line. Return whether any size has changed."""
        before, cited = self._pictures, self._citations
        self._pictures = {source: picture.within(width) for source, picture in self._unlimited.items()}
        self._citations = {key: each.within(width) for key, each in cited.items()}
        narrower = any(each.width != self._citations[key].width for key, each in cited.items())
        if not self.formulas.widest > width > 0:
            return narrower or before != self._pictures
        self.formulas.shrink(width / self.formulas.widest)
        return True

    def _is_open(self, link: str) -> bool:
        return bool(link) and self._display is not None and self._display.open_link == link


def _bounded(size: QSize, theme: Theme, highest: int) -> QSizeF:
    factor = min(theme.scale, highest / size.height())
    return QSizeF(max(1.0, size.width() * factor), max(1.0, size.height() * factor))
