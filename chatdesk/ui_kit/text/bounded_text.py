"""The beginning of a long text, for places that show one and are not meant for reading all of it."""

import re

_LONGEST_LINE = re.compile(r"[^\n]{2000}(?=[^\n])")
"""Characters of one line: a longer one would take too long to lay out, and is parted."""


def bounded_text(text: str, most: int) -> str:
    """Return the text, or its beginning with an ellipsis, in lines that can be laid out between two frames."""
    return in_short_lines(text if len(text) <= most else f"{text[:most]}…")


def in_short_lines(text: str) -> str:
    """Return the text with line breaks where a line would be too long."""
    return _LONGEST_LINE.sub(lambda line: f"{line[0]}\n", text)
