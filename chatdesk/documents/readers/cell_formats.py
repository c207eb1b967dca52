"""What calamine does not report about the cells of a sheet: percentages, currencies, errors, and formulas that have no result.

Read from the XML of `.xlsx` and `.ods` files. The other formats are shown without.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from xml.parsers.expat import ExpatError, ParserCreate

from chatdesk.documents.readers.archive import Archive
from chatdesk.documents.readers.reading import ReadingProblem, UnreadableDocument
from chatdesk.kernel.documents.cells import MAX_COLUMNS, MAX_ROWS, column_number
from chatdesk.kernel.fast_dataclass import dataclass

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PERCENT = "%"
_PERCENT_FORMATS = frozenset({9, 10})
"""Numbers of the formats `0%` and `0.00%`, which a file need not contain."""
_QUOTED = re.compile(r'"[^"]*"|\\.')
_CURRENCY = re.compile(r"\[\$([^\]\-]{1,5})[^\]]*\]|([$€£¥₩₹₽])")
_CELL_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_FORMULA_MARK = re.compile(r"\[\.?([^\[\]]*)\]")
_MAX_XML_BYTES = 60 * 1024 * 1024
"""A larger sheet is shown without: it would take more than ten seconds."""
_MAX_FORMULA = 500
_MAX_REPEATED_CELLS = 500_000

CellPosition = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class CellFormats:
    """`units` has `%` or a currency by place, `errors` the names of errors, and `formulas` the formulas without a result."""

    units: dict[CellPosition, str]
    errors: dict[CellPosition, str]
    formulas: dict[CellPosition, str]


NO_FORMATS = CellFormats({}, {}, {})


class SheetFormats:
    """The formats of the sheets in an archive. What is common to the sheets is read once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._parts: dict[str, str] | None = None
        """The parts of the sheets by their names."""
        self._units: dict[str, str] = {}
        self._of_ods: dict[str, CellFormats] | None = None

    def of(self, sheet: str) -> CellFormats:
        """Return what can be found about the cells of a sheet; nothing if its XML is damaged or very long."""
        with suppress(UnreadableDocument, KeyError, ValueError, ExpatError):
            if "content.xml" in self._archive:
                if self._of_ods is None:
                    self._of_ods = {}
                    self._of_ods = _in_ods(self._chunks("content.xml"))
                return self._of_ods.get(sheet, NO_FORMATS)
            if self._parts is None:
                self._parts = {}
                self._parts, self._units = _sheet_parts(self._archive), _units_by_style(self._archive)
            cells = _XlsxCells(self._units)
            _parse(self._chunks(self._parts[sheet]), cells)
            return cells.found
        return NO_FORMATS

    def _chunks(self, part: str) -> Iterator[bytes]:
        return self._archive.chunks(part) if self._archive.size(part) <= _MAX_XML_BYTES else iter(())


def _sheet_parts(archive: Archive) -> dict[str, str]:
    targets = {each.get("Id", ""): each.get("Target", "") for each in archive.xml("xl/_rels/workbook.xml.rels").iter()}
    return {
        each.get("name", ""): posixpath.normpath(posixpath.join("/xl", targets.get(each.get(f"{_R}id", ""), "")))
        for each in archive.xml("xl/workbook.xml").iter(f"{_S}sheet")
    }


def _units_by_style(archive: Archive) -> dict[str, str]:
    """Return the units of cell styles, by the number of the style."""
    if "xl/styles.xml" not in archive:
        return {}
    root = archive.xml("xl/styles.xml")
    own = {each.get("numFmtId", ""): _unit(each.get("formatCode", "")) for each in root.iter(f"{_S}numFmt")}
    found: dict[str, str] = {}
    styles = root.find(f"{_S}cellXfs")
    for number, style in enumerate(styles if styles is not None else ()):
        name = style.get("numFmtId", "")
        unit = own.get(name, _PERCENT if name.isdecimal() and int(name) in _PERCENT_FORMATS else "")
        if unit:
            found[str(number)] = unit
    return found


def _unit(code: str) -> str:
    """Return the unit in a number format such as `0.0%` or `#,##0.00 [$€-407]`."""
    if "%" in _QUOTED.sub("", code):
        return _PERCENT
    currency = _CURRENCY.search(code)
    return (currency[1] or currency[2]).strip() if currency else ""


