"""A model whose context has grown is asked for as much after the next start of the program."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from tests.fakes.scripted_models import ScriptedModel
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (ScriptedModel("scripted:1b", context_length=131_072, loaded_length=4096, loaded=False),)


async def test_the_size_a_model_has_grown_to_is_asked_for_after_the_next_start(
    open_harness: Callable[[], Awaitable[Harness]], fake_model: FakeModel
) -> None:
    harness = await open_harness()
    harness.edit.setPlainText("word " * 12_000)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes.")
    grown = fake_model.asked[-1]["options"]["num_ctx"]
    assert grown > 8192
    await harness.close()
    harness = await open_harness()
    harness.window.navigation.new_chat()
    await harness.ask_and_wait("Hello")
    assert fake_model.asked[-1]["options"]["num_ctx"] == grown


@pytest.mark.parametrize("titles", ["model"])
async def test_turns_and_chats_of_a_model_ask_for_the_same_size_so_that_it_is_not_loaded_again(
    harness: Harness, fake_model: FakeModel, titles: str
) -> None:
    """Ollama loads a model again for every other `num_ctx`."""
    assert titles == "model"
    for question in ("One", "Two", "Three"):
        await harness.ask_and_wait(question)
    harness.click("newChat")
    await harness.ask_and_wait("In another chat, and longer. " * 40)
    harness.edit.setPlainText("word " * 12_000)  # the rule for the context asks for more
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: len(harness.messages()) == 4 and not harness.streaming())
    await harness.ask_and_wait("Short again")
    harness.click("newChat")
    await harness.ask_and_wait("In a new chat")
    sizes = [
        request.json()["options"]["num_ctx"] for request in fake_model.server.requests if request.path == "/api/chat"
    ]
    assert len(sizes) >= 8, "the titles, too"
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 2, "changed once, by the rule for the context"
