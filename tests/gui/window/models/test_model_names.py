"""A model is called the same wherever it is shown."""

import asyncio

import pytest

from chatdesk.app.shell.leaving import JobsSheet
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedModel, ScriptedPull
from tests.gui.window.desk import Desk, Speaker


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (ScriptedModel("smollm2:latest"),)


async def test_title_row_picker_answer_and_composer_call_a_model_the_same(desk: Desk) -> None:
    await desk.ask_and_wait("Hi")
    assert names_shown(desk) == {"smollm2"}
    ref = desk.window._models.chosen.ref
    assert ref == ModelRef(ref.server_id, "smollm2:latest")
    desk.program.preferences.set_nickname(ref, "Tiny")
    await desk.until(lambda: desk.window._models.chosen.name == "Tiny")
    assert names_shown(desk) == {"Tiny"}
    assert desk.transcript.document[1].actions.details()[1] == "smollm2:latest"


def names_shown(desk: Desk) -> set[str]:
    picker = desk.window._picker
    groups = [group for group in picker._groups if group.name == "Ollama"]
    listed = {model.name for group in groups for model in group.models}
    below = desk.transcript.document[1].actions.statistics(736).split(" · ")[1]
    spoken = desk.transcript._words.speaker(desk.transcript.document[1].actions._message)
    return {desk.window._models.chosen.name, below, spoken} | listed


async def test_a_download_is_called_as_the_picker_calls_the_model(desk: Desk, speaker: Speaker) -> None:
    gate = asyncio.Event()
    speaker.pulls["qwen3:latest"] = ScriptedPull(gate)
    ref = ModelRef("ollama", "qwen3:latest")
    desk.program.model_library.downloads.start(ref)
    await desk.until(lambda: desk.part("downloadsPage").isVisible())
    assert desk.part("downloadsPage").text() == "qwen3"
    assert not desk.window.close()
    question = next(sheet for sheet in desk.window.findChildren(JobsSheet) if sheet.isVisible())
    shown = {label.text(): label.parentWidget().toolTip() for label in question.findChildren(Label)}
    assert shown["qwen3"] == "qwen3:latest"
    assert "Download · Ollama" in shown
    question.cancel()
    desk.program.preferences.set_nickname(ref, "Wise")
    gate.set()
    await desk.until(lambda: desk.toast()[:1] == ["Wise is ready."])
