"""Names, titles, errors and addresses of a megabyte (K3): no place in the window lays out more of them than it shows."""

import json
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.gui.window.harness import MODELS, FakeModel, Harness
from tests.gui.window.heartbeat import Heartbeat

LONGEST_HOLD = 0.5
"""Seconds of the window's own work, on the slowest machine."""
NAME = "model-" + "m" * 1_000_000


async def seen(harness: Harness) -> None:
    for _ in range(3):
        await harness.until(lambda: not harness.transcript.document.is_parsing)
        harness.window.grab()


async def test_a_model_with_a_name_of_a_megabyte_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    fake_model = FakeModel()
    async with scripted_ollama(fake_model.answer, (ScriptedModel(NAME), *MODELS), fake_model.pull) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        with Heartbeat() as heart:
            harness = await open_harness()
            await harness.ask_and_wait("Who are you?")
            await seen(harness)
        assert fake_model.asked[-1]["model"] == MODELS[0].name
        await harness.close()
    assert heart.longest < 4 * LONGEST_HOLD, "a start makes the window in one go"


async def test_an_error_of_a_megabyte_holds_up_nothing(fake_model: FakeModel, harness: Harness) -> None:
    fake_model.says(refusal=reply({"error": "it went wrong: " + "e" * 1_000_000}, 500))
    with Heartbeat() as heart:
        await harness.ask_and_wait("Go")
        await seen(harness)
    assert heart.longest < LONGEST_HOLD


async def test_a_first_question_of_a_megabyte_makes_a_short_title(
    fake_model: FakeModel, harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    with Heartbeat() as heart:
        harness.edit.setPlainText("word " * 200_000)
        await harness.until(lambda: True)
        harness.press(Qt.Key.Key_Return)
        await harness.until(lambda: harness.messages() and not harness.streaming())
        await seen(harness)
    assert heart.longest < 2 * LONGEST_HOLD
    assert len(harness.title()) < 400


async def test_a_very_long_address_holds_up_nothing_and_is_reported_in_short(
    fake_model: FakeModel, harness: Harness
) -> None:
    fake_model.says(f"[a link](https://b.example/{'p' * 20_000}) ![x](https://b.example/{'q' * 8_000})")
    with Heartbeat() as heart:
        await harness.ask_and_wait("Go")
        harness.press(Qt.Key.Key_Home, where=harness.transcript)
        document, geometry = harness.transcript.document, harness.transcript.page_geometry
        place = geometry.to_view(QRect(5, document.top(1) + 10, 1, 1)).topLeft()
        QTest.mouseMove(harness.transcript.viewport(), place)
        assert 10 < len(harness.transcript.tooltip_at(place)) < 10_000
        await seen(harness)
    assert heart.longest < LONGEST_HOLD


async def test_the_arguments_of_a_tool_call_hold_up_nothing_at_the_next_start_too(
    fake_model: FakeModel, harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    call = {"function": {"name": "search", "arguments": {"query": "x, " * 1_000_000}}}
    message = {"role": "assistant", "content": "I will look.", "tool_calls": [call]}
    line = json.dumps({"model": "m", "message": message, "done": True, "done_reason": "stop"})
    fake_model.answers.append(ScriptedAnswer(refusal=reply(line + "\n", content_type="application/x-ndjson")))
    with Heartbeat() as heart:
        await harness.ask_and_wait("Go")
        await seen(harness)
    assert any("search" in text for text in harness.notices())
    await harness.close()
    again = await open_harness()
    with Heartbeat() as later:
        await again.until(lambda: len(again.messages()) == 2)
        await seen(again)
    assert any("search" in text for text in again.notices())
    assert max(heart.longest, later.longest) < LONGEST_HOLD
