"""Sheets: chosen cells, formats that calamine does not tell, and formulas that nobody has calculated."""

from pathlib import Path

import pytest

from chatdesk.documents.readers.sheets import read_sheets
from chatdesk.kernel.documents.document_text import Section
from tests.fakes.document_files import xlsx, zipped

_GRID = [[f"{letter}{row}" for letter in "ABCD"] for row in range(1, 6)]
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = (
    f'<styleSheet xmlns="{_SPREADSHEET}"><numFmts><numFmt numFmtId="164" formatCode="#,##0.00\\ [$€-407]"/>'
    '<numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
_ODS = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "table")
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sheets"


def read(path: Path, data: bytes, **cells: str) -> tuple[Section, ...]:
    path.write_bytes(data)
    return tuple(read_sheets(path, cells).sections)


def table(*rows: str) -> str:
    first, *rest = (f"| {' | '.join(row.split())} |" for row in rows)
    return "\n".join([first, "|" + " --- |" * len(rows[0].split()), *rest])


@pytest.mark.parametrize(
    ("cells", "text", "said"),
    [
        ("B2:C3", table("B2 C2", "B3 C3"), "B2:C3"),
        ("c5", table("C5"), "C5"),
        ("D:D", table("D1", "D2", "D3", "D4", "D5"), "D1:D5"),
        ("4:99", table("A4 B4 C4 D4", "A5 B5 C5 D5"), "A4:D5"),
        ("no range", table(*(" ".join(row) for row in _GRID)), "A1:D5"),
        ("Z80:Z90", "", "Z80:Z90"),
    ],
)
def test_only_the_chosen_cells_are_read(path: Path, cells: str, text: str, said: str) -> None:
    grid, other = read(path, xlsx({"Grid": _GRID, "Other": [["x"]]}), Grid=cells)
    assert (grid.text, grid.cells) == (text, said)
    assert other.text == table("x")


def test_cells_are_counted_from_the_corner_of_the_sheet(path: Path) -> None:
    rows = [[], [], [None, None, "Name", "Sum"], [None, None, "Travel", 7]]
    whole = read(path, xlsx({"Costs": rows}))
    assert (whole[0].text, whole[0].cells) == (table("Name Sum", "Travel 7"), "C3:D4")
    assert read(path, xlsx({"Costs": rows}), Costs="D4")[0].text == table("7")


def with_cells(cells: str) -> bytes:
    row = f'<worksheet xmlns="{_SPREADSHEET}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    return xlsx({"Costs": []}, more={"xl/worksheets/sheet1.xml": row, "xl/styles.xml": _STYLES})


def test_percentages_and_currencies_have_their_signs(path: Path) -> None:
    cells = '<c r="A1" s="1"><v>0.256</v></c><c r="B1" s="2"><v>1234.5</v></c><c r="C1" s="3"><v>7</v></c>'
    assert read(path, with_cells(cells))[0].text.startswith("| 25.6% | 1234.5 € | 7 |")


def test_a_formula_without_a_result_is_shown_and_counted(path: Path) -> None:
    cells = '<c r="A1"><v>2</v></c><c r="B1"><f>SUM(A1:A1)*2</f></c><c r="C1"><f>A1+1</f><v>3</v></c>'
    (section,) = read(path, with_cells(cells))
    assert section.text.startswith("| 2 | =SUM(A1:A1)*2 | 3 |")
    assert section.formulas == 1


def test_a_sheet_of_formulas_alone_is_not_empty(path: Path) -> None:
    (section,) = read(path, with_cells('<c r="B1"><f>NOW()</f></c>'))
    assert (section.text.splitlines()[0], section.cells) == ("| =NOW() |", "B1")


def test_errors_are_named(path: Path) -> None:
    cells = '<c r="A1"><v>1</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    assert read(path, with_cells(cells))[0].text.startswith("| 1 | #DIV/0! |")


def test_an_opendocument_sheet_has_its_formats_too(path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="percentage" office:value="0.38"><text:p>38%</text:p></table:table-cell>'
        '<table:table-cell office:value-type="currency" office:currency="CNY" office:value="12"><text:p>¥12</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=SUM([.A1:.B1])"/>'
    )
    content = (
        f'<office:document-content {_ODS} office:version="1.3"><office:body><office:spreadsheet><table:table table:name="成本">'
        f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )
    (section,) = read(path, data)
    assert (section.title, section.text.splitlines()[0]) == ("成本", "| 38% | 12 CNY | =SUM(A1:B1) |")


def test_formats_with_a_document_type_declaration_are_not_read(path: Path) -> None:
    sheet = (
        f'<!DOCTYPE x [<!ENTITY a "haha">]><worksheet xmlns="{_SPREADSHEET}"><sheetData><row r="1">'
        '<c r="A1" s="1"><v>0.5</v></c></row></sheetData></worksheet>'
    )
    data = xlsx({"Costs": []}, more={"xl/worksheets/sheet1.xml": sheet, "xl/styles.xml": _STYLES})
    assert read(path, data)[0].text == table("0.5")
