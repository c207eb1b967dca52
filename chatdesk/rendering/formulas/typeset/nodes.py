"""Corrections of nodes that ziamath typesets differently from TeX or not at all: rows, tables, text, labelled arrows.

Importing this module replaces ziamath's own nodes in this process; only the process that typesets formulas imports it. Nodes are in
ziamath's coordinates: y points downwards, `nodexy` contains the positions of the children, and `bbox` has y pointing upwards.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from ziafont.fonttypes import BBox
from ziamath import operators
from ziamath.drawable import Box, Diagonal, Drawable, Ellipse, Glyph, HLine, VLine
from ziamath.nodes import msubsup, munderover
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mnumber import Midentifier, Mtext
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.mspace import Mpadded, Mphantom
from ziamath.nodes.mtable import Mtable
from ziamath.nodes.nodetools import elementtext

from chatdesk.rendering.formulas.typeset.elements import LINES, OVERLAP
from chatdesk.rendering.formulas.typeset.environments import Grid

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

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        super()._setup(**kwargs)  # type: ignore[no-untyped-call]
        if overlap := self.element.get(OVERLAP):
            whole = max(
                (x + child.bbox.xmax for child, (x, _) in zip(self.nodes, self.nodexy, strict=True)), default=0.0
            )
            shift = whole if overlap == "left" else whole / 2
            self.nodexy = [(x - shift, y) for x, y in self.nodexy]


class Phantom(Mphantom, Row, tag="mphantom"):
    """An invisible row, whose children are typeset once."""


class Table(Mtable, tag="mtable"):
    """A table that may have empty and wide cells, with the lines of the LaTeX source, aligned with the axis of the surrounding line."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs = {
            name: value for name, value in kwargs.items() if name not in {"rowymin", "rowymax", "width", "height"}
        }
        between = [self.size_px(one) for one in self.element.get("columnspacing", "0.8em").split()] or [0.0]
        leading = self.size_px(self.element.get("rowspacing", "0.3em").split()[0])
        rows = [
            [
                _Cell(Mnode.fromelement(cell, parent=self, **kwargs), first, span, align)
                for cell, first, span, align in _placed(row)
            ]
            for row in self.element
        ]
        strut = self.units_to_points(680), self.units_to_points(-250)
        heights = [max([strut[0], *(cell.box.ymax for cell in row if cell.box.ymax > -_EMPTY)]) for row in rows]
        depths = [min([strut[1], *(cell.box.ymin for cell in row if cell.box.ymin < _EMPTY)]) for row in rows]
        count = max((row[-1].end for row in rows if row), default=0)
        gaps = [between[n % len(between)] for n in range(max(0, count - 1))]
        widths = _column_widths(rows, count, gaps)
        grid = Grid.read(self.element.get(LINES, ""))
        edge = self.size_px("0.4em") if grid else 0.0
        spare = leading / 2 if grid else 0.0
        double = 3 * self.units_to_points(self.font.math.consts.fractionRuleThickness)
        before, after = (double * max(0, grid.count(vertical=True, at=at) - 1) for at in (0, count))
        over, under = (double * max(0, grid.count(vertical=False, at=at) - 1) for at in (0, len(rows)))
        tall = sum(heights) - sum(depths) + leading * (len(rows) - 1) + 2 * spare + over + under
        top = -tall / 2 - self.units_to_points(self.font.math.consts.axisHeight)
        lefts = [edge + before]
        for width, gap in zip(widths, [*gaps, 0.0], strict=False):
            lefts.append(lefts[-1] + width + gap)
        right = lefts[-1] + edge + after
        y = top + spare + over
        boundaries = [top]
        for row, height, below in zip(rows, heights, depths, strict=True):
            for cell in row:
                free = sum(widths[cell.first : cell.end]) + sum(gaps[cell.first : cell.end - 1]) - _right(cell.node)
                shift = free if cell.align == "right" else free / 2 if cell.align == "center" else 0.0
                self.nodes.append(cell.node)
                self.nodexy.append((lefts[cell.first] + shift, y + height))
            y += height - below + leading
            boundaries.append(y - leading / 2)
        boundaries[-1] = top + tall
        middles = [left - gap / 2 for left, gap in zip(lefts[1:-1], gaps, strict=True)]
        self._draw_lines(grid, rows, ([0.0, *middles, right], boundaries))
        self.bbox = BBox(0, right, -(top + tall), -top)

    def _draw_lines(self, grid: Grid, rows: "list[list[_Cell]]", edges: tuple[list[float], list[float]]) -> None:
        columns, heights = edges
        stroke = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        for n, dashed, shift in _spread([(at, dashed) for at, dashed in grid.vertical], len(columns) - 1, 3 * stroke):
            for begin, end in _runs([not any(cell.first < n < cell.end for cell in row) for row in rows]):
                self._draw_line(columns[n] + shift, heights[begin], (0.0, heights[end] - heights[begin]), dashed)
        whole = [(at, dashed) for at, _, last, dashed in grid.horizontal if last < 0]
        for n, dashed, shift in _spread(whole, len(heights) - 1, 3 * stroke):
            self._draw_line(columns[0], heights[n] - stroke / 2 + shift, (columns[-1] - columns[0], 0.0), dashed)
        for at, first, last, dashed in grid.horizontal:
            if last >= 0 and first < min(last, len(columns) - 1):
                left, right = columns[first], columns[min(last, len(columns) - 1)]
                self._draw_line(left, heights[min(at, len(heights) - 1)] - stroke / 2, (right - left, 0.0), dashed)

    def _draw_line(self, x: float, y: float, lengths: tuple[float, float], dashed: bool) -> None:
        """Draw a line that is as long as one of the lengths, to the right or downwards."""
        across, down = lengths
        stroke = self.units_to_points(self.font.math.consts.fractionRuleThickness)
        dash = self.size_px("0.2em")
        whole = across or down
        count = max(1, round(whole / (2 * dash))) if dashed else 1
        for n in range(count):
            part = whole / count * (0.5 if dashed else 1)
            begin = whole / count * n
            line = HLine(part, stroke, style=self.style) if across else VLine(part, stroke, style=self.style)
            self.nodes.append(line)
            self.nodexy.append((x + begin, y) if across else (x, y + begin))


