"""A model is called the same wherever it is shown."""

import pytest

from chatdesk.domain.model import ModelRef
from tests.fakes.scripted_models import ScriptedModel
from tests.gui.shell.desk import Desk


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
    assert desk.transcript._document[1]._actions.details()[1] == "smollm2:latest"


def names_shown(desk: Desk) -> set[str]:
    picker = desk.window._picker
    groups = [group for group in picker._groups if group.name == "Ollama"]
    listed = {model.name for group in groups for model in group.models}
    below = desk.transcript._document[1]._actions.statistics(736).split(" · ")[1]
    spoken = desk.transcript._words.speaker(desk.transcript._document[1]._actions._message)
    return {desk.window._models.chosen.name, below, spoken} | listed
