"""Every kind of work is listed while it goes on, by the services of the real program, and no longer when it is done."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

from chatdesk.features.batch.domain.batch import BatchInput, BatchState
from chatdesk.features.presets.services.preset_sharing import Resolution
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.running_work import JobKind
from tests.fakes.scripted_models import ScriptedPull
from tests.gui.window.desk import Desk, Speaker

PRESET = AppliedPreset.of(Preset("t", PresetOrigin.OWN, "Translate", "Translate into German."))


@pytest.fixture
def seen(desk: Desk) -> list[tuple[JobKind, str, str]]:
    """Each job that began: its kind, its name, and the model."""
    seen: list[tuple[JobKind, str, str]] = []

    def note(_change: object) -> None:
        for job in desk.program.work.jobs():
            told = (job.kind, job.name, job.model.model_id if job.model else "")
            if told not in seen:
                seen.append(told)

    desk.program.work.changes.subscribe(note)
    return seen


def model(desk: Desk) -> ModelRef:
    return next(each.ref for each in desk.program.models.all() if each.ref.model_id == "scripted:1b")


async def done(desk: Desk, work: Awaitable[object] | None = None) -> None:
    if work:
        await work
    await desk.until(lambda: not desk.program.work.jobs())


async def test_an_answer(desk: Desk, seen: list) -> None:
    await desk.ask_and_wait("Hello")
    await done(desk)
    assert seen == [(JobKind.ANSWER, "Hello", "scripted:1b")]


async def test_a_download_says_how_far_it_is(desk: Desk, speaker: Speaker, seen: list) -> None:
    gate = asyncio.Event()
    speaker.pulls["qwen3:8b"] = ScriptedPull(gate)
    pulls = desk.program.model_library.downloads
    pulls.start(ModelRef(model(desk).server_id, "qwen3:8b"))
    await desk.until(lambda: any(job.share for job in desk.program.work.jobs()))
    assert desk.program.work.jobs()[0].share == 0.5
    gate.set()
    await done(desk)
    assert seen == [(JobKind.DOWNLOAD, "qwen3:8b", "qwen3:8b")]
    assert pulls.all()[0].is_done


async def test_a_download_that_is_paused_is_no_work(desk: Desk, speaker: Speaker) -> None:
    speaker.pulls["qwen3:8b"] = ScriptedPull(asyncio.Event())
    ref = ModelRef(model(desk).server_id, "qwen3:8b")
    desk.program.model_library.downloads.start(ref)
    await desk.until(desk.program.work.jobs)
    desk.program.model_library.downloads.pause(ref)
    await done(desk)


async def test_a_batch_run_is_one_job_from_its_first_row_to_its_last(desk: Desk, seen: list) -> None:
    rows = [BatchInput(str(number), f"Text {number}") for number in range(3)]
    await desk.program.batch.start(PRESET, model(desk), rows, at_once=2)
    await done(desk)
    assert seen == [(JobKind.BATCH, PRESET.name, "scripted:1b")]
    assert desk.program.batch.state is BatchState.FINISHED


async def test_a_batch_run_that_is_paused_is_no_work_and_resumed_is_some(desk: Desk, speaker: Speaker) -> None:
    go_on = asyncio.Event()
    speaker.says("One", go_on)
    await desk.program.batch.start(PRESET, model(desk), [BatchInput("1", "One"), BatchInput("2", "Two")])
    await desk.until(lambda: speaker.asked)
    desk.program.batch.pause()
    assert len(desk.program.work.jobs()) == 1  # the row being answered comes to its end
    go_on.set()
    await done(desk)
    assert desk.program.batch.state is BatchState.PAUSED
    desk.program.batch.resume()
    assert len(desk.program.work.jobs()) == 1
    await done(desk)


async def test_a_translation(desk: Desk, seen: list) -> None:
    translation = desk.program.translation.get()
    await translation.desk.load()
    translation.desk.set_text("A text.")
    translation.translate(model(desk))
    await done(desk)
    assert seen == [(JobKind.TRANSLATION, "", "scripted:1b")]


async def test_a_speed_check(desk: Desk, seen: list) -> None:
    await done(desk, desk.program.model_library.speed_checks.measure(model(desk), lambda _progress: None))
    assert seen == [(JobKind.SPEED_CHECK, "scripted:1b", "scripted:1b")]


async def test_a_model_made_of_a_file_and_one_of_another_model(desk: Desk, seen: list, tmp_path: Path) -> None:
    file = tmp_path / "my.gguf"
    file.write_bytes(b"GGUF" + b"x" * 100)
    management = desk.program.model_library.management
    await management.create_from_file(model(desk).server_id, "mine", file, lambda _progress: None)
    await management.create_from_model(model(desk), "tutor", "Ask back.", {}, lambda _progress: None)
    await done(desk)
    assert seen == [(JobKind.NEW_MODEL, "mine", "mine:latest"), (JobKind.NEW_MODEL, "tutor", "tutor:latest")]


async def test_a_chat_that_is_taken_in_and_one_that_is_saved(desk: Desk, seen: list, tmp_path: Path) -> None:
    await desk.ask_and_wait("Hello")
    await done(desk)
    seen.clear()
    path = tmp_path / "saved.json"

    async def make(_path: Path) -> str:
        return await desk.program.exporting.json(desk.chat())

    await done(desk, desk.window._files._save(path, make))
    assert seen == [(JobKind.EXPORT, "saved.json", "")]
    seen.clear()
    imports = desk.program.chat_import()
    await done(desk, imports.add(await imports.read(path)))
    assert seen == [(JobKind.IMPORT, "Hello", "")]


async def test_presets_that_are_taken_in(desk: Desk, seen: list, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text('+++\nname = "Mine"\n+++\nBe brief.\n')
    sharing = desk.program.preset_sharing
    preview = await sharing.read([file], lambda _number: None)
    choices = [(offer, Resolution.ADD) for offer in preview.offers]
    await done(desk, sharing.carry_out(choices, lambda _number: None))
    assert seen == [(JobKind.IMPORT, "", "")]
