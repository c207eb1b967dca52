"""The painting of a typeset formula in any size and colour from cached curves."""

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QTransform

from chatdesk.rendering.formulas.typeset.typeset_formula import UNITS, Rule, TypesetFormula, Words

_TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?")


class FormulaPicture:
    """A typeset formula for a font size in pixels. The curves are built when it is first painted."""

    def __init__(self, formula: TypesetFormula, size: float) -> None:
        self._formula = formula
        self._size = size
        self._scale = size / UNITS
        self._paths: dict[str, QPainterPath] | None = None

    @property
    def width(self) -> float:
        """The width in pixels."""
        return self._formula.width * self._scale

    @property
    def height(self) -> float:
        """The height above the baseline in pixels."""
        return self._formula.height * self._scale

    @property
    def depth(self) -> float:
        """The depth below the baseline in pixels."""
        return self._formula.depth * self._scale

    def resized(self, factor: float) -> "FormulaPicture":
        """Return the same formula scaled by a factor."""
        return FormulaPicture(self._formula, self._size * factor)

    def paint(self, painter: QPainter, left: float, baseline: float, color: QColor, font: QFont) -> None:
        """Paint the formula at this left end and baseline. `font` is for words that the math font does not have."""
        for rule in self._formula.rules:
            self._paint_rule(painter, rule, left, baseline, _color(rule.color, color))
        if self._paths is None:
            self._paths = _paths(self._formula)
        painter.save()
        painter.translate(left, baseline)
        painter.scale(self._scale, self._scale)
        for name, path in self._paths.items():
            painter.fillPath(path, _color(name, color))
        painter.restore()
        for word_glyphs in self._formula.words:
            self._paint_text(painter, word_glyphs, QPointF(left, baseline), _color(word_glyphs.color, color), font)

    def _paint_rule(self, painter: QPainter, rule: Rule, left: float, baseline: float, color: QColor) -> None:
        """Paint a rule aligned to whole device pixels, at least one thick, so that it is as sharp as table lines."""
        transform = painter.deviceTransform()
        x, y, width, height = (value * self._scale for value in (rule.x, rule.y, rule.width, rule.height))
        placed = transform.mapRect(QRectF(left + x, baseline + y, width, height))
        width = max(1.0, placed.width() if placed.width() > placed.height() else round(placed.width()))
        height = max(1.0, placed.height() if placed.height() > placed.width() else round(placed.height()))
        x = placed.x() if width > height else round(placed.x())
        y = round(placed.y()) if width > height else placed.y()
        back, _ = transform.inverted()
        painter.fillRect(back.mapRect(QRectF(x, y, width, height)), color)

    def _paint_text(self, painter: QPainter, word_glyphs: Words, origin: QPointF, color: QColor, font: QFont) -> None:
        letters = QFont(font)
        letters.setPixelSize(max(1, round(word_glyphs.size * self._scale)))
        letters.setBold(word_glyphs.bold)
        natural_width = QFontMetricsF(letters).horizontalAdvance(word_glyphs.text)
        painter.save()
        painter.translate(origin.x() + word_glyphs.x * self._scale, origin.y() + word_glyphs.y * self._scale)
        if natural_width > word_glyphs.width * self._scale:
            painter.scale(word_glyphs.width * self._scale / natural_width, 1)
        painter.setFont(letters)
        painter.setPen(color)
        painter.drawText(QPointF(0, 0), word_glyphs.text)
        painter.restore()


def _color(name: str, default: QColor) -> QColor:
    return QColor(name) if name and QColor.isValidColorName(name) else default


def _paths(formula: TypesetFormula) -> dict[str, QPainterPath]:
    """Return the shapes of a formula as one path per colour."""
    paths: dict[str, QPainterPath] = {}
    for glyph in formula.glyphs:
        path = paths.get(glyph.color)
        if path is None:
            path = paths[glyph.color] = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
        placed = QTransform(glyph.scale, 0, 0, -glyph.scale, glyph.x, glyph.y)
        path.addPath(placed.map(_shape(glyph.path)))
    return paths


@lru_cache(maxsize=1024)
def _shape(written: str) -> QPainterPath:
    path = QPainterPath()
    tokens = _TOKEN.findall(written)
    index = 0
    while index < len(tokens):
        command = tokens[index]
        count = _NUMBERS[command]
        numbers = [float(token) for token in tokens[index + 1 : index + 1 + count]]
        index += 1 + count
        match command:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "Q":
                path.quadTo(*numbers)
            case "C":
                path.cubicTo(*numbers)
            case _:
                path.closeSubpath()
    return path


_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
