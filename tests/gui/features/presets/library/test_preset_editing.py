"""Changing presets: drafts, saving as a version or a copy, variables, files that are broken."""

import asyncio
import json
from itertools import count

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from chatdesk.app.program import Program
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.kernel.settings.declarations import PRESET_DRAFTS
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.presets.library.library_harness import LibraryHarness
from tests.own_time import TIMEOUT

CONTROL = Qt.KeyboardModifier.ControlModifier
SAVE = "savePreset"


async def made(harness: LibraryHarness, **fields: object) -> Preset:
    """A preset of one's own, looked at."""
    preset = await harness.presets.create(
        Preset("", PresetOrigin.OWN, "Mine", **{"prompt": "Be brief.", **fields})  # type: ignore[arg-type]
    )
    harness.library.show_preset(preset.key)
    await harness.settle()
    return preset


def preview(harness: LibraryHarness) -> str:
    harness.page.detail.editor._show_preview()
    return harness.page.detail.editor._preview.text()


async def test_a_change_is_kept_while_another_preset_is_looked_at(harness: LibraryHarness) -> None:
    await made(harness)
    harness.write("presetPrompt", "Be very brief.")
    assert harness.sees(SAVE)
    harness.click("Regex")
    assert not harness.sees(SAVE)
    harness.click("Mine")
    assert harness.text("presetPrompt") == "Be very brief."
    assert harness.sees(SAVE)


async def test_a_change_is_there_again_after_a_restart(harness: LibraryHarness, appearance: Appearance) -> None:
    await made(harness)
    harness.write("presetPrompt", "Be very brief.")
    harness.click("Regex")
    harness.write("presetName", "Regular")
    harness.library.end()
    again = LibraryHarness(appearance, harness.program)
    again.click("Mine")
    assert again.text("presetPrompt") == "Be very brief."
    again.press("discardPreset")
    again.click("Regular")
    assert again.sees(SAVE)
    again.library.end()
    await again.settle()
    await again.close()
    assert json.loads(harness.program.settings.get(PRESET_DRAFTS)).keys() == {"built-in:regex"}


async def test_a_change_is_kept_while_the_keys_never_rest(harness: LibraryHarness) -> None:
    await made(harness)
    async with asyncio.timeout(TIMEOUT):
        for number in count():
            harness.write("presetPrompt", f"Be very brief, {number} times.")
            QApplication.processEvents()
            await asyncio.sleep(0.002)
            if drafts := harness.program.settings.get(PRESET_DRAFTS):
                break
    assert "Be very brief" in drafts


async def test_a_change_is_saved_as_the_next_version(harness: LibraryHarness) -> None:
    preset = await made(harness)
    harness.write("presetPrompt", "Be very brief.")
    harness.write("presetName", "Mine, shorter")
    assert harness.text(SAVE) == "Save as version 2"
    harness.key(Qt.Key.Key_S, CONTROL)
    await harness.settle()
    saved = harness.presets.find(preset.key)
    assert (saved.prompt, saved.name) == ("Be very brief.", "Mine, shorter")
    assert [version.number for version in await harness.presets.versions(preset.id)] == [1, 2]
    assert not harness.sees(SAVE)


async def test_a_change_is_given_up(harness: LibraryHarness) -> None:
    await made(harness)
    harness.write("presetPrompt", "Something else.")
    harness.press("discardPreset")
    assert harness.text("presetPrompt") == "Be brief."
    assert not harness.sees(SAVE)


async def test_typing_what_was_there_before_is_no_change(harness: LibraryHarness) -> None:
    await made(harness)
    harness.write("presetPrompt", "x")
    harness.write("presetPrompt", "Be brief.")
    assert not harness.sees(SAVE)


async def test_a_built_in_preset_is_saved_as_a_copy_in_its_place(harness: LibraryHarness) -> None:
    harness.click("Regex")
    assert harness.text("presetOrigin") == "Built-in"
    harness.write("presetPrompt", "Write it for Python.")
    assert harness.text(SAVE) == "Save as my copy"
    harness.press(SAVE)
    await harness.settle()
    assert harness.shown().count("Regex") == 1
    assert harness.text("presetOrigin") == "My copy"
    assert harness.text("presetPrompt") == "Write it for Python."
    harness.rows.setFocus()
    harness.key(Qt.Key.Key_Delete)
    await harness.settle()
    assert harness.undo[-1][0] == "Regex was reset to the built-in preset"
    assert harness.text("presetOrigin") == "Built-in"
    assert harness.text("presetPrompt") == "Write a regular expression."


async def test_what_no_preset_may_be_without_cannot_be_taken_away(harness: LibraryHarness) -> None:
    await made(harness)
    harness.write("presetPrompt", " ")
    assert not harness.part(SAVE).isEnabled()
    assert "needs a prompt" in harness.text("saveWords")
    harness.write("presetPrompt", "Be brief.")
    harness.write("presetName", " ")
    assert not harness.part(SAVE).isEnabled()


