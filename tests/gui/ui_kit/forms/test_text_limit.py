"""A field of several lines that holds only so much."""

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from chatdesk.ui_kit.forms.text_field import TextLimit


def field(text: str, longest: int) -> tuple[QPlainTextEdit, list[bool]]:
    edit, reached = QPlainTextEdit(), list[bool]()
    edit.setPlainText(text)
    TextLimit(edit, longest).reached.connect(reached.append)
    return edit, reached


def put(edit: QPlainTextEdit, place: int, text: str) -> None:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(place)
    edit.setTextCursor(cursor)
    edit.insertPlainText(text)


def test_what_does_not_fit_is_not_taken_and_all_else_stays() -> None:
    edit, reached = field("begin end", 12)
    put(edit, 6, "one two ")
    assert edit.toPlainText() == "begin oneend"
    assert reached[-1]
    edit.undo()
    QApplication.processEvents()
    assert edit.toPlainText() == "begin end"
    QTest.keyClicks(edit, "!")
    assert edit.toPlainText() in {"!begin end", "begin !end", "begin end!"}
    assert not reached[-1]


def test_lines_count_too() -> None:
    edit, reached = field("", 5)
    put(edit, 0, "a\nb\nc\nd\n")
    assert edit.toPlainText() == "a\nb\nc"
    assert reached[-1]


def test_no_character_is_cut_in_halves() -> None:
    edit, _ = field("abc", 4)
    put(edit, 3, "\N{GRINNING FACE}\N{GRINNING FACE}")
    assert edit.toPlainText() == "abc"


def test_what_was_too_long_before_is_not_taken_away() -> None:
    edit, reached = field("0123456789", 4)
    put(edit, 10, "!")
    assert edit.toPlainText() == "0123456789"
    assert reached[-1]
