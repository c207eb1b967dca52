"""Spreadsheets (.xlsx, .xls, .xlsb, .ods) by calamine: the values of each visible sheet as a table."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from chatdesk.documents.readers.archive import open_archive
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.tables import table_text
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import Section

_MAX_CELLS = 2_000_000
"""Of one sheet: a sheet can claim 17 billion."""
_MAX_DIGITS = 15
"""Digits of a number that are exact in IEEE 754."""


def read_sheets(path: Path) -> DocumentReading:
    """Read a workbook, one section for each visible sheet. Formulas have their last results."""
    if zipfile.is_zipfile(path):
        with open_archive(path):
            pass  # checks the directory: calamine does not
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError as error:
        raise UnreadableDocument(ReadingProblem.ENCRYPTED) from error
    except calamine.CalamineError as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is calamine.SheetVisibleEnum.Visible and sheet.typ is calamine.SheetTypeEnum.WorkSheet
    ]
    if not names:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(_sheets(workbook, names), DocumentUnit.SHEET, len(names))


def _sheets(workbook: calamine.CalamineWorkbook, names: list[str]) -> Iterator[Section]:
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > _MAX_CELLS:
            raise UnreadableDocument(ReadingProblem.TOO_LONG)
        rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
        yield Section(table_text([row for row in rows if any(row)]), name)


def _shown(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
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
