"""Very long lines stand folded in the text, and are sent whole."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.ui_kit.forms.folded_lines import _LINE, MAX_UNFOLDED_LENGTH, OBJECT_TYPE
from chatdesk.ui_kit.forms.text_layouts import FoldedLineObject
from tests.gui.features.chat.composer.conftest import Writer
from tests.gui.features.settings.marking_translator import MarkingTranslator

KEYS = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = "x" * (MAX_UNFOLDED_LENGTH + 1)
EMOJI = "🙂é" * MAX_UNFOLDED_LENGTH


def shown(edit: MessageEdit) -> str:
    return edit.document().toRawText().replace("\u2029", "\n")


def test_what_marks_a_folded_line_is_not_qts_own() -> None:
    assert QTextFormat.ObjectTypes.UserObject.value + 1 == OBJECT_TYPE
    assert QTextFormat.Property.UserProperty.value + 1 == _LINE


def middle_of_first_line(writer: Writer) -> QPoint:
    writer.window.grab()
    block = writer.edit.document().firstBlock()
    width = block.layout().lineAt(0).naturalTextWidth()
    return QPoint(int(width / 2), writer.edit.cursorRect().height() // 2)


def double_click(writer: Writer, place: QPoint) -> None:
    viewport = writer.edit.viewport()
    kind, left = QEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton
    where = QPointF(place), QPointF(viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, QMouseEvent(kind, *where, left, left, Qt.KeyboardModifier.NoModifier))


def test_a_long_line_is_one_sign_in_the_text_and_sent_whole(writer: Writer) -> None:
    writer.type("Explain this: ")
    writer.paste(f"{LONG}\nand {EMOJI}")
    writer.type(" please")
    assert shown(writer.edit) == "Explain this: \ufffc\n\ufffc please"
    with writer.qtbot.waitSignal(writer.composer.send_requested) as sent:
        writer.press(KEYS.Key_Return)
    assert sent.args == [f"Explain this: {LONG}\nand {EMOJI} please"]


def test_a_line_of_usual_length_is_not_folded(writer: Writer) -> None:
    writer.paste("x" * MAX_UNFOLDED_LENGTH)
    assert shown(writer.edit) == "x" * MAX_UNFOLDED_LENGTH


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_kind_of_line_break_parts_lines(writer: Writer, line_break: str) -> None:
    writer.paste(f"{LONG}{line_break}end")
    assert writer.composer.text() == f"{LONG}\nend"
    assert shown(writer.edit) == "\ufffc\nend"


def test_undo_takes_the_paste_back_and_redo_brings_it_again(writer: Writer) -> None:
    writer.type("a")
    writer.paste(f"b\n{LONG}\nc")
    writer.press(KEYS.Key_Z, CONTROL)
    assert writer.composer.text() == "a"
    writer.press(KEYS.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert writer.composer.text() == f"ab\n{LONG}\nc"


def test_backspace_removes_it_and_undo_brings_it_back(writer: Writer) -> None:
    writer.paste(LONG)
    writer.press(KEYS.Key_Backspace)
    assert writer.composer.text() == ""
    writer.press(KEYS.Key_Z, CONTROL)
    assert writer.composer.text() == LONG


def test_a_double_click_unfolds_it_and_undo_folds_it_again(writer: Writer) -> None:
    writer.type("a")
    writer.paste(LONG)
    double_click(writer, middle_of_first_line(writer))
    assert shown(writer.edit) == "a" + LONG
    writer.press(KEYS.Key_Z, CONTROL)
    assert shown(writer.edit) == "a\ufffc"
    assert writer.composer.text() == "a" + LONG


def test_a_tool_tip_tells_how_to_unfold_it(writer: Writer) -> None:
    writer.paste(LONG)
    place = middle_of_first_line(writer)
    viewport = writer.edit.viewport()
    for point, text in ((QPoint(viewport.width() - 1, 1), ""), (place, "Double-click to show the full text")):
        QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point)))
        assert QToolTip.text() == text
    QToolTip.hideText()


def test_a_double_click_elsewhere_selects_a_word(writer: Writer) -> None:
    writer.type("two words")
    double_click(writer, middle_of_first_line(writer))
    assert writer.edit.textCursor().selectedText() in {"two", "words"}


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_the_menu_offers_to_show_it_in_full(writer: Writer, reason: QContextMenuEvent.Reason) -> None:
    writer.paste(LONG)
    place = middle_of_first_line(writer)
    event = QContextMenuEvent(reason, place, writer.edit.viewport().mapToGlobal(place))
    QApplication.sendEvent(writer.edit.viewport(), event)
    (menu,) = [menu for menu in writer.edit.findChildren(QMenu) if menu.isVisible()]
    menu.actions()[0].trigger()
    menu.close()
    assert shown(writer.edit) == LONG


def test_the_menu_is_qts_own_elsewhere(writer: Writer) -> None:
    writer.type("words")
    place = middle_of_first_line(writer)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, writer.edit.viewport().mapToGlobal(place))
    QApplication.sendEvent(writer.edit.viewport(), event)
    (menu,) = [menu for menu in writer.edit.findChildren(QMenu) if menu.isVisible()]
    assert "Show full pasted text" not in [action.text() for action in menu.actions()]
    menu.close()


def test_what_is_copied_is_whole(writer: Writer) -> None:
    writer.type("before ")
    writer.paste(LONG)
    writer.type(" after")
    cursor = writer.edit.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(9, QTextCursor.MoveMode.KeepAnchor)
    writer.edit.setTextCursor(cursor)
    writer.press(KEYS.Key_C, CONTROL)
    assert QApplication.clipboard().text() == f"ore {LONG} "


def test_a_draft_comes_back_folded_where_it_was(writer: Writer) -> None:
    text = f"before {LONG}\nafter"
    writer.composer.set_text(text)
    assert writer.composer.text() == text
    assert shown(writer.edit) == "\ufffc\nafter"
    writer.press(KEYS.Key_Z, CONTROL)
    assert writer.composer.text() == text


def test_a_sign_that_somebody_wrote_is_left_alone(writer: Writer) -> None:
    writer.paste(f"\ufffc and\xa0{'y' * 9}\n{LONG}")
    assert writer.composer.text() == f"\ufffc and\xa0{'y' * 9}\n{LONG}"


def test_its_line_is_as_high_as_any_other(writer: Writer) -> None:
    writer.type("a")
    one = writer.edit.height()
    writer.paste(LONG)
    writer.window.grab()
    assert writer.edit.height() == one


def test_it_says_how_much_it_stands_for_in_the_language_of_now(writer: Writer) -> None:
    writer.paste(LONG)
    text_object = writer.edit.findChild(FoldedLineObject)
    text_format = writer.edit.textCursor().charFormat()
    text = text_object._text(text_format)
    assert text.replace(",", "") == "Pasted text 10001 characters"
    before = text_object.intrinsicSize(writer.edit.document(), 0, text_format).width()
    translator = MarkingTranslator()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    writer.window.grab()
    line = writer.edit.document().firstBlock().layout().lineAt(0)
    assert line.naturalTextWidth() > before
    QCoreApplication.removeTranslator(translator)


def test_two_megabytes_in_one_line_cost_no_more_than_a_word(
    writer: Writer, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """The limits are many times what it takes."""

    def milliseconds(act: Callable[[], None]) -> float:
        started = time.process_time()
        act()
        writer.window.grab()
        return (time.process_time() - started) * 1000

    text = "The quick brown fox. 敏捷的棕色狐狸. " * 55_000
    taken = {
        "paste": milliseconds(lambda: writer.paste(text)),
        "key": milliseconds(lambda: writer.type("x")),
        "read": milliseconds(writer.composer.text),
        "undo": milliseconds(lambda: writer.press(KEYS.Key_Z, CONTROL)),
        "set": milliseconds(lambda: writer.composer.set_text(text + "y")),
    }
    record_testsuite_property("two_megabytes_in_one_line_ms", taken)
    assert taken["paste"] < 1_000
    assert taken["key"] < 100
    assert taken["read"] < 500
    assert taken["undo"] < 500
    assert taken["set"] < 1_000
