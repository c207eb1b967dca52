"""The transcript as a screen reader finds it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from chatdesk.domain.message import MessageState
from chatdesk.domain.stream_events import TextDelta
from tests.gui.transcript.conftest import Reader
from tests.gui.transcript.sample_chat import ANSWER, answer, question, short_chat

Name, Value, Role = QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Role


def test_the_transcript_is_a_list_of_its_messages(reader: Reader) -> None:
    reader.show(short_chat())
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    assert transcript.role() == Role.List
    assert transcript.text(Name) == "Chat"
    assert transcript.childCount() == 2


def test_a_message_tells_who_speaks_and_what_is_said(reader: Reader) -> None:
    reader.show(short_chat())
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    asked, answered = transcript.child(0), transcript.child(1)
    assert asked.role() == Role.ListItem
    assert asked.text(Name) == f"You: {short_chat()[0].text}"
    assert answered.text(Name) == f"deepseek-r1:14b: {ANSWER}"
    assert answered.text(Value) == ANSWER
    assert answered.state().readOnly


def test_an_answer_can_be_read_while_it_streams(reader: Reader) -> None:
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    reader.view.grow("m1", (TextDelta("Half of an"),))
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.text(Name) == "deepseek-r1:14b, Still writing: Half of an"


def test_the_state_of_an_answer_is_told(reader: Reader) -> None:
    reader.show([question("Go"), answer("Half", state=MessageState.STOPPED)])
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    assert message.text(Name).startswith("deepseek-r1:14b, You stopped this answer.:")


def test_a_message_is_where_it_is_on_the_screen(reader: Reader) -> None:
    reader.show(short_chat())
    rect = QAccessible.queryAccessibleInterface(reader.view).child(1).rect()
    assert rect.topLeft() == reader.view.viewport().mapToGlobal(reader.rect(1).topLeft())
    assert rect.size() == reader.rect(1).size()


def test_the_focused_message_is_told(reader: Reader, qtbot) -> None:
    reader.show(short_chat())
    reader.view.activateWindow()
    qtbot.waitActive(reader.view)
    reader.view.clearFocus()
    reader.view.setFocus(Qt.FocusReason.TabFocusReason)
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    assert transcript.child(0).state().focused
    assert not transcript.child(1).state().focused


def test_messages_that_are_gone_are_no_longer_there(reader: Reader) -> None:
    reader.show(short_chat())
    transcript = QAccessible.queryAccessibleInterface(reader.view)
    gone = transcript.child(1)
    reader.show([question("Hi", 0, "other")])
    assert transcript.childCount() == 1
    assert not gone.isValid()


def test_two_transcripts_are_two_lists(make_reader: Callable[..., Reader]) -> None:
    one, other = make_reader(), make_reader()
    one.show(short_chat())
    other.show([question("Hi")])
    counts = [QAccessible.queryAccessibleInterface(reader.view).childCount() for reader in (one, other)]
    assert counts == [2, 1]


def test_the_buttons_of_a_message_are_its_children(reader: Reader) -> None:
    reader.show(short_chat())
    message = QAccessible.queryAccessibleInterface(reader.view).child(1)
    buttons = [message.child(index) for index in range(message.childCount())]
    assert {button.role() for button in buttons} == {Role.Button}
    assert [button.text(Name) for button in buttons][:3] == ["Thought for 12 s", "Copy", "Wrap long lines"]
    place = buttons[1].rect().center()
    assert message.childAt(place.x(), place.y()).text(Name) == "Copy"
    assert message.indexOfChild(buttons[2]) == 2
