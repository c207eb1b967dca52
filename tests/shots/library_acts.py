"""What the person does in the library of presets before the picture is taken."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.shots.window_driver import WindowDriver


async def open_library(driver: WindowDriver) -> None:
    driver.window.show_presets()
    await driver.settle(0.1)


async def look_at_preset(driver: WindowDriver) -> None:
    await open_library(driver)
    edit = driver.part("presetPrompt")
    edit.setFocus(Qt.FocusReason.MouseFocusReason)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    edit.insertPlainText("。" if driver.language == "zh_CN" else " Nothing else.")


async def look_at_preset_alone(driver: WindowDriver) -> None:
    await look_at_preset(driver)
    driver.window._middle.currentWidget().show_detail()


async def list_presets(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("presetView").click()


async def declare_variable(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("declare.target").click()
    driver.part("moreFacts").click()


async def look_at_versions(driver: WindowDriver) -> None:
    await open_library(driver)
    preset = next(
        preset for preset in driver.program.presets.presets.all() if preset.key.startswith("own:") and preset.declared
    )
    saved = await driver.program.presets.presets.save(replace(preset, prompt=preset.prompt.replace("# ", "## ")))
    await driver.program.presets.presets.save(replace(saved, prompt=f"{saved.prompt}\n## Tone\nCalm.", tags=("calm",)))
    driver.window.show_presets(preset.key)
    driver.part("presetVersions").click()


async def try_preset(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("tryPreset").click()
    await driver.settle(0.1)
    driver.part("runTrial").click()


async def compare_presets(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("tryPreset").click()
    driver.part("compareTrials").click()
    await driver.settle(0.1)
    for button in driver.window.findChildren(QWidget, "runTrial"):
        button.click()


async def write_in_sections(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("promptSections").click()


async def look_at_broken(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("shelf.broken").click()


async def select_presets(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("presetList").selectAll()


async def search_presets(driver: WindowDriver) -> None:
    await open_library(driver)
    search = driver.part("searchPresets")
    search.setFocus(Qt.FocusReason.MouseFocusReason)
    search.setText("翻译" if driver.language == "zh_CN" else "trans")


async def open_preset_menu(driver: WindowDriver) -> None:
    await open_library(driver)
    driver.part("presetMore").click()