class _Cells:
    """Collects the formats of cells while their XML is parsed."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, data: str) -> None:
        """Read text of an element."""


def _parse(chunks: Iterator[bytes], cells: _Cells) -> None:
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: cells.start(tag.rpartition(" ")[2], attributes)
    parser.EndElementHandler = lambda tag: cells.end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = cells.text
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _refuse(*_declaration: object) -> None:
    raise UnreadableDocument(ReadingProblem.UNSAFE, "a document type declaration")


class _XlsxCells(_Cells):
    """The cells of a sheet in SpreadsheetML."""

    def __init__(self, units_by_style: Mapping[str, str]) -> None:
        self.found = CellFormats({}, {}, {})
        self._units_by_style = units_by_style
        self._row, self._column = -1, -1
        self._is_error = self._has_formula = self._has_value = False
        self._text_parts: list[str] | None = None
        self._formula = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                value = attributes.get("r", "")
                self._row = int(value) - 1 if value.isdecimal() else self._row + 1
                self._column = -1
            case "c":
                reference = _CELL_REFERENCE.fullmatch(attributes.get("r", ""))
                self._column = column_number(reference[1]) if reference else self._column + 1
                self._is_error = attributes.get("t") == "e"
                self._has_formula = self._has_value = False
                if unit := self._units_by_style.get(attributes.get("s", "")):
                    self.found.units[self._row, self._column] = unit
            case "f":
                self._has_formula, self._text_parts = True, []
            case "v":
                self._text_parts = []

    def end(self, name: str) -> None:
        match name:
            case "f":
                self._formula, self._text_parts = "".join(self._text_parts or ())[:_MAX_FORMULA], None
            case "v":
                value, self._text_parts = "".join(self._text_parts or ()), None
                self._has_value = bool(value)
                if self._is_error:
                    self.found.errors[self._row, self._column] = value
            case "c" if self._has_formula and not self._has_value:
                self.found.formulas[self._row, self._column] = f"={self._formula or '…'}"

    def text(self, data: str) -> None:
        if self._text_parts is not None:
            self._text_parts.append(data)


class _OdsCells(_Cells):
    """The cells of all sheets of an OpenDocument spreadsheet."""

    def __init__(self) -> None:
        self.sheets: dict[str, CellFormats] = {}
        self._here = CellFormats({}, {}, {})
        self._row = self._column = 0
        self._row_step = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table":
                self._here = self.sheets[_local(attributes, "name")] = CellFormats({}, {}, {})
                self._row = self._column = 0
            case "table-row":
                self._column, self._row_step = 0, _repeated(attributes, "number-rows-repeated", MAX_ROWS)
            case "table-cell" | "covered-table-cell":
                columns = _repeated(attributes, "number-columns-repeated", MAX_COLUMNS)
                self._note(attributes, columns)
                self._column += columns

    def end(self, name: str) -> None:
        if name == "table-row":
            self._row += self._row_step

    def _note(self, attributes: dict[str, str], columns: int) -> None:
        kind, formula = _local(attributes, "value-type"), _local(attributes, "formula")
        if not kind and formula:
            text = _FORMULA_MARK.sub(lambda found: found[1].replace(":.", ":"), formula.partition("=")[2])
            self._here.formulas[self._row, self._column] = f"={text[:_MAX_FORMULA]}"
        unit = _PERCENT if kind == "percentage" else _local(attributes, "currency") if kind == "currency" else ""
        if unit and len(self._here.units) < _MAX_REPEATED_CELLS:
            for row in range(self._row, self._row + min(self._row_step, 1_000)):
                for column in range(self._column, self._column + min(columns, 1_000)):
                    self._here.units[row, column] = unit


def _in_ods(chunks: Iterator[bytes]) -> dict[str, CellFormats]:
    cells = _OdsCells()
    _parse(chunks, cells)
    return cells.sheets


def _local(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute by its name without the namespace; that of OpenDocument comes before LibreOffice's own."""
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


def _repeated(attributes: Mapping[str, str], name: str, most: int) -> int:
    value = _local(attributes, name)
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 9 else 1
