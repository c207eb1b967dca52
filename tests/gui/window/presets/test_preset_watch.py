"""The preset library follows its files and the language of the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.gui.window.desk import Desk
from tests.gui.window.heartbeat import Heartbeat


def names(desk: Desk) -> set[str]:
    return {preset.name for preset in desk.program.presets.all() if preset.key.startswith("own:")}


async def started(desk: Desk) -> Path:
    await desk.until(lambda: desk.program.presets.loaded and desk.window._presets._watcher.directories())
    return desk.program.presets.folder


async def test_a_file_that_another_program_makes_changes_and_deletes_is_followed(desk: Desk) -> None:
    folder = await started(desk)
    file = folder / "mine.md"
    file.write_text('+++\nname = "First"\n+++\nBe brief.', "utf-8")
    await desk.until(lambda: names(desk) == {"First"})
    file.write_text('+++\nname = "In place"\n+++\nBe brief.', "utf-8")
    await desk.until(lambda: names(desk) == {"In place"})
    beside = folder / "mine.md~"
    beside.write_text('+++\nname = "Replaced"\n+++\nBe brief.', "utf-8")
    beside.replace(file)
    await desk.until(lambda: names(desk) == {"Replaced"})
    file.write_text('+++\nname = "Once more"\n+++\nBe brief.', "utf-8")
    await desk.until(lambda: names(desk) == {"Once more"})
    file.unlink()
    await desk.until(lambda: not names(desk))


async def test_what_the_system_did_not_tell_is_found_when_the_window_comes_to_the_front(desk: Desk) -> None:
    folder = await started(desk)
    watcher = desk.window._presets._watcher
    watcher.removePaths(watcher.directories())
    (folder / "mine.md").write_text('+++\nname = "Silent"\n+++\nBe brief.', "utf-8")
    QCoreApplication.sendEvent(desk.window, QEvent(QEvent.Type.ActivationChange))
    await desk.until(lambda: names(desk) == {"Silent"})
    await desk.until(watcher.directories)


async def test_the_library_is_read_again_in_another_language(
    desk: Desk, appearance: Appearance, translations: Translations, tmp_path: Path
) -> None:
    await started(desk)
    desk.program.presets._built_in = tmp_path
    for language, name in (("en", "Translate"), ("zh_CN", "翻译")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "translate.md").write_text(f'+++\nname = "{name}"\n+++\nx', "utf-8")
    appearance.set_language(translations.use("zh_CN"))
    await desk.until(lambda: [preset.name for preset in desk.program.presets.all()] == ["翻译"])
    assert desk.program.briefing.language() == "zh_CN"
    appearance.set_language(translations.use("en"))
    await desk.until(lambda: [preset.name for preset in desk.program.presets.all()] == ["Translate"])


async def test_without_a_folder_of_ones_own_the_built_in_presets_are_read(desk: Desk) -> None:
    folder = await started(desk)
    folder.rename(folder.with_name("gone"))
    folder.write_text("no folder", "utf-8")
    await desk.window._presets._begin()
    assert desk.program.presets.loaded


async def test_a_folder_of_a_thousand_presets_is_read_and_watched_without_holding_the_window(desk: Desk) -> None:
    folder = await started(desk)
    for number in range(1_200):
        (folder / f"p{number}.md").write_text(f'+++\nname = "P {number}"\n+++\nBe brief.', "utf-8")
    with Heartbeat() as read:
        desk.window._presets.look_again()
        await desk.until(lambda: len(names(desk)) == 1_200)
        await desk.until(lambda: len(desk.window._presets._watcher.files()) == 999)
    assert read.longest < 0.1  # 16 ms on a quiet machine
