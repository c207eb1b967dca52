"""Changing presets: drafts, saving as a version or a copy, variables, files that are broken."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.kernel.settings.declarations import PRESET_DRAFTS
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.presets.library.library_desk import LibraryDesk

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVE = "savePreset"


async def made(desk: LibraryDesk, **fields: object) -> Preset:
    """A preset of one's own, looked at."""
    preset = await desk.presets.create(
        Preset("", PresetOrigin.OWN, "Mine", **{"prompt": "Be brief.", **fields})  # type: ignore[arg-type]
    )
    desk.library.look_at(preset.key)
    await desk.settle()
    return preset


def preview(desk: LibraryDesk) -> str:
    desk.page.detail.editor._show_preview()
    return desk.page.detail.editor._preview.text()


async def test_a_change_is_kept_while_another_preset_is_looked_at(desk: LibraryDesk) -> None:
    await made(desk)
    desk.write("presetPrompt", "Be very brief.")
    assert desk.sees(SAVE)
    desk.click("Regex")
    assert not desk.sees(SAVE)
    desk.click("Mine")
    assert desk.text("presetPrompt") == "Be very brief."
    assert desk.sees(SAVE)


async def test_a_change_is_there_again_after_a_restart(desk: LibraryDesk, appearance: Appearance) -> None:
    await made(desk)
    desk.write("presetPrompt", "Be very brief.")
    desk.click("Regex")
    desk.write("presetName", "Regular")
    desk.library.end()
    again = LibraryDesk(appearance, desk.program)
    again.click("Mine")
    assert again.text("presetPrompt") == "Be very brief."
    again.press("discardPreset")
    again.click("Regular")
    assert again.sees(SAVE)
    again.library.end()
    await again.settle()
    await again.close()
    assert json.loads(desk.program.settings.get(PRESET_DRAFTS)).keys() == {"built-in:regex"}


async def test_a_change_is_saved_as_the_next_version(desk: LibraryDesk) -> None:
    preset = await made(desk)
    desk.write("presetPrompt", "Be very brief.")
    desk.write("presetName", "Mine, shorter")
    assert desk.text(SAVE) == "Save as version 2"
    desk.key(Qt.Key.Key_S, CONTROL)
    await desk.settle()
    saved = desk.presets.find(preset.key)
    assert (saved.prompt, saved.name) == ("Be very brief.", "Mine, shorter")
    assert [version.number for version in await desk.presets.versions(preset.id)] == [1, 2]
    assert not desk.sees(SAVE)


async def test_a_change_is_given_up(desk: LibraryDesk) -> None:
    await made(desk)
    desk.write("presetPrompt", "Something else.")
    desk.press("discardPreset")
    assert desk.text("presetPrompt") == "Be brief."
    assert not desk.sees(SAVE)


async def test_typing_what_was_there_before_is_no_change(desk: LibraryDesk) -> None:
    await made(desk)
    desk.write("presetPrompt", "x")
    desk.write("presetPrompt", "Be brief.")
    assert not desk.sees(SAVE)


async def test_a_built_in_preset_is_saved_as_a_copy_in_its_place(desk: LibraryDesk) -> None:
    desk.click("Regex")
    assert desk.text("presetOrigin") == "Built-in"
    desk.write("presetPrompt", "Write it for Python.")
    assert desk.text(SAVE) == "Save as my copy"
    desk.press(SAVE)
    await desk.settle()
    assert desk.shown().count("Regex") == 1
    assert desk.text("presetOrigin") == "My copy"
    assert desk.text("presetPrompt") == "Write it for Python."
    desk.rows.setFocus()
    desk.key(Qt.Key.Key_Delete)
    await desk.settle()
    assert desk.undo[-1][0] == "Regex was reset to the built-in preset"
    assert desk.text("presetOrigin") == "Built-in"
    assert desk.text("presetPrompt") == "Write a regular expression."


async def test_what_no_preset_may_be_without_cannot_be_taken_away(desk: LibraryDesk) -> None:
    await made(desk)
    desk.write("presetPrompt", " ")
    assert not desk.part(SAVE).isEnabled()
    assert "needs a prompt" in desk.text("saveWords")
    desk.write("presetPrompt", "Be brief.")
    desk.write("presetName", " ")
    assert not desk.part(SAVE).isEnabled()


@pytest.mark.parametrize(("line", "text"), [("num_ctx", "64"), ("keep_alive", "ten minutes"), ("format", "yaml")])
async def test_a_setting_that_cannot_be_kept_is_told_and_not_dropped(desk: LibraryDesk, line: str, text: str) -> None:
    await made(desk)
    desk.write(f"preset.{line}", text)
    assert not desk.part(SAVE).isEnabled()
    assert "has an invalid value" in desk.text("saveWords")
    assert desk.part(f"preset.{line}").text() == text
    desk.write(f"preset.{line}", "")
    assert "has an invalid value" not in desk.text("saveWords")


