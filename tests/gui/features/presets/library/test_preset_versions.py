"""The versions of a preset: listed, compared, restored."""

from dataclasses import replace

from PySide6.QtCore import Qt

from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.gui.features.presets.library.library_desk import LibraryDesk


async def three_versions(desk: LibraryDesk) -> Preset:
    """A preset that was changed twice, with its versions shown."""
    preset = await desk.presets.create(Preset("", PresetOrigin.OWN, "Mine", prompt="One."))
    preset = await desk.presets.save(replace(preset, prompt="One.\nTwo."))
    preset = await desk.presets.save(replace(preset, prompt="Two.\nThree."))
    desk.library.look_at(preset.key)
    desk.press("presetVersions")
    await desk.settle()
    return preset


def listed(desk: LibraryDesk) -> list[str]:
    model = desk.page.detail.versions.view.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def differences(desk: LibraryDesk) -> list[str]:
    rows = desk.page.detail.versions.view.differences._rows.all()
    return [f"{row.kind.name} {row.text}" for row in rows if row.kind.name in {"ADDED", "REMOVED"}]


async def test_versions_are_listed_with_what_changed(desk: LibraryDesk) -> None:
    await three_versions(desk)
    assert listed(desk) == ["Version 3", "Version 2", "Version 1"]
    assert differences(desk) == ["REMOVED One.", "ADDED Three."]
    desk.page.detail.versions.view.list.choose(1)
    await desk.settle()
    assert differences(desk) == ["ADDED Two."]


async def test_an_old_version_is_restored_as_a_new_one_and_that_is_undone(desk: LibraryDesk) -> None:
    preset = await three_versions(desk)
    desk.page.detail.versions.view.list.choose(0)
    desk.press("restoreVersion")
    await desk.settle()
    assert desk.presets.find(preset.key).prompt == "One."
    assert listed(desk)[0] == "Version 4"
    words, undo = desk.undo[-1]
    assert words == "Version 1 was restored"
    undo()
    await desk.settle()
    assert desk.presets.find(preset.key).prompt == "Two.\nThree."
    assert listed(desk)[0] == "Version 5"


async def test_esc_leads_back_to_the_editor(desk: LibraryDesk) -> None:
    await three_versions(desk)
    desk.key(Qt.Key.Key_Escape)
    assert desk.sees("presetPrompt")
    assert not desk.closed


async def test_another_preset_is_shown_in_the_editor(desk: LibraryDesk) -> None:
    await three_versions(desk)
    desk.click("Regex")
    assert desk.text("presetPrompt") == "Write a regular expression."
    assert not desk.sees("presetVersions")
