"""Corrections of nodes that ziamath typesets differently from TeX or not at all: rows, tables, text, labelled arrows.

Importing this module replaces ziamath's own nodes in this process; only the process that typesets formulas imports it. Nodes are in
ziamath's coordinates: y points downwards, `nodexy` contains the positions of the children, and `bbox` has y pointing upwards.
"""

from typing import Any
from xml.etree import ElementTree as ET

from ziafont.fonttypes import BBox
from ziamath import operators
from ziamath.drawable import Box, Diagonal, Drawable, Ellipse, Glyph, HLine, VLine
from ziamath.nodes import munderover
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mnumber import Midentifier, Mtext
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.mspace import Mpadded, Mphantom
from ziamath.nodes.msubsup import Msub, Msubsup
from ziamath.nodes.mtable import Mtable
from ziamath.nodes.nodetools import elementtext

_NAMED_SPACES = {
    "veryverythinmathspace": 1,
    "verythinmathspace": 2,
    "thinmathspace": 3,
    "mediummathspace": 4,
    "thickmathspace": 5,
    "verythickmathspace": 6,
    "veryverythickmathspace": 7,
}


class MissingWords(Drawable):
    """Characters that are missing in the math font."""

    mtag = "words"

    def __init__(self, text: str, size: float, style: Any, *, phantom: bool) -> None:  # noqa: ANN401 - ziamath's
        super().__init__()  # type: ignore[no-untyped-call]
        self.text = text
        self.size = size
        self.style = style
        self.phantom = phantom
        self.bbox = BBox(0, size * sum(map(_width, text)), -0.12 * size, 0.86 * size)


class Row(Mrow, tag="mrow"):
    """A row whose children are typeset once.

    ziamath typesets all of them twice to determine the height of fences, and so the innermost of ten nested rows a thousand times.
    """

    def _setup_single_line(self, line: list[ET.Element], **kwargs: Any) -> None:  # noqa: ANN401
        children = [child for child in line if child.tag != "mo" or elementtext(child)]
        self.nodexy = [(0.0, 0.0)] * len(children)
        stretching = []
        for index, child in enumerate(children):
            if _stretches(child):
                stretching.append(index)
                unstretched = {**kwargs, "nostretch": True}
                self.nodes.append(Mnode.fromelement(ET.fromstring(ET.tostring(child)), parent=self, **unstretched))  # noqa: S314 - our own
            else:
                self.nodes.append(Mnode.fromelement(child, parent=self, **kwargs))
        if stretching:
            self._stretch(children, stretching, kwargs)
        self._place()

    def _stretch(self, children: list[ET.Element], stretching: list[int], kwargs: dict[str, Any]) -> None:
        """Typeset the fences again, with the height of the other nodes."""
        nodes = self.nodes
        others = [node.bbox for index, node in enumerate(nodes) if index not in stretching]
        kwargs["rowymin"] = min((box.ymin for box in others if box.ymin < _EMPTY), default=-9999)
        kwargs["rowymax"] = max((box.ymax for box in others if box.ymax > -_EMPTY), default=-9999)
        if not others:
            kwargs.pop("rowymin")
            kwargs.pop("rowymax")
        for index in stretching:
            self.nodes = nodes[:index]  # a node accesses the previous one
            nodes[index] = Mnode.fromelement(children[index], parent=self, **kwargs)
        self.nodes = nodes

    def _place(self) -> None:
        x = xmin = xmax = 0.0
        ymin, ymax = 9999.0, -9999.0
        for index, node in enumerate(self.nodes):
            self.nodexy[index] = (x, 0.0)
            xmin = min(xmin, x + node.bbox.xmin)
            xmax = max(xmax, x + node.bbox.xmax)
            ymin = min(ymin, node.bbox.ymin)
            ymax = max(ymax, node.bbox.ymax)
            x += node.xadvance()
        if ymin > ymax:
            ymin = ymax = 0.0
        self.bbox = BBox(xmin, xmax, ymin, ymax)
        self._xadvance = x


class Padded(Mpadded, Row, tag="mpadded"):
    """A row with different margins, whose children are typeset once."""


class Phantom(Mphantom, Row, tag="mphantom"):
    """An invisible row, whose children are typeset once."""


