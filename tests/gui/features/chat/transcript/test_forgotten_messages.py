"""Messages far from the view are forgotten. Whoever has selected, found, heard or pointed at something there does not notice."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.kernel.chat.message import Message
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import EVERYTHING, answer, question

CONTROL = Qt.KeyboardModifier.ControlModifier
READ = 41
"""A message in the midst of the chat, which somebody has looked at."""


def chat(count: int = 120) -> Iterator[Message]:
    for number in range(count):
        if number == READ:
            yield answer(
                "A first paragraph.\n\nThe tulip is here, and **a second tulip** there.\n\n- one\n- two", number
            )
        elif number % 2:
            yield answer(EVERYTHING, number)
        else:
            yield question(f"Question {number}?", number)


@pytest.fixture
def far(make_reader: Callable[..., Reader]) -> Reader:
    """Somebody who reads in the midst of the chat."""
    reader = make_reader()
    reader.show(list(chat()))
    look_at(reader)
    return reader


def look_at(reader: Reader) -> None:
    reader.view._scroller.show(READ, None)
    reader.view._finish_relayout(0)


def go_away(reader: Reader) -> None:
    """Scroll until the message is forgotten."""
    bar = reader.view.verticalScrollBar()
    for value in (0, bar.maximum() // 8, bar.maximum()):
        bar.setValue(value)
    assert READ not in reader.view.document._items


def test_a_selection_stays_and_looks_the_same(far: Reader) -> None:
    far.drag(far.place_of(READ, "first"), far.place_of(READ, "second"))
    selection, look = far.view.selection, far.look()
    assert selection is not None
    go_away(far)
    assert far.view.selection == selection
    assert selected_text(far.view.document, selection) == "first paragraph.\n\nThe tulip is here, and a "
    QGuiApplication.clipboard().clear()
    far.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "first paragraph.\n\nThe tulip is here, and a "
    assert READ not in far.view.document._items
    look_at(far)
    assert far.look() == look


def test_a_selection_is_drawn_on_from_a_forgotten_message(far: Reader) -> None:
    far.drag(far.place_of(READ, "first"), far.place_of(READ, "second"))
    go_away(far)
    far.view.verticalScrollBar().setValue(far.view.verticalScrollBar().maximum())
    far.click(far.rect(119).center(), Qt.KeyboardModifier.ShiftModifier)
    selection = far.view.selection
    assert selection is not None
    assert (selection.start.message, selection.end.message) == (READ, 119)
    assert selected_text(far.view.document, selection).startswith("first paragraph.\n\nThe tulip")


def test_hits_stay_where_they_were_found(far: Reader) -> None:
    far.view.open_find_bar()
    field = far.view.findChild(QLineEdit, "findField")
    assert field is not None
    field.setText("tulip")
    finding = far.view._finding()
    while finding.finder.searching:
        QCoreApplication.processEvents()
    hits = finding.finder.hits(READ)
    look = far.look()
    assert [hit.message for hit in hits] == [READ, READ]
    go_away(far)
    assert finding.finder.hits(READ) == hits
    finding.go_to_next()
    assert finding.current == hits[1]
    assert 0 <= far.rect(READ).top() < far.view.viewport().height()
    finding.go_to_previous()
    assert finding.current == hits[0]
    look_at(far)
    assert far.look() == look


def test_what_a_screen_reader_holds_of_a_message_goes_on_telling(far: Reader) -> None:
    transcript = QAccessible.queryAccessibleInterface(far.view)
    message = transcript.child(READ)
    name, value, role = (message.text(QAccessible.Text.Name), message.text(QAccessible.Text.Value), message.role())
    count = message.childCount()
    texts = [message.child(index).text(QAccessible.Text.Name) for index in range(count)]
    go_away(far)
    assert transcript.childCount() == 120
    assert message.isValid()
    assert (message.text(QAccessible.Text.Name), message.text(QAccessible.Text.Value), message.role()) == (
        name,
        value,
        role,
    )
    again = transcript.child(READ)
    assert again.text(QAccessible.Text.Name) == name
    assert [again.child(index).text(QAccessible.Text.Name) for index in range(again.childCount())] == texts
    look_at(far)
    assert transcript.child(READ).rect().topLeft() == far.view.viewport().mapToGlobal(far.rect(READ).topLeft())


def test_the_text_cursor_goes_on_from_a_forgotten_message(far: Reader) -> None:
    far.press(Qt.Key.Key_F7)
    far.click(far.place_of(READ, "tulip"))
    before = far.view.selection
    assert before is not None
    go_away(far)
    far.press(Qt.Key.Key_Right)
    after = far.view.selection
    assert after is not None
    assert (after.head.message, after.head.block, after.head.offset) == (READ, 1, before.head.offset + 1)
    cursor = far.view.page_geometry.to_view(far.view.document.cursor_rect(after.head))
    assert far.view.viewport().rect().contains(cursor)
    far.press(Qt.Key.Key_Down)
    below = far.view.selection
    assert below is not None
    assert (below.head.message, below.head.block) == (READ, 2)


def test_a_line_down_is_a_line_down_where_nothing_above_was_laid_out(far: Reader) -> None:
    far.press(Qt.Key.Key_F7)
    far.click(far.place_of(READ, "tulip"))
    line = far.rect(READ).top()
    far.press(Qt.Key.Key_Down)
    selection = far.view.selection
    assert selection is not None
    assert (selection.head.message, selection.head.block) == (READ, 2)
    assert far.rect(READ).top() == line
