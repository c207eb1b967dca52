"""JSON as a table, if it is a list of objects, or as a flat list of what a tree of it shows. Numbers stay as they are written."""

import json
from collections.abc import Iterable, Iterator

from chatdesk.kernel.fast_dataclass import dataclass


class _Number(str):
    """A number as it is written: no digit of it is lost."""

    __slots__ = ()


class _Object(list[tuple[str, object]]):
    """An object with all that it has, also under the same key."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A value in a tree, before all that is inside it. `kind` is object, array, string, number or word."""

    depth: int
    key: str | None
    kind: str
    text: str
    size: int


def read_json(text: str) -> object:
    """Return what JSON says. Raises json.JSONDecodeError, or RecursionError for what is nested too deeply."""
    return json.loads(
        text.removeprefix("\ufeff"),
        parse_int=_Number,
        parse_float=_Number,
        parse_constant=_Number,
        object_pairs_hook=_Object,
        strict=False,
    )


def table_of(value: object) -> tuple[list[str], list[_Object]] | None:
    """Return the columns and the rows of a list of objects; None if it is anything else."""
    if not (isinstance(value, list) and not isinstance(value, _Object) and value):
        return None
    if not all(isinstance(row, _Object) for row in value):
        return None
    columns = list(dict.fromkeys(key for row in value for key, _ in row))
    return (columns, value) if columns else None


def cells_of(row: Iterable[tuple[str, object]], columns: list[str]) -> list[str]:
    """Return the values of an object as a row of a table."""
    values = dict(row)
    return [cell_of(values[column]) if column in values else "" for column in columns]


def cell_of(value: object) -> str:
    """Return a value as the text of a cell."""
    return value if isinstance(value, str) else _written(value)


def tree_of(value: object) -> Iterator[TreeNode]:
    """Give every value in the order of the text."""
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
            yield TreeNode(depth, key, "number" if isinstance(current, _Number) else "word", _written(current), 0)


def _written(value: object) -> str:
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
    return json.dumps(value, ensure_ascii=False) if plain else _written(value)