class Table(Mtable, tag="mtable"):
    """A table that may have empty cells, with the lines of the LaTeX source, aligned with the axis of the surrounding line."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs = {
            name: value for name, value in kwargs.items() if name not in {"rowymin", "rowymax", "width", "height"}
        }
        between = [self.size_px(one) for one in self.element.get("columnspacing", "0.8em").split()] or [0.0]
        leading = self.size_px(self.element.get("rowspacing", "0.3em").split()[0])
        aligned = self.element.get("columnalign", "center")
        rows = [
            [(Mnode.fromelement(cell, parent=self, **kwargs), cell.get("columnalign", aligned)) for cell in row]
            for row in self.element
        ]
        strut = self.units_to_points(680), self.units_to_points(-250)
        heights = [max([strut[0], *(node.bbox.ymax for node, _ in row if node.bbox.ymax > -_EMPTY)]) for row in rows]
        depths = [min([strut[1], *(node.bbox.ymin for node, _ in row if node.bbox.ymin < _EMPTY)]) for row in rows]
        count = max((len(row) for row in rows), default=0)
        widths = [max((_right(row[n][0]) for row in rows if n < len(row)), default=0.0) for n in range(count)]
        vertical, horizontal = _lines(self.element.get("class", ""))
        edge = self.size_px("0.4em") if vertical or horizontal else 0.0
        spare = leading / 2 if vertical or horizontal else 0.0
        tall = sum(heights) - sum(depths) + leading * (len(rows) - 1) + 2 * spare
        top = -tall / 2 - self.units_to_points(self.font.math.consts.axisHeight)
        lefts = [edge]
        for n, width in enumerate(widths):
            lefts.append(lefts[-1] + width + between[n % len(between)])
        right = lefts[-1] - (between[(count - 1) % len(between)] if count else 0.0) + edge
        y = top + spare
        boundaries = [top]
        for row, height, below in zip(rows, heights, depths, strict=True):
            for n, (node, where) in enumerate(row):
                free = widths[n] - _right(node)
                shift = free if where == "right" else free / 2 if where == "center" else 0.0
                self.nodes.append(node)
                self.nodexy.append((lefts[n] + shift, y + height))
            y += height - below + leading
            boundaries.append(y - leading / 2)
        boundaries[-1] = top + tall
        middles = [left - between[n % len(between)] / 2 for n, left in enumerate(lefts[1:-1])]
        self._draw_lines(vertical, horizontal, ([0.0, *middles, right], boundaries))
        self.bbox = BBox(0, right, -(top + tall), -top)

    def _draw_lines(self, vertical: list[int], horizontal: list[int], grid: tuple[list[float], list[float]]) -> None:
        columns, rows = grid
        stroke = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        for n in vertical:
            self.nodes.append(VLine(rows[-1] - rows[0], stroke, style=self.style))
            self.nodexy.append((columns[min(n, len(columns) - 1)], rows[0]))
        for n in horizontal:
            self.nodes.append(HLine(columns[-1] - columns[0], stroke, style=self.style))
            self.nodexy.append((columns[0], rows[min(n, len(rows) - 1)] - stroke / 2))


class TextNode(Mtext, tag="mtext"):
    """Text: characters in the math font are typeset by ziamath, the others are left to the UI."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        x, low, high = 0.0, 0.0, 0.0
        phantom = bool(kwargs.get("phantom"))
        missing = ""
        for char in [*self.string, ""]:
            if char and (_has(self.font, char) or (char.isspace() and not missing)):
                found: Drawable | None = None
            elif char:
                missing += char
                continue
            if missing:
                found = MissingWords(missing, self.glyphsize, self.style, phantom=phantom)
                x = self._add(found, x)
                low, high = min(low, found.bbox.ymin), max(high, found.bbox.ymax)
                missing = ""
            if not char:
                break
            if char.isspace() and not _has(self.font, char):
                x += self.glyphsize / 4
                continue
            glyph = self.font.findglyph(char, self.style.mathvariant)
            found = Glyph(glyph, char, self.glyphsize, self.style, phantom=phantom)
            x = self._add(found, x)
            low, high = min(low, found.bbox.ymin), max(high, found.bbox.ymax)
        self.bbox = BBox(0, x, low, high)

    def _add(self, found: Drawable, x: float) -> float:
        self.nodes.append(found)
        self.nodexy.append((x, 0))
        return x + found.xadvance()


