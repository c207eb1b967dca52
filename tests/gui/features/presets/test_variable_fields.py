"""The fields of a preset's variables, filled by hostile files and hasty hands: the window is not held up, nothing is lost."""

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QDate, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.presets.ui.use.preset_strip import PresetStrip
from chatdesk.features.presets.ui.use.variable_form import VariableForm
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

LONGEST_HOLD = 0.1
"""Seconds of work of one act, on a slow machine; 16 ms on a quiet one."""
LONG = VariableKind.LONG_TEXT


@pytest.fixture
def form(appearance: Appearance, qtbot: QtBot) -> Iterator[VariableForm]:
    form = VariableForm(appearance)
    qtbot.addWidget(form)
    form.resize(480, 400)
    form.show()
    yield form
    form.close()


def part(form: QWidget, name: str = "variable_v") -> QWidget:
    found = form.findChild(QWidget, name)
    assert found is not None
    return found


def short(act: Callable[[], object]) -> None:
    began = time.thread_time()
    act()
    QApplication.processEvents()
    assert time.thread_time() - began < LONGEST_HOLD


@pytest.mark.parametrize(
    "text", ["x" * 4_000_000, "words in a line " * 250_000, "a line\n" * 600_000, "中" * 1_300_000]
)
def test_a_text_of_megabytes_is_held_whole_and_its_beginning_is_shown(form: VariableForm, text: str) -> None:
    form.show_variables([Variable("v", LONG)], {})
    short(lambda: form.show_variables([Variable("v", LONG)], {"v": text}))
    edit = part(form)
    assert isinstance(edit, QPlainTextEdit)
    assert edit.isReadOnly()
    assert len(edit.toPlainText()) < 2_000
    assert part(form, "beginningShown").isVisible()
    assert form.values() == {"v": text}
    form.findChild(QPushButton, "clear_v").click()
    assert form.values() == {"v": ""}
    assert not edit.isReadOnly()


def test_much_that_is_pasted_goes_between_what_stands_there(form: VariableForm) -> None:
    form.show_variables([Variable("v", LONG)], {"v": "before after"})
    edit, much = part(form), QMimeData()
    assert isinstance(edit, QPlainTextEdit)
    much.setText("x" * 3_000_000)
    cursor = edit.textCursor()
    cursor.setPosition(7)
    edit.setTextCursor(cursor)
    received: list[bool] = []
    form.changed.connect(lambda: received.append(True))
    short(lambda: edit.insertFromMimeData(much))
    assert form.values() == {"v": "before " + "x" * 3_000_000 + "after"}
    assert received == [True]


def test_a_text_of_usual_length_is_written_on_and_undone(form: VariableForm) -> None:
    form.show_variables([Variable("v", VariableKind.CLIPBOARD)], {"v": "mine"})
    QGuiApplication.clipboard().setText("from elsewhere\n" * 500)
    form.findChild(QPushButton, "fetch_v").click()
    edit = part(form)
    assert isinstance(edit, QPlainTextEdit)
    assert form.values()["v"].startswith("from elsewhere\n")
    edit.undo()
    assert form.values() == {"v": "mine"}


def test_a_label_is_one_line_that_does_not_turn_round(form: VariableForm) -> None:
    form.show_variables([Variable("v", label="a\u202eb\nc<b>d", hint="<i>\u2066x")], {})
    shown = [label.text() for label in form.findChildren(Label)]
    assert "ab c<b>d" in shown
    assert part(form).findChild(QLineEdit).placeholderText() == "<i>x"


def test_a_choice_that_is_none_is_shown_as_none_and_sent_as_none() -> None:
    choice = Variable("v", VariableKind.CHOICE, default="blue", choices=("red", "green"))
    preset = Preset("p", PresetOrigin.OWN, "P", "Paint it {{v}}.", declared=(choice,))
    assert AppliedPreset.of(preset).values == {"v": ""}
    assert AppliedPreset.of(preset, {"v": "green"}).values == {"v": "green"}
    assert AppliedPreset.of(preset, {"v": "as it was called before"}).values == {"v": ""}


