"""Formulas as pictures in what is pasted into other programs. LibreOffice shows MathML in HTML as letters in a row.

Only those are drawn that have been set before, as all have that were on the screen; of the others the source is pasted.
"""

from html import escape
from math import ceil

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import SIZE
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource
from chatdesk.rendering.formulas.typeset.outline import Outline

_LETTERS = 16
"""CSS px: the size of letters where nothing else is said."""
_SHARPNESS = 3
"""Pixels to a CSS px: sharp in print."""
_LARGEST = 2_000
"""CSS px. A larger formula stays as it was written."""
_MOST = 2_000
"""Formulas of one copy that are drawn: 0.5 MB of HTML in a paper full of them."""


class FormulaImages:
    """For one copy. Each formula is drawn once, however often it is there."""

    def __init__(self, source: FormulaSource) -> None:
        self._source = source
        self._drawn: dict[FormulaKey, str] = {}

    def html(self, latex: str, displayed: bool) -> str:
        """Return a formula as a picture with its LaTeX as the words for it; empty if it is not set."""
        key = FormulaKey(latex, displayed=displayed)
        if key not in self._drawn:
            outline = self._source.known(key) if len(self._drawn) < _MOST else None
            self._drawn[key] = _with_tag(outline, latex) if isinstance(outline, Outline) else ""
        return self._drawn[key]


def _with_tag(outline: Outline, latex: str) -> str:
    image = _image(outline, latex)
    return f"{image}&emsp;{_image(outline.tag, '')}" if image and outline.tag else image


def _image(outline: Outline, latex: str) -> str:
    picture = FormulaPicture(outline, _LETTERS * SIZE)
    # Whole pixels on all sides, and one more: lines may reach a little beyond what is told.
    width, height, depth = ceil(picture.width) + 2, ceil(picture.height) + 1, ceil(picture.depth) + 1
    if max(width, height + depth) > _LARGEST:
        return ""
    image = QImage(width * _SHARPNESS, (height + depth) * _SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARPNESS, _SHARPNESS)
    font = QFont()
    font.setPixelSize(_LETTERS)
    picture.paint(painter, 1, height, QColor(Qt.GlobalColor.black), font)
    painter.end()
    # LibreOffice knows only pictures on the line, or with their middle there: whichever is nearer to what is right.
    middle = ' align="middle"' if height < 3 * depth else ""
    return (
        f'<img src="data:image/png;base64,{_png(image)}" alt="{escape(latex)}" width="{width}" height="{height + depth}"'
        f'{middle} style="vertical-align:-{depth}px">'
    )


def _png(image: QImage) -> str:
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return written.toBase64().toStdString()