class Identifier(Midentifier, tag="mi"):
    """A letter or name, without the spacing that ziamath adds around names: see `adjust.py`."""

    def _getstring(self) -> str:
        text = str(super()._getstring()).strip("\u2009")
        variant = self.element.get("mathvariant")
        if variant and "italic" not in variant:  # ziamath slants every single letter
            self.style.mathvariant.italic = False
        return text


class NameWithLimit(Msub, tag="msub"):
    """A name with a limit below it, as wide as the wider of them. Other letters with an index are unchanged."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        super()._setup(**kwargs)
        _widen_for_limits(self)


class SignWithLimits(Msubsup, tag="msubsup"):
    """A sign with limits below and above it, as wide as the widest of them."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        super()._setup(**kwargs)
        _widen_for_limits(self)


def _widen_for_limits(node: Msub | Msubsup) -> None:
    """Make a node as wide as its limits: ziamath uses only the width of the base, so the limits overlap the preceding element."""
    if node.base.params.get("movablelimits") != "true" or not node.base.style.displaystyle:
        return
    placed = [(child.bbox, x) for child, (x, _) in zip(node.nodes, node.nodexy, strict=True)]
    left = min(0.0, *(x + box.xmin for box, x in placed))
    right = max(x + box.xmax for box, x in placed)
    node.nodexy[:] = [(x - left, y) for x, y in node.nodexy]
    node.bbox = BBox(0, right - left, node.bbox.ymin, node.bbox.ymax)


