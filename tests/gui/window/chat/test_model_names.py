"""A model has one name: in the head, in the picker, below its answers, in deleted chats and while its server does not answer."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.conversations.ui.trash.deleted_chat import DeletedChat
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from tests.fakes.scripted_models import ScriptedModel
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (ScriptedModel("smollm2:latest"), ScriptedModel("other.gguf"))


def head(harness: Harness) -> str:
    return harness.window.findChild(ModelPicker).accessibleDescription()


def footer(harness: Harness) -> str:
    item = harness.transcript.document[len(harness.transcript.document) - 1]
    return item.actions.statistics(2_000)


@pytest.mark.parametrize(("typed", "name"), [("smollm2", "smollm2"), ("other", "other")])
async def test_the_head_and_the_answer_show_the_same_name(
    harness: Harness, fake_model: FakeModel, typed: str, name: str
) -> None:
    harness.choose_model(typed)
    await harness.ask_and_wait("Hello")
    assert f"· {name} ·" in f"{footer(harness)} ·"
    assert name in head(harness)
    assert ":latest" not in head(harness) + footer(harness)
    assert ".gguf" not in head(harness) + footer(harness)


async def test_the_name_stays_while_the_server_does_not_answer(
    harness: Harness,
    fake_model: FakeModel,
    open_harness: Callable[[], Awaitable[Harness]],
    monkeypatch: pytest.MonkeyPatch,
    dead: int,
) -> None:
    harness.choose_model("smollm2")
    await harness.ask_and_wait("Hello")
    await harness.close()
    monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{dead}")
    again = await open_harness()
    await again.until(again.messages)
    assert "· smollm2" in footer(again)
    assert "smollm2" in head(again)
    assert ":latest" not in head(again) + footer(again)


async def test_a_name_given_by_the_user_is_shown_everywhere_at_once(harness: Harness, fake_model: FakeModel) -> None:
    harness.choose_model("smollm2")
    await harness.ask_and_wait("Hello")
    model = harness.models.chosen
    assert model
    harness.program.models.preferences.set_nickname(model.ref, "Little one")
    assert "Little one" in head(harness)
    assert "· Little one" in footer(harness)


async def test_a_deleted_chat_shows_the_same_name(harness: Harness, fake_model: FakeModel) -> None:
    harness.choose_model("smollm2")
    await harness.ask_and_wait("Hello")
    await harness.program.conversations.trash.trash_chats([harness.chat()])
    harness.window.show_deleted()
    page = harness.window._middle.currentWidget()
    rows = page.list
    await harness.until(lambda: rows.model().rowCount())
    rows.setCurrentIndex(rows.model().index(0, 0))
    harness.press(Qt.Key.Key_Return, where=rows)
    await harness.until(lambda: harness.window.findChild(DeletedChat))
    transcript = harness.window.findChild(DeletedChat).transcript
    await harness.until(lambda: len(transcript.document) == 2)
    assert "· smollm2" in transcript.document[1].actions.statistics(2_000)
