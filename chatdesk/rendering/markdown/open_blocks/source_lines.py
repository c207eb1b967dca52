"""Splitting of source text into lines as it arrives. Unprintable characters are replaced with U+FFFD one by one, so offsets are kept."""

import re
from collections.abc import Iterator

_LINE_END = re.compile("\r\n?|\n")
_NOT_SHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHOWABLE_ASCII = b"\t\n\r" + bytes(range(0x20, 0x7F))


def showable(text: str) -> str:
    """Return a text with unprintable characters replaced."""
    if text.isascii() and not text.encode("ascii").translate(None, _SHOWABLE_ASCII):
        return text  # takes a third of the time: an answer may contain megabytes of code
    return _NOT_SHOWABLE.sub("\ufffd", text)


class SourceLines:
    """Splits a growing text into lines. A line ends with LF, CR or CR LF."""

    __slots__ = ("_postponed", "_rest", "last_start")

    def __init__(self) -> None:
        self._rest = ""
        self._postponed: list[str] = []
        self.last_start = 0
        """Start of the last, incomplete line in the text, in characters."""

    @property
    def last(self) -> str:
        """The last line as far as it has arrived, possibly empty."""
        self._join()
        return self._rest.removesuffix("\r")

    def postpone(self, text: str) -> None:
        """Add text whose processing can wait until the last line is requested: printable, and without line ends.

        The cost does not depend on the length of the line.
        """
        self._postponed.append(text)

    def feed(self, text: str) -> Iterator[tuple[str, int]]:
        """Add text; yield each completed line without its line end, and its start in the whole text."""
        seen = len(self.last)
        text = self._rest + showable(text)
        # A CR at the very end may be half of a CR LF: the line stays open until the next character is known.
        limit = len(text.removesuffix("\r"))
        begin = 0
        start = self.last_start
        for end in _LINE_END.finditer(text, seen, limit):
            yield text[begin : end.start()], start + begin
            begin = end.end()
        self._rest = text[begin:]
        self.last_start = start + begin

    def _join(self) -> None:
        if self._postponed:
            self._rest += "".join(self._postponed)
            self._postponed.clear()
