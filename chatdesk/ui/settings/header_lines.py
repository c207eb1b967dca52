"""Extra request headers as a person writes them, "Name: value", one a line, and back."""

import re
from collections.abc import Iterable

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.server import Header

_LINE = re.compile(r"\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*([\t\x20-\x7e]*?)\s*")
"""RFC 9110, section 5: a name is a token; we take values of plain ASCII only."""


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """`wrong_line` is the first one that is no header; empty if all are."""

    headers: tuple[Header, ...] = ()
    wrong_line: str = ""


def parse_header_lines(text: str) -> HeaderLines:
    """Return the headers in a text; empty lines do not count."""
    headers = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if not (match := _LINE.fullmatch(line)):
            return HeaderLines(wrong_line=line.strip())
        headers.append(Header(match[1], match[2]))
    return HeaderLines(tuple(headers))


def header_text(headers: Iterable[Header]) -> str:
    """Return headers as lines."""
    return "\n".join(f"{header.name}: {header.value}" for header in headers)
