"""What a person does in the composer."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.composer.queue_rows import QueueRow
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.features.chat.composer.conftest import Writer
from tests.gui.features.settings.marking_translator import MarkingTranslator
from tests.own_time import TIMEOUT

KEYS = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_enter_sends_what_is_written(writer: Writer) -> None:
    writer.type("  Why is the sky blue? ")
    with writer.qtbot.waitSignal(writer.composer.send_requested) as sent:
        writer.press(KEYS.Key_Return)
    assert sent.args == ["  Why is the sky blue?"]
    assert writer.composer.text() == "  Why is the sky blue? "


def test_shift_and_enter_break_the_line(writer: Writer) -> None:
    writer.type("one")
    with writer.qtbot.assertNotEmitted(writer.composer.send_requested):
        writer.press(KEYS.Key_Return, SHIFT)
    writer.type("two")
    assert writer.composer.text() == "one\ntwo"


def test_the_keys_can_be_swapped(writer: Writer) -> None:
    writer.composer.set_send_key("ctrl_enter")
    writer.type("one")
    with writer.qtbot.assertNotEmitted(writer.composer.send_requested):
        writer.press(KEYS.Key_Return)
        writer.type("two")
    with writer.qtbot.waitSignal(writer.composer.send_requested) as sent:
        writer.press(KEYS.Key_Return, CONTROL)
    assert sent.args == ["one\ntwo"]


def test_the_keypads_enter_is_enter(writer: Writer) -> None:
    writer.type("1 + 1")
    with writer.qtbot.waitSignal(writer.composer.send_requested):
        writer.press(KEYS.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


@pytest.mark.parametrize("typed", ["", "   ", "\n\n"])
def test_nothing_is_sent_when_nothing_is_said(writer: Writer, typed: str) -> None:
    writer.paste(typed)
    assert not writer.button("sendButton").isEnabled()
    with writer.qtbot.assertNotEmitted(writer.composer.send_requested):
        writer.press(KEYS.Key_Return)


def test_enter_belongs_to_the_input_method_while_it_composes(writer: Writer) -> None:
    QApplication.sendEvent(writer.edit, QInputMethodEvent("ni hao", []))
    with writer.qtbot.assertNotEmitted(writer.composer.send_requested):
        writer.press(KEYS.Key_Return)
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("你好")
    QApplication.sendEvent(writer.edit, chosen)
    with writer.qtbot.waitSignal(writer.composer.send_requested) as sent:
        writer.press(KEYS.Key_Return)
    assert sent.args == ["你好"]


def test_the_send_button_sends(writer: Writer) -> None:
    writer.type("hello")
    with writer.qtbot.waitSignal(writer.composer.send_requested) as sent:
        writer.click("sendButton")
    assert sent.args == ["hello"]


def test_escape_stops_the_answer_and_only_then(writer: Writer) -> None:
    with writer.qtbot.assertNotEmitted(writer.composer.stop_requested):
        writer.press(KEYS.Key_Escape)
    writer.composer.set_streaming(True)
    writer.type("half a thought")
    with writer.qtbot.waitSignal(writer.composer.stop_requested):
        writer.press(KEYS.Key_Escape)
    assert writer.composer.text() == "half a thought"


def test_while_an_answer_streams_there_is_stop_and_what_is_written_is_queued(writer: Writer) -> None:
    assert not writer.button("stopButton").isVisible()
    writer.composer.set_streaming(True)
    with writer.qtbot.waitSignal(writer.composer.stop_requested):
        writer.click("stopButton")
    writer.type("and then")
    assert writer.button("sendButton").accessibleName() == "Queue"
    with writer.qtbot.waitSignal(writer.composer.send_requested) as sent:
        writer.press(KEYS.Key_Return)
    assert sent.args == ["and then"]
    writer.composer.set_streaming(False)
    assert writer.button("sendButton").accessibleName() == "Send"


def test_queued_messages_can_be_edited_and_removed(writer: Writer) -> None:
    writer.composer.set_queue([*map(Draft, ("first\nof two", "second", "third"))])
    writer.composer.set_queue([*map(Draft, ("first\nof two", "<b>second</b>"))])
    rows = [row for row in writer.composer.findChildren(QueueRow) if row.isVisible()]
    assert [row.findChildren(Label)[1].text() for row in rows] == ["first of two", "<b>second</b>"]
    edit, remove = rows[1].findChildren(QAbstractButton)
    with writer.qtbot.waitSignal(writer.composer.queue_edit_requested) as edited:
        writer.qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    with writer.qtbot.waitSignal(writer.composer.queue_remove_requested) as removed:
        writer.qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert (edited.args, removed.args) == ([1], [1])
    assert remove.accessibleName() == "Remove the queued message"
    writer.composer.set_queue(())
    assert not rows[0].isVisible()


def test_up_in_the_empty_composer_asks_for_the_last_message(writer: Writer) -> None:
    with writer.qtbot.waitSignal(writer.composer.edit_last_requested):
        writer.press(KEYS.Key_Up)
    writer.type("x")
    with writer.qtbot.assertNotEmitted(writer.composer.edit_last_requested):
        writer.press(KEYS.Key_Up)


def test_it_grows_with_the_text_up_to_a_third_of_the_window(writer: Writer) -> None:
    one_line = writer.composer.height()
    writer.type("one")
    writer.press(KEYS.Key_Return, SHIFT)
    writer.qtbot.waitUntil(lambda: writer.composer.height() == one_line + 24)
    writer.paste("line\n" * 100)
    third = writer.window.height() / 3
    writer.qtbot.waitUntil(lambda: third - 24 < writer.composer.height() <= third)
    writer.window.resize(800, 1100)
    writer.qtbot.waitUntil(lambda: 1100 / 3 - 24 < writer.composer.height() <= 1100 / 3)
    writer.composer.set_text("")
    writer.qtbot.waitUntil(lambda: writer.composer.height() == one_line)


def test_the_design_s_height_is_kept(writer: Writer, appearance: Appearance) -> None:
    assert writer.composer.height() == appearance.theme.length("composerMin")
    appearance.set_zoom(200)
    writer.qtbot.waitUntil(lambda: abs(writer.composer.height() - appearance.theme.length("composerMin")) <= 2)


def test_lines_are_equally_high_whatever_the_script(writer: Writer) -> None:
    writer.composer.set_text("Latin\n中文\nעברית\nMixed 中文 😀")
    writer.window.grab()
    block, tops = writer.edit.document().firstBlock(), []
    while block.isValid():
        tops.append(round(writer.edit.blockBoundingGeometry(block).top()))
        line = block.layout().lineAt(0)
        assert abs(line.y() + line.ascent() - 17) <= 2
        block = block.next()
    assert tops == [0, 24, 48, 72]


def test_a_text_that_runs_from_the_right_stands_at_the_right(writer: Writer) -> None:
    writer.composer.set_text("English\nשלום עולם")
    writer.window.grab()
    first = writer.edit.document().firstBlock()
    left, right = first.layout().lineAt(0), first.next().layout().lineAt(0)
    assert left.x() == 0
    assert right.x() + right.naturalTextWidth() == pytest.approx(right.width(), abs=1)


def test_only_plain_text_is_pasted(writer: Writer) -> None:
    rich = QMimeData()
    rich.setHtml("<b>bold</b> <img src='file:///etc/passwd'>")
    rich.setText("bold")
    QApplication.clipboard().setMimeData(rich)
    writer.press(KEYS.Key_V, CONTROL)
    assert writer.composer.text() == "bold"
    assert writer.edit.textCursor().charFormat().fontWeight() <= 400


def test_no_break_spaces_and_line_ends_of_all_systems_survive(writer: Writer) -> None:
    writer.paste("10\u00a0000\r\nnext\rlast")
    assert writer.composer.text() == "10\u00a0000\nnext\nlast"


def test_a_draft_is_reported_when_the_keys_rest(writer: Writer) -> None:
    received: list[str] = []
    writer.composer.draft_changed.connect(lambda: received.append(writer.composer.text()))
    writer.type("half a thought")
    assert received == []
    writer.qtbot.waitUntil(lambda: received == ["half a thought"])


def test_a_draft_is_written_while_the_keys_never_rest(writer: Writer) -> None:
    """What is on the screen for a second must survive a kill, also while somebody types without a pause."""
    written: list[str] = []
    writer.composer.draft_written.connect(lambda: written.append(writer.composer.text()))

    def type_on() -> bool:
        writer.type("x")
        return len(written) == 2

    writer.qtbot.waitUntil(type_on, timeout=int(TIMEOUT * 1000))
    assert writer.composer.text().startswith(written[-1])


def test_the_text_of_another_chat_is_no_draft_of_this_one(writer: Writer) -> None:
    writer.type("of the first chat")
    both = [writer.composer.draft_changed, writer.composer.draft_written]
    with writer.qtbot.assertNotEmitted(both[0], wait=500), writer.qtbot.assertNotEmitted(both[1]):
        writer.composer.set_text("of the second chat")
    writer.press(KEYS.Key_Z, CONTROL)
    assert writer.composer.text() == "of the second chat"


@pytest.mark.parametrize("text", ["", "of both chats"])
def test_undo_never_brings_the_text_of_another_chat(writer: Writer, text: str) -> None:
    writer.type("of the first chat")
    writer.composer.replace_text(text)
    writer.composer.set_text(text)
    writer.press(KEYS.Key_Z, CONTROL)
    assert writer.composer.text() == text


def test_a_replaced_text_can_be_undone(writer: Writer) -> None:
    writer.type("mine")
    writer.composer.replace_text("a suggestion")
    assert writer.composer.text() == "a suggestion"
    writer.press(KEYS.Key_Z, CONTROL)
    assert writer.composer.text() == "mine"


def test_the_empty_composer_says_what_may_be_written(writer: Writer, qtbot: QtBot, appearance: Appearance) -> None:
    assert writer.edit._placeholder == "Write a message"
    writer.composer.set_placeholder_model("deepseek-r1:14b")
    assert writer.edit._placeholder == "Message deepseek-r1:14b"
    writer.composer.set_streaming(True)
    assert writer.edit._placeholder == "Write the next message"
    with_presets = Composer(appearance, presets=True, pictures=lambda: PictureStore(writer.window))
    qtbot.addWidget(with_presets)
    assert with_presets.findChild(type(writer.edit))._placeholder == "Write a message, or type / for a preset"


def test_rooms_that_do_not_exist_yet_have_no_buttons(writer: Writer, qtbot: QtBot, appearance: Appearance) -> None:
    assert not writer.button("attachButton").isVisible()
    assert not writer.button("presetsButton").isVisible()
    complete = Composer(appearance, presets=True, pictures=lambda: PictureStore(writer.window))
    qtbot.addWidget(complete)
    complete.show()
    with qtbot.waitSignals([complete.attach_requested, complete.presets_requested]):
        complete.findChild(QAbstractButton, "attachButton").click()
        complete.findChild(QAbstractButton, "presetsButton").click()


def test_a_click_beside_the_text_means_the_text(writer: Writer) -> None:
    writer.edit.clearFocus()
    assert not writer.composer.has_focus()
    frame = writer.edit.parentWidget()
    writer.qtbot.mouseClick(frame, Qt.MouseButton.LeftButton, pos=frame.rect().center())
    assert writer.composer.has_focus()


def test_it_is_the_message_to_a_screen_reader_and_every_button_has_a_name(writer: Writer) -> None:
    assert writer.edit.accessibleName() == "Message"
    for button in writer.composer.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text()


def test_the_language_changes_at_once(writer: Writer) -> None:
    writer.composer.set_queue((Draft("x"),))
    translator = MarkingTranslator()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    assert writer.edit.accessibleName() == "⟦Message⟧"
    assert writer.edit._placeholder == "⟦Write a message⟧"
    assert writer.button("stopButton").text() == "⟦Stop⟧"
    assert writer.button("sendButton").accessibleName() == "⟦Send⟧"
    assert writer.composer.findChild(QueueRow).findChild(Label).text() == "⟦Queued⟧"
    QCoreApplication.removeTranslator(translator)


def test_two_megabytes_of_lines_are_pasted_without_a_stall(
    writer: Writer, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """The limits are many times what it takes: what goes wrong here goes wrong by a factor."""
    line = "The quick brown fox jumps over the lazy dog; 敏捷的棕色狐狸跳过懒狗. " + "x" * 30 + "\n"
    text = line * (2_000_000 // len(line.encode()))

    def milliseconds(act: Callable[[], None]) -> float:
        started = time.process_time()
        act()
        writer.window.grab()
        return (time.process_time() - started) * 1000

    taken = {
        "paste": milliseconds(lambda: writer.paste(text)),
        "key": milliseconds(lambda: writer.type("x")),
        "read": milliseconds(writer.composer.text),
        "undo": milliseconds(lambda: writer.press(KEYS.Key_Z, CONTROL)),
    }
    record_testsuite_property("two_megabytes_ms", taken)
    assert taken["paste"] < 1_500
    assert taken["key"] < 200
    assert taken["read"] < 500
    assert taken["undo"] < 1_000
    writer.composer.set_text(text)
