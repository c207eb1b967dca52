r"""Environments: matrices, cases, aligned rows, arrays with lines, and commutative diagrams."""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from xml.etree import ElementTree as ET

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.formulas.typeset.elements import (
    ARROW,
    LINES,
    Elements,
    Style,
    fenced,
    node,
    operator,
    row,
    space,
    styled,
    undisplayed,
    with_atom,
)
from chatdesk.rendering.formulas.typeset.groups import Unbalanced, argument, environment_end, option
from chatdesk.rendering.formulas.typeset.parser import Command, Parser, is_length
from chatdesk.rendering.formulas.typeset.text import text
from chatdesk.rendering.formulas.typeset.typeset_formula import NotSettable, Reason

_CELL_ENDS = frozenset({"&", "\\\\", "\\cr"})
_LINE = re.compile(
    r"\\(hline|hdashline|toprule|midrule|bottomrule)(?![a-zA-Z])|\\(?:cline|cmidrule)\s*(?:\([lr]+\))?\{(\d+)-(\d+)\}"
)
_MAX_COLUMNS = 200


@dataclass(slots=True)
class Grid:
    """The lines of a table: positions count from 0, the edge before the first column or row.

    Two equal positions are a double line.
    """

    vertical: list[tuple[int, bool]] = field(default_factory=list)
    """Position, and whether it is dashed."""
    horizontal: list[tuple[int, int, int, bool]] = field(default_factory=list)
    """Position, first column, column after the last, whether it is dashed. A last column of -1 is the last one."""

    def __bool__(self) -> bool:
        return bool(self.vertical or self.horizontal)

    def count(self, *, vertical: bool, at: int) -> int:
        """Return the number of lines at a position."""
        return (
            sum(line[0] == at for line in self.vertical) if vertical else sum(line[0] == at for line in self.horizontal)
        )

    def written(self) -> str:
        """Return the lines as the value of an attribute."""
        vertical = " ".join(f"{at}{'d' * dashed}" for at, dashed in self.vertical)
        horizontal = " ".join(f"{at},{first},{last}{'d' * dashed}" for at, first, last, dashed in self.horizontal)
        return f"{vertical}|{horizontal}"

    @classmethod
    def read(cls, written: str) -> "Grid":
        """Return the lines in the value of an attribute."""
        if not written:
            return cls()
        vertical, horizontal = (
            [(part.rstrip("d"), part.endswith("d")) for part in half.split()] for half in written.split("|")
        )
        lines = [(tuple(map(int, part.split(","))), dashed) for part, dashed in horizontal]
        return cls(
            [(int(at), dashed) for at, dashed in vertical],
            [(at, first, last, dashed) for (at, first, last), dashed in lines],
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set."""

    columns: str = ""
    """Alignment letters, of which the last ones repeat: `repeated` of them."""
    repeated: int = 1
    spacing: str = "1em"
    """Between columns, as MathML writes it."""
    leading: str = "0.3em"
    """Between rows."""
    display: bool = False
    texts: bool = False
    """Whether cells are words."""
    starts_empty: bool = False
    """Whether left-aligned cells continue the cell before, as those after an & in aligned rows."""
    grid: Grid = field(default_factory=Grid)

    def alignment(self, column: int) -> str:
        """Return the alignment of a column as MathML writes it."""
        letters = self.columns or "c"
        if column >= len(letters):
            start = len(letters) - self.repeated
            column = start + (column - start) % self.repeated
        return {"l": "left", "r": "right"}.get(letters[column], "center")


_ALIGNED = Layout("rl", 2, "0em 2em", display=True, starts_empty=True)
_CENTRED = Layout("c", display=True)
_LAYOUTS = {
    **dict.fromkeys(("align", "aligned", "split", "flalign", "xalignat", "xxalignat"), _ALIGNED),
    **dict.fromkeys(("alignat", "alignedat"), replace(_ALIGNED, spacing="0em 0em")),
    **dict.fromkeys(("gather", "gathered"), _CENTRED),
    "multline": _CENTRED,
    "eqnarray": Layout("rcl", 3, "0.28em", display=True),
    "cases": Layout("l", leading="0.2em"),
    "dcases": Layout("l", display=True),
}
_COUNTED = frozenset({"alignat", "alignedat", "xalignat", "xxalignat"})
_MATRICES = {"": ("", ""), "p": ("(", ")"), "b": ("[", "]"), "B": ("{", "}"), "v": ("|", "|"), "V": ("‖", "‖")}
_TRANSPARENT = frozenset({"equation", "displaymath", "math", "subequations", "empheq"})


def formula(parser: Parser, style: Style) -> Elements:
    r"""Return a whole formula. Rows without an environment, as models write them, are aligned at their &."""
    elements = parser.row(_CELL_ENDS, style)
    if not parser.next:
        return elements
    is_aligned = "&" in parser.ends_at_top_level()
    layout = replace(_ALIGNED, display=style.display) if is_aligned else Layout("l", display=style.display)
    parser.unread(elements)
    return [_table(parser, layout, style)]


def environment(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return the environment after its \begin."""
    name = parser.raw().strip()
    start = parser.at
    end, parser.at = environment_end(parser.text, start, name)
    inner = Parser(parser.text[start:end], parser.grammar, parser.depth)
    made = _environment(inner, name, style)
    parser.tags += inner.tags
    return made


def plain_matrix(parser: Parser, name: str, style: Style) -> ET.Element:
    r"""Return plain TeX's \matrix, \cases and their like, whose rows are an argument."""
    body = Parser(parser.raw(), parser.grammar, parser.depth)
    name = {"eqalign": "aligned", "displaylines": "gathered"}.get(name, name)
    return _environment(body, name, style)


def stacked(parser: Parser, source: str, style: Style, columns: str = "c") -> ET.Element:
    r"""Return the rows of a \substack."""
    inner = Parser(source, parser.grammar, parser.depth)
    return styled(_table(inner, Layout(columns, leading="0.1em"), style.inner()), level=1)


def _environment(parser: Parser, name: str, style: Style) -> ET.Element:
    plain, starred = name.removesuffix("*"), name.endswith("*")
    if name in {"array", "darray", "tabular", "tabular*", "tabularx", "longtable"}:
        return _array(parser, name, style)
    if name == "CD":
        return _diagram(parser, style)
    if plain == "empheq":
        return _emphasised(parser, style)
    if plain in _TRANSPARENT:
        return row(formula(parser, Style(display=True, font=style.font)))
    if name == "subarray":
        columns = parser.raw()
        return stacked(parser, parser.text[parser.at :], style, columns)
    if plain.endswith("matrix"):
        return _matrix(parser, plain, style, starred=starred)
    if plain in {"cases", "dcases", "rcases", "drcases", "numcases", "subnumcases"}:
        return _cases(parser, plain, style, starred=starred)
    if plain not in _LAYOUTS:
        raise NotSettable(Reason.UNKNOWN, rf"\begin{{{name[:40]}}}")
    if plain in _COUNTED:
        parser.raw()
    else:
        parser.option()
    table = _table(parser, _LAYOUTS[plain], Style(display=True, font=style.font))
    return _spread(table) if plain == "multline" else table


def _matrix(parser: Parser, name: str, style: Style, *, starred: bool) -> ET.Element:
    kind = name.removesuffix("matrix")
    small = kind.endswith("small")
    kind = kind.removesuffix("small")
    if kind not in _MATRICES:
        raise NotSettable(Reason.UNKNOWN, rf"\begin{{{name[:40]}}}")
    columns = parser.option().strip() if starred or parser.next == "[" else ""
    if columns and not set(columns) <= set("lcr| "):
        raise NotSettable(Reason.NOT_UNDERSTOOD, columns[:40])
    grid = Grid(
        [(len(columns[:at].replace("|", "").replace(" ", "")), False) for at, char in enumerate(columns) if char == "|"]
    )
    layout = Layout(columns.replace("|", "").replace(" ", "") or "c", grid=grid)
    if small:
        layout = replace(layout, spacing="0.3em", leading="0.1em")
    table = _table(parser, layout, style.inner())
    left, right = _MATRICES[kind]
    return fenced(left, styled(table, level=1) if small else table, right)


def _cases(parser: Parser, name: str, style: Style, *, starred: bool) -> ET.Element:
    before = parser.sub(parser.raw(), style) if name.endswith("numcases") else None
    layout = _LAYOUTS["dcases" if name[0] == "d" else "cases"]
    table = _table(parser, layout, Style(layout.display, style.font), words_from=1 if starred else None)
    made = fenced("", table, "}") if name.endswith("rcases") else fenced("{", table, "")
    return made if before is None else node("mrow", before, made)


def _spread(table: ET.Element) -> ET.Element:
    """Return a multline's rows: the first at the left, the last at the right, each with space on the other side."""
    rows = list(table)
    if len(rows) > 1:
        for cells, alignment, position in ((rows[0], "left", None), (rows[-1], "right", 0)):
            cell = cells[0]
            cell.set("columnalign", alignment)
            cell.insert(len(cell) if position is None else position, space(2))
    return table


def _array(parser: Parser, name: str, style: Style) -> ET.Element:
    parser.option()
    if name in {"tabular*", "tabularx"}:
        parser.raw()
    columns, vertical = _columns(parser.raw())
    layout = Layout(
        columns or "c", display=name == "darray", texts=name.startswith(("tab", "long")), grid=Grid(vertical)
    )
    return _table(parser, layout, Style(layout.display, style.font))


def _columns(content: str) -> tuple[str, list[tuple[int, bool]]]:
    """Return the alignment letters of an array's columns, and its vertical lines. Raise `NotSettable`."""
    content = re.sub(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}", lambda found: found[2] * int(found[1]), content)
    letters, lines, index = "", [], 0
    while index < len(content):
        char = content[index]
        index += 1
        if char in "lcrX":
            letters += char.replace("X", "l")
        elif char in "|:":
            lines.append((len(letters), char == ":"))
        elif char in "@!><pmb":
            letters += "l" if char in "pmb" else ""
            index = argument(content, index)[1]
        elif char == "S":
            letters += "c"
        elif not char.isspace():
            raise NotSettable(Reason.NOT_UNDERSTOOD, char)
    if len(letters) > _MAX_COLUMNS:
        raise NotSettable(Reason.TOO_LARGE)
    return letters, lines


def _emphasised(parser: Parser, style: Style) -> ET.Element:
    r"""Return an environment with a brace or box, as the options of empheq say."""
    options, inner = parser.option(), parser.raw().strip()
    end = environment_body(parser, inner, style)
    left = "{" if "lbrace" in options and "left" in options else ""
    right = "}" if "rbrace" in options and "right" in options else ""
    known = re.sub(
        r"(?:left|right)\s*=\s*\{?\s*\\(?:empheq(?:big)?)?[lr]brace\s*\}?|box\s*=\s*\\(?:fbox|boxed)|[\s,]", "", options
    )
    if known:
        raise NotSettable(Reason.NOT_UNDERSTOOD, options[:40])
    made = fenced(left, end, right) if left or right else end
    return node("menclose", made, notation="box") if "box" in options else made


def environment_body(parser: Parser, name: str, style: Style) -> ET.Element:
    """Return the rest of a text as the body of an environment."""
    inner = Parser(parser.text[parser.at :], parser.grammar, parser.depth)
    made = _environment(inner, name, style)
    parser.tags += inner.tags
    parser.at = len(parser.text)
    return made


# Tables.


def _table(parser: Parser, layout: Layout, style: Style, words_from: int | None = None) -> ET.Element:
    """Return the rest of a text as a table. Cells from column `words_from` on are words."""
    grid = Grid([*layout.grid.vertical], [*layout.grid.horizontal])
    rows: Elements = []
    cell_style = Style(layout.display, style.font)
    while True:
        _consume_lines(parser, grid, len(rows))
        if not parser.next and rows:
            break
        cells, ended = _row(parser, layout, cell_style, words_from)
        rows.append(node("mtr", *cells))
        if not ended:
            break
    columns = max(sum(int(cell.get("columnspan", "1")) for cell in one) for one in rows)
    for cell in (cell for one in rows for cell in one if cell.get("columnspan") == "0"):
        cell.set("columnspan", str(max(1, columns)))
    table = node(
        "mtable",
        *rows,
        displaystyle=str(layout.display).lower(),
        rowspacing=layout.leading,
        columnspacing=layout.spacing,
    )
    if grid:
        table.set(LINES, grid.written())
    return table


def _consume_lines(parser: Parser, grid: Grid, position: int) -> None:
    while parser.next and (line := _LINE.match(parser.text, parser.at)):
        parser.at = line.end()
        first, last = (int(line[2]) - 1, int(line[3])) if line[2] else (0, -1)
        grid.horizontal.append((position, first, last, line[1] == "hdashline"))


def _row(parser: Parser, layout: Layout, style: Style, words_from: int | None) -> tuple[Elements, bool]:
    r"""Return the cells up to a \\, and whether there was one."""
    if parser.next in {"\\intertext", "\\shortintertext"}:
        parser.consume()
        return [node("mtd", *text(parser, parser.raw(), style), columnalign="left", columnspan="0")], True
    cells: Elements = []
    column = 0
    while True:
        words = layout.texts or (words_from is not None and column >= words_from)
        cell, width = _cell(parser, layout, style, column, words=words)
        cells.append(cell)
        column += width
        if column > _MAX_COLUMNS:
            raise NotSettable(Reason.TOO_LARGE)
        if not parser.next:
            return cells, False
        if parser.consume() != "&":
            _skip_space_below(parser)
            return cells, True


def _skip_space_below(parser: Parser) -> None:
    r"""Skip the star and the length after a \\; other brackets are the content of the next row."""
    if parser.text.startswith("*", parser.at):
        parser.at += 1
    content, end = option(parser.text, parser.at)
    if is_length(content):
        parser.at = end


def _cell(parser: Parser, layout: Layout, style: Style, column: int, *, words: bool) -> tuple[ET.Element, int]:
    """Return the next cell, and how many columns it takes."""
    alignment = layout.alignment(column)
    if parser.accept("\\hdotsfor"):
        parser.option()
        count = _count(parser.raw())
        dots = node("mtd", operator("." + "\u2009." * (4 * count), "ORDINARY"))
        return _spanning(dots, count), count
    if parser.accept("\\multicolumn"):
        count = _count(parser.raw())
        letters, _ = _columns(parser.raw())
        source = parser.raw()
        elements = text(parser, source, style) if words else [parser.sub(source, style)]
        _expect_end(parser)
        cell = node("mtd", *elements, columnalign=Layout(letters).alignment(0))
        return _spanning(cell, count), count
    if words:
        start = parser.at
        parser.at = _cell_end(parser.text, start)
        elements = text(parser, parser.text[start : parser.at].strip(), style)
    else:
        elements = parser.row(_CELL_ENDS, style)
    if layout.starts_empty and alignment == "left":
        elements.insert(0, ET.Element("mi"))
    return node("mtd", *elements, columnalign=alignment), 1


def _spanning(cell: ET.Element, count: int) -> ET.Element:
    cell.set("columnspan", str(count))
    return cell


def _count(content: str) -> int:
    if not content.strip().isdecimal() or not 0 < int(content) <= _MAX_COLUMNS:
        raise NotSettable(Reason.NOT_UNDERSTOOD, content[:40])
    return int(content)


def _expect_end(parser: Parser) -> None:
    if parser.next and parser.next not in _CELL_ENDS:
        raise Unbalanced(f"unexpected {parser.next}")


def _cell_end(source: str, start: int) -> int:
    r"""Return the position of the & or \\ that ends a cell of words."""
    depth = 0
    for found in re.compile(r"\\[a-zA-Z]+|\\.|[{}&]", re.DOTALL).finditer(source, start):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0 and found[0] in _CELL_ENDS | {"\\tabularnewline"}:
            return found.start()
    return len(source)


# Commutative diagrams.

_DIAGRAM_ARROW = re.compile(r"@(?:([><VA])|([=|.]))")
_DIAGRAM_SIGNS = {">": "→", "<": "←", "V": "↓", "A": "↑", "=": "=", "|": "‖"}


def _diagram(parser: Parser, style: Style) -> ET.Element:
    rows = [
        node("mtr", *(node("mtd", cell) for cell in _diagram_cells(parser, source, style)))
        for source in _rows(parser.text[parser.at :])
        if source.strip()
    ]
    return node("mtable", *rows, displaystyle="true", rowspacing="0.4em", columnspacing="0.2em")


def _rows(body: str) -> Sequence[str]:
    return re.split(r"\\\\(?:\s*\[[^\]]*\])?|\\cr(?![a-zA-Z])", body)


def _diagram_cells(parser: Parser, source: str, style: Style) -> Elements:
    cells: Elements = []
    at = 0
    upright = False
    while found := _DIAGRAM_ARROW.search(source, at):
        between = source[at : found.start()].strip()
        if between or (not cells and found[0][1] in "><="):
            cells.append(parser.sub(between, style))
        kind, at = found[0][1], found.end()
        labels = []
        if found[1]:
            for _ in range(2):
                close = _label_end(source, at, kind)
                labels.append(parser.sub(source[at:close], style.inner()))
                at = close + 1
        upright = kind in "VA|."
        if upright and cells:
            cells.append(node("mrow"))
        cells.append(_diagram_arrow(kind, labels))
    if rest := source[at:].strip():
        cells.append(parser.sub(rest, style))
    return cells


def _label_end(source: str, start: int, kind: str) -> int:
    depth = 0
    for index in range(start, len(source)):
        depth += (source[index] == "{") - (source[index] == "}")
        if depth == 0 and source[index] == kind:
            return index
    raise Unbalanced("an arrow's label is not closed")


def _diagram_arrow(kind: str, labels: Elements) -> ET.Element:
    if kind == ".":
        return node("mrow")
    arrow = operator(_DIAGRAM_SIGNS[kind], "RELATION", stretchy="true")
    if kind in "><=":
        above, below = labels or [node("mrow"), node("mrow")]
        wide = node("mrow", space(0.4), above, space(0.4))
        return node("munderover", arrow, undisplayed(below), undisplayed(wide), **{ARROW: "true"})
    arrow.attrib |= {"minsize": "1.8em", "maxsize": "1.8em"}
    if not labels:
        return arrow
    left, right = (styled(node("mrow", label), display=False, level=1) for label in labels)
    pads = [node("mphantom", styled(node("mrow", label), display=False, level=1)) for label in labels]
    return with_atom(node("mrow", pads[1], left, arrow, right, pads[0]), "ORDINARY")


def _substack(parser: Parser, name: str, style: Style) -> ET.Element:
    return stacked(parser, parser.raw(), style)


ENVIRONMENTS: dict[str, Command] = {
    "begin": environment,
    "substack": _substack,
    **dict.fromkeys(
        ("matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "Vmatrix", "cases", "eqalign", "displaylines"),
        plain_matrix,
    ),
}