def test_a_box_shows_no_choice_that_was_not_made(form: VariableForm) -> None:
    form.show_variables([Variable("v", VariableKind.CHOICE, choices=("red", "green"))], {"v": "blue"})
    box = part(form)
    assert isinstance(box, QComboBox)
    assert (box.currentText(), form.values()) == ("", {"v": ""})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nan", True),
        ("1e400", True),
        ("-inf", True),
        ("twelve", True),
        ("99", True),
        ("4,5", False),
        ("5e0", False),
        ("", False),
    ],
)
def test_what_is_no_number_of_the_range_is_said_and_not_sent(form: VariableForm, typed: str, *, expected: bool) -> None:
    number = Variable("v", VariableKind.NUMBER, minimum=1, maximum=10)
    form.show_variables([number], {})
    edit = part(form).findChild(QLineEdit)
    QTest.keyClicks(edit, typed)
    problem = next((row.problem for row in form._fields), lambda: "")()
    assert bool(problem) is expected
    preset = Preset("p", PresetOrigin.OWN, "P", "{{v}}", declared=(number,))
    assert bool(AppliedPreset.of(preset).with_values(form.values()).missing) is expected


def test_the_arrows_step_through_large_numbers_digit_by_digit(form: VariableForm) -> None:
    form.show_variables([Variable("v", VariableKind.NUMBER)], {"v": "12345678"})
    edit = part(form).findChild(QLineEdit)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert form.values() == {"v": "12345679"}


@pytest.mark.parametrize("day", ["9999-99-99", "0001-01-01", "tomorrow", "2026-02-30", ""])
def test_a_day_that_is_none_is_today(form: VariableForm, day: str) -> None:
    form.show_variables([Variable("v", VariableKind.DATE)], {"v": day})
    edit = part(form)
    assert isinstance(edit, QDateEdit)
    assert edit.date() == QDate.currentDate()
    preset = Preset("p", PresetOrigin.OWN, "P", "{{v}}", declared=(Variable("v", VariableKind.DATE, default=day),))
    assert AppliedPreset.of(preset).values == {"v": ""}


def test_two_hundred_variables_scroll_in_the_height_they_are_given(appearance: Appearance, qtbot: QtBot) -> None:
    strip = PresetStrip(appearance)
    qtbot.addWidget(strip)
    strip.resize(480, 300)
    strip.set_max_height(200)
    many = tuple(Variable(f"v{number}", label="A label of some words " * 5) for number in range(200))
    preset = Preset("p", PresetOrigin.OWN, "P", "x", declared=many)
    strip.show_preset(AppliedPreset.of(preset))
    QApplication.processEvents()
    assert strip.sizeHint().height() < 300


def test_a_field_that_must_be_filled_in_comes_into_sight(appearance: Appearance, qtbot: QtBot) -> None:
    strip = PresetStrip(appearance)
    qtbot.addWidget(strip)
    strip.resize(480, 300)
    strip.set_max_height(200)
    many = tuple(Variable(f"v{number}", required=number == 50) for number in range(80))
    strip.show_preset(AppliedPreset.of(Preset("p", PresetOrigin.OWN, "P", "x", declared=many)))
    strip.show()
    strip.activateWindow()
    QApplication.processEvents()
    strip.show_missing([many[50]])
    QApplication.processEvents()
    assert part(strip, "variable_v50").visibleRegion().boundingRect().height() > 0


def test_much_that_is_pasted_goes_to_the_cursor_behind_emoji_too(form: VariableForm) -> None:
    form.show_variables([Variable("v", LONG)], {"v": "😀😀abc"})
    edit, much = part(form), QMimeData()
    assert isinstance(edit, QPlainTextEdit)
    much.setText("x" * 6_000)
    cursor = edit.textCursor()
    cursor.setPosition(4)
    edit.setTextCursor(cursor)
    edit.insertFromMimeData(much)
    assert form.values() == {"v": "😀😀" + "x" * 6_000 + "abc"}