async def test_everything_that_is_written_is_in_the_file(desk: LibraryDesk) -> None:
    preset = await made(desk)
    desk.write("presetDescription", "Says little")
    desk.write("preset.tags", "short，quick, short")
    desk.write("preset.models", "qwen3*, llama*")
    desk.write("preset.temperature", "0.3")
    desk.write("preset.max_tokens", "200")
    category = desk.part("preset.category")
    assert isinstance(category, QComboBox)
    category.setCurrentIndex(category.findData("writing"))
    category.activated.emit(category.currentIndex())
    thinking = desk.part("preset.thinking")
    assert isinstance(thinking, QComboBox)
    thinking.setCurrentIndex(thinking.findData("off"))
    thinking.activated.emit(thinking.currentIndex())
    desk.press(SAVE)
    await desk.settle()
    saved = desk.presets.find(preset.key)
    assert "output" not in desk.presets.text_of(preset.key)
    assert saved.description == "Says little"
    assert saved.tags == ("short", "quick")
    assert saved.models == ("qwen3*", "llama*")
    assert (saved.parameters.temperature, saved.parameters.max_tokens) == (0.3, 200)
    assert (saved.category, saved.thinking) == ("writing", "off")


async def test_every_parameter_can_be_written_and_what_cannot_be_is_not(desk: LibraryDesk) -> None:
    preset = await made(desk)
    written = {"top_k": "40", "min_p": "0.05", "repeat_penalty": "1.1", "num_ctx": "8192", "seed": "-7", "top_p": "7"}
    for name, text in {**written, "stop": r"###, \n", "keep_alive": "10m", "format": "yaml"}.items():
        desk.write(f"preset.{name}", text)
    for name in ("top_p", "format"):
        assert not desk.part(SAVE).isEnabled()
        desk.write(f"preset.{name}", "")
    desk.press(SAVE)
    await desk.settle()
    assert desk.presets.find(preset.key).parameters == Parameters(
        top_k=40, min_p=0.05, repeat_penalty=1.1, num_ctx=8192, seed=-7, stop=("###", "\n"), keep_alive="10m"
    )


async def test_a_category_of_ones_own_is_written(desk: LibraryDesk) -> None:
    preset = await made(desk)
    category = desk.part("preset.category")
    assert isinstance(category, QComboBox)
    category.lineEdit().setText("Board games")
    category.lineEdit().textEdited.emit("Board games")
    desk.press(SAVE)
    await desk.settle()
    assert desk.presets.find(preset.key).category == "Board games"
    desk.press("shelf.Board games")
    assert desk.shown() == ["Mine"]


async def test_a_variable_that_is_written_gets_a_row_and_stands_in_the_preview(desk: LibraryDesk) -> None:
    await made(desk)
    desk.write("presetPrompt", "Write to {{reader}} on {{date}} about {{input}}.")
    assert preview(desk) == "Write to [reader] on [current date] about [your text in the composer]."
    line = desk.part("variable_reader").edit
    line.setText("my landlord {{date}}")
    line.textEdited.emit(line.text())
    assert preview(desk).startswith("Write to my landlord {{date}} on [current date]")
    assert not [name for name in ("date", "input") if desk.page.findChild(QWidget, f"variable_{name}")]


