"""Extra request headers as a person writes them, "Name: value", one a line, and back: of values that are kept, only that they are."""

import re
from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import Header

KEPT = "•••"
"""Stands for a value that is kept. No value can be it: they are plain ASCII."""
_LINE = re.compile(r"\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*([\t\x20-\x7e]*?|•+)\s*")
"""RFC 9110, section 5: a name is a token; we take values of plain ASCII only."""


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """`wrong_line` is the first one that is no header; empty if all are."""

    headers: tuple[Header, ...] = ()
    wrong_line: str = ""


def name_and_value(line: str) -> tuple[str, str]:
    """Return what a line names and what that is; two empty texts for a line that is no header."""
    match = _LINE.fullmatch(line)
    return (match[1], match[2]) if match else ("", "")


def parse_header_lines(text: str, kept: Iterable[Header] = ()) -> HeaderLines:
    """Return the headers in a text; empty lines do not count, and of two with one name the last. `kept` are those whose values are."""
    saved = {header.name.lower(): header for header in kept}
    headers: dict[str, Header] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, value = name_and_value(line)
        is_kept = value.startswith("•")
        if not name or (is_kept and name.lower() not in saved):
            return HeaderLines(wrong_line=line.strip())
        headers.pop(name.lower(), None)
        headers[name.lower()] = saved[name.lower()] if is_kept else Header(name, value)
    return HeaderLines(tuple(headers.values()))


def header_text(headers: Iterable[Header]) -> str:
    """Return the headers of a saved server as lines."""
    return "\n".join(f"{header.name}: {KEPT}" for header in headers)
