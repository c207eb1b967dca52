"""The border of what a model sees, in a chat on the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible

from chatdesk.features.chat.ui.transcript.context_border import BorderAction, BorderKind
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages import message_item
from chatdesk.features.chat.ui.transcript.messages.message_item import BorderStrip
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

MORE = "More.\n\n" * 30
CHAT = [
    question("One?", 0),
    answer("One.", 1),
    question("Two?", 2),
    answer("Two.", 3),
    question("Three?", 4),
    answer("Three.", 5),
]
LONG = [*CHAT[:5], answer(f"Three.\n\n{MORE}", 5)]


@pytest.fixture
def pressed(reader: Reader) -> list[tuple[BorderAction, QRect]]:
    found: list[tuple[BorderAction, QRect]] = []
    reader.view.border.pressed.connect(lambda action, place: found.append((action, place)))
    return found


def has_border(reader: Reader, index: int) -> bool:
    return Verb.CONTEXT in {control.command.verb for control in reader.controls(index)}


def test_it_runs_below_a_message_and_is_gone_without_a_trace(reader: Reader) -> None:
    reader.show(CHAT)
    document = reader.view.document
    before = [document.top(index) for index in range(len(CHAT))]
    reader.view.border.show_below("m3")
    moved = [document.top(index) - was for index, was in enumerate(before)]
    assert moved[:4] == [0, 0, 0, 0]
    assert moved[4] == moved[5] > 0
    assert [has_border(reader, index) for index in range(2, 5)] == [False, True, False]
    reader.view.border.show_below("")
    assert [document.top(index) for index in range(len(CHAT))] == before
    assert not has_border(reader, 3)


def test_it_wanders_down_as_the_chat_grows(reader: Reader) -> None:
    reader.show(CHAT)
    reader.view.border.show_below("m1")
    total = reader.view.document.height
    reader.view.border.show_below("m3")
    assert reader.view.document.height == total
    assert [has_border(reader, index) for index in (1, 3)] == [False, True]


def test_another_chat_has_none(reader: Reader) -> None:
    reader.show(CHAT)
    reader.view.border.show_below("m3")
    reader.show([question("Hi", 0, "other"), answer("Yes.", 1, chat="other")])
    assert not has_border(reader, 1)


def test_what_is_being_read_stays_where_it_is(reader: Reader) -> None:
    reader.show(LONG)
    reader.wheel(5)
    where = reader.place_of(5, "More.")
    reader.view.border.show_below("m3")
    assert reader.place_of(5, "More.") == where


def test_it_is_there_when_one_comes_to_it_from_afar(reader: Reader) -> None:
    reader.show([*LONG, question("Four?", 6), answer(MORE, 7)])
    reader.view.border.show_below("m1")
    reader.wheel(200)
    assert reader.scroll == 0
    assert has_border(reader, 1)
    assert reader.rect(2).top() > reader.control(1, Verb.CONTEXT).rect.bottom()


def test_it_is_reached_and_pressed_by_the_keyboard(reader: Reader, pressed: list, qtbot) -> None:
    qtbot.waitActive(reader.view)
    reader.show(CHAT)
    reader.view.border.show_below("m3", BorderKind.SUMMARY)
    reader.view.setFocus(Qt.FocusReason.TabFocusReason)
    reader.view._focus.set_message(3)
    for _ in reader.view.controls_of(3):
        reader.press(Qt.Key.Key_Tab)
    assert reader.view.focused_control.command.verb is Verb.CONTEXT
    reader.press(Qt.Key.Key_Return)
    (action, place) = pressed[0]
    assert action is BorderAction.CHANGE
    viewport = reader.view.viewport()
    assert QRect(viewport.mapToGlobal(viewport.rect().topLeft()), viewport.size()).contains(place)


def test_a_click_tells_which_of_its_buttons_was_pressed(reader: Reader, pressed: list) -> None:
    reader.show(CHAT)
    reader.view.border.show_below("m3", BorderKind.SUMMARY)
    reader.click_control(3, Verb.CONTEXT)
    assert [action for action, _ in pressed] == [BorderAction.READ]


def test_a_screen_reader_finds_it_among_what_belongs_to_the_message(reader: Reader) -> None:
    reader.show(CHAT)
    reader.view.border.show_below("m3")
    message = QAccessible.queryAccessibleInterface(reader.view).child(3)
    names = [message.child(index).text(QAccessible.Text.Name) for index in range(message.childCount())]
    assert names[-1] == "The model no longer sees the messages above: Change…"


def test_it_stays_while_the_message_above_it_is_edited(reader: Reader) -> None:
    reader.show(CHAT)
    reader.view.border.show_below("m4")
    reader.click_control(4, Verb.EDIT)
    assert has_border(reader, 4)
    before = reader.look()
    reader.view.border.show_below("m4", BorderKind.SUMMARY)
    assert reader.look() != before


def test_it_follows_width_and_language(reader: Reader) -> None:
    reader.show(CHAT)
    reader.view.border.show_below("m3")
    reader.view.resize(400, 640)
    rects = [control.rect for control in reader.controls(3) if control.command.verb is Verb.CONTEXT]
    assert all(rect.right() < 400 for rect in rects)


def test_it_costs_nothing_while_an_answer_is_written(
    make_reader: Callable[..., Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[BorderKind] = []

    class Counted(BorderStrip):
        def __init__(self, kind: BorderKind, *rest: object) -> None:
            made.append(kind)
            super().__init__(kind, *rest)

    monkeypatch.setattr(message_item, "BorderStrip", Counted)
    reader = make_reader()
    reader.show(
        [question("One?", 0), answer("One.", 1), question("Two?", 2), answer("", 3, state=MessageState.STREAMING)]
    )
    reader.view.border.show_below("m1")
    reader.look()
    for number in range(200):
        reader.view.grow("m3", (TextDelta(f"word{number} "),))
    reader.look()
    assert len(made) == 1