@pytest.mark.parametrize(("line", "text"), [("num_ctx", "64"), ("keep_alive", "ten minutes"), ("format", "yaml")])
async def test_a_setting_that_cannot_be_kept_is_reported_and_not_dropped(
    harness: LibraryHarness, line: str, text: str
) -> None:
    await made(harness)
    harness.write(f"preset.{line}", text)
    assert not harness.part(SAVE).isEnabled()
    assert "has an invalid value" in harness.text("saveWords")
    assert harness.part(f"preset.{line}").text() == text
    harness.write(f"preset.{line}", "")
    assert "has an invalid value" not in harness.text("saveWords")


async def test_everything_that_is_written_is_in_the_file(harness: LibraryHarness) -> None:
    preset = await made(harness)
    harness.write("presetDescription", "Says little")
    harness.write("preset.tags", "short，quick, short")
    harness.write("preset.models", "qwen3*, llama*")
    harness.write("preset.temperature", "0.3")
    harness.write("preset.max_tokens", "200")
    category = harness.part("preset.category")
    assert isinstance(category, QComboBox)
    category.setCurrentIndex(category.findData("writing"))
    category.activated.emit(category.currentIndex())
    thinking = harness.part("preset.thinking")
    assert isinstance(thinking, QComboBox)
    thinking.setCurrentIndex(thinking.findData("off"))
    thinking.activated.emit(thinking.currentIndex())
    harness.press(SAVE)
    await harness.settle()
    saved = harness.presets.find(preset.key)
    assert "output" not in harness.presets.text_of(preset.key)
    assert saved.description == "Says little"
    assert saved.tags == ("short", "quick")
    assert saved.models == ("qwen3*", "llama*")
    assert (saved.parameters.temperature, saved.parameters.max_tokens) == (0.3, 200)
    assert (saved.category, saved.thinking) == ("writing", "off")


async def test_every_parameter_can_be_written_and_what_cannot_be_is_not(harness: LibraryHarness) -> None:
    preset = await made(harness)
    written = {"top_k": "40", "min_p": "0.05", "repeat_penalty": "1.1", "num_ctx": "8192", "seed": "-7", "top_p": "7"}
    for name, text in {**written, "stop": r"###, \n", "keep_alive": "10m", "format": "yaml"}.items():
        harness.write(f"preset.{name}", text)
    for name in ("top_p", "format"):
        assert not harness.part(SAVE).isEnabled()
        harness.write(f"preset.{name}", "")
    harness.press(SAVE)
    await harness.settle()
    assert harness.presets.find(preset.key).parameters == Parameters(
        top_k=40, min_p=0.05, repeat_penalty=1.1, num_ctx=8192, seed=-7, stop=("###", "\n"), keep_alive="10m"
    )


async def test_a_category_of_ones_own_is_written(harness: LibraryHarness) -> None:
    preset = await made(harness)
    category = harness.part("preset.category")
    assert isinstance(category, QComboBox)
    category.lineEdit().setText("Board games")
    category.lineEdit().textEdited.emit("Board games")
    harness.press(SAVE)
    await harness.settle()
    assert harness.presets.find(preset.key).category == "Board games"
    harness.press("shelf.Board games")
    assert harness.shown() == ["Mine"]


async def test_a_variable_that_is_written_gets_a_row_and_stands_in_the_preview(harness: LibraryHarness) -> None:
    await made(harness)
    harness.write("presetPrompt", "Write to {{reader}} on {{date}} about {{input}}.")
    assert preview(harness) == "Write to [reader] on [current date] about [your text in the composer]."
    line = harness.part("variable_reader").edit
    line.setText("my landlord {{date}}")
    line.textEdited.emit(line.text())
    assert preview(harness).startswith("Write to my landlord {{date}} on [current date]")
    assert not [name for name in ("date", "input") if harness.page.findChild(QWidget, f"variable_{name}")]


