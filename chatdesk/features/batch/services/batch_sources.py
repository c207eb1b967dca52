"""Inputs of a batch run: files or rows of a table."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.features.attachments.services.text_files import read_text
from chatdesk.features.batch.domain.batch import MAX_ROWS, BatchInput, Table
from chatdesk.features.previews.domain.csv_text import UnclosedQuote, delimiter_of, read_rows
from chatdesk.kernel.errors.attachment_errors import AttachmentNotATable, TooManyRows


def from_files(paths: Iterable[Path]) -> list[BatchInput]:
    """Return an input for each file; files are read when they are processed. Raises `TooManyRows`."""
    inputs = [BatchInput(shown_name(path.name), path=str(path)) for path in paths]
    if len(inputs) > MAX_ROWS:
        raise TooManyRows("", MAX_ROWS)
    return inputs


async def read_table(path: Path) -> Table:
    """Return a table whose first row contains the column names.

    Raises an `AttachmentError` if the file is not a text or a table, or has too many rows.
    """
    text = await read_text(path)
    name = shown_name(path.name)
    try:
        rows = await asyncio.to_thread(lambda: read_rows(text, delimiter_of(text)))
    except UnclosedQuote as error:
        raise AttachmentNotATable(name, error.line) from error
    if len(rows) < 2:  # only a header row
        raise AttachmentNotATable(name, len(rows))
    if len(rows) - 1 > MAX_ROWS:
        raise TooManyRows(name, MAX_ROWS)
    return Table(tuple(rows[0]), rows[1:])
