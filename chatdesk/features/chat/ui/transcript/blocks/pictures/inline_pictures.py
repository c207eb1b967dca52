"""Pictures among words and in the cells of tables, once they are there: in line, no higher than a few lines; a click shows all of one.

One that is elsewhere and was not asked for stays its words on a ground of their own, see `text_formats.py`.
"""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QFont, QPainter

from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import FormulaPictures, inline_key
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.style.painting import draw_box, snapped_point
from chatdesk.ui_kit.style.theme import Theme

_MOST_LINES = 3
"""How high a picture in line may be."""
_MIDDLE = 0.35
"""Of the font's size: how far above the baseline the middle of the letters is."""


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """A picture beside words, its middle at theirs. Fits what `FormulaPicture` tells a line: `height` above the baseline, `depth` below."""

    source: str
    size: QSizeF
    font_size: float
    store: PictureStore
    theme: Theme

    @property
    def width(self) -> float:
        """With the room that keeps it away from the words."""
        return self.size.width() + 2 * self._gap

    @property
    def height(self) -> float:
        """Above the baseline."""
        return self.size.height() / 2 + _MIDDLE * self.font_size

    @property
    def depth(self) -> float:
        """Below the baseline."""
        return self.size.height() / 2 - _MIDDLE * self.font_size

    def within(self, width: int) -> "InlinePicture":
        """Return it no wider than a line."""
        factor = (width - 2 * self._gap) / self.size.width()
        return replace(self, size=self.size * factor) if 0 < factor < 1 else self

    def paint(self, painter: QPainter, x: float, baseline: float, _color: QColor, _font: QFont) -> None:
        """Paint it, or the ground it comes to while it is decoded."""
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


class InlineBoxes:
    """What is drawn inside the lines of one text in place of its words: formulas that are set, pictures that are there."""

    def __init__(
        self, formulas: FormulaPictures, pictures: PictureStore | None, spans: Iterable[Span], look: tuple[Theme, str]
    ) -> None:
        """`look`: the theme, and the role of the type scale that the words have."""
        self.formulas = formulas
        theme, role = look
        self._natural: dict[str, InlinePicture] = {}
        for span in spans:
            known = pictures.look(span.image) if pictures and span.image else None
            if pictures and known and known.state is PictureState.THERE and known.size:
                size = _bounded(known.size, theme, _MOST_LINES * theme.line(role))
                font_size = theme.font(role).pixelSize()
                self._natural[span.image] = InlinePicture(span.image, size, font_size, pictures, theme)
        self._pictures = dict(self._natural)

    def of(self, span: Span) -> "FormulaPicture | InlinePicture | None":
        """Return what is drawn for a span; None for one that is words."""
        if span.formula:
            return self.formulas.picture(inline_key(span))
        return self._pictures.get(span.image) if span.image else None

    def fit(self, width: int) -> bool:
        """Make smaller what no line can hold. Return whether anything has another size now."""
        before = self._pictures
        self._pictures = {source: picture.within(width) for source, picture in self._natural.items()}
        if not self.formulas.widest > width > 0:
            return before != self._pictures
        self.formulas.shrink(width / self.formulas.widest)
        return True


def _bounded(size: QSize, theme: Theme, highest: int) -> QSizeF:
    factor = min(theme.scale, highest / size.height())
    return QSizeF(max(1.0, size.width() * factor), max(1.0, size.height() * factor))