class Enclosed(Menclose, tag="menclose"):
    """Boxed or crossed-out content. A box has a margin, a stroke needs none."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        box, stroke = self.base.bbox, self.units_to_points(self.font.math.consts.radicalRuleThickness)
        frames = {"box", "roundedbox", "circle"} & set(self.notation)
        pad = self.size_px("0.3em") if frames else 0.0
        width, height = box.xmax - box.xmin + 2 * pad, box.ymax - box.ymin + 2 * pad
        bottom = -box.ymin + pad
        look: dict[str, Any] = {"style": self.style, "phantom": bool(kwargs.get("phantom"))}
        if frames:
            shape = Ellipse if "circle" in frames else Box
            self._draw(shape(width, height, stroke, **look), 0, bottom)
        if "updiagonalstrike" in self.notation:
            self._draw(Diagonal(width, -height, stroke, **look), 0, bottom - height)
        if "downdiagonalstrike" in self.notation:
            self._draw(Diagonal(width, height, stroke, **look), 0, bottom)
        if "horizontalstrike" in self.notation:
            self._draw(HLine(width, stroke, **look), 0, bottom - height / 2)
        self._draw(self.base, pad - box.xmin, 0)
        self.bbox = BBox(0, width, box.ymin - pad, box.ymax + pad)

    def _draw(self, drawable: Drawable, x: float, y: float) -> None:
        self.nodes.append(drawable)
        self.nodexy.append((x, y))


class LabelledArrow(Mnode, tag="arrow"):
    """An arrow as long as the labels above and below it. Its children are the arrow, the label above, and the label below."""

    def __init__(self, element: ET.Element, parent: Mnode, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(element, parent, **kwargs)
        kwargs = {name: value for name, value in kwargs.items() if name == "phantom"}
        for label in element[1:]:
            self.increase_child_scriptlevel(label)
        labels = [Mnode.fromelement(label, parent=self, **kwargs) for label in element[1:]]
        wide = max([self.size_px("1em"), *(_right(label) for label in labels)]) + self.size_px("0.7em")
        stretched = self.font.math.variant(
            self.font.glyph(elementtext(element[0])).index, self.points_to_units(wide), vert=False
        )
        arrow = Glyph(stretched, elementtext(element[0]), self.glyphsize, self.style, **kwargs)
        width = arrow.bbox.xmax - arrow.bbox.xmin
        side = self.size_px("thickmathspace")
        self.nodes.append(arrow)
        self.nodexy.append((side - arrow.bbox.xmin, 0))
        low, high = arrow.bbox.ymin, arrow.bbox.ymax
        gap = self.units_to_points(60)
        for node, over in zip(labels, (True, False), strict=False):
            if not node.nodes:
                continue
            y = -(high + gap - node.bbox.ymin) if over else -(arrow.bbox.ymin - gap - node.bbox.ymax)
            self.nodes.append(node)
            self.nodexy.append((side + (width - _right(node)) / 2, y))
            low, high = (low, -y + node.bbox.ymax) if over else (-y + node.bbox.ymin, high)
        self.bbox = BBox(0, width + 2 * side, low, high)


def use_tex_lengths() -> None:
    """Correct lengths in ziamath: its em is a third too long, and its absolute lengths do not scale with the font."""

    def size_px(self: Mnode, size: str, fontsize: float | None = None) -> float:
        em = fontsize or self.glyphsize
        negative = size.startswith("negative")
        if steps := _NAMED_SPACES.get(size.removeprefix("negative")):
            return (-steps if negative else steps) * em / 18
        value, unit = (size[:-2], size[-2:]) if size[-2:].isalpha() else (size, "")
        try:
            return float(value) * {"em": em, "ex": 0.45 * em, "pt": 0.1 * em, "mu": em / 18, "px": 0.075 * em}.get(
                unit, 1.0
            )
        except ValueError:
            return 0.0

    setattr(Mnode, "size_px", size_px)  # noqa: B010 - the type checker does not let methods be assigned


def place_over_and_under() -> None:
    """Keep the distance of accents to letters as in the font, and centre labels below their base."""
    place, below = munderover.place_over, munderover.place_under

    def place_over(base: Mnode, over: Any, font: Any) -> tuple[float, float]:  # noqa: ANN401
        x, y = place(base, over, font)
        sign = elementtext(over.element) if isinstance(over, Mnode) else ""
        if len(sign) == 1 and ord(sign) in _ACCENTS:
            gap = base.units_to_points(60) if sign in "\u0302\u0303" else 0.0
            y = -max(0.0, base.bbox.ymax - base.units_to_points(font.math.consts.accentBaseHeight)) - gap
        return x, y

    def place_under(base: Mnode, under: Any, font: Any) -> tuple[float, float]:  # noqa: ANN401
        _, y = below(base, under, font)
        return ((base.bbox.xmax + base.bbox.xmin) - (under.bbox.xmax + under.bbox.xmin)) / 2, y

    setattr(munderover, "place_over", place_over)  # noqa: B010 - same as above
    setattr(munderover, "place_under", place_under)  # noqa: B010


_ACCENTS = frozenset(map(ord, "ˆ\u0302~\u0303˜´`˙¨\u20db\u20dc˘ˇ˚¯"))
_EMPTY = 900_000
"""Absolute limit of coordinates; a bounding box beyond it is empty."""


def _stretches(child: ET.Element) -> bool:
    if child.tag != "mo":
        return False
    stretchy = child.get("stretchy")
    if stretchy is None:
        stretchy = operators.get_params(elementtext(child), child.get("form", "infix")).get("stretchy", "false")
    return stretchy != "false" and "minsize" not in child.attrib and "maxsize" not in child.attrib


def _right(node: Drawable) -> float:
    return float(max(node.bbox.xmax, 0.0))


def _has(font: Any, char: str) -> bool:  # noqa: ANN401 - ziafont's
    return bool(font.glyphindex(char))


def _width(char: str) -> float:
    """Return how wide a character will be, in em: Chinese and the like are square, of the others nothing is known."""
    code = ord(char)
    if (
        0x1100 <= code <= 0x11FF
        or 0x2E80 <= code <= 0xD7AF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF00 <= code <= 0xFFEF
        or code > 0xFFFF
    ):
        return 1.0
    return 0.3 if char.isspace() else 0.56


def _lines(given: str) -> tuple[list[int], list[int]]:
    if not given.startswith("v") or "h" not in given:
        return [], []
    vertical, horizontal = given[1:].split("h", 1)
    return [int(n) for n in vertical.split(",") if n], [int(n) for n in horizontal.split(",") if n]
