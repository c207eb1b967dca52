"""What a person sees and does of thinking in the composer, for each kind of model."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import NOTHING, ThinkingChoices
from tests.gui.features.chat.composer.conftest import Writer
from tests.gui.features.settings.marking_translator import MarkingTranslator

T = Thinking
SWITCH = ThinkingChoices((T.OFF, T.ON))
EFFORTS = ThinkingChoices((T.OFF, T.LOW, T.HIGH, T.MAX))
ALWAYS = ThinkingChoices((T.ON,))
UNKNOWN = ThinkingChoices((T.OFF, T.ON), sure=False)


def menu_of(writer: Writer) -> QMenu:
    menus = [menu for menu in writer.composer.findChildren(QMenu, "thinkMenu") if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def offered(menu: QMenu) -> list[tuple[str, bool]]:
    return [(action.text(), action.isChecked()) for action in menu.actions()]


def test_nothing_is_offered_for_a_model_that_does_not_think(writer: Writer) -> None:
    assert not writer.button("think").isVisible()
    writer.composer.show_thinking(SWITCH, T.AUTO)
    assert writer.button("think").isVisible()
    writer.composer.show_thinking(NOTHING, T.HIGH)
    assert not writer.button("think").isVisible()


def test_a_model_that_thinks_or_not_has_a_switch_and_thinks_by_itself(writer: Writer) -> None:
    writer.composer.show_thinking(SWITCH, T.AUTO)
    chip = writer.button("think")
    assert (chip.text(), chip.isChecked()) == ("Reasoning", True)
    for expected in ("off", "on"):
        with writer.qtbot.waitSignal(writer.composer.thinking_changed) as changed:
            writer.click("think")
        assert changed.args == [expected]
        assert chip.isChecked() is (expected == "on")


def test_an_effort_is_chosen_from_a_menu_by_keys_alone(writer: Writer) -> None:
    writer.composer.show_thinking(EFFORTS, T.LOW)
    chip = writer.button("think")
    assert (chip.text(), chip.isChecked()) == ("Reasoning: Low", True)
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    menu = menu_of(writer)
    assert offered(menu) == [("Automatic", False), ("Off", False), ("Low", True), ("High", False), ("Maximum", False)]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    with writer.qtbot.waitSignal(writer.composer.thinking_changed) as changed:
        QTest.keyClick(menu, Qt.Key.Key_Return)
    assert changed.args == ["high"]
    assert chip.text() == "Reasoning: High"


def test_a_menu_that_is_left_changes_nothing(writer: Writer) -> None:
    writer.composer.show_thinking(EFFORTS, T.OFF)
    writer.composer.change_thinking()
    with writer.qtbot.assertNotEmitted(writer.composer.thinking_changed):
        QTest.keyClick(menu_of(writer), Qt.Key.Key_Escape)
    chip = writer.button("think")
    assert (chip.text(), chip.isChecked()) == ("Reasoning: Off", False)


def test_a_model_that_always_thinks_says_so_and_cannot_be_pressed(writer: Writer) -> None:
    writer.composer.show_thinking(ALWAYS, T.OFF)
    chip = writer.button("think")
    assert (chip.text(), chip.isEnabled()) == ("Always reasons", False)
    assert "always reasons" in chip.toolTip()
    with writer.qtbot.assertNotEmitted(writer.composer.thinking_changed):
        writer.composer.change_thinking()


def test_where_nobody_knows_it_is_left_to_the_model_until_a_person_says_more(writer: Writer) -> None:
    writer.composer.show_thinking(UNKNOWN, T.AUTO)
    chip = writer.button("think")
    assert (chip.text(), chip.isChecked()) == ("Reasoning: Automatic", False)
    assert "not known whether" in chip.toolTip()
    writer.click("think")
    assert offered(menu_of(writer)) == [("Automatic", True), ("Off", False), ("On", False)]
    menu_of(writer).actions()[2].trigger()
    assert (chip.text(), chip.isChecked()) == ("Reasoning: On", True)


@pytest.mark.parametrize(("wanted", "expected"), [(T.MAX, "Reasoning"), (T.OFF, "Reasoning")])
def test_instructions_of_another_model_are_shown_as_this_one_gets_them(
    writer: Writer, wanted: T, expected: str
) -> None:
    writer.composer.show_thinking(SWITCH, wanted)
    assert writer.button("think").text() == expected
    assert writer.button("think").isChecked() is (wanted is not T.OFF)


def test_it_follows_the_language(writer: Writer) -> None:
    writer.composer.show_thinking(EFFORTS, T.LOW)
    translator = MarkingTranslator()
    QCoreApplication.installTranslator(translator)
    try:
        QCoreApplication.processEvents()
        assert writer.button("think").text().startswith("⟦Reasoning")
    finally:
        QCoreApplication.removeTranslator(translator)
