"""Writing a prompt as text: what is typed, offered, coloured and marked."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.presets.ui.editor.prompt.prompt_edit import PromptEdit
from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.kernel.presets.variable import SystemVariable, Variable
from chatdesk.ui_kit.style.appearance import Appearance

NAMES = (Variable("source", label="From"), Variable("target"), Variable("译文"))


@pytest.fixture
def field(appearance: Appearance, qtbot: QtBot) -> Iterator[PromptField]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 500)
    field = PromptField(appearance, window)
    field.resize(500, 300)
    window.show()
    field.edit.set_variables(NAMES)
    field.edit.setFocus()
    yield field
    window.close()


@pytest.fixture
def edit(field: PromptField) -> PromptEdit:
    return field.edit


def press(edit: PromptEdit, *keys: Qt.Key, with_key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(edit, key, with_key)


def write(edit: PromptEdit, text: str) -> None:
    QTest.keyClicks(edit, text)


def offered(edit: PromptEdit) -> tuple[str, ...]:
    return edit.completion.names if edit.completion.isVisible() else ()


def test_a_change_is_reported_with_the_text(edit: PromptEdit) -> None:
    received: list[str] = []
    edit.changed.connect(received.append)
    write(edit, "ab")
    assert received == ["a", "ab"]
    press(edit, Qt.Key.Key_Return)
    assert received[-1] == edit.text() == "ab\n"


def test_what_is_set_is_no_change_nor_are_new_colours(edit: PromptEdit, appearance: Appearance) -> None:
    received: list[str] = []
    edit.changed.connect(received.append)
    edit.set_text("# A\r\n{{source}}\n")
    appearance.set_scheme("dark")
    QApplication.processEvents()
    assert received == []
    assert edit.text() == "# A\n{{source}}\n"


def test_setting_the_same_text_leaves_the_cursor(edit: PromptEdit) -> None:
    edit.set_text("one\r\ntwo")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.set_text("one\r\ntwo")
    assert edit.textCursor().atEnd()
    write(edit, "!")
    edit.set_text("one\ntwo!")
    assert edit.textCursor().atEnd()


def test_no_break_spaces_stay(edit: PromptEdit) -> None:
    edit.set_text("5\u00a0km")
    write(edit, "x")
    assert edit.text() == "x5\u00a0km"
    edit.selectAll()
    edit.copy()
    assert QApplication.clipboard().text() == "x5\u00a0km"


def test_what_is_pasted_is_plain(edit: PromptEdit) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    edit.insertFromMimeData(data)
    assert edit.text() == "bold"


def test_a_variable_is_inserted_where_the_cursor_is(edit: PromptEdit) -> None:
    edit.set_text("From .")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    press(edit, Qt.Key.Key_Left)
    edit.insert_variable("source")
    assert edit.text() == "From {{source}}."
    assert not offered(edit)
    assert edit.textCursor().position() == len("From {{source}}")


def test_names_are_offered_after_two_braces(edit: PromptEdit) -> None:
    write(edit, "a {")
    assert offered(edit) == ()
    write(edit, "{")
    assert offered(edit) == ("source", "target", "译文", *SystemVariable)
    write(edit, "T")
    assert offered(edit)[:2] == ("target", "time"), "those that begin so come first"
    assert "date" in offered(edit)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_key_takes_the_name_and_closes_the_braces(edit: PromptEdit, key: Qt.Key) -> None:
    write(edit, "To {{ta")
    press(edit, key)
    assert edit.text() == "To {{target}}"
    assert edit.hasFocus()
    write(edit, "!")
    assert edit.text() == "To {{target}}!"


def test_arrow_keys_choose_and_go_round(edit: PromptEdit) -> None:
    write(edit, "{{")
    press(edit, Qt.Key.Key_Down)
    assert edit.completion.current == "target"
    press(edit, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert edit.completion.current == SystemVariable.LANGUAGE
    press(edit, Qt.Key.Key_Enter)
    assert edit.text() == "{{language}}"


def test_braces_that_are_there_are_not_doubled(edit: PromptEdit) -> None:
    edit.set_text("😀 {{}} and {{source}}.")
    edit.show_position(4, 4)
    press(edit, Qt.Key.Key_Space, with_key=Qt.KeyboardModifier.ControlModifier)
    press(edit, Qt.Key.Key_Return)
    assert edit.text() == "😀 {{source}} and {{source}}."
    edit.show_position(20, 20)
    press(edit, Qt.Key.Key_Space, with_key=Qt.KeyboardModifier.ControlModifier)
    assert offered(edit) == ("source",)
    press(edit, Qt.Key.Key_Return)
    assert edit.text() == "😀 {{source}} and {{source}}."


def test_escape_and_going_away_end_the_offer(edit: PromptEdit) -> None:
    write(edit, "{{")
    press(edit, Qt.Key.Key_Escape)
    assert (offered(edit), edit.text()) == ((), "{{")
    write(edit, "s")
    assert offered(edit)[0] == "source"
    press(edit, Qt.Key.Key_Home)
    assert offered(edit) == ()


def test_nothing_is_offered_for_written_braces_or_a_whole_name(edit: PromptEdit) -> None:
    write(edit, "{{{{so")
    assert offered(edit) == ()
    edit.set_text("")
    write(edit, "{{target")
    assert offered(edit) == ()
    press(edit, Qt.Key.Key_Return)
    assert edit.text() == "{{target\n"


def test_a_click_takes_a_name(edit: PromptEdit) -> None:
    write(edit, "{{")
    names = edit.completion
    QTest.mouseClick(names, Qt.MouseButton.LeftButton, pos=names._row_rect(1).center().toPoint())
    assert edit.text() == "{{target}}"
    assert edit.hasFocus()


def test_the_list_lies_in_the_window_and_goes_with_its_editor(field: PromptField, qtbot: QtBot) -> None:
    write(field.edit, "{{")
    names, window = field.edit.completion, field.window()
    assert names.parentWidget() is window
    with qtbot.waitSignal(names.destroyed):
        field.deleteLater()
    assert window.isVisible()


def test_an_input_method_keeps_its_keys(edit: PromptEdit) -> None:
    write(edit, "{{")
    QApplication.sendEvent(edit, QInputMethodEvent("ta", []))
    press(edit, Qt.Key.Key_Return)
    assert "source" not in edit.text()
    event = QInputMethodEvent()
    event.setCommitString("译")
    QApplication.sendEvent(edit, event)
    assert "译" in edit.text()


def test_what_a_name_is_for_is_offered_in_chinese_too(edit: PromptEdit) -> None:
    edit.set_variables([Variable("译文")])
    event = QInputMethodEvent()
    event.setCommitString("{{译")
    QApplication.sendEvent(edit, event)
    assert offered(edit) == ("译文",)


def test_a_place_is_selected_by_pythons_count(edit: PromptEdit) -> None:
    text = "😀😀\n## Rules\n{{source}}"
    edit.set_text(text)
    start = text.index("{{")
    edit.show_position(start, start + len("{{source}}"))
    assert edit.textCursor().selectedText() == "{{source}}"


def weights(edit: PromptEdit, line: int) -> list[int]:
    formats = edit.document().findBlockByNumber(line).layout().formats()
    return [each.format.fontWeight() for each in formats]


def test_headings_are_strong_but_not_in_code(edit: PromptEdit) -> None:
    edit.set_text("# Role\n```\n# comment\n```\n# Goals\n#tag")
    strong = QFont.Weight.DemiBold
    assert [bool(weights(edit, line)) for line in range(6)] == [True, False, False, False, True, False]
    assert weights(edit, 0) == [strong]


def test_a_fence_that_is_taken_away_frees_what_was_code(edit: PromptEdit) -> None:
    edit.set_text("```\n# comment")
    assert not weights(edit, 1)
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    press(edit, Qt.Key.Key_Delete)
    assert weights(edit, 1)


def test_variables_have_the_accents_colour_and_written_braces_are_dim(edit: PromptEdit, appearance: Appearance) -> None:
    for scheme in ("light", "dark"):
        appearance.set_scheme(scheme)
        edit.set_text(f"{scheme} 😀 {{{{source}}}} {{{{{{{{ x")
        variable, braces = edit.document().firstBlock().layout().formats()
        start = len(scheme) + 4
        assert (variable.start, variable.length) == (start, len("{{source}}"))
        assert variable.format.foreground().color() == appearance.theme.color("accentText")
        assert braces.format.foreground().color() == appearance.theme.color("textTertiary")


def test_a_chip_lies_behind_each_variable(edit: PromptEdit) -> None:
    edit.set_text("😀 {{source}} x\n\n{{target}}")
    chips = list(edit._chips(edit.viewport().rect()))
    assert len(chips) == 2
    cursor = edit.textCursor()
    cursor.setPosition(3)
    left = edit.cursorRect(cursor).left()
    assert abs(chips[0].left() + edit._appearance.theme.length("hair") - left) <= 2
    assert chips[1].top() > chips[0].bottom()


def test_a_variable_that_breaks_has_a_chip_on_each_line(field: PromptField, edit: PromptEdit) -> None:
    field.resize(130, 300)
    edit.set_text(f"{{{{{'very_long_name_' * 3}}}}}")
    QApplication.processEvents()
    chips = list(edit._chips(edit.viewport().rect()))
    assert len(chips) > 1
    assert all(chip.width() > 0 for chip in chips)


def test_one_that_grows_is_as_high_as_its_text(appearance: Appearance, qtbot: QtBot) -> None:
    edit = PromptEdit(appearance, grows=True)
    qtbot.addWidget(edit)
    edit.resize(400, 10)
    line = appearance.theme.line("reasoning")
    edit.set_text("one")
    one = edit.height()
    top = edit.cursorRect().center().y()
    assert abs(top - (one - top)) <= 2, "as much room above as below"
    edit.set_text("one\ntwo\n三")
    assert edit.height() - one == 2 * line, "Chinese lines are no higher"
    edit.set_text("")
    assert edit.height() == one


def test_ctrl_z_is_left_to_others_when_nothing_can_be_undone(
    field: PromptField, edit: PromptEdit, appearance: Appearance
) -> None:
    appearance.set_scheme("dark")
    heard: list[int] = []
    window = field.window()
    window.keyPressEvent = lambda event: heard.append(event.key())
    write(edit, "a")
    press(edit, Qt.Key.Key_Z, with_key=Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == ""
    assert Qt.Key.Key_Z not in heard
    press(edit, Qt.Key.Key_Z, with_key=Qt.KeyboardModifier.ControlModifier)
    assert Qt.Key.Key_Z in heard


def test_what_belongs_here_is_reported_to_screen_readers(edit: PromptEdit) -> None:
    edit.set_hint("What to avoid")
    assert edit.accessibleDescription() == "What to avoid"
