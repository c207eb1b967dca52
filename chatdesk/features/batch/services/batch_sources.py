"""Inputs of a batch run: files or rows of a table."""

import asyncio
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.features.attachments.services.text_files import read_text
from chatdesk.features.batch.domain.batch import MAX_ROWS, BatchInput, Table
from chatdesk.features.previews.domain.csv_text import UnclosedQuote, delimiter_of, read_rows
from chatdesk.kernel.documents.kinds import type_by_name
from chatdesk.kernel.errors.attachment_errors import AttachmentNotATable, TooManyRows


def from_files(paths: Iterable[Path]) -> list[BatchInput]:
    """Return an input for each file, also in folders; files are read when they are processed. Blocks. Raises `TooManyRows`."""
    found = islice((file for path in paths for file in _files_at(path)), MAX_ROWS + 1)
    inputs = [BatchInput(shown_name(path.name), path=str(path)) for path in found]
    if len(inputs) > MAX_ROWS:
        raise TooManyRows("", MAX_ROWS)
    return inputs


def _files_at(path: Path) -> Iterator[Path]:
    """Yield the file, or the visible texts and documents in a folder and its folders."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in path.walk():
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (folder / name for name in sorted(names) if not name.startswith(".") and type_by_name(name))


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
