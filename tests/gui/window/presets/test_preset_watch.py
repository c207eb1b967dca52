"""The preset library follows its files and the language of the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.gui.window.harness import Harness
from tests.gui.window.heartbeat import Heartbeat


def names(harness: Harness) -> set[str]:
    return {preset.name for preset in harness.program.presets.presets.all() if preset.key.startswith("own:")}


async def started(harness: Harness) -> Path:
    await harness.until(
        lambda: harness.program.presets.presets.loaded and harness.window._presets._watcher.directories()
    )
    return harness.program.presets.presets.folder


async def test_a_file_that_another_program_makes_changes_and_deletes_is_followed(harness: Harness) -> None:
    folder = await started(harness)
    file = folder / "mine.md"
    file.write_text('+++\nname = "First"\n+++\nBe brief.', "utf-8")
    await harness.until(lambda: names(harness) == {"First"})
    file.write_text('+++\nname = "In place"\n+++\nBe brief.', "utf-8")
    await harness.until(lambda: names(harness) == {"In place"})
    beside = folder / "mine.md~"
    beside.write_text('+++\nname = "Replaced"\n+++\nBe brief.', "utf-8")
    beside.replace(file)
    await harness.until(lambda: names(harness) == {"Replaced"})
    file.write_text('+++\nname = "Once more"\n+++\nBe brief.', "utf-8")
    await harness.until(lambda: names(harness) == {"Once more"})
    file.unlink()
    await harness.until(lambda: not names(harness))


async def test_what_the_system_did_not_tell_is_found_when_the_window_comes_to_the_front(harness: Harness) -> None:
    folder = await started(harness)
    watcher = harness.window._presets._watcher
    watcher.removePaths(watcher.directories())
    (folder / "mine.md").write_text('+++\nname = "Silent"\n+++\nBe brief.', "utf-8")
    QCoreApplication.sendEvent(harness.window, QEvent(QEvent.Type.ActivationChange))
    await harness.until(lambda: names(harness) == {"Silent"})
    await harness.until(watcher.directories)


async def test_the_library_is_read_again_in_another_language(
    harness: Harness, appearance: Appearance, translations: Translations, tmp_path: Path
) -> None:
    await started(harness)
    harness.program.presets.presets._built_in = tmp_path
    for language, name in (("en", "Translate"), ("zh_CN", "翻译")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "translate.md").write_text(f'+++\nname = "{name}"\n+++\nx', "utf-8")
    appearance.set_language(translations.use("zh_CN"))
    await harness.until(lambda: [preset.name for preset in harness.program.presets.presets.all()] == ["翻译"])
    assert harness.program.chat.instruction_resolver.language() == "zh_CN"
    appearance.set_language(translations.use("en"))
    await harness.until(lambda: [preset.name for preset in harness.program.presets.presets.all()] == ["Translate"])


async def test_without_a_folder_of_ones_own_the_built_in_presets_are_read(harness: Harness) -> None:
    folder = await started(harness)
    folder.rename(folder.with_name("gone"))
    folder.write_text("no folder", "utf-8")
    await harness.window._presets._begin()
    assert harness.program.presets.presets.loaded


async def test_a_folder_of_a_thousand_presets_is_read_and_watched_without_holding_the_window(harness: Harness) -> None:
    folder = await started(harness)
    for number in range(1_200):
        (folder / f"p{number}.md").write_text(f'+++\nname = "P {number}"\n+++\nBe brief.', "utf-8")
    with Heartbeat() as read:
        harness.window._presets.reload_changed()
        await harness.until(lambda: len(names(harness)) == 1_200)
        await harness.until(lambda: len(harness.window._presets._watcher.files()) == 999)
    assert read.longest < 0.1  # 16 ms on a quiet machine