async def test_a_variable_is_declared(desk: LibraryDesk) -> None:
    preset = await made(desk, prompt="Translate into {{to}}.")
    desk.press("declare.to")
    kind = desk.part("variable.kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData(VariableKind.CHOICE))
    kind.activated.emit(kind.currentIndex())
    desk.write("variable.choices", "English\nGerman\n\n")
    desk.write("variable.default", "German")
    desk.press("variable.required")
    assert preview(desk) == "Translate into German."
    desk.press(SAVE)
    await desk.settle()
    expected = Variable("to", VariableKind.CHOICE, default="German", choices=("English", "German"), required=True)
    assert desk.presets.find(preset.key).declared == (expected,)


async def test_a_variable_gets_another_name_wherever_it_stands(desk: LibraryDesk) -> None:
    declared = (Variable("to", default="Finnish"),)
    preset = await made(desk, prompt="Translate into {{to}}. Again: {{ to }}.", question="{{to}}!", declared=declared)
    desk.press("declare.to")
    for taken in ("date", "2nd", ""):
        desk.write("variable.name", taken)
        desk.part("variable.name").editingFinished.emit()
        assert desk.text("presetPrompt").startswith("Translate into {{to}}")
    desk.write("variable.name", "target")
    desk.part("variable.name").editingFinished.emit()
    assert desk.text("presetPrompt") == "Translate into {{target}}. Again: {{target}}."
    assert preview(desk).startswith("Translate into Finnish. Again: Finnish.")
    desk.press(SAVE)
    await desk.settle()
    saved = desk.presets.find(preset.key)
    assert saved.question == "{{target}}!"
    assert saved.declared == (Variable("target", default="Finnish"),)


async def test_a_variable_that_is_not_used_is_removed(desk: LibraryDesk) -> None:
    preset = await made(desk, declared=(Variable("to"),))
    desk.press("declare.to")
    desk.press("removeVariable")
    desk.press(SAVE)
    await desk.settle()
    assert desk.presets.find(preset.key).declared == ()


async def test_where_one_writes_stays_in_sight_in_a_long_prompt(desk: LibraryDesk) -> None:
    await made(desk, prompt="\n".join(f"Line {number}" for number in range(200)))
    edit = desk.part("presetPrompt")
    viewport = desk.page.detail.editor._scroll.viewport()
    QTest.qWait(20)
    for end in (Qt.Key.Key_End, Qt.Key.Key_Home):
        edit.setFocus(Qt.FocusReason.MouseFocusReason)
        desk.key(end, CONTROL)
        QTest.keyClicks(edit, "x")
        QTest.qWait(20)
        place = edit.viewport().mapTo(viewport, edit.cursorRect().center())
        assert viewport.rect().contains(place), (end, place, viewport.rect())


async def test_tab_goes_as_one_reads(desk: LibraryDesk) -> None:
    await made(desk, prompt="{{one}}")
    desk.write("presetPrompt", "{{one}} {{two}}")
    desk.press("declare.one")
    kind = desk.part("variable.kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData(VariableKind.LONG_TEXT))
    kind.activated.emit(kind.currentIndex())
    desk.press("declare.one")
    desk.part("presetPrompt").setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(5):
        desk.key(Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    assert names == ["variable_one", "declare.one", "", "declare.two", ""]


async def test_values_are_those_of_the_last_use(desk: LibraryDesk) -> None:
    preset = await made(desk, prompt="Translate into {{to}}.")
    await desk.presets.note_use(preset.key, {"to": "Finnish"})
    desk.click("Regex")
    desk.click("Mine")
    assert preview(desk) == "Translate into Finnish."


async def test_a_change_of_another_program_is_shown_and_what_is_typed_is_kept(desk: LibraryDesk) -> None:
    preset = await made(desk)
    file = desk.presets.folder / f"{preset.id}.md"
    file.write_text(file.read_text("utf-8").replace("Be brief.", "Be long."), "utf-8")
    await desk.presets.look_again()
    await desk.settle()
    assert desk.text("presetPrompt") == "Be long."
    desk.write("presetPrompt", "Typed here.")
    file.write_text(file.read_text("utf-8").replace("Be long.", "Written elsewhere."), "utf-8")
    await desk.presets.look_again()
    await desk.settle()
    assert desk.text("presetPrompt") == "Typed here."
    assert desk.text(SAVE) == "Save as version 4"


async def test_a_broken_file_says_what_is_wrong_and_is_mended(desk: LibraryDesk) -> None:
    (desk.presets.folder / "half.md").write_text("+++\nname = half\n+++\nBe brief.", "utf-8")
    await desk.presets.look_again()
    desk.press("shelf.broken")
    await desk.settle()
    assert desk.shown() == ["half.md"]
    assert desk.part("brokenProblem").text() == "Line 2: The header is not valid TOML: Invalid value"
    assert desk.text("brokenText") == "+++\nname = half\n+++\nBe brief."
    assert desk.text("brokenPath") == str(desk.presets.folder / "half.md")

    def save() -> None:
        next(bar for bar in desk.page.detail.broken.findChildren(type(desk.page.detail.editor.bar))).saved.emit()

    desk.write("brokenText", '+++\nname = "Half\n+++\nBe brief.')
    save()
    await desk.settle()
    assert desk.presets.broken()
    desk.write("brokenText", '+++\nname = "Half"\n+++\nBe brief.')
    save()
    await desk.settle()
    assert not desk.presets.broken()
    assert desk.text("presetName") == "Half"


async def test_what_could_not_be_read_again_is_not_saved_and_stays_as_it_is_typed(desk: LibraryDesk) -> None:
    preset = await made(desk)
    before = (desk.presets.folder / f"{preset.id}.md").read_text("utf-8")
    desk.write("preset.tags", ", ".join(f"tag{number}" for number in range(600)))
    desk.press(SAVE)
    await desk.settle()
    assert desk.text("saveWords") == "“tags” is too long, or has too many entries."
    assert not desk.part(SAVE).isEnabled()
    assert desk.text("preset.tags").startswith("tag0")
    assert (desk.presets.folder / f"{preset.id}.md").read_text("utf-8") == before
    desk.write("preset.tags", "tag0")
    desk.press(SAVE)
    await desk.settle()
    assert desk.presets.find(preset.key).tags == ("tag0",)


async def test_a_broken_file_of_megabytes_says_what_is_wrong_without_its_text(desk: LibraryDesk) -> None:
    await desk.presets.make_folder()
    (desk.presets.folder / "huge.md").write_text("x" * 7_000_000, "utf-8")
    await desk.presets.look_again()
    await desk.settle()
    desk.press("shelf.broken")
    await desk.settle()
    assert desk.part("brokenProblem").isVisible()
    assert not desk.sees("brokenText")
    assert not desk.sees(SAVE)
