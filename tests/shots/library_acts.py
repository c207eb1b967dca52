"""What the person does in the library of presets before the picture is taken."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.shots.stage import Stage


async def open_library(stage: Stage) -> None:
    stage.window.show_presets()
    await stage.settle(0.1)


async def look_at_preset(stage: Stage) -> None:
    await open_library(stage)
    edit = stage.part("presetPrompt")
    edit.setFocus(Qt.FocusReason.MouseFocusReason)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    edit.insertPlainText("。" if stage.language == "zh_CN" else " Nothing else.")


async def look_at_preset_alone(stage: Stage) -> None:
    await look_at_preset(stage)
    stage.window._middle.currentWidget().show_detail()


async def list_presets(stage: Stage) -> None:
    await open_library(stage)
    stage.part("presetView").click()


async def declare_variable(stage: Stage) -> None:
    await open_library(stage)
    stage.part("declare.target").click()
    stage.part("moreFacts").click()


async def look_at_versions(stage: Stage) -> None:
    await open_library(stage)
    preset = next(preset for preset in stage.program.presets.all() if preset.key.startswith("own:") and preset.declared)
    saved = await stage.program.presets.save(replace(preset, prompt=preset.prompt.replace("# ", "## ")))
    await stage.program.presets.save(replace(saved, prompt=f"{saved.prompt}\n## Tone\nCalm.", tags=("calm",)))
    stage.window.show_presets(preset.key)
    stage.part("presetVersions").click()


async def try_preset(stage: Stage) -> None:
    await open_library(stage)
    stage.part("tryPreset").click()
    await stage.settle(0.1)
    stage.part("runTrial").click()


async def compare_presets(stage: Stage) -> None:
    await open_library(stage)
    stage.part("tryPreset").click()
    stage.part("compareTrials").click()
    await stage.settle(0.1)
    for button in stage.window.findChildren(QWidget, "runTrial"):
        button.click()


async def write_in_sections(stage: Stage) -> None:
    await open_library(stage)
    stage.part("promptSections").click()


async def look_at_broken(stage: Stage) -> None:
    await open_library(stage)
    stage.part("shelf.broken").click()


async def select_presets(stage: Stage) -> None:
    await open_library(stage)
    stage.part("presetList").selectAll()


async def search_presets(stage: Stage) -> None:
    await open_library(stage)
    search = stage.part("searchPresets")
    search.setFocus(Qt.FocusReason.MouseFocusReason)
    search.setText("翻译" if stage.language == "zh_CN" else "trans")


async def open_preset_menu(stage: Stage) -> None:
    await open_library(stage)
    stage.part("presetMore").click()
