"""A model is called the same wherever it is shown."""

import asyncio

import pytest

from chatdesk.app.shell.leaving import JobsSheet
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedModel, ScriptedPull
from tests.gui.window.get_more_steps import text_of
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (ScriptedModel("smollm2:latest"),)


async def test_title_row_picker_answer_and_composer_call_a_model_the_same(harness: Harness) -> None:
    await harness.ask_and_wait("Hi")
    assert names_shown(harness) == {"smollm2"}
    ref = harness.models.chosen.ref
    assert ref == ModelRef(ref.server_id, "smollm2:latest")
    harness.program.models.preferences.set_nickname(ref, "Tiny")
    await harness.until(lambda: harness.models.chosen.name == "Tiny")
    assert names_shown(harness) == {"Tiny"}
    assert harness.transcript.document[1].actions.details()[1] == "smollm2:latest"


def names_shown(harness: Harness) -> set[str]:
    picker = harness.window._picker
    groups = [group for group in picker._groups if group.name == "Ollama"]
    listed = {model.name for group in groups for model in group.models}
    below = harness.transcript.document[1].actions.statistics(736).split(" · ")[1]
    spoken = harness.transcript._texts.speaker(harness.transcript.document[1].actions._message)
    return {harness.models.chosen.name, below, spoken} | listed


async def test_a_download_is_called_as_the_picker_calls_the_model(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(gate)
    ref = ModelRef("ollama", "qwen3:latest")
    harness.program.models.library.downloads.start(ref)
    await harness.until(lambda: harness.part("modelsPage").accessibleDescription().endswith(", qwen3"))
    assert not harness.window.close()
    question = next(sheet for sheet in harness.window.findChildren(JobsSheet) if sheet.isVisible())
    shown = {label.text(): label.parentWidget().toolTip() for label in question.findChildren(Label)}
    assert shown["qwen3"] == "qwen3:latest"
    assert "Download · Ollama" in shown
    question.cancel()
    harness.program.models.preferences.set_nickname(ref, "Wise")
    gate.set()
    await harness.until(lambda: text_of(harness.window, "readySentence") == "Wise is ready.")
