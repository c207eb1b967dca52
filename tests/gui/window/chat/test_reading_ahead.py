"""A chat that is opened is read by the built-in engine while the user still writes, and by nobody else. With the real engine."""

import pytest

from chatdesk.engine.installation import find_starter_model
from chatdesk.features.chat.services import reading_ahead
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_file import STARTER_NAME
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.settings.declarations import ENGINE_READ_AHEAD, INSTRUCTIONS
from tests.e2e.test_wire_formats import missing
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture(autouse=True)
def _read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead.ReadingAhead.__init__, "__defaults__", (0.0,))


def read_by_engine(harness: Harness) -> int:
    """Return how many requests the engine has read, according to its log."""
    return sum("prompt eval time" in line for line in harness.program.servers.built_in.log_since(0)[1])


def last_usage(harness: Harness) -> Usage:
    usage = harness.transcript.document[len(harness.transcript.document) - 1].actions._message.usage
    assert usage is not None
    return usage


@pytest.mark.engine
@pytest.mark.skipif(bool(missing()), reason=missing())
async def test_a_chat_that_is_opened_is_read_by_the_engine_and_by_nobody_else(
    harness: Harness, fake_model: FakeModel
) -> None:
    harness.program.settings.set(ENGINE_READ_AHEAD, "always")
    harness.program.settings.set(INSTRUCTIONS, "You know a lot about rivers. " * 20)
    starter = ModelRef(BUILT_IN_ID, find_starter_model().id)
    harness.program.models.preferences.set_parameters(starter, Parameters(max_tokens=4))
    await harness.ask_and_wait("To Ollama")
    harness.click("newChat")
    harness.choose_model(STARTER_NAME)
    await harness.ask_and_wait("To the engine")
    await harness.until(lambda: read_by_engine(harness))  # its log may be read later than its answer
    to_ollama, by_engine = len(fake_model.server.requests), read_by_engine(harness)

    harness.click_row("To Ollama")
    await harness.until(lambda: harness.title() == "To Ollama")
    harness.click_row("To the engine")
    await harness.until(lambda: harness.title() == "To the engine")
    await harness.until(lambda: read_by_engine(harness) >= by_engine + 1)
    harness.click("newChat")
    await harness.until(lambda: harness.chat_page.shows_start)
    await harness.until(lambda: read_by_engine(harness) >= by_engine + 2)  # its instructions
    await harness.ask_and_wait("To the engine, too")
    usage = last_usage(harness)
    assert usage.prompt_tokens is not None
    assert usage.cached_prompt_tokens is not None
    assert 100 < usage.prompt_tokens - 20 < usage.cached_prompt_tokens
    assert len(fake_model.server.requests) == to_ollama
