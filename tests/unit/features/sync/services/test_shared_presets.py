"""Presets of the user on two computers: changed, deleted, restored."""

import time
from dataclasses import replace
from pathlib import Path

from chatdesk.app.program import Program
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.unit.features.sync.services.desk import Desk, rounds


def a_moment_later() -> None:
    """Wait for the next millisecond: of two changes in the same one, the computers' ids would decide."""
    start = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 < start + 2:
        time.sleep(0.001)


async def make_preset(program: Program, name: str, prompt: str) -> Preset:
    await program.presets.presets.load("en")
    return await program.presets.presets.create(Preset("", PresetOrigin.OWN, name, prompt=prompt))


def prompts(program: Program) -> dict[str, str]:
    """The presets of the user, by name."""
    return {each.name: each.prompt for each in program.presets.presets.all() if each.origin is PresetOrigin.OWN}


async def test_a_preset_is_shared_and_its_next_version_replaces_it(desk: Desk) -> None:
    home = await desk.open("home")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await desk.turn_on(home, "home")
    work = await desk.on("work")
    await rounds(home, work)
    assert prompts(work) == {"Gardener": "Talk about gardens."}
    found = work.presets.presets.find(preset.key)
    assert found is not None
    await work.presets.presets.save(replace(found, prompt="Talk about shade."))
    await rounds(work, home)
    assert prompts(home) == {"Gardener": "Talk about shade."}
    assert len(await home.presets.presets.versions(preset.id)) == 2


async def test_of_a_preset_changed_on_two_computers_both_versions_are_kept_on_both(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    for program, prompt in ((home, "Talk about sun."), (work, "Talk about shade.")):
        found = program.presets.presets.find(preset.key)
        assert found is not None
        await program.presets.presets.save(replace(found, prompt=prompt))
    await rounds(home, work)
    await rounds(home, work)
    assert prompts(home) == prompts(work)
    assert sorted(prompts(home).values()) == ["Talk about shade.", "Talk about sun."]
    assert set(prompts(home)) in ({"Gardener", "Gardener (home)"}, {"Gardener", "Gardener (work)"})


async def change(program: Program, key: str, prompt: str) -> None:
    found = program.presets.presets.find(key)
    assert found is not None
    await program.presets.presets.save(replace(found, prompt=prompt))


def in_trash(desk: Desk, name: str) -> list[str]:
    """The texts that are kept of deleted presets."""
    return [path.read_text("utf-8") for path in sorted(Path(desk.root / name / "presets" / ".trash").glob("*.md"))]


async def test_a_preset_that_is_deleted_disappears_elsewhere_and_can_be_recovered_there(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    assert prompts(work) == {"Gardener": "Talk about gardens."}
    await home.presets.presets.delete([preset.key])
    await rounds(home, work)
    await rounds(home, work)
    assert prompts(home) == prompts(work) == {}
    (kept,) = in_trash(desk, "work")
    assert "Talk about gardens." in kept
    train = await desk.on("train")
    await rounds(train)
    assert prompts(train) == {}


async def test_a_deletion_that_is_undone_is_undone_elsewhere(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    deleted = await home.presets.presets.delete([preset.key])
    await rounds(home, work)
    assert prompts(work) == {}
    await home.presets.presets.restore(deleted)
    await rounds(home, work)
    assert prompts(home) == prompts(work) == {"Gardener": "Talk about gardens."}


async def test_a_preset_that_was_changed_after_its_deletion_stays(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    await home.presets.presets.delete([preset.key])
    a_moment_later()
    await change(work, preset.key, "Talk about shade.")
    await rounds(work, home)
    await rounds(work, home)
    assert prompts(home) == prompts(work) == {"Gardener": "Talk about shade."}


async def test_a_preset_that_was_deleted_after_its_change_is_gone_and_the_change_can_be_recovered(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    await change(work, preset.key, "Talk about shade.")
    a_moment_later()
    await home.presets.presets.delete([preset.key])
    await rounds(work, home)
    await rounds(work, home)
    assert prompts(home) == prompts(work) == {}
    assert "Talk about shade." in "".join(in_trash(desk, "work"))


async def test_a_preset_that_is_deleted_while_nothing_is_synchronised_disappears_later(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    await home.sync.get().turn_off()
    await home.presets.presets.delete([preset.key])
    await desk.turn_on(home, "home")
    await rounds(home, work)
    assert prompts(work) == {}


async def test_a_file_that_another_program_has_removed_is_not_deleted_elsewhere(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await rounds(home, work)
    (desk.root / "home" / "presets" / f"{preset.id}.md").unlink()
    await home.presets.presets.reload_changed()
    await rounds(home, work)
    assert prompts(work) == {"Gardener": "Talk about gardens."}


async def test_an_earlier_version_that_is_restored_is_restored_elsewhere(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    preset = await make_preset(home, "Gardener", "Talk about gardens.")
    await change(home, preset.key, "Talk about shade.")
    await rounds(home, work)
    first = (await home.presets.presets.versions(preset.id))[0]
    await home.presets.presets.save_text(preset.id, first.text)
    await rounds(home, work)
    assert prompts(work) == {"Gardener": "Talk about gardens."}