class _Cell:
    """A cell of a table: its node, the columns it takes, and its alignment."""

    def __init__(self, made: Mnode, first: int, span: int, align: str) -> None:
        self.node = made
        self.first = first
        self.end = first + span
        self.align = align

    @property
    def box(self) -> BBox:
        return self.node.bbox


def _spread(lines: list[tuple[int, bool]], last: int, gap: float) -> Iterator[tuple[int, bool, float]]:
    """Yield lines, each with its distance from its boundary: the second of two lies within the table, or beside the first."""
    counts = Counter(min(at, last) for at, _ in lines)
    seen: Counter[int] = Counter()
    for at, dashed in lines:
        n = min(at, last)
        inner = seen[n] if n == 0 else seen[n] - counts[n] + 1 if n == last else seen[n] - (counts[n] - 1) / 2
        seen[n] += 1
        yield n, dashed, inner * gap


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first position and the position after the last one of each run of true values."""
    for flag, run in groupby(enumerate(flags), key=lambda flag: flag[1]):
        if flag:
            positions = [position for position, _ in run]
            yield positions[0], positions[-1] + 1


def _placed(row: ET.Element) -> Iterator[tuple[ET.Element, int, int, str]]:
    """Yield the cells of a row, each with its first column, how many it takes, and its alignment."""
    column = 0
    for cell in row:
        span = int(cell.get("columnspan", "1"))
        yield cell, column, span, cell.get("columnalign", "center")
        column += span


def _column_widths(rows: list[list[_Cell]], count: int, gaps: list[float]) -> list[float]:
    widths = [0.0] * count
    cells = [cell for row in rows for cell in row]
    for cell in sorted(cells, key=lambda cell: cell.end - cell.first):
        missing = _right(cell.node) - sum(widths[cell.first : cell.end]) - sum(gaps[cell.first : cell.end - 1])
        for n in range(cell.first, cell.end):
            widths[n] += max(0.0, missing) / (cell.end - cell.first)
    return widths


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


class Enclosed(Menclose, tag="menclose"):
    """Boxed or crossed-out content. A frame has a margin, a stroke needs none."""

    def _setup(self, **kwargs: Any) -> None:  # noqa: ANN401
        box, stroke = self.base.bbox, self.units_to_points(self.font.math.consts.radicalRuleThickness)
        notations = set(self.notation)
        if "actuarial" in notations:
            notations |= {"top", "right"}
        framed = notations & {"box", "roundedbox", "circle", "top", "bottom", "left", "right"}
        pad = self.size_px("0.3em" if notations & {"box", "roundedbox", "circle"} else "0.15em") if framed else 0.0
        width, height = box.xmax - box.xmin + 2 * pad, box.ymax - box.ymin + 2 * pad
        bottom, top = -box.ymin + pad, -box.ymax - pad
        look: dict[str, Any] = {"style": self.style, "phantom": bool(kwargs.get("phantom"))}
        if notations & {"box", "roundedbox"}:
            self._draw(Box(width, height, stroke, **look), 0, bottom)
        if "circle" in notations:
            self._draw(Ellipse(width, height, stroke, **look), 0, bottom)
        for notation, x in (("left", stroke / 2), ("right", width - stroke / 2), ("verticalstrike", width / 2)):
            if notation in notations:
                self._draw(VLine(height, stroke, **look), x, top)
        for notation, y in (("top", top), ("bottom", bottom - stroke), ("horizontalstrike", (top + bottom) / 2)):
            if notation in notations:
                self._draw(HLine(width, stroke, **look), 0, y)
        if "updiagonalstrike" in notations:
            self._draw(Diagonal(width, -height, stroke, **look), 0, top)
        if "downdiagonalstrike" in notations:
            self._draw(Diagonal(width, height, stroke, **look), 0, bottom)
        beyond = self.size_px("0.35em") if "updiagonalarrow" in notations else 0.0
        if beyond:
            head, tip = self.size_px("0.2em"), top - beyond
            self._draw(Diagonal(width + beyond, -(height + beyond), stroke, **look), 0, tip)
            self._draw(HLine(head, stroke, **look), width + beyond - head, tip)
            self._draw(VLine(head, stroke, **look), width + beyond - stroke / 2, tip)
        self._draw(self.base, pad - box.xmin, 0)
        self.bbox = BBox(0, width + beyond, box.ymin - pad, box.ymax + pad + beyond)

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

    munderover.ACCENTS.extend(map(ord, "\u20d7\u0302\u0303\u030c"))
    setattr(munderover, "place_over", place_over)  # noqa: B010 - same as above
    setattr(munderover, "place_under", place_under)  # noqa: B010 - same as above


def place_scripts_of_signs() -> None:
    """Place the scripts of a sign that is not stretched, such as a bracket, as high as those of a letter, as TeX does."""
    place_super, place_sub = msubsup.place_super, msubsup.place_sub

    def place_above(base: Mnode, script: Mnode, font: Any) -> tuple[float, float, float]:  # noqa: ANN401 - ziamath's
        x, y, advance = place_super(base, script, font)
        if _is_plain_sign(base):
            first = script.firstglyph()
            consts = font.math.consts
            shift = max(consts.superscriptShiftUp, consts.superscriptBottomMin - first.bbox.ymin if first else 0)
            y = base.units_to_points(-shift)
        return x, y, advance

    def place_below(base: Mnode, script: Mnode, font: Any) -> tuple[float, float, float]:  # noqa: ANN401 - ziamath's
        x, y, advance = place_sub(base, script, font)
        return x, base.units_to_points(font.math.consts.subscriptShiftDown) if _is_plain_sign(base) else y, advance

    setattr(msubsup, "place_super", place_above)  # noqa: B010 - same as above
    setattr(msubsup, "place_sub", place_below)  # noqa: B010 - same as above


def _is_plain_sign(base: Mnode) -> bool:
    element = base.element
    return (
        base.mtag == "mo"
        and element.get("stretchy") == "false"
        and element.get("largeop") != "true"
        and len(elementtext(element)) == 1
    )


_ACCENTS = frozenset(map(ord, "ˆ\u0302~\u0303˜´`˙¨\u20d7\u20db\u20dc˘ˇ˚¯"))
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
