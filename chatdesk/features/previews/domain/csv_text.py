"""CSV parser: values separated by commas, semicolons, tabs or bars. Rows may have different lengths; quotes follow RFC 4180."""

import re
from collections import Counter

from chatdesk.kernel.fast_dataclass import dataclass

_FIELD = re.compile(r'"((?:[^"]|"")*+)"')
_SEARCH_LENGTH = 20_000
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class UnclosedQuote(Exception):
    """An unclosed quotation mark; lines and columns count from 1."""

    line: int
    column: int


def delimiter_of(text: str) -> str:
    """Return the delimiter: the character that occurs equally often in most of the first lines."""
    lines = [line for line in text[:_SEARCH_LENGTH].splitlines()[:20] if line.strip()]
    counts = {mark: Counter(re.sub(r'"[^"]*+"', "", line).count(mark) for line in lines) for mark in _DELIMITERS}
    best, most = ",", (0, 0)
    for mark, counted in counts.items():
        times, number_of_lines = max(counted.items(), key=lambda entry: (entry[0] > 0, entry[1]), default=(0, 0))
        if times and (number_of_lines, times) > most:
            best, most = mark, (number_of_lines, times)
    return best


def read_rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows without empty lines. Raises UnclosedQuote."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    rows: list[list[str]] = []
    row: list[str] = []
    position, length = int(text.startswith("\ufeff")), len(text)
    while position < length:
        quoted = _FIELD.match(text, position) if text[position] == '"' else None
        if quoted:
            value, position = quoted[1].replace('""', '"'), quoted.end()
        elif text[position] == '"':
            raise UnclosedQuote(*_position_of(text, position))
        else:
            value = ""
        # Characters after a closing quote belong to the value, as in spreadsheets.
        end = plain.match(text, position)
        assert end  # the pattern also matches an empty string  # noqa: S101
        row.append(value + end[0])
        position = end.end()
        if text[position : position + 1] == delimiter:
            position += 1
            if position < length:
                continue
            row.append("")
        position += 2 if text.startswith("\r\n", position) else 1
        if row != [""]:
            rows.append(row)
        row = []
    return rows


def _position_of(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