async def test_a_variable_is_declared(harness: LibraryHarness) -> None:
    preset = await made(harness, prompt="Translate into {{to}}.")
    harness.press("declare.to")
    kind = harness.part("variable.kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData(VariableKind.CHOICE))
    kind.activated.emit(kind.currentIndex())
    harness.write("variable.choices", "English\nGerman\n\n")
    harness.write("variable.default", "German")
    harness.press("variable.required")
    assert preview(harness) == "Translate into German."
    harness.press(SAVE)
    await harness.settle()
    expected = Variable("to", VariableKind.CHOICE, default="German", choices=("English", "German"), required=True)
    assert harness.presets.find(preset.key).declared == (expected,)


async def test_a_variable_gets_another_name_wherever_it_stands(harness: LibraryHarness) -> None:
    declared = (Variable("to", default="Finnish"),)
    preset = await made(
        harness, prompt="Translate into {{to}}. Again: {{ to }}.", question="{{to}}!", declared=declared
    )
    harness.press("declare.to")
    for taken in ("date", "2nd", ""):
        harness.write("variable.name", taken)
        harness.part("variable.name").editingFinished.emit()
        assert harness.text("presetPrompt").startswith("Translate into {{to}}")
    harness.write("variable.name", "target")
    harness.part("variable.name").editingFinished.emit()
    assert harness.text("presetPrompt") == "Translate into {{target}}. Again: {{target}}."
    assert preview(harness).startswith("Translate into Finnish. Again: Finnish.")
    harness.press(SAVE)
    await harness.settle()
    saved = harness.presets.find(preset.key)
    assert saved.question == "{{target}}!"
    assert saved.declared == (Variable("target", default="Finnish"),)


async def test_a_variable_that_is_not_used_is_removed(harness: LibraryHarness) -> None:
    preset = await made(harness, declared=(Variable("to"),))
    harness.press("declare.to")
    harness.press("removeVariable")
    harness.press(SAVE)
    await harness.settle()
    assert harness.presets.find(preset.key).declared == ()


async def test_where_one_writes_stays_in_sight_in_a_long_prompt(harness: LibraryHarness) -> None:
    await made(harness, prompt="\n".join(f"Line {number}" for number in range(200)))
    edit = harness.part("presetPrompt")
    viewport = harness.page.detail.editor._scroll.viewport()
    QTest.qWait(20)
    for end in (Qt.Key.Key_End, Qt.Key.Key_Home):
        edit.setFocus(Qt.FocusReason.MouseFocusReason)
        harness.key(end, CONTROL)
        QTest.keyClicks(edit, "x")
        QTest.qWait(20)
        place = edit.viewport().mapTo(viewport, edit.cursorRect().center())
        assert viewport.rect().contains(place), (end, place, viewport.rect())


async def test_tab_goes_as_one_reads(harness: LibraryHarness) -> None:
    await made(harness, prompt="{{one}}")
    harness.write("presetPrompt", "{{one}} {{two}}")
    harness.press("declare.one")
    kind = harness.part("variable.kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData(VariableKind.LONG_TEXT))
    kind.activated.emit(kind.currentIndex())
    harness.press("declare.one")
    harness.part("presetPrompt").setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(5):
        harness.key(Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    assert names == ["variable_one", "declare.one", "", "declare.two", "insertVariable"]


async def test_values_are_those_of_the_last_use(harness: LibraryHarness) -> None:
    preset = await made(harness, prompt="Translate into {{to}}.")
    await harness.presets.record_use(preset.key, {"to": "Finnish"})
    harness.click("Regex")
    harness.click("Mine")
    assert preview(harness) == "Translate into Finnish."


async def test_a_change_of_another_program_is_shown_and_what_is_typed_is_kept(harness: LibraryHarness) -> None:
    preset = await made(harness)
    file = harness.presets.folder / f"{preset.id}.md"
    file.write_text(file.read_text("utf-8").replace("Be brief.", "Be long."), "utf-8")
    await harness.presets.reload_changed()
    await harness.settle()
    assert harness.text("presetPrompt") == "Be long."
    harness.write("presetPrompt", "Typed here.")
    file.write_text(file.read_text("utf-8").replace("Be long.", "Written elsewhere."), "utf-8")
    await harness.presets.reload_changed()
    await harness.settle()
    assert harness.text("presetPrompt") == "Typed here."
    assert harness.text(SAVE) == "Save as version 4"


async def test_a_broken_file_says_what_is_wrong_and_is_mended(harness: LibraryHarness) -> None:
    (harness.presets.folder / "half.md").write_text("+++\nname = half\n+++\nBe brief.", "utf-8")
    await harness.presets.reload_changed()
    harness.press("shelf.broken")
    await harness.settle()
    assert harness.shown() == ["half.md"]
    assert harness.part("brokenProblem").text() == "Line 2: The header is not valid TOML: Invalid value"
    assert harness.text("brokenText") == "+++\nname = half\n+++\nBe brief."
    assert harness.text("brokenPath") == str(harness.presets.folder / "half.md")

    def save() -> None:
        next(bar for bar in harness.page.detail.broken.findChildren(type(harness.page.detail.editor.bar))).saved.emit()

    harness.write("brokenText", '+++\nname = "Half\n+++\nBe brief.')
    save()
    await harness.settle()
    assert harness.presets.broken()
    harness.write("brokenText", '+++\nname = "Half"\n+++\nBe brief.')
    save()
    await harness.settle()
    assert not harness.presets.broken()
    assert harness.text("presetName") == "Half"


async def test_a_broken_file_that_is_read_late_does_not_replace_the_preset_looked_at_meanwhile(
    harness: LibraryHarness,
) -> None:
    (harness.presets.folder / "half.md").write_text("+++\nname = half\n+++\nBe brief.", "utf-8")
    await harness.presets.reload_changed()
    harness.press("shelf.broken")
    assert harness.page.column.list.selected_keys() == ["half.md"]
    harness.press("shelf.all")
    harness.click("Regex")
    await harness.settle()
    assert not harness.sees("brokenText")
    assert harness.text("presetName") == "Regex"


async def test_what_could_not_be_read_again_is_not_saved_and_stays_as_it_is_typed(harness: LibraryHarness) -> None:
    preset = await made(harness)
    before = (harness.presets.folder / f"{preset.id}.md").read_text("utf-8")
    harness.write("preset.tags", ", ".join(f"tag{number}" for number in range(600)))
    harness.press(SAVE)
    await harness.settle()
    assert harness.text("saveWords") == "“tags” is too long, or has too many entries."
    assert not harness.part(SAVE).isEnabled()
    assert harness.text("preset.tags").startswith("tag0")
    assert (harness.presets.folder / f"{preset.id}.md").read_text("utf-8") == before
    harness.write("preset.tags", "tag0")
    harness.press(SAVE)
    await harness.settle()
    assert harness.presets.find(preset.key).tags == ("tag0",)


async def test_a_broken_file_of_megabytes_says_what_is_wrong_without_its_text(harness: LibraryHarness) -> None:
    await harness.presets.make_folder()
    (harness.presets.folder / "huge.md").write_text("x" * 7_000_000, "utf-8")
    await harness.presets.reload_changed()
    await harness.settle()
    harness.press("shelf.broken")
    await harness.settle()
    assert harness.part("brokenProblem").isVisible()
    assert not harness.sees("brokenText")
    assert not harness.sees(SAVE)


async def test_tab_goes_from_the_name_to_the_description_and_the_prompt(harness: LibraryHarness) -> None:
    await made(harness)
    harness.part("presetName").setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(2):
        harness.key(Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    assert names == ["presetDescription", "presetPrompt"]


async def test_save_and_use_begins_a_chat_with_what_is_on_the_screen(harness: LibraryHarness) -> None:
    preset = await made(harness)
    assert harness.text("usePreset") == "New chat"
    harness.write("presetPrompt", "Be very brief.")
    assert harness.text("usePreset") == "Save and use"
    harness.press("usePreset")
    await harness.settle()
    assert harness.used == [preset.key]
    assert harness.presets.find(preset.key).prompt == "Be very brief."
    assert harness.text("usePreset") == "New chat"


async def test_what_cannot_be_saved_cannot_be_used(harness: LibraryHarness) -> None:
    await made(harness)
    harness.write("presetName", " ")
    assert not harness.part("usePreset").isEnabled()


async def test_a_new_preset_waits_while_others_are_looked_at_and_after_a_restart(
    harness: LibraryHarness, appearance: Appearance, program: Program
) -> None:
    harness.key(Qt.Key.Key_N, CONTROL)
    assert not harness.part("usePreset").isEnabled()
    harness.write("presetPrompt", "Write a haiku.")
    harness.write("presetName", "Haiku")
    harness.click("Regex")
    assert harness.text("presetName") == "Regex"
    harness.key(Qt.Key.Key_N, CONTROL)
    assert (harness.text("presetName"), harness.text("presetPrompt")) == ("Haiku", "Write a haiku.")
    harness.library.end()
    again = LibraryHarness(appearance, program)
    await again.settle()
    again.key(Qt.Key.Key_N, CONTROL)
    assert (again.text("presetName"), again.text("presetPrompt")) == ("Haiku", "Write a haiku.")
    again.press("usePreset")
    await again.settle()
    (key,) = again.used
    assert again.presets.find(key).prompt == "Write a haiku."
    again.key(Qt.Key.Key_N, CONTROL)
    assert again.text("presetName") == ""
    await again.close()


async def test_a_discarded_new_preset_leaves_nothing(harness: LibraryHarness) -> None:
    harness.key(Qt.Key.Key_N, CONTROL)
    harness.write("presetPrompt", "Write a haiku.")
    harness.press("discardPreset")
    await harness.settle()
    assert harness.text("presetPrompt") == ""
    assert len(harness.shown()) == 3


async def test_a_long_description_is_shown_on_two_lines(harness: LibraryHarness) -> None:
    await made(harness, description="Short.")
    one = harness.part("presetDescription").height()
    harness.write("presetDescription", "A text that is longer than the line in which it stands. " * 4)
    harness.part("presetName").setFocus()
    harness.click("Regex")
    harness.click("Mine")
    assert harness.part("presetDescription").height() > 1.5 * one
