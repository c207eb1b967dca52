"""Folded lines: lines that are too long to be laid out at every key press (a pasted file without line breaks), replaced by one character.

The character is U+FFFC with the line in its format, so that undo, cut and deletion treat it like any other character. `text_layouts.py`
draws it.
"""

from collections.abc import Iterator

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

MAX_UNFOLDED_LENGTH = 10_000
"""Maximum length of a line in characters before it is folded.

A key press takes a few milliseconds at this length, and half a second in a line of 2 MB.
"""

# Numeric values, because resolving Qt's enumerations takes 3 ms at startup.
OBJECT_TYPE = 0x1000 + 1
"""The first value after `QTextFormat.ObjectTypes.UserObject`."""
_LINE = 0x100000 + 1
"""The first value after `QTextFormat.Property.UserProperty`."""
_LENGTH = _LINE + 1
_SIGN = "\ufffc"
_BREAKS = ("\r\n", "\r", "\u2029", "\u2028")


def insert_folded(cursor: QTextCursor, text: str) -> None:
    """Replace the selection with a text as one undo step, with its long lines folded."""
    text = with_line_feeds(text)
    if len(text) <= MAX_UNFOLDED_LENGTH or max(map(len, text.split("\n"))) <= MAX_UNFOLDED_LENGTH:
        cursor.insertText(text, QTextCharFormat())
        return
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    short: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            short.append("\n")
        if len(line) <= MAX_UNFOLDED_LENGTH:
            short.append(line)
            continue
        cursor.insertText("".join(short), QTextCharFormat())
        short.clear()
        cursor.insertText(_SIGN, _format_of(line))
    cursor.insertText("".join(short), QTextCharFormat())
    cursor.endEditBlock()


def with_line_feeds(text: str) -> str:
    """Return the text with all line breaks as line feeds."""
    for line_break in _BREAKS:
        text = text.replace(line_break, "\n")
    return text


def unfold(document: QTextDocument, position: int) -> None:
    """Replace the folded line at a position with its full text. Undo folds it again."""
    cursor = _between(document, position, position + 1)
    cursor.insertText(_line_of(cursor.charFormat()), QTextCharFormat())


def is_folded(document: QTextDocument, position: int) -> bool:
    """Return whether there is a folded line at a position."""
    return document.characterAt(position) == _SIGN and _format_at(document, position).hasProperty(_LINE)


def folded_length(text_format: QTextFormat) -> int:
    """Return the number of folded characters in text of this format."""
    return text_format.intProperty(_LENGTH)


def length(document: QTextDocument, start: int = 0, end: int | None = None) -> int:
    """Return the approximate length of the unfolded text between two positions, in Qt's characters."""
    end = document.characterCount() - 1 if end is None else end
    folded = (position for position in _folded_positions(document) if start <= position < end)
    return end - start + sum(folded_length(_format_at(document, position)) for position in folded)


def whole_text(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """Return the unfolded text between two positions, with line feeds. No-break spaces are preserved."""
    if start == 0 and end is None and not _has_folded(document):
        return _with_breaks(document.toRawText())
    end = document.characterCount() - 1 if end is None else end
    parts: list[str] = []
    last = start
    for position in _folded_positions(document):
        if start <= position < end:
            parts += (_plain(document, last, position), _line_of(_format_at(document, position)))
            last = position + 1
    return "".join((*parts, _plain(document, last, end)))


def _has_folded(document: QTextDocument) -> bool:
    """Return whether there was a folded line in the document since it was cleared. Much faster than reading the text."""
    return any(text_format.hasProperty(_LINE) for text_format in document.allFormats())


def _folded_positions(document: QTextDocument) -> Iterator[int]:
    cursor = document.find(_SIGN) if _has_folded(document) else QTextCursor()
    while not cursor.isNull():
        if cursor.charFormat().hasProperty(_LINE):
            yield cursor.selectionStart()
        cursor = document.find(_SIGN, cursor)


def _plain(document: QTextDocument, start: int, end: int) -> str:
    return _with_breaks(_between(document, start, end).selectedText())


def _with_breaks(text: str) -> str:
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
