"""What an empty chat offers depends on the model that will answer."""

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.kernel.models.model import Model, ModelRef
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture
async def alone(open_harness: Callable[[], Awaitable[Harness]], monkeypatch: pytest.MonkeyPatch) -> Harness:
    """The window where only the included model answers."""
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    harness = await open_harness()
    await harness.until(lambda: harness.program.servers.models.was_asked and harness.models.chosen)
    return harness


def cards(harness: Harness) -> list[SuggestionCard]:
    return [card for card in harness.window.findChildren(SuggestionCard) if card.isVisible()]


def titles(harness: Harness) -> list[str]:
    return [card.text() for card in cards(harness)]


async def test_the_included_model_is_only_asked_for_what_it_can_do(alone: Harness) -> None:
    await alone.until(lambda: titles(alone) == ["Say hello", "Ask a simple question", "Write a short poem"])
    QTest.mouseClick(cards(alone)[0], Qt.MouseButton.LeftButton)
    assert alone.edit.toPlainText() == "Hello! Who are you?"
    assert alone.edit.hasFocus()
    assert alone.messages() == []


async def test_what_was_typed_stays_above_a_suggested_message(alone: Harness) -> None:
    await alone.until(lambda: len(cards(alone)) == 3)
    alone.type("Hi")
    QTest.mouseClick(cards(alone)[1], Qt.MouseButton.LeftButton)
    assert alone.edit.toPlainText() == "Hi\n\nWhat is the capital of France?"


async def test_a_larger_model_is_offered_more(harness: Harness, fake_model: FakeModel) -> None:
    ref = ModelRef("ollama", "deepseek-r1:14b")
    await harness.until(lambda: len(cards(harness)) == 4), "a model of one billion parameters"
    harness.models._choice = lambda _states: Model(ref, ref.model_id)
    harness.models.choose(ref)
    await harness.until(lambda: "Write a Snake game" in titles(harness))
    assert "Say hello" not in titles(harness)
