"""A model whose context has grown is asked for as much after the next start of the program."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt

from tests.fakes.scripted_models import ScriptedModel
from tests.gui.window.desk import Desk, Speaker


@pytest.fixture
def models() -> tuple[ScriptedModel, ...]:
    return (ScriptedModel("scripted:1b", context_length=131_072, room=4096, loaded=False),)


async def test_the_size_a_model_has_grown_to_is_asked_for_after_the_next_start(
    open_desk: Callable[[], Awaitable[Desk]], speaker: Speaker
) -> None:
    desk = await open_desk()
    desk.edit.setPlainText("word " * 12_000)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: desk.answer() == "Yes.")
    grown = speaker.asked[-1]["options"]["num_ctx"]
    assert grown > 8192
    await desk.close()
    desk = await open_desk()
    desk.window.navigation.new_chat()
    await desk.ask_and_wait("Hello")
    assert speaker.asked[-1]["options"]["num_ctx"] == grown
