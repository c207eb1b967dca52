"""Spreadsheets (.xlsx, .xls, .xlsb, .ods) by calamine: the values of each sheet as a table."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType

import python_calamine as calamine

from chatdesk.documents.readers.archive import open_archive
from chatdesk.documents.readers.cell_formats import NO_FORMATS, CellFormats, CellPosition, SheetFormats
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.tables import table_text
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.cells import CellRange, parse_range
from chatdesk.kernel.documents.document_text import Section

_MAX_CELLS = 2_000_000
"""Of one sheet: a sheet can claim 17 billion."""
_MAX_DIGITS = 15
"""Digits of a number that are exact in IEEE 754."""


def read_sheets(path: Path, cells: Mapping[str, str] = MappingProxyType({})) -> DocumentReading:
    """Read a workbook, one section for each sheet. Formulas have their last results.

    `cells` has the cells to read by the name of their sheet, such as `A1:I214`; of other sheets all are read.
    """
    is_zip = zipfile.is_zipfile(path)
    if is_zip:
        with open_archive(path):
            pass  # checks the directory: calamine does not
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise UnreadableDocument(ReadingProblem.ENCRYPTED) from error
    except calamine.CalamineError as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
    if not sheets:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(_sections(path, is_zip, workbook, sheets, cells), DocumentUnit.SHEET, len(sheets))


def _sections(
    path: Path,
    is_zip: bool,
    workbook: calamine.CalamineWorkbook,
    sheets: Sequence[calamine.SheetMetadata],
    cells: Mapping[str, str],
) -> Iterator[Section]:
    with open_archive(path) if is_zip else nullcontext() as archive:
        formats = SheetFormats(archive) if archive else None
        for each in sheets:
            sheet = workbook.get_sheet_by_name(each.name)
            found = formats.of(each.name) if formats else NO_FORMATS
            section = _section(sheet, parse_range(cells.get(each.name, "")), found)
            yield replace(section, is_hidden=each.visible is not calamine.SheetVisibleEnum.Visible)


def _section(sheet: calamine.CalamineSheet, wanted: CellRange | None, formats: CellFormats) -> Section:
    used = _used(sheet, formats)
    shown = used.within(wanted) if used and wanted else used
    if shown is None:
        return Section("", sheet.name, str(wanted or ""))
    if shown.rows * shown.columns > _MAX_CELLS or sheet.total_height * sheet.total_width > _MAX_CELLS:
        raise UnreadableDocument(ReadingProblem.TOO_LONG)
    values = sheet.to_python(skip_empty_area=True)
    top, left = sheet.start or (0, 0)
    columns = range(shown.first_column, shown.last_column + 1)
    rows = []
    for row in range(shown.first_row, shown.last_row + 1):
        read = values[row - top] if 0 <= row - top < len(values) else []
        rows.append(
            [
                _text((row, column), read[column - left] if 0 <= column - left < len(read) else "", formats)
                for column in columns
            ]
        )
    formulas = sum(shown.contains(row, column) for row, column in formats.formulas)
    return Section(table_text([row for row in rows if any(row)]), sheet.name, str(shown), formulas=formulas)


def _used(sheet: calamine.CalamineSheet, formats: CellFormats) -> CellRange | None:
    """Return the cells from the first to the last one that has something; None if there are none."""
    positions = [position for position in (sheet.start, sheet.end, *formats.formulas, *formats.errors) if position]
    rows, columns = [row for row, _ in positions], [column for _, column in positions]
    return CellRange(min(rows), min(columns), max(rows), max(columns)) if positions else None


def _text(position: CellPosition, value: object, formats: CellFormats) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool) and position in formats.units:
        unit = formats.units[position]
        return f"{value * 100:.12g}%" if unit == "%" else f"{_shown(value)} {unit}"
    return _shown(value) or formats.errors.get(position) or _shown(formats.formulas.get(position, ""))


def _shown(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return (
                str(int(value)) if value.is_integer() and abs(value) < 10**_MAX_DIGITS else f"{value:.{_MAX_DIGITS}g}"
            )
        case datetime():
            return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return " ".join(str(value).split()).replace("|", "\\|")
