"""Names, titles, errors and addresses of a megabyte (K3): no place in the window lays out more of them than it shows."""

import json
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.gui.window.desk import MODELS, Desk, Speaker
from tests.gui.window.heartbeat import Heartbeat

LONGEST_HOLD = 0.5
"""Seconds of the window's own work, on the slowest machine."""
NAME = "model-" + "m" * 1_000_000


async def seen(desk: Desk) -> None:
    for _ in range(3):
        await desk.until(lambda: not desk.transcript.document.reading)
        desk.window.grab()


async def test_a_model_with_a_name_of_a_megabyte_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    speaker = Speaker()
    async with scripted_ollama(speaker.answer, (ScriptedModel(NAME), *MODELS), speaker.pull) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        with Heartbeat() as heart:
            desk = await open_desk()
            await desk.ask_and_wait("Who are you?")
            await seen(desk)
        assert speaker.asked[-1]["model"] == MODELS[0].name
        await desk.close()
    assert heart.longest < 4 * LONGEST_HOLD, "a start makes the window in one go"


async def test_an_error_of_a_megabyte_holds_up_nothing(speaker: Speaker, desk: Desk) -> None:
    speaker.says(refusal=reply({"error": "it went wrong: " + "e" * 1_000_000}, 500))
    with Heartbeat() as heart:
        await desk.ask_and_wait("Go")
        await seen(desk)
    assert heart.longest < LONGEST_HOLD


async def test_a_first_question_of_a_megabyte_makes_a_short_title(
    speaker: Speaker, desk: Desk, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    with Heartbeat() as heart:
        desk.edit.setPlainText("word " * 200_000)
        await desk.until(lambda: True)
        desk.press(Qt.Key.Key_Return)
        await desk.until(lambda: desk.messages() and not desk.streaming())
        await seen(desk)
    assert heart.longest < 2 * LONGEST_HOLD
    assert len(desk.title()) < 400


async def test_a_very_long_address_holds_up_nothing_and_is_told_in_short(speaker: Speaker, desk: Desk) -> None:
    speaker.says(f"[a link](https://b.example/{'p' * 20_000}) ![x](https://b.example/{'q' * 8_000})")
    with Heartbeat() as heart:
        await desk.ask_and_wait("Go")
        desk.press(Qt.Key.Key_Home, where=desk.transcript)
        document, geometry = desk.transcript.document, desk.transcript.page_geometry
        place = geometry.to_view(QRect(5, document.top(1) + 10, 1, 1)).topLeft()
        QTest.mouseMove(desk.transcript.viewport(), place)
        assert 10 < len(desk.transcript.tooltip_at(place)) < 10_000
        await seen(desk)
    assert heart.longest < LONGEST_HOLD


async def test_the_arguments_of_a_tool_call_hold_up_nothing_at_the_next_start_too(
    speaker: Speaker, desk: Desk, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    call = {"function": {"name": "search", "arguments": {"query": "x, " * 1_000_000}}}
    message = {"role": "assistant", "content": "I will look.", "tool_calls": [call]}
    line = json.dumps({"model": "m", "message": message, "done": True, "done_reason": "stop"})
    speaker.answers.append(ScriptedAnswer(refusal=reply(line + "\n", content_type="application/x-ndjson")))
    with Heartbeat() as heart:
        await desk.ask_and_wait("Go")
        await seen(desk)
    assert any("search" in words for words in desk.notices())
    await desk.close()
    again = await open_desk()
    with Heartbeat() as later:
        await again.until(lambda: len(again.messages()) == 2)
        await seen(again)
    assert any("search" in words for words in again.notices())
    assert max(heart.longest, later.longest) < LONGEST_HOLD
