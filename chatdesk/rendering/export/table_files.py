"""Tables of messages as files for spreadsheets."""

from datetime import datetime
from enum import StrEnum

from chatdesk.kernel.text.csv_cells import to_csv
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.rendering.export.plain_text import spans_text
from chatdesk.rendering.markdown.blocks import Table
from chatdesk.rendering.markdown.table_numbers import shown_alignments

_MAX_NAME = 60


class TableFile(StrEnum):
    """A kind of file; the value is the end of its name."""

    EXCEL = "xlsx"
    CSV = "csv"


def table_file_name(table: Table) -> str:
    """Return a name for the file of a table, without its end: the words of its header."""
    text = ", ".join(filter(None, (spans_text(cell).strip() for cell in table.header)))
    return safe_file_name(text, _MAX_NAME) or "table"


def table_file(table: Table, kind: TableFile, title: str, now: datetime) -> bytes:
    """Return a table as a file. Its cells are values: nothing in them is a formula that a spreadsheet evaluates."""
    header = [table.header] if table.header else []
    rows = [[spans_text(cell) for cell in row] for row in (*header, *table.rows)]
    if kind is TableFile.CSV:
        return to_csv(rows, keep_numbers=True).encode(
            "utf-8-sig", "replace"
        )  # Excel takes it for another encoding otherwise
    from chatdesk.rendering.export.office.workbook import workbook  # noqa: PLC0415 - start-up time

    return workbook(rows, [*map(str, shown_alignments(table))], title, now)
