"""Untrusted text made safe for display: single lines, limited length, nothing hidden."""

import re

from chatdesk.kernel.text.safe_line import safe_line

# Untrusted names (chat titles, model ids) as one safe line.

_MAX_PLAIN_LINE_LENGTH = 300
"""In characters. No place for a name is wide enough for more."""


def plain_line(name: str) -> str:
    """Return the name as a safe line, truncated if it is very long."""
    return safe_line(name, _MAX_PLAIN_LINE_LENGTH + 1)


# The beginning of a long text, for places that are not meant for reading all of it.

_OVERLONG_LINE = re.compile(r"[^\n]{2000}(?=[^\n])")
"""Maximum characters of one line; longer lines would take too long to lay out and are broken."""


def bounded_text(text: str, most: int) -> str:
    """Return the text, or its beginning with an ellipsis, in lines that can be laid out between two frames."""
    return break_long_lines(text if len(text) <= most else f"{text[:most]}…")


def break_long_lines(text: str) -> str:
    """Return the text with line breaks in lines that are too long."""
    return _OVERLONG_LINE.sub(lambda line: f"{line[0]}\n", text)


# Display of a link target: nothing hidden, and limited in length.

_MAX_LENGTH = 300


def visible_target(target: str, longest: int = _MAX_LENGTH) -> str:
    """Return a target with invisible characters (controls, direction marks) made visible, truncated after `longest` characters."""
    shown = "".join(character if character.isprintable() else f"[U+{ord(character):04X}]" for character in target)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
