"""Excel files of tables: read again with the reader of attached documents, and opened with LibreOffice."""

import os
import subprocess
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.rendering.export.office.workbook import MAX_CELL_LENGTH, CellNumber, cell_number, workbook
from chatdesk.rendering.export.table_files import TableFile, table_file
from chatdesk.rendering.markdown.blocks import Table
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.system.libreoffice import find_libreoffice
from tests.own_time import PROCESS_TIMEOUT

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
OFFICE = find_libreoffice()
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table(markdown: str) -> Table:
    found = next(block for block in parse(markdown) if isinstance(block, Table))
    assert isinstance(found, Table)
    return found


def cells(data: bytes) -> list[list[str | float]]:
    """The cells of the sheet: texts, and numbers as numbers."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
    assert next(sheet.iter(f"{_SPACE}f"), None) is None
    rows: list[list[str | float]] = []
    for row in sheet.iter(f"{_SPACE}row"):
        rows.append([])
        for cell in row:
            text, value = cell.find(f"{_SPACE}is/{_SPACE}t"), cell.find(f"{_SPACE}v")
            rows[-1].append(
                float(value.text or "") if value is not None else (text.text or "") if text is not None else ""
            )
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", CellNumber("12", "")),
        ("-3.50", CellNumber("-3.50", "0.00")),
        ("−3", CellNumber("-3", "")),
        ("1,234", CellNumber("1234", "#,##0")),
        ("€16,288.95", CellNumber("16288.95", '"€"#,##0.00;-"€"#,##0.00')),
        ("12.5 €", CellNumber("12.5", '0.0" €"')),
        ("5.000%", CellNumber("0.05", "0.000%")),
        ("1.5e-3", CellNumber("1.5E-3", "")),
    ],
)
def test_a_number_is_a_number(text: str, expected: CellNumber) -> None:
    assert cell_number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "007",
        "+49 30 1234",
        "1234567890123456",
        "1.2.3",
        "12,34",
        "1-2",
        "=1+1",
        "2026-11-28",
        "12:30",
        "$5€",
        "1 000",
        "٣",
    ],
)
def test_anything_else_stays_as_it_is_written(text: str) -> None:
    assert cell_number(text) is None


@pytest.mark.parametrize(("text", "value"), [("1.234,50", "1234.50"), ("0,5", "0.5"), ("1.234", "1234"), ("-7", "-7")])
def test_numbers_with_decimal_commas_are_understood_where_the_table_has_them(text: str, value: str) -> None:
    found = cell_number(text, decimal_commas=True)
    assert found is not None
    assert found.value == value


def test_a_table_decides_about_its_commas_as_a_whole() -> None:
    german = table("| Preis | Menge |\n|--:|--:|\n| 1,234 | 2,5 |\n")
    english = table("| Price | Count |\n|--:|--:|\n| 1,234 | 2.5 |\n")
    assert cells(table_file(german, TableFile.EXCEL, "t", NOW))[1] == [1.234, 2.5]
    assert cells(table_file(english, TableFile.EXCEL, "t", NOW))[1] == [1234.0, 2.5]


def test_a_table_of_an_answer_becomes_a_sheet() -> None:
    data = table_file(
        table("| *Name* | Sum |\n|---|--:|\n| `a` & <b> | €1,000.50 |\n| =SUM(A1) | |\n| \n"),
        TableFile.EXCEL,
        "My: chat",
        NOW,
    )
    assert cells(data)[:3] == [["Name", "Sum"], ["a & <b>", 1000.5], ["=SUM(A1)"]]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert 'name="My chat"' in archive.read("xl/workbook.xml").decode()


def test_what_excel_would_read_as_a_code_stays_text() -> None:
    data = workbook([["h"], ["_x0041_ and \x00\x0b"], ["x" * 40_000]], [""], "t", NOW)
    assert cells(data)[1:] == [["_x005F_x0041_ and "], ["x" * MAX_CELL_LENGTH]]


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), min_size=1, max_size=5))
@settings(deadline=None, max_examples=60)
def test_any_text_makes_a_file_without_formulas(rows: list[list[str]]) -> None:
    assert len(cells(workbook(rows, ["", "right"], "t", NOW))) == len(rows)


def test_a_csv_file_has_no_formulas_and_says_its_encoding() -> None:
    data = table_file(table('| a | b |\n|---|---|\n| =1+1 | -5 |\n| 中, "x" | y |\n'), TableFile.CSV, "t", NOW)
    assert data.decode("utf-8-sig") == 'a,b\r\n\'=1+1,-5\r\n"中, ""x""",y\r\n'
    assert data.startswith(b"\xef\xbb\xbf")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_numbers_as_they_were_written_and_evaluates_nothing(tmp_path: Path) -> None:
    source = tmp_path / "table.xlsx"
    rows = "| Name | Price | Share |\n|---|--:|--:|\n| 茶 | €1,234.50 | 12.5% |\n| =1+1 | -3 | 0.25 |\n"
    source.write_bytes(table_file(table(rows), TableFile.EXCEL, "Prices", NOW))
    profile = (tmp_path / "profile").as_uri()
    command = [
        str(OFFICE),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)],
        check=True,
        timeout=PROCESS_TIMEOUT,
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    shown = (tmp_path / "table.csv").read_text("utf-8").splitlines()
    assert shown == ["Name,Price,Share", '茶,"€1,234.50",12.5%', "=1+1,-3,0.25"]
