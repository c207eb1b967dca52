"""The versions of a preset: listed, compared, restored."""

from dataclasses import replace

from PySide6.QtCore import Qt

from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.gui.features.presets.library.library_harness import LibraryHarness


async def three_versions(harness: LibraryHarness) -> Preset:
    """A preset that was changed twice, with its versions shown."""
    preset = await harness.presets.create(Preset("", PresetOrigin.OWN, "Mine", prompt="One."))
    preset = await harness.presets.save(replace(preset, prompt="One.\nTwo."))
    preset = await harness.presets.save(replace(preset, prompt="Two.\nThree."))
    harness.library.show_preset(preset.key)
    harness.press("presetVersions")
    await harness.settle()
    return preset


def listed(harness: LibraryHarness) -> list[str]:
    model = harness.page.detail.versions.view.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def differences(harness: LibraryHarness) -> list[str]:
    rows = harness.page.detail.versions.view.differences._rows.all()
    return [f"{row.kind.name} {row.text}" for row in rows if row.kind.name in {"ADDED", "REMOVED"}]


async def test_versions_are_listed_with_what_changed(harness: LibraryHarness) -> None:
    await three_versions(harness)
    assert listed(harness) == ["Version 3", "Version 2", "Version 1"]
    assert differences(harness) == ["REMOVED One.", "ADDED Three."]
    harness.page.detail.versions.view.list.choose(1)
    await harness.settle()
    assert differences(harness) == ["ADDED Two."]


async def test_an_old_version_is_restored_as_a_new_one_and_that_is_undone(harness: LibraryHarness) -> None:
    preset = await three_versions(harness)
    harness.page.detail.versions.view.list.choose(0)
    harness.press("restoreVersion")
    await harness.settle()
    assert harness.presets.find(preset.key).prompt == "One."
    assert listed(harness)[0] == "Version 4"
    texts, undo = harness.undo[-1]
    assert texts == "Version 1 was restored"
    undo()
    await harness.settle()
    assert harness.presets.find(preset.key).prompt == "Two.\nThree."
    assert listed(harness)[0] == "Version 5"


async def test_esc_leads_back_to_the_editor(harness: LibraryHarness) -> None:
    await three_versions(harness)
    harness.key(Qt.Key.Key_Escape)
    assert harness.sees("presetPrompt")
    assert not harness.closed


async def test_another_preset_is_shown_in_the_editor(harness: LibraryHarness) -> None:
    await three_versions(harness)
    harness.click("Regex")
    assert harness.text("presetPrompt") == "Write a regular expression."
    assert not harness.sees("presetVersions")
