"""A cursor in a line of Markdown, with indentation, columns and tabs as in CommonMark. It is independent of blocks."""

import re

_SPACE = re.compile("[ \t]*")
_TAB_STOP = 4


class LineCursor:
    """Reads a line from left to right. A tab extends to the next column divisible by four and may be consumed partially."""

    __slots__ = ("_column", "_in_tab", "_next", "_position", "_start", "blank", "indent", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self._start = start
        self._position = 0
        self._column = 0
        self._in_tab = False
        self._scan()

    @property
    def offset(self) -> int:
        """Position in the source of the next character that is not white space."""
        return self._start + self._next

    @property
    def end(self) -> int:
        """Position in the source of the line's end, without trailing white space."""
        return self._start + len(self.text.rstrip(" \t"))

    @property
    def peek(self) -> str:
        """The next character that is not white space; empty if there is none."""
        return self.text[self._next : self._next + 1]

    @property
    def words(self) -> str:
        """The rest of the line from the next character that is not white space."""
        return self.text[self._next :]

    @property
    def rest(self) -> str:
        """The rest of the line with its indentation; the rest of a partially consumed tab is replaced with spaces."""
        if self._in_tab:
            return " " * (_TAB_STOP - self._column % _TAB_STOP) + self.text[self._position + 1 :]
        return self.text[self._position :]

    def skip_indent(self) -> None:
        """Move to the next character that is not white space."""
        self._column += self.indent
        self._position = self._next
        self._in_tab = False
        self._scan()

    def skip(self, characters: int) -> None:
        """Skip characters, none of which may be a tab."""
        self._position += characters
        self._column += characters
        self._scan()

    def skip_columns(self, columns: int) -> None:
        """Skip columns of indentation, or all of it if there are fewer."""
        target = self._column + min(columns, self.indent)
        while self._column < target:
            if self.text[self._position] == "\t":
                stop = self._column + _TAB_STOP - self._column % _TAB_STOP
                self._in_tab = stop > target
                self._column = min(stop, target)
            else:
                self._column += 1
            if not self._in_tab:
                self._position += 1
        self._scan()

    def skip_words(self, characters: int) -> None:
        """Skip indentation, then this many characters, then the white space after them."""
        self.skip_indent()
        self.skip(characters)
        self.skip_indent()

    def behind(self, words: int) -> "LineCursor":
        """Return a cursor behind this many characters of `words`."""
        cursor = LineCursor(self.text, self._start)
        cursor.skip(self._next + words)
        cursor.skip_indent()
        return cursor

    def cut(self, words: int) -> None:
        """Drop the end of the line: only this many characters of `words` remain."""
        self.text = self.text[: self._next + words]
        self._scan()

    def _scan(self) -> None:
        """Find the next character that is not white space."""
        space = _SPACE.match(self.text, self._position)
        self._next = space.end() if space else self._position
        column = self._column
        if "\t" in self.text[self._position : self._next]:
            for character in self.text[self._position : self._next]:
                column += _TAB_STOP - column % _TAB_STOP if character == "\t" else 1
            self.indent = column - self._column
        else:
            self.indent = self._next - self._position
        self.blank = self._next == len(self.text)
