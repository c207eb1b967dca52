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
from tests.fakes.scripted_answerer import ScriptedAnswerer
from tests.gui.features.presets.library.library_desk import LibraryDesk
from tests.own_time import until

MODELS = ("small:1b", "large:70b")


@pytest.fixture
async def answerer(desk: LibraryDesk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ScriptedAnswerer]:
    """Answers for every server; the first one has two models."""
    answerer = ScriptedAnswerer()
    program = desk.program
    monkeypatch.setattr(program.connections, "stream", answerer.stream)
    server = program.servers.enabled()[0]
    models = tuple(Model(ModelRef(server.id, name), name) for name in MODELS)
    program.models._states[server.id] = ServerState(server, ServerStatus("1", None, 1.0), None, models)
    yield answerer
    await desk.settle()


async def open_trial(desk: LibraryDesk, **fields: object) -> Preset:
    preset = await desk.presets.create(
        Preset("", PresetOrigin.OWN, "Mine", **{"prompt": "Be brief.", "sample": "Hei", **fields})  # type: ignore[arg-type]
    )
    desk.library.look_at(preset.key)
    desk.press("tryPreset")
    await desk.settle()
    return preset


def column(desk: LibraryDesk, number: int = 0) -> TrialColumn:
    return desk.page.detail.trial.columns[number]


def answer(desk: LibraryDesk, number: int = 0) -> str:
    return column(desk, number)._answer.toPlainText()


def state(desk: LibraryDesk) -> str:
    return column(desk)._state.text()


async def test_what_is_written_now_is_tried_on_the_sample(desk: LibraryDesk, answerer: ScriptedAnswerer) -> None:
    await open_trial(desk)
    assert desk.text("trialSample") == "Hei"
    desk.write("presetPrompt", "Be very brief.")
    answerer.says("Ter", "ve")
    column(desk)._run.click()
    await desk.settle()
    assert answer(desk) == "Terve"
    assert [turn.text for turn in answerer.requests[0].turns] == ["Be very brief.", "Hei"]
    assert desk.presets.state("own:mine").uses == 0


async def test_a_trial_is_stopped(desk: LibraryDesk, answerer: ScriptedAnswerer) -> None:
    await open_trial(desk)
    never = asyncio.Event()
    answerer.script(TextDelta("Half"), never)
    column(desk)._run.click()
    while answer(desk) != "Half":
        await asyncio.sleep(0)
    column(desk)._run.click()
    await desk.settle()
    assert answerer.closed == 1
    assert (answer(desk), state(desk)) == ("Half", "Stopped")


async def test_two_models_answer_side_by_side(desk: LibraryDesk, answerer: ScriptedAnswerer) -> None:
    await open_trial(desk)
    desk.press("compareTrials")
    second = column(desk, 1)._model
    second.setCurrentIndex(1)
    answerer.says("One")
    answerer.says("Two")
    column(desk)._run.click()
    column(desk, 1)._run.click()
    await desk.settle()
    assert (answer(desk), answer(desk, 1)) == ("One", "Two")
    assert [request.model_id for request in answerer.requests] == ["small:1b", "large:70b"]


async def test_a_version_is_tried_as_it_was(desk: LibraryDesk, answerer: ScriptedAnswerer) -> None:
    await open_trial(desk)
    desk.write("presetPrompt", "Be long.")
    desk.press("savePreset")
    await desk.settle()
    versions = column(desk)._version
    assert isinstance(versions, QComboBox)
    assert [versions.itemText(number) for number in range(versions.count())] == [
        "Unsaved changes",
        "Version 2",
        "Version 1",
    ]
    versions.setCurrentIndex(2)
    column(desk)._run.click()
    await desk.settle()
    assert answerer.requests[0].turns[0].text == "Be brief."


async def test_what_must_be_filled_in_is_said(desk: LibraryDesk, answerer: ScriptedAnswerer) -> None:
    await open_trial(desk, sample="")
    column(desk)._run.click()
    assert state(desk) == "Enter a sample to try the preset with."
    assert not answerer.requests


async def test_another_preset_brings_its_own_sample_and_stops_what_runs(
    desk: LibraryDesk, answerer: ScriptedAnswerer
) -> None:
    await open_trial(desk)
    answerer.script(TextDelta("Half"), asyncio.Event(), Finished(FinishReason.STOP))
    column(desk)._run.click()
    await until(lambda: answerer.requests)
    desk.click("Regex")
    await desk.settle()
    assert desk.text("trialSample") == ""
    assert answer(desk) == ""
    assert answerer.closed == 1


async def test_where_there_is_one_column_another_preset_brings_its_sample_too(
    desk: LibraryDesk, answerer: ScriptedAnswerer
) -> None:
    await open_trial(desk)
    await desk.presets.create(Preset("", PresetOrigin.OWN, "Other", prompt="Be long.", sample="Moi"))
    desk.page.resize(560, 820)
    desk.page.show_list()
    desk.click("Other")
    await desk.settle()
    assert desk.text("trialSample") == "Moi"
    column(desk)._run.click()
    await desk.settle()
    assert answerer.requests[0].turns[0].text == "Be long."


async def test_esc_closes_the_trial(desk: LibraryDesk, answerer: ScriptedAnswerer) -> None:
    await open_trial(desk)
    assert desk.part("trialSample").hasFocus()
    desk.key(Qt.Key.Key_Escape)
    assert not desk.sees("trialSample")
    assert not desk.closed
