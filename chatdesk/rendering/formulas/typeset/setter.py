"""Typesetting of formulas: LaTeX to an outline or a reason for failure.

It imports ziamath with its font (0.3 s); meant for a separate process.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from ziafont.glyph import SimpleGlyph
from ziafont.svgpath import Cubic, Lineto, Moveto, Quad
from ziamath.config import config
from ziamath.drawable import Box, Diagonal, Drawable, Ellipse, HLine, VLine
from ziamath.drawable import Glyph as GlyphNode
from ziamath.mathtable import AssembledGlyph
from ziamath.nodes.mnode import Mnode
from ziamath.zmath import Math, loadedfonts

from chatdesk.rendering.formulas.typeset.adjust import adjust
from chatdesk.rendering.formulas.typeset.conversion import convert
from chatdesk.rendering.formulas.typeset.nodes import (
    MissingWords,
    place_over_and_under,
    place_scripts_of_signs,
    use_tex_lengths,
)
from chatdesk.rendering.formulas.typeset.typeset_formula import (
    UNITS,
    Glyph,
    NotSettable,
    Reason,
    Refused,
    Rule,
    SetFormula,
    TypesetFormula,
    Words,
)

_BLACK = "black"
_MIN_SCALE = 0.5
"""Relative to the formula's size: TeX has no smaller scripts."""
_MAX_WIDTH = 1_000 * UNITS
_MAX_SHAPES = 20_000
"""Maximum number of shapes in one formula."""


class FormulaSetter:
    """The typesetter. Create only one, because it configures ziamath for this process."""

    def __init__(self) -> None:
        use_tex_lengths()
        place_over_and_under()
        place_scripts_of_signs()
        config.minsizefraction = _MIN_SCALE
        self._font = loadedfonts["default"]
        self._font.basesize = UNITS
        # With cached glyphs, a formula is typeset in half the time.
        setattr(self._font, "glyph_fromid", lru_cache(maxsize=4096)(self._font.glyph_fromid))  # noqa: B010 - a method

    def set(self, latex: str, *, displayed: bool) -> SetFormula:
        """Typeset a formula; displayed formulas have limits above and below."""
        try:
            formula = convert(latex, displayed=displayed)
            if formula.defines_only:
                return TypesetFormula(0, 0, 0)
            tag = self._outline(formula.tag) if formula.tag is not None else None
            return self._outline(formula.element, tag)
        except NotSettable as error:
            return Refused(error.reason, error.detail)
        except RecursionError:
            return Refused(Reason.TOO_LARGE)
        except MemoryError:
            return Refused(Reason.TOO_SLOW)
        except Exception as error:  # noqa: BLE001 - ziamath raises arbitrary exceptions
            return Refused(Reason.NOT_UNDERSTOOD, type(error).__name__)

    def _outline(self, element: ET.Element, tag: TypesetFormula | None = None) -> TypesetFormula:
        element = adjust(element, lambda char: bool(self._font.glyphindex(char)))
        node = Math(element, size=UNITS).node
        drawing = _Drawing()
        drawing.add(node, 0.0, 0.0)
        if drawing.characters < _visible(element):
            raise NotSettable(Reason.NOT_UNDERSTOOD)  # better refused than without a part
        return drawing.outline(node, tag)


def _visible(element: ET.Element) -> int:
    """Return the number of characters of a formula that are to be seen; bars above and below are lines."""
    if element.tag == "mphantom":
        return 0
    own = sum(not char.isspace() for char in element.text or "" if char != "―")
    return own + sum(map(_visible, element))


