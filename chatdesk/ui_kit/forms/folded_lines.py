"""Lines too long to be laid out at every key (a pasted file without line breaks) stand in the text as one character each, folded.

The character is U+FFFC with the line in its format, so that undo, cut and deletion treat it as any other. How it looks is
`text_layouts.py`.
"""

from collections.abc import Iterator

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

LONGEST_LINE = 10_000
"""Characters. Each key in a line of this length costs a few milliseconds, in one of 2 MB half a second."""

# As numbers, since naming them through Qt's enumerations takes a start 3 ms.
OBJECT_TYPE = 0x1000 + 1
"""The first after `QTextFormat.ObjectTypes.UserObject`."""
_LINE = 0x100000 + 1
"""The first after `QTextFormat.Property.UserProperty`."""
_LENGTH = _LINE + 1
_SIGN = "\ufffc"
_BREAKS = ("\r\n", "\r", "\u2029", "\u2028")


def insert_folded(cursor: QTextCursor, text: str) -> None:
    """Write a text in the place of the selection, in one step of undo, its long lines folded."""
    text = with_line_feeds(text)
    if len(text) <= LONGEST_LINE or max(map(len, text.split("\n"))) <= LONGEST_LINE:
        cursor.insertText(text, QTextCharFormat())
        return
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    short: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            short.append("\n")
        if len(line) <= LONGEST_LINE:
            short.append(line)
            continue
        cursor.insertText("".join(short), QTextCharFormat())
        short.clear()
        cursor.insertText(_SIGN, _format_of(line))
    cursor.insertText("".join(short), QTextCharFormat())
    cursor.endEditBlock()


def with_line_feeds(text: str) -> str:
    """Return a text with its lines parted by line feeds."""
    for line_break in _BREAKS:
        text = text.replace(line_break, "\n")
    return text


def unfold(document: QTextDocument, position: int) -> None:
    """Write the line that is folded at a position in full; undo folds it again."""
    cursor = _between(document, position, position + 1)
    cursor.insertText(_line_of(cursor.charFormat()), QTextCharFormat())


def is_folded(document: QTextDocument, position: int) -> bool:
    """Whether a line is folded at a position."""
    return document.characterAt(position) == _SIGN and _format_at(document, position).hasProperty(_LINE)


def folded_length(text_format: QTextFormat) -> int:
    """Return how many characters are folded where the text has this format."""
    return text_format.intProperty(_LENGTH)


def length(document: QTextDocument) -> int:
    """Return how long the text is with nothing folded, about: in Qt's characters."""
    folded = (folded_length(_format_at(document, position)) for position in _folded_positions(document))
    return document.characterCount() - 1 + sum(folded)


def whole_text(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """Return the text from one position to another, nothing folded, its lines parted by line feeds. It keeps no-break spaces."""
    end = document.characterCount() - 1 if end is None else end
    pieces: list[str] = []
    last = start
    for position in _folded_positions(document):
        if start <= position < end:
            pieces += (_plain(document, last, position), _line_of(_format_at(document, position)))
            last = position + 1
    return "".join((*pieces, _plain(document, last, end)))


def _folded_positions(document: QTextDocument) -> Iterator[int]:
    cursor = document.find(_SIGN) if _SIGN in document.toRawText() else QTextCursor()
    while not cursor.isNull():
        if cursor.charFormat().hasProperty(_LINE):
            yield cursor.selectionStart()
        cursor = document.find(_SIGN, cursor)


def _plain(document: QTextDocument, start: int, end: int) -> str:
    whole = start == 0 and end == document.characterCount() - 1
    text = document.toRawText() if whole else _between(document, start, end).selectedText()
    return text.replace("\u2029", "\n").replace("\u2028", "\n")


def _between(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _format_at(document: QTextDocument, position: int) -> QTextCharFormat:
    return _between(document, position, position + 1).charFormat()


def _format_of(line: str) -> QTextCharFormat:
    text_format = QTextCharFormat()
    text_format.setObjectType(OBJECT_TYPE)
    text_format.setProperty(_LINE, line)
    text_format.setProperty(_LENGTH, len(line))
    return text_format


def _line_of(text_format: QTextCharFormat) -> str:
    return str(text_format.property(_LINE) or "")
