"""Excel files with one sheet: numbers as numbers, everything else as text, and never a formula."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.office.package import Part, Relationships, packed, properties
from chatdesk.rendering.export.office.xml_text import DECLARATION, element, escaped
from chatdesk.rendering.export.paper_colors import paper_color

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAX_CELL_LENGTH = 32_767
"""In characters. Excel refuses files with longer cells."""
MAX_ROWS = 1_048_576
_MAX_COLUMNS = 16_384
_MAX_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as the code of a character."""
_MIN_WIDTH, _MAX_WIDTH = 8, 60
"""Of a column, in characters."""
_FIRST_FORMAT = 164
"""Number of the first format that is not Excel's own."""

# Numbers.

_MAX_DIGITS = 15
"""Excel keeps no more; a longer number is an identifier, which must not change."""
_CURRENCIES = "€$£¥₹"
_NUMBER = re.compile(
    rf"(?P<sign>[-−]?)(?P<before>[{_CURRENCIES}]?)\s?(?P<digits>\d[\d.,]*)(?:[eE](?P<power>[-+]?\d{{1,3}}))?"
    rf"\s?(?P<after>[%{_CURRENCIES}]?)"
)
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_WITH_COMMA = re.compile(r"(?:0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"(?:\d,\d{1,2}|\d,\d{4,}|\d\.\d{3},\d+)(?![\d.,])")
"""A number that has a comma before its decimals for sure."""


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number in a cell."""

    value: str
    """As XML writes it."""
    format: str
    """How Excel shows it; empty for Excel's default."""


def has_decimal_commas(texts: Iterable[str]) -> bool:
    """Return whether the numbers of a table have commas before their decimals."""
    numbers = (found["digits"] for text in texts if (found := _NUMBER.fullmatch(text.strip())))
    return any(_DECIMAL_COMMA.search(each) for each in numbers)


def cell_number(text: str, *, decimal_commas: bool = False) -> CellNumber | None:
    """Return the number that is written in a cell; None for any other text, and for numbers that would lose something."""
    found = _NUMBER.fullmatch(text.strip())
    if not found or (found["before"] and found["after"]):
        return None
    written = found["digits"]
    if decimal_commas:
        if not _WITH_COMMA.fullmatch(written):
            return None
        is_grouped, written = "." in written, written.replace(".", "").replace(",", ".")
    else:
        is_grouped = bool(_GROUPED.fullmatch(written))
        if not is_grouped and not _PLAIN.fullmatch(written):
            return None
        written = written.replace(",", "")
    if len(written.replace(".", "").lstrip("0")) > _MAX_DIGITS:
        return None
    decimals = len(written.partition(".")[2])
    value = ("-" if found["sign"] else "") + written
    if found["power"]:
        return None if found["before"] or found["after"] else CellNumber(f"{value}E{int(found['power'])}", "")
    shown = ("#,##0" if is_grouped else "0") + ("." + "0" * decimals if decimals else "")
    if found["after"] == "%":
        return CellNumber(repr(float(value) / 100), f"{shown}%")
    if currency := found["before"]:
        return CellNumber(value, f'"{currency}"{shown};-"{currency}"{shown}')
    if currency := found["after"]:
        return CellNumber(value, f'{shown}" {currency}"')
    return CellNumber(value, "" if shown == "0" else shown)


# The file.


def workbook(rows: Sequence[Sequence[str]], alignments: Sequence[str], title: str, now: datetime) -> bytes:
    """Return a file whose first row is the header. `alignments` are left, center, right or empty for each column."""
    sheet = _Sheet(rows[:MAX_ROWS], alignments[:_MAX_COLUMNS])
    written = sheet.written()
    relationships = Relationships()
    reference = relationships.add("worksheet", "worksheets/sheet1.xml")
    relationships.add("styles", "styles.xml")
    entry = element("sheet", name=_sheet_name(title), sheetId="1", **{"r:id": reference})
    views = "<bookViews><workbookView/></bookViews>"
    main = element("workbook", views, element("sheets", entry), xmlns=_MAIN, **{"xmlns:r": _REFERENCES})
    return packed(
        [
            Part("xl/workbook.xml", f"{_TYPES}.sheet.main+xml", DECLARATION + main, relationships),
            Part("xl/worksheets/sheet1.xml", f"{_TYPES}.worksheet+xml", written),
            Part("xl/styles.xml", f"{_TYPES}.styles+xml", sheet.styles()),
            *properties(title, now),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks."""

    is_header: bool = False
    number_format: str = ""
    alignment: str = ""


class _Sheet:
    def __init__(self, rows: Sequence[Sequence[str]], alignments: Sequence[str]) -> None:
        self._rows = rows
        self._alignments = alignments
        self._decimal_commas = has_decimal_commas(cell for row in rows[1:] for cell in row)
        self._looks = {_Look(): 0}

    def written(self) -> str:
        rows = "".join(self._row(number, row) for number, row in enumerate(self._rows, 1))
        pane = element("pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
        view = element("sheetViews", element("sheetView", pane, workbookViewId="0"))
        columns = (
            element("col", min=str(index), max=str(index), width=str(width), customWidth="1")
            for index, width in enumerate(self._widths(), 1)
        )
        return DECLARATION + element(
            "worksheet", view, element("cols", *columns), element("sheetData", rows), xmlns=_MAIN
        )

    def styles(self) -> str:
        """Return the looks of the cells that have been written."""
        formats = list(dict.fromkeys(look.number_format for look in self._looks if look.number_format))
        numbers = {shown: str(_FIRST_FORMAT + index) for index, shown in enumerate(formats)}
        ground = element("fgColor", rgb=f"FF{paper_color('bubble')}")
        fonts = '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
        fills = (
            '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
            + element("fill", element("patternFill", ground, patternType="solid"))
        )
        described = (element("numFmt", numFmtId=number, formatCode=shown) for shown, number in numbers.items())
        return DECLARATION + element(
            "styleSheet",
            element("numFmts", *described, count=str(len(formats))) if formats else "",
            element("fonts", fonts, count="2"),
            element("fills", fills, count="3"),
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
            element("cellXfs", *(_look(look, numbers) for look in self._looks), count=str(len(self._looks))),
            xmlns=_MAIN,
        )

    def _row(self, number: int, cells: Sequence[str]) -> str:
        written = (
            self._cell(f"{_column_name(index)}{number}", cell[:MAX_CELL_LENGTH], alignment, is_header=number == 1)
            for index, (cell, alignment) in enumerate(zip(cells, self._alignments, strict=False))
            if cell
        )
        return element("row", *written, r=str(number))

    def _cell(self, reference: str, text: str, alignment: str, *, is_header: bool) -> str:
        number = None if is_header else cell_number(text, decimal_commas=self._decimal_commas)
        look = _Look(is_header, number.format if number else "", alignment)
        style = str(self._looks.setdefault(look, len(self._looks)))
        if number:
            return element("c", element("v", number.value), r=reference, s=style)
        content = f'<t xml:space="preserve">{escaped(_ESCAPE.sub("_x005F_", text))}</t>'
        return element("c", element("is", content), r=reference, s=style, t="inlineStr")

    def _widths(self) -> list[int]:
        widths = [_MIN_WIDTH] * len(self._alignments)
        for row in self._rows:
            for index, cell in enumerate(row[: len(widths)]):
                longest = max(map(_width, cell[: 2 * _MAX_WIDTH].split("\n")))
                widths[index] = max(widths[index], min(_MAX_WIDTH, longest + 2))
        return widths


def _look(look: _Look, numbers: dict[str, str]) -> str:
    elements = {
        "numFmtId": numbers.get(look.number_format, "0"),
        "fontId": "1" if look.is_header else "0",
        "fillId": "2" if look.is_header else "0",
        "borderId": "0",
        "xfId": "0",
    }
    alignment = {"vertical": "top", "wrapText": "1", **({"horizontal": look.alignment} if look.alignment else {})}
    applied = {
        "applyNumberFormat": "1" if look.number_format else "",
        "applyFont": "1" if look.is_header else "",
        "applyFill": "1" if look.is_header else "",
        "applyAlignment": "1",
    }
    return element(
        "xf", element("alignment", **alignment), **elements, **{name: "1" for name, is_on in applied.items() if is_on}
    )


def _column_name(index: int) -> str:
    name, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _sheet_name(title: str) -> str:
    name = _NOT_IN_SHEET_NAMES.sub(" ", title).strip().strip("'")
    return " ".join(name.split())[:_MAX_SHEET_NAME].strip() or "Sheet1"


def _width(text: str) -> int:
    return len(text) + (0 if text.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in text))