class _Drawing:
    """Collects the shapes of a tree of ziamath's nodes."""

    def __init__(self) -> None:
        self._glyphs: list[Glyph] = []
        self._rules: list[Rule] = []
        self._words: list[Words] = []
        self._left = self._top = self._bottom = 0.0
        self._right = 0.0
        self.characters = 0
        """Number of characters added."""

    def outline(self, node: Drawable, tag: TypesetFormula | None) -> TypesetFormula:
        """Return the whole formula, moved to start at x = 0. Raise `NotSettable` if it is too large."""
        if not (self._glyphs or self._rules or self._words):
            raise NotSettable(Reason.EMPTY)
        left = min(self._left, 0.0)
        width = max(self._right, node.bbox.xmax, node.xadvance()) - left
        high = max(-self._top, node.bbox.ymax if abs(node.bbox.ymax) < _MAX_WIDTH else 0.0)
        deep = max(self._bottom, -node.bbox.ymin if abs(node.bbox.ymin) < _MAX_WIDTH else 0.0)
        if max(width, high, deep) > _MAX_WIDTH:
            raise NotSettable(Reason.TOO_LARGE)
        return TypesetFormula(
            round(width),
            round(high),
            round(max(0.0, deep)),
            tuple(Glyph(one.path, _short(one.x - left), _short(one.y), one.scale, one.color) for one in self._glyphs),
            tuple(
                Rule(_short(one.x - left), _short(one.y), _short(one.width), _short(one.height), one.color)
                for one in self._rules
            ),
            tuple(
                Words(one.text, _short(one.x - left), _short(one.y), one.size, one.width, one.bold, one.color)
                for one in self._words
            ),
            tag,
        )

    def add(self, node: Drawable, x: float, y: float) -> None:
        """Add a node and its children, with its origin at `x`, `y`."""
        if getattr(node, "phantom", False):
            return
        if len(self._glyphs) > _MAX_SHAPES:
            raise NotSettable(Reason.TOO_LARGE)
        match node:
            case GlyphNode():
                self._add_glyph(node, x, y)
            case HLine():
                self._add_rule(node, x, y, node.length, node.lw)
            case VLine():
                self._add_rule(node, x - node.lw / 2, y, node.lw, node.height)
            case Box():
                self._add_box(node, x, y)
            case Diagonal():
                self._add_diagonal(node, x, y)
            case Ellipse():
                self._add_ellipse(node, x, y)
            case MissingWords():
                width = node.bbox.xmax
                self.characters += len(node.text)
                self._words.append(
                    Words(node.text, x, y, round(node.size), round(width), node.style.mathvariant.bold, _color(node))
                )
                self._extend(x, y - 0.86 * node.size, x + width, y + 0.12 * node.size)
            case Mnode():
                self._add_ground(node, x, y)
                for (dx, dy), child in zip(node.nodexy, node.nodes, strict=False):
                    self.add(child, x + dx, y + dy)

    def _add_glyph(self, node: GlyphNode, x: float, y: float) -> None:
        self.characters += 1
        scale = node.size / node.glyph.font.info.layout.unitsperem
        for path, right, up in _paths(node.glyph):
            self._glyphs.append(Glyph(path, x + right * scale, y - up * scale, round(scale, 4), _color(node)))
        box = node.bbox
        self._extend(x + box.xmin, y - box.ymax, x + box.xmax, y - box.ymin)

    def _add_rule(self, node: Any, x: float, y: float, width: float, height: float) -> None:  # noqa: ANN401
        self._rules.append(Rule(x, y, width, height, _color(node)))
        self._extend(x, y, x + width, y + height)

    def _add_box(self, node: Box, x: float, y: float) -> None:
        top, stroke = y - node.height, node.lw
        for rect in (
            (x, top, node.width, stroke),
            (x, y - stroke, node.width, stroke),
            (x, top, stroke, node.height),
            (x + node.width - stroke, top, stroke, node.height),
        ):
            self._add_rule(node, *rect)

    def _add_diagonal(self, node: Diagonal, x: float, y: float) -> None:
        """Draw a stroke from one corner to the other, as a thin shape."""
        ends = (0.0, node.height), (node.width, 0.0)
        (x0, y0), (x1, y1) = ends
        length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
        dx, dy = -(y1 - y0) / length * node.lw / 2, (x1 - x0) / length * node.lw / 2
        corners = ((x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy))
        path = "M" + "L".join(f"{round(a)} {round(b)}" for a, b in corners) + "Z"
        self._glyphs.append(Glyph(path, x, y, 1, _color(node)))
        self._extend(x, y - max(y0, y1), x + node.width, y - min(y0, y1))

    def _add_ellipse(self, node: Ellipse, x: float, y: float) -> None:
        outer = _ellipse(node.width, node.height, 0.0)
        inner = _ellipse(node.width, node.height, node.lw)
        self._glyphs.append(Glyph(outer + inner, x, y, 1, _color(node)))
        self._extend(x, y - node.height, x + node.width, y)

    def _add_ground(self, node: Mnode, x: float, y: float) -> None:
        ground = node.style.mathbackground
        if ground in {"none", None} or node.element.get("mathbackground") is None:
            return
        box = node.bbox
        self._rules.insert(0, Rule(x + box.xmin, y - box.ymax, box.xmax - box.xmin, box.ymax - box.ymin, str(ground)))
        self._extend(x + box.xmin, y - box.ymax, x + box.xmax, y - box.ymin)

    def _extend(self, left: float, top: float, right: float, bottom: float) -> None:
        self._left, self._top = min(self._left, left), min(self._top, top)
        self._right, self._bottom = max(self._right, right), max(self._bottom, bottom)


