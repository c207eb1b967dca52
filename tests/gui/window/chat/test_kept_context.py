"""A model whose context has grown is asked for as much after the next start of the program."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from tests.fakes.scripted_models import ScriptedModel
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (ScriptedModel("scripted:1b", context_length=131_072, room=4096, loaded=False),)


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
