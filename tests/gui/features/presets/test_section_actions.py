"""Sections of a prompt are added, moved and removed in the form, and all of it can be taken back."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.ui.editor.prompt.structured_editor import StructuredEditor
from tests.gui.features.presets.form_harness import (
    PROMPT,
    act,
    bodies,
    button,
    notice,
    offered,
    rows,
    title,
    undo,
)


def test_what_is_missing_can_be_added_from_a_menu(editor: StructuredEditor, received: list[str]) -> None:
    actions = offered(editor)
    assert "Rules" not in actions
    assert list(actions)[:2] == ["Profile", "Background"]
    assert list(actions)[-1] == "Custom section"
    actions["Workflow"].trigger()
    assert [row.name for row in rows(editor)] == ["Role", "Rules", "Tone", "Constraints", "Workflow"]
    workflow = rows(editor)[4].field.edit
    assert workflow.hasFocus()
    QTest.keyClicks(workflow, "1. Ask.")
    assert received[-1] == PROMPT + "\n## Workflow\n1. Ask.\n"


def test_a_new_section_of_ones_own_is_named_at_once(editor: StructuredEditor) -> None:
    editor.add_section(SectionKind.OTHER)
    QTest.keyClicks(QApplication.focusWidget(), "Style")
    assert "## Style" in editor.text()


def test_a_section_that_was_removed_comes_back_by_its_button(editor: StructuredEditor, received: list[str]) -> None:
    button(rows(editor)[1], "removeSection").click()
    assert received[-1] == PROMPT.replace("## Rules\n1. Rhyme.\r\n2. Be kind.\n\n\n", "")
    strip = notice(editor, "undoSections")
    assert strip.text() == "“Rules” was removed"
    assert strip.has_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert received[-1] == PROMPT
    assert rows(editor)[1].field.edit.hasFocus()
    assert not strip.isVisible()


def test_and_by_ctrl_z_after_something_else_was_written(editor: StructuredEditor) -> None:
    button(rows(editor)[3], "removeSection").click()
    edit = rows(editor)[0].field.edit
    edit.setFocus()
    QTest.keyClicks(edit, "Hm")
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Hm" not in editor.text()
    assert "约束" not in editor.text()
    QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == PROMPT


def test_several_come_back_the_last_first(editor: StructuredEditor) -> None:
    button(rows(editor)[1], "removeSection").click()
    button(rows(editor)[1], "removeSection").click()
    assert notice(editor, "undoSections").text() == "“Tone” was removed"
    undo(editor)
    assert notice(editor, "undoSections").text() == "“Rules” was removed"
    undo(editor)
    assert editor.text() == PROMPT
    assert not notice(editor, "undoSections").isVisible()


def test_a_removed_section_outlives_what_is_done_to_others(editor: StructuredEditor) -> None:
    button(rows(editor)[1], "removeSection").click()
    button(rows(editor)[2], "moveSectionUp").click()
    assert [row.name for row in rows(editor)] == ["Role", "Constraints", "Tone"]
    strip = notice(editor, "undoSections")
    assert strip.isVisible()
    act(strip)
    assert editor.text() == PROMPT


def test_a_move_is_undone_by_ctrl_z(editor: StructuredEditor) -> None:
    rows(editor)[3].field.edit.setFocus()
    button(rows(editor)[3], "moveSectionUp").click()
    assert not notice(editor, "undoSections").isVisible(), "that is seen, and needs no words"
    undo(editor)
    assert editor.text() == PROMPT


def test_the_strip_stands_where_the_section_was(editor: StructuredEditor) -> None:
    button(rows(editor)[1], "removeSection").click()
    QApplication.processEvents()
    tops = [part.mapTo(editor.widget(), part.rect().topLeft()).y() for part in (*rows(editor), editor._undo)]
    assert tops[0] < tops[-1] < tops[1]


def test_the_last_section_that_is_left_can_go_and_come_back(editor: StructuredEditor, received: list[str]) -> None:
    editor.set_text("## Rules\nx\n")
    button(rows(editor)[0], "removeSection").click()
    assert received[-1] == ""
    assert notice(editor, "makeSections").isVisible()
    act(notice(editor, "undoSections"))
    assert received[-1] == "## Rules\nx\n"


def test_sections_move_by_buttons(editor: StructuredEditor, received: list[str]) -> None:
    up, down = (button(rows(editor)[0], name) for name in ("moveSectionUp", "moveSectionDown"))
    assert (up.isEnabled(), down.isEnabled()) == (False, True)
    button(rows(editor)[3], "moveSectionUp").click()
    assert [row.name for row in rows(editor)] == ["Role", "Rules", "Constraints", "Tone"]
    assert received[-1].index("约束") < received[-1].index("Tone")
    button(rows(editor)[2], "moveSectionDown").click()
    assert received[-1] == PROMPT


def test_sections_move_by_keys_and_take_the_keyboard_along(editor: StructuredEditor) -> None:
    edit = rows(editor)[2].field.edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.name for row in rows(editor)] == ["Role", "Tone", "Rules", "Constraints"]
    assert QApplication.focusWidget() is edit
    tops = [row.mapTo(editor.widget(), row.rect().topLeft()).y() for row in rows(editor)]
    assert tops == sorted(tops)
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.text() == PROMPT


def test_what_stands_before_the_first_heading_stays_in_front(editor: StructuredEditor) -> None:
    editor.set_text("Hello.\n\n## Rules\nx")
    assert [row.name for row in rows(editor)] == ["Opening", "Rules"]
    assert not button(rows(editor)[1], "moveSectionUp").isEnabled()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_rows_and_text_say_the_same(editor: StructuredEditor, seed: int) -> None:
    dice = random.Random(seed)
    lines = (
        "# Role: Poet",
        "### Skill-1",
        "## Rules",
        "#角色：诗人",
        "### Deep",
        "```",
        "",
        "- Item",
        "Words {{here}}.",
    )
    editor.set_text("\n".join(dice.choices(lines, k=12)))
    for _ in range(20):
        shown = rows(editor)
        action = dice.choice(("remove", "moveSectionUp", "moveSectionDown", "add", "undo", "write", "tab"))
        if action == "remove" and shown:
            button(dice.choice(shown), "removeSection").click()
        elif action.startswith("move") and shown:
            button(dice.choice(shown), action).click()
        elif action == "add":
            editor.add_section(dice.choice([kind for kind in SectionKind if kind is not SectionKind.OPENING]))
        elif action == "undo":
            editor._undo.undo_last()
        elif action == "write" and shown:
            dice.choice(shown).field.edit.setFocus()
            QApplication.focusWidget().insertPlainText(dice.choice(("x", "\n## Goals\ny", "```", "{{a}}")))
        elif action == "tab" and (focused := QApplication.focusWidget()):
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert [row.section for row in rows(editor)] == list(editor._structure.sections)
        assert bodies(editor) == [section.body.replace("\r\n", "\n") for section in editor._structure.sections]
        places = [editor._column.indexOf(row) for row in rows(editor)]
        assert places == sorted(places)
        assert -1 not in places
        assert all(section.heading for section in editor._structure.sections[1:])


def test_what_is_written_in_new_sections_is_not_lost_to_an_undo(editor: StructuredEditor) -> None:
    editor.set_text("You are a poet. Never rhyme.")
    act(notice(editor, "makeSections"))
    title(rows(editor)[0]).setText("Poet")
    assert not notice(editor, "undoSections").isVisible()
    title(rows(editor)[0]).setFocus()
    assert editor.text().startswith("# Role: Poet\nYou are a poet.")
