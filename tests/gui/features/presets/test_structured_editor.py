"""A prompt as a form of its sections: what is shown, and what is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from chatdesk.features.presets.domain.lang_gpt import parse
from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.ui.editor.prompt.section_texts import section_hint, section_name
from chatdesk.features.presets.ui.editor.prompt.structured_editor import (
    MAX_CHARACTERS,
    MAX_SECTIONS,
    StructuredEditor,
)
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.gui.features.presets.form_harness import PROMPT, act, bodies, button, notice, rows, title


def test_each_section_has_a_field(editor: StructuredEditor) -> None:
    assert [row.name for row in rows(editor)] == ["Role", "Rules", "Tone", "Constraints"]
    assert bodies(editor) == ["", "1. Rhyme.\n2. Be kind.", "Warm {{here}}.", "不要说教。"]
    assert title(rows(editor)[0]).text() == "Poet"
    assert title(rows(editor)[2]).text() == "Tone"
    assert rows(editor)[3]._heading_label.text() == "约束", "how its author calls it stands beside its name"


def test_showing_a_prompt_changes_nothing(
    editor: StructuredEditor, received: list[str], appearance: Appearance
) -> None:
    appearance.set_scheme("dark")
    editor.set_text(PROMPT)
    for row in rows(editor):
        row.focus_start()
        QApplication.processEvents()
    assert (editor.text(), received) == (PROMPT, [])


def test_writing_in_a_field_changes_only_its_section(editor: StructuredEditor, received: list[str]) -> None:
    edit = rows(editor)[2].field.edit
    edit.setFocus()
    QTest.keyClicks(edit, "Very ")
    assert received[-1] == editor.text() == PROMPT.replace("Warm", "Very Warm")
    assert len(received) == len("Very ")


def test_a_role_has_a_line_for_its_name(editor: StructuredEditor, received: list[str]) -> None:
    title(rows(editor)[0]).setText("Great poet")
    assert received[-1] == PROMPT.replace("# Role: Poet", "# Role: Great poet")
    title(rows(editor)[0]).clear()
    assert received[-1] == PROMPT.replace("# Role: Poet", "# Role")


def test_a_section_of_ones_own_can_be_called_anything(editor: StructuredEditor, received: list[str]) -> None:
    title(rows(editor)[2]).setText("Voice")
    assert received[-1] == PROMPT.replace("## Tone", "## Voice")


def test_tab_goes_through_the_form_from_the_top_down(editor: StructuredEditor) -> None:
    editor.add_section(SectionKind.BACKGROUND)
    first = title(rows(editor)[0])
    first.setFocus()
    seen = []
    while (focused := QApplication.focusWidget()) is not None and focused.objectName() != "addSection":
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    fields = [widget for widget in seen if widget.objectName() == "sectionText"]
    assert fields == [row.field.edit for row in rows(editor)]
    assert sum(widget.objectName() == "removeSection" for widget in seen) == len(rows(editor))


def test_the_buttons_show_where_the_keyboard_is(editor: StructuredEditor) -> None:
    rows(editor)[1].field.edit.setFocus()
    shown = [row.buttons.tab_widgets[2].shown for row in rows(editor)]
    assert shown == [False, True, False, False]


def test_a_heading_that_is_written_becomes_a_section_when_one_goes_on(
    editor: StructuredEditor, received: list[str]
) -> None:
    edit = rows(editor)[3].field.edit
    edit.setFocus()
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    edit.insertPlainText("\n\n## Goals\nA poem.")
    assert len(rows(editor)) == 4
    before = editor.text()
    rows(editor)[0].field.edit.setFocus()
    assert [row.name for row in rows(editor)][-1] == "Goals"
    assert editor.text() == before == received[-1]


def test_and_the_keyboard_goes_on_where_it_went(editor: StructuredEditor) -> None:
    first, second = rows(editor)[1].field.edit, rows(editor)[2].field.edit
    first.setFocus()
    first.insertPlainText("## Goals\nA poem.\n\n")
    second.setFocus()
    assert [row.name for row in rows(editor)] == ["Role", "Rules", "Goals", "Tone", "Constraints"]
    assert QApplication.focusWidget() is second
    assert rows(editor)[3].field.edit is second


def test_code_that_swallows_the_next_section_takes_the_keyboard_back(editor: StructuredEditor) -> None:
    first, second = rows(editor)[1].field.edit, rows(editor)[2].field.edit
    first.setFocus()
    first.insertPlainText("```\n")
    second.setFocus()
    assert [row.name for row in rows(editor)] == ["Role", "Rules"]
    assert QApplication.focusWidget() is first
    assert "不要说教。" in first.text()


def test_a_heading_that_is_renamed_to_a_known_one_is_known_when_one_goes_on(editor: StructuredEditor) -> None:
    title(rows(editor)[2]).setFocus()
    title(rows(editor)[2]).setText("Background")
    rows(editor)[1].field.edit.setFocus()
    assert [row.name for row in rows(editor)] == ["Role", "Rules", "Background", "Constraints"]


def test_another_prompt_with_the_same_headings_shows_its_own_words(editor: StructuredEditor) -> None:
    editor.set_text(PROMPT.replace("Rhyme", "Sing").replace("Warm", "Cold").replace("Poet", "Singer"))
    assert bodies(editor) == ["", "1. Sing.\n2. Be kind.", "Cold {{here}}.", "不要说教。"]
    assert title(rows(editor)[0]).text() == "Singer"


def test_a_plain_prompt_is_put_into_sections_and_back(editor: StructuredEditor, received: list[str]) -> None:
    plain = "You are a poet. Never rhyme."
    editor.set_text(plain)
    offer = notice(editor, "makeSections")
    assert offer.isVisible()
    act(offer)
    assert received[-1] == "# Role\nYou are a poet.\n\n## Constraints\n- Never rhyme."
    assert not offer.isVisible()
    act(notice(editor, "undoSections"))
    assert received[-1] == editor.text() == plain


def test_a_prompt_with_headings_of_its_own_is_not_offered_sections(editor: StructuredEditor) -> None:
    editor.set_text("# Tone\nWarm.")
    assert not notice(editor, "makeSections").isVisible()
    editor.set_text("Write.\n\n# Tone\nWarm.")
    assert notice(editor, "makeSections").isVisible()


def test_an_empty_prompt_says_how_to_begin(editor: StructuredEditor) -> None:
    editor.set_text("")
    offer = notice(editor, "makeSections")
    assert offer.isVisible()
    assert not offer.findChild(QPushButton).isVisible()
    editor.add_section(SectionKind.ROLE)
    assert not offer.isVisible()
    assert editor.text() == "# Role"


def test_a_place_is_shown_in_its_field(editor: StructuredEditor) -> None:
    start = PROMPT.index("{{here}}")
    editor.show_position(start, start + len("{{here}}"))
    edit = rows(editor)[2].field.edit
    assert QApplication.focusWidget() is edit
    assert edit.textCursor().selectedText() == "{{here}}"
    editor.show_position(0, 5)
    assert QApplication.focusWidget() is title(rows(editor)[0])


def test_a_variable_is_inserted_where_one_was_writing(editor: StructuredEditor) -> None:
    rows(editor)[1].field.edit.setFocus()
    elsewhere = QPushButton(editor.window())
    elsewhere.show()
    elsewhere.setFocus()
    editor.insert_variable("a")
    assert "## Rules\n{{a}}1. Rhyme." in editor.text()
    button(editor, "addSection").setFocus()
    editor.insert_variable("b")
    assert "{{b}}不要说教。" in editor.text(), "the last one, if it was in none"


def test_every_field_knows_the_variables(editor: StructuredEditor) -> None:
    editor.set_variables([Variable("reader")])
    editor.add_section(SectionKind.GOALS)
    edit = QApplication.focusWidget()
    QTest.keyClicks(edit, "{{re")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "## Goals\n{{reader}}" in editor.text()


@pytest.mark.parametrize("text", ["## Part\nx\n" * (MAX_SECTIONS + 1), "## Rules\n" + "x" * MAX_CHARACTERS])
def test_a_text_that_is_too_long_for_a_form_is_only_kept(
    editor: StructuredEditor, received: list[str], text: str
) -> None:
    editor.set_text(text)
    assert rows(editor) == []
    assert "too long" in notice(editor, "makeSections").text()
    assert not button(editor, "addSection").isVisible()
    editor.show_position(0, 4)
    editor.insert_variable("a")
    assert (editor.text(), received) == (text, [])
    editor.set_text(PROMPT)
    assert button(editor, "addSection").isVisible()


def test_everything_has_a_name_in_every_language(editor: StructuredEditor, translations: Translations) -> None:
    for language, name in (("en", "Rules"), ("zh_CN", "规则")):
        translations.use(language)
        QApplication.processEvents()
        assert rows(editor)[1].field.edit.accessibleName() == name
        assert name in button(rows(editor)[1], "removeSection").accessibleName()
        named = [*editor.findChildren(QAbstractButton), *(row.field.edit for row in rows(editor))]
        assert all(widget.accessibleName() or getattr(widget, "text", str)() for widget in named if widget.isVisible())
    assert all(section_name(kind) and section_hint(kind) for kind in SectionKind if kind is not SectionKind.OTHER)


def test_fields_are_as_high_as_their_text(editor: StructuredEditor, appearance: Appearance) -> None:
    rule, tone = rows(editor)[1].field.edit, rows(editor)[2].field.edit
    assert rule.height() - tone.height() == appearance.theme.line("reasoning")
    assert parse(editor.text()).text == PROMPT


def test_fields_grow_with_the_zoom(editor: StructuredEditor, appearance: Appearance) -> None:
    edit = rows(editor)[1].field.edit
    before = edit.height()
    appearance.set_zoom(200)
    QApplication.processEvents()
    assert 1.9 * before < edit.height() < 2.1 * before
    assert editor.text() == PROMPT
