"""A single line of untrusted text from a server, a model or a file, made safe to show."""

import re

# Surrogate halves: JSON may split an emoji into two escapes (D83D and DE00, for example) and send each in a
# separate delta.
#
# A lone surrogate cannot be encoded, so it must never leave this module.

_REPLACEMENT = "\ufffd"
_FIRST_HIGH, _LAST_HIGH = "\ud800", "\udbff"


def without_lone_surrogates(text: str) -> str:
    """Return `text` with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class SurrogateJoiner:
    """Joins surrogate halves across the chunks of one text. The result is always valid text."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, chunk: str) -> str:
        """Return the text that is complete so far; a high surrogate at the end is held back until the next chunk."""
        if not self._half and chunk.isascii():
            return chunk
        text = self._half + chunk
        self._half = text[-1] if _FIRST_HIGH <= text[-1] <= _LAST_HIGH else ""
        return without_lone_surrogates(text[:-1] if self._half else text)

    def finish(self) -> str:
        """Return the rest: U+FFFD for a high surrogate that was never completed."""
        half, self._half = self._half, ""
        return _REPLACEMENT if half else ""


_FLAG_OR_INVISIBLE = (
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"  # the flag of a region is written with tags
    "|[\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]"
_SURROGATE = "[\ud800-\udfff]"
_LOOKED_AT = 5
"""Factor by which more characters are read than shown: invisible ones and repeated spaces do not count."""


def safe_line(text: str, longest: int, *, ellipsis: str = "…") -> str:
    """Return the text in one line of at most `longest` characters, its end replaced by `ellipsis` if it is longer.

    Removed: direction marks and overrides, zero-width characters, soft hyphens, tags (except in flags) and annotation marks. Replaced by a
    space: control characters, all kinds of line breaks and noncharacters. White space is collapsed, and stripped at both ends. Replaced by
    U+FFFD: surrogates, so that the line can always be encoded.

    Kept: the joiners U+200C and U+200D, which are part of words in some scripts and of emoji. Markup is not changed.
    """
    most = longest * _LOOKED_AT
    line = _in_one_line(text[:most])
    if len(line) > longest or len(text) > most:
        line = _in_one_line(line[: longest - len(ellipsis)]) + ellipsis  # again, because a flag may have been cut
    return line


def _in_one_line(text: str) -> str:
    if not text.isprintable():  # true for a text without any of these characters
        text = re.sub(_SURROGATE, "\ufffd", text)
        text = re.sub(_CONTROL, " ", re.sub(_FLAG_OR_INVISIBLE, r"\1", text))
    return " ".join(text.split())
