"""Pages for JSON and CSV: a sortable table, a collapsible tree, or an error message.

Texts of the data are passed to the page as values and shown as plain text, never as markup.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind
from chatdesk.features.previews.domain.csv_text import UnclosedQuote, delimiter_of, read_rows
from chatdesk.features.previews.domain.libraries import Libraries, PageTexts
from chatdesk.features.previews.domain.page import Page, PageWriter, script_name
from chatdesk.features.previews.domain.skeleton import HEAD, script, style, value_script
from chatdesk.kernel.fast_dataclass import dataclass


class _Number(str):
    """A number as written, so that no digits are lost."""

    __slots__ = ()


class _Object(list[tuple[str, object]]):
    """An object as pairs, including duplicate keys."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A value in a tree, listed before its children. `kind` is object, array, string, number or word."""

    depth: int
    key: str | None
    kind: str
    text: str
    size: int


def read_json(text: str) -> object:
    """Parse JSON; numbers keep their notation. Raises json.JSONDecodeError, or RecursionError for too deep nesting."""
    return json.loads(
        text.removeprefix("\ufeff"),
        parse_int=_Number,
        parse_float=_Number,
        parse_constant=_Number,
        object_pairs_hook=_Object,
        strict=False,
    )


def table_of(value: object) -> tuple[list[str], list[_Object]] | None:
    """Return the columns and rows of a list of objects; None for any other value."""
    if not (isinstance(value, list) and not isinstance(value, _Object) and value):
        return None
    if not all(isinstance(row, _Object) for row in value):
        return None
    columns = list(dict.fromkeys(key for row in value for key, _ in row))
    return (columns, value) if columns else None


def cells_of(row: Iterable[tuple[str, object]], columns: list[str]) -> list[str]:
    """Return the values of an object as a table row."""
    values = dict(row)
    return [cell_of(values[column]) if column in values else "" for column in columns]


def cell_of(value: object) -> str:
    """Return a value as the text of a table cell."""
    return value if isinstance(value, str) else _to_text(value)


def tree_of(value: object) -> Iterator[TreeNode]:
    """Yield all values in document order."""
    stack: list[tuple[int, str | None, object]] = [(0, None, value)]
    while stack:
        depth, key, current = stack.pop()
        if isinstance(current, _Object):
            yield TreeNode(depth, key, "object", "", len(current))
            stack += [(depth + 1, name, inner) for name, inner in reversed(current)]
        elif isinstance(current, list):
            yield TreeNode(depth, key, "array", "", len(current))
            stack += [(depth + 1, str(index), inner) for index, inner in reversed(list(enumerate(current)))]
        elif isinstance(current, str) and not isinstance(current, _Number):
            yield TreeNode(depth, key, "string", current, 0)
        else:
            yield TreeNode(depth, key, "number" if isinstance(current, _Number) else "word", _to_text(current), 0)


def _to_text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case _Number():
            return str(value)
        case _Object():
            return (
                "{"
                + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_quoted(inner)}" for key, inner in value)
                + "}"
            )
        case list():
            return "[" + ", ".join(map(_quoted, value)) + "]"
        case _:
            return str(value)


def _quoted(value: object) -> str:
    plain = isinstance(value, str) and not isinstance(value, _Number)
    return json.dumps(value, ensure_ascii=False) if plain else _to_text(value)


MAX_ROWS = 10_000
MAX_COLUMNS = 200
MAX_VALUES = 10_000
MAX_CHARACTERS = 20_000_000
_MAX_CELL_LENGTH = 2_000
_MAX_RAW_LENGTH = 200_000


def data_page(artifact: Artifact, libraries: Libraries) -> Page:
    """Return the page for JSON or CSV."""
    data = _data(artifact, libraries.texts)
    writer = PageWriter()
    writer.write(HEAD + style(libraries.text("pages/data.css")) + "<body>\n")
    writer.write(value_script("data", data) + script(libraries.text("pages/report.js")))
    writer.write(script(libraries.text("pages/data.js")))
    writer.add_script(artifact.main.name)
    return writer.page()


def _data(artifact: Artifact, texts: PageTexts) -> dict[str, object]:
    text, file = artifact.main.text, artifact.main.name
    if len(text) > MAX_CHARACTERS:
        size, most = len(text) // 1_000_000, MAX_CHARACTERS // 1_000_000
        return _failure(texts.too_large.format(size=size, most=most), text, file)
    try:
        return _json(text, texts) if artifact.kind is ArtifactKind.JSON else _csv(text, file, texts)
    except json.JSONDecodeError as error:
        sentence = texts.not_json.format(line=error.lineno, column=error.colno, reason=error.msg)
        return _failure(sentence, text, file, error.lineno)
    except UnclosedQuote as error:
        sentence = texts.not_csv.format(line=error.line, column=error.column)
        return _failure(sentence, text, file, error.line)
    except RecursionError:
        return _failure(texts.too_deep, text, file)


def _failure(sentence: str, text: str, file: str, line: int = 1) -> dict[str, object]:
    return {"failure": sentence, "raw": text[:_MAX_RAW_LENGTH], "file": script_name(file), "line": line}


def _json(text: str, texts: PageTexts) -> dict[str, object]:
    value = read_json(text)
    if table := table_of(value):
        columns, rows = table
        shown = columns[:MAX_COLUMNS]
        return _table(columns, [cells_of(row, shown) for row in rows[:MAX_ROWS]], len(rows), texts)
    nodes, count = [], 0
    for node in tree_of(value):
        count += 1
        if count <= MAX_VALUES:
            nodes.append([node.depth, node.key, node.kind, node.text[:_MAX_CELL_LENGTH], node.size])
    notes = (
        [texts.capped_values.format(shown=_grouped(MAX_VALUES), count=_grouped(count))] if count > MAX_VALUES else []
    )
    return {"tree": nodes, "notes": notes}


def _csv(text: str, file: str, texts: PageTexts) -> dict[str, object]:
    rows = read_rows(text, "\t" if file.lower().endswith(".tsv") else delimiter_of(text))
    width = max(map(len, rows), default=0)
    named = len(rows) > 1 and not any(_is_number(cell) for cell in rows[0])
    columns = [*rows[0], *[""] * (width - len(rows[0]))] if named else [str(index + 1) for index in range(width)]
    body = rows[1:] if named else rows
    shown = min(width, MAX_COLUMNS)
    cells = [[*row[:shown], *[""] * (shown - len(row))] for row in body[:MAX_ROWS]]
    return _table(columns, cells, len(body), texts)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], count: int, texts: PageTexts) -> dict[str, object]:
    notes = []
    if count > MAX_ROWS:
        notes.append(texts.capped_rows.format(shown=_grouped(MAX_ROWS), count=_grouped(count)))
    else:
        notes.append(
            texts.row_count_one
            if count == 1
            else texts.row_count.format(count=_grouped(count))
            if count
            else texts.no_rows
        )
    if len(columns) > MAX_COLUMNS:
        notes.append(texts.capped_columns.format(shown=_grouped(MAX_COLUMNS), count=_grouped(len(columns))))
    names = [name[:_MAX_CELL_LENGTH] for name in columns[:MAX_COLUMNS]]
    return {
        "columns": names,
        "labels": [texts.sort_by.format(column=name) for name in names],
        "rows": [[cell[:_MAX_CELL_LENGTH] for cell in row] for row in rows],
        "notes": notes,
    }


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True


def _grouped(number: int) -> str:
    return f"{number:,}"
