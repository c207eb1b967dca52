"""Trying a preset beside its editor: as it is written now, as a version was, with two models at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from chatdesk.features.presets.ui.trial.trial_pane import TrialColumn
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.stream_events import Finished, TextDelta
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.servers.server import ServerStatus
from tests.fakes.scripted_completion_client import ScriptedCompletionClient
from tests.gui.features.presets.library.library_harness import LibraryHarness
from tests.own_time import until

MODELS = ("small:1b", "large:70b")


@pytest.fixture
async def completion_client(
    harness: LibraryHarness, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ScriptedCompletionClient]:
    """Answers for every server; the first one has two models."""
    completion_client = ScriptedCompletionClient()
    program = harness.program
    monkeypatch.setattr(program.servers.connections, "stream", completion_client.stream)
    server = program.servers.servers.enabled()[0]
    models = tuple(Model(ModelRef(server.id, name), name) for name in MODELS)
    program.servers.models._states[server.id] = ServerState(server, ServerStatus("1", None, 1.0), None, models)
    yield completion_client
    await harness.settle()


async def open_trial(harness: LibraryHarness, **fields: object) -> Preset:
    preset = await harness.presets.create(
        Preset("", PresetOrigin.OWN, "Mine", **{"prompt": "Be brief.", "sample": "Hei", **fields})  # type: ignore[arg-type]
    )
    harness.library.show_preset(preset.key)
    harness.press("tryPreset")
    await harness.settle()
    return preset


def column(harness: LibraryHarness, number: int = 0) -> TrialColumn:
    return harness.page.detail.trial.columns[number]


def answer(harness: LibraryHarness, number: int = 0) -> str:
    return column(harness, number)._answer.toPlainText()


def state(harness: LibraryHarness) -> str:
    return column(harness)._state.text()


async def test_what_is_written_now_is_tried_on_the_sample(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    await open_trial(harness)
    assert harness.text("trialSample") == "Hei"
    harness.write("presetPrompt", "Be very brief.")
    completion_client.says("Ter", "ve")
    column(harness)._run.click()
    await harness.settle()
    assert answer(harness) == "Terve"
    assert [turn.text for turn in completion_client.requests[0].turns] == ["Be very brief.", "Hei"]
    assert harness.presets.state("own:mine").uses == 0


async def test_a_trial_is_stopped(harness: LibraryHarness, completion_client: ScriptedCompletionClient) -> None:
    await open_trial(harness)
    never = asyncio.Event()
    completion_client.script(TextDelta("Half"), never)
    column(harness)._run.click()
    while answer(harness) != "Half":
        await asyncio.sleep(0)
    column(harness)._run.click()
    await harness.settle()
    assert completion_client.closed == 1
    assert (answer(harness), state(harness)) == ("Half", "Stopped")


async def test_two_models_answer_side_by_side(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    await open_trial(harness)
    harness.press("compareTrials")
    second = column(harness, 1)._model
    second.setCurrentIndex(1)
    completion_client.says("One")
    completion_client.says("Two")
    column(harness)._run.click()
    column(harness, 1)._run.click()
    await harness.settle()
    assert (answer(harness), answer(harness, 1)) == ("One", "Two")
    assert [request.model_id for request in completion_client.requests] == ["small:1b", "large:70b"]


async def test_a_version_is_tried_as_it_was(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    await open_trial(harness)
    harness.write("presetPrompt", "Be long.")
    harness.press("savePreset")
    await harness.settle()
    versions = column(harness)._version
    assert isinstance(versions, QComboBox)
    assert [versions.itemText(number) for number in range(versions.count())] == [
        "Unsaved changes",
        "Version 2",
        "Version 1",
    ]
    versions.setCurrentIndex(2)
    column(harness)._run.click()
    await harness.settle()
    assert completion_client.requests[0].turns[0].text == "Be brief."


async def test_what_must_be_filled_in_is_said(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    await open_trial(harness, sample="")
    column(harness)._run.click()
    assert state(harness) == "Enter a sample to try the preset with."
    assert not completion_client.requests


async def test_another_preset_brings_its_own_sample_and_stops_what_runs(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    await open_trial(harness)
    completion_client.script(TextDelta("Half"), asyncio.Event(), Finished(FinishReason.STOP))
    column(harness)._run.click()
    await until(lambda: completion_client.requests)
    harness.click("Regex")
    await harness.settle()
    assert harness.text("trialSample") == ""
    assert answer(harness) == ""
    assert completion_client.closed == 1


async def test_where_there_is_one_column_another_preset_brings_its_sample_too(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    await open_trial(harness)
    await harness.presets.create(Preset("", PresetOrigin.OWN, "Other", prompt="Be long.", sample="Moi"))
    harness.page.resize(560, 820)
    harness.page.show_list()
    harness.click("Other")
    await harness.settle()
    assert harness.text("trialSample") == "Moi"
    column(harness)._run.click()
    await harness.settle()
    assert completion_client.requests[0].turns[0].text == "Be long."


async def test_esc_closes_the_trial(harness: LibraryHarness, completion_client: ScriptedCompletionClient) -> None:
    await open_trial(harness)
    assert harness.part("trialSample").hasFocus()
    harness.key(Qt.Key.Key_Escape)
    assert not harness.sees("trialSample")
    assert not harness.closed


async def test_a_trial_begins_with_the_model_in_use(
    harness: LibraryHarness, completion_client: ScriptedCompletionClient
) -> None:
    server = harness.program.servers.servers.enabled()[0]
    harness.model = ModelRef(server.id, "large:70b")
    await open_trial(harness)
    assert column(harness).model == harness.model