def _paths(glyph: SimpleGlyph) -> Iterator[tuple[str, float, float]]:
    """Yield the shapes of a glyph, each with its offset to the right and upwards. A large fence consists of several."""
    if isinstance(glyph, AssembledGlyph):
        for part, offset in zip(glyph.glyphs, glyph.offsets, strict=True):
            for path, right, up in _paths(part):
                yield path, right + (0 if glyph.vert else offset), up + (offset if glyph.vert else 0)
    elif path := _write(glyph):
        yield path, 0.0, 0.0


@lru_cache(maxsize=4096)
def _write(glyph: SimpleGlyph) -> str:
    steps: list[str] = []
    for operator in glyph.operators:
        match operator:
            case Moveto():
                steps += ["Z"] if steps else []
                steps.append(f"M{operator.p.x:.0f} {operator.p.y:.0f}")
            case Lineto():
                steps.append(f"L{operator.p.x:.0f} {operator.p.y:.0f}")
            case Quad():
                steps.append(f"Q{operator.p1.x:.0f} {operator.p1.y:.0f} {operator.p2.x:.0f} {operator.p2.y:.0f}")
            case Cubic():
                points = (operator.p1, operator.p2, operator.p3)
                steps.append("C" + " ".join(f"{point.x:.0f} {point.y:.0f}" for point in points))
    return "".join([*steps, "Z"]) if steps else ""


def _ellipse(width: float, height: float, inset: float) -> str:
    """Return an ellipse of four curves; with an inset, its direction is reversed, which makes it a hole."""
    a, b = width / 2 - inset, height / 2 - inset
    k = 0.5523
    x, y = width / 2, height / 2
    corners = [
        (a, 0),
        (a, k * b),
        (k * a, b),
        (0, b),
        (-k * a, b),
        (-a, k * b),
        (-a, 0),
        (-a, -k * b),
        (-k * a, -b),
        (0, -b),
        (k * a, -b),
        (a, -k * b),
        (a, 0),
    ]
    if inset:
        corners.reverse()
    points = [f"{round(x + dx)} {round(y + dy)}" for dx, dy in corners]
    return f"M{points[0]}" + "".join("C" + " ".join(points[n : n + 3]) for n in range(1, 13, 3)) + "Z"


def _color(node: Any) -> str:  # noqa: ANN401 - every node of ziamath has a style
    color = str(node.style.mathcolor or "")
    return "" if color == _BLACK or not re.fullmatch(r"#?[0-9a-zA-Z]{1,20}", color) else color


def _short(value: float) -> float:
    return round(value, 1)
