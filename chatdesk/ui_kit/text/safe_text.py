"""Text from elsewhere made safe to show: one line, bounded, nothing hidden."""

import re

from chatdesk.kernel.text.safe_line import safe_line

# Names that come from elsewhere (titles of chats, ids of models) as one harmless line of text.

_PLAIN_LINE_LONGEST = 300
"""Characters worth laying out: no place for a name is wide enough for more."""


def plain_line(name: str) -> str:
    """Return the name as a safe line, cut if it is very long."""
    return safe_line(name, _PLAIN_LINE_LONGEST + 1)


# The beginning of a long text, for places that show one and are not meant for reading all of it.

_LONGEST_LINE = re.compile(r"[^\n]{2000}(?=[^\n])")
"""Characters of one line: a longer one would take too long to lay out, and is parted."""


def bounded_text(text: str, most: int) -> str:
    """Return the text, or its beginning with an ellipsis, in lines that can be laid out between two frames."""
    return in_short_lines(text if len(text) <= most else f"{text[:most]}…")


def in_short_lines(text: str) -> str:
    """Return the text with line breaks where a line would be too long."""
    return _LONGEST_LINE.sub(lambda line: f"{line[0]}\n", text)


# How the target of a link is shown to people: nothing in it hidden, and not endless.

_LONGEST = 300


def visible_target(target: str, longest: int = _LONGEST) -> str:
    """Return a target with what cannot be seen (controls, marks that turn the direction) made visible, cut after `longest` characters."""
    shown = "".join(character if character.isprintable() else f"[U+{ord(character):04X}]" for character in target)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
