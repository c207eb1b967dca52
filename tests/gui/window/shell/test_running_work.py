"""Every kind of work is listed while it goes on, by the services of the real program, and no longer when it is done."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

from chatdesk.features.batch.domain.batch import BatchInput, BatchState
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.presets.services.preset_sharing import Resolution
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.running_work import JobKind
from tests.exports import exported
from tests.fakes.scripted_models import ScriptedPull
from tests.gui.window.harness import FakeModel, Harness

PRESET = AppliedPreset.of(Preset("t", PresetOrigin.OWN, "Translate", "Translate into German."))


@pytest.fixture
def seen(harness: Harness) -> list[tuple[JobKind, str, str]]:
    """Each job that began: its kind, its name, and the model."""
    seen: list[tuple[JobKind, str, str]] = []

    def note(_change: object) -> None:
        for job in harness.program.work.jobs():
            work = (job.kind, job.name, job.model.model_id if job.model else "")
            if work not in seen:
                seen.append(work)

    harness.program.work.changes.subscribe(note)
    return seen


def model(harness: Harness) -> ModelRef:
    return next(each.ref for each in harness.program.servers.models.all() if each.ref.model_id == "scripted:1b")


async def done(harness: Harness, work: Awaitable[object] | None = None) -> None:
    if work:
        await work
    await harness.until(lambda: not harness.program.work.jobs())


async def test_an_answer(harness: Harness, seen: list) -> None:
    await harness.ask_and_wait("Hello")
    await done(harness)
    assert seen == [(JobKind.ANSWER, "Hello", "scripted:1b")]


async def test_a_download_says_how_far_it_is(harness: Harness, fake_model: FakeModel, seen: list) -> None:
    gate = asyncio.Event()
    fake_model.pulls["qwen3:8b"] = ScriptedPull(gate)
    pulls = harness.program.models.library.downloads
    pulls.start(ModelRef(model(harness).server_id, "qwen3:8b"))
    await harness.until(lambda: any(job.share for job in harness.program.work.jobs()))
    assert harness.program.work.jobs()[0].share == 0.5
    gate.set()
    await done(harness)
    assert seen == [(JobKind.DOWNLOAD, "qwen3:8b", "qwen3:8b")]
    assert pulls.all()[0].is_done


async def test_a_download_that_is_paused_is_no_work(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["qwen3:8b"] = ScriptedPull(asyncio.Event())
    ref = ModelRef(model(harness).server_id, "qwen3:8b")
    harness.program.models.library.downloads.start(ref)
    await harness.until(harness.program.work.jobs)
    harness.program.models.library.downloads.pause(ref)
    await done(harness)


async def test_a_batch_run_is_one_job_from_its_first_row_to_its_last(harness: Harness, seen: list) -> None:
    rows = [BatchInput(str(number), f"Text {number}") for number in range(3)]
    await harness.program.batch.get().start(PRESET, model(harness), rows, at_once=2)
    await done(harness)
    assert seen == [(JobKind.BATCH, PRESET.name, "scripted:1b")]
    assert harness.program.batch.get().state is BatchState.FINISHED


async def test_a_batch_run_that_is_paused_is_no_work_and_resumed_is_some(
    harness: Harness, fake_model: FakeModel
) -> None:
    go_on = asyncio.Event()
    fake_model.says("One", go_on)
    await harness.program.batch.get().start(PRESET, model(harness), [BatchInput("1", "One"), BatchInput("2", "Two")])
    await harness.until(lambda: fake_model.asked)
    harness.program.batch.get().pause()
    assert len(harness.program.work.jobs()) == 1  # the row being answered comes to its end
    go_on.set()
    await done(harness)
    assert harness.program.batch.get().state is BatchState.PAUSED
    harness.program.batch.get().resume()
    assert len(harness.program.work.jobs()) == 1
    await done(harness)


async def test_a_translation(harness: Harness, seen: list) -> None:
    translation = harness.program.translation.get()
    await translation.session.load()
    translation.session.set_text("A text.")
    translation.translate(model(harness))
    await done(harness)
    assert seen == [(JobKind.TRANSLATION, "", "scripted:1b")]


async def test_a_speed_check(harness: Harness, seen: list) -> None:
    await done(harness, harness.program.models.library.speed_checks.measure(model(harness), lambda _progress: None))
    assert seen == [(JobKind.SPEED_CHECK, "scripted:1b", "scripted:1b")]


async def test_a_model_made_of_a_file_and_one_of_another_model(harness: Harness, seen: list, tmp_path: Path) -> None:
    file = tmp_path / "my.gguf"
    file.write_bytes(b"GGUF" + b"x" * 100)
    management = harness.program.models.library.management
    await management.create_from_file(model(harness).server_id, "mine", file, lambda _progress: None)
    await management.create_from_model(model(harness), "tutor", "Ask back.", {}, lambda _progress: None)
    await done(harness)
    assert seen == [(JobKind.NEW_MODEL, "mine", "mine:latest"), (JobKind.NEW_MODEL, "tutor", "tutor:latest")]


async def test_a_chat_that_is_taken_in_and_one_that_is_saved(harness: Harness, seen: list, tmp_path: Path) -> None:
    await harness.ask_and_wait("Hello")
    await done(harness)
    seen.clear()
    path = tmp_path / "saved.json"

    async def make(_path: Path) -> str:
        return await exported(harness.program.conversations.exporting, harness.chat(), JSON)

    await done(harness, harness.window._files._save(path, make))
    assert seen == [(JobKind.EXPORT, "saved.json", "")]
    seen.clear()
    await harness.program.conversations.trash.trash_chats([harness.chat()])
    imports = harness.program.conversations.imports.get()
    preview = await imports.preview([path])
    await done(harness, imports.add(preview, [chat.summary.id for chat in preview.chats]))
    assert seen == [(JobKind.IMPORT, "saved.json", "")]


async def test_presets_that_are_taken_in(harness: Harness, seen: list, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text('+++\nname = "Mine"\n+++\nBe brief.\n')
    sharing = harness.program.presets.sharing.get()
    preview = await sharing.read([file], lambda _number: None)
    choices = [(offer, Resolution.ADD) for offer in preview.offers]
    await done(harness, sharing.run_import(choices, lambda _number: None))
    assert seen == [(JobKind.IMPORT, "", "")]
