"""Source text to lines, however it is cut into pieces. Characters no screen can show become U+FFFD, one for one: offsets stay true."""

import re
from collections.abc import Iterator

_LINE_END = re.compile("\r\n?|\n")
_NOT_SHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHOWABLE_ASCII = b"\t\n\r" + bytes(range(0x20, 0x7F))


def showable(text: str) -> str:
    """Return a text as it can be shown."""
    if text.isascii() and not text.encode("ascii").translate(None, _SHOWABLE_ASCII):
        return text  # found out in a third of the time: an answer may hold megabytes of code
    return _NOT_SHOWABLE.sub("\ufffd", text)


class SourceLines:
    """Cuts a growing text into lines. A line ends with LF, CR or CR LF."""

    __slots__ = ("_postponed", "_rest", "last_start")

    def __init__(self) -> None:
        self._rest = ""
        self._postponed: list[str] = []
        self.last_start = 0
        """Where the last line, which has no end yet, begins in the text, in characters."""

    @property
    def last(self) -> str:
        """The last line as far as it has come. It may be empty."""
        self._join()
        return self._rest.removesuffix("\r")

    def postpone(self, text: str) -> None:
        """Add text that can wait until the last line is asked for: printable, and without an end of a line.

        It costs the same however long the line is.
        """
        self._postponed.append(text)

    def feed(self, text: str) -> Iterator[tuple[str, int]]:
        """Add text; yield each line that is now complete, without its end, and where it begins in the whole text."""
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
