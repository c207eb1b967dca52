"""A server all of whose numbers are absurd, in the window: its models, answers, progress, waits and refusals are shown and worded."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import pytest
from PySide6.QtCore import Qt

from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply
from tests.gui.window.harness import Harness
from tests.gui.window.models_harness import click_row, models, open_models_page
from tests.unit.providers.absurd_numbers import ABSURD, altered
from tests.unit.providers.recordings import recording

OpenHarness = Callable[[], Awaitable[Harness]]
REPLIES = {"/api/tags": "03", "/api/show": "05", "/api/ps": "84", "/api/version": "02"}


class Absurd:
    """Ollama as it was recorded, with another value in the place of every number."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.chat = "30"

    def answer(self, request: Request) -> Iterable[Step]:
        path = request.path.partition("?")[0]
        if path in REPLIES:
            yield reply(altered(recording("ollama", REPLIES[path]).body, None, self.value))
        elif path == "/api/chat" and self.chat == "refused":
            recorded = recording("ollama", "23")
            waits = {"Retry-After": str(self.value), "retry-after-ms": str(self.value)}
            yield reply(altered(recorded.body, None, self.value), recorded.status, headers=waits)
        elif path == "/api/chat":
            yield head(200, "application/x-ndjson")
            yield chunk(altered(recording("ollama", self.chat).body, None, self.value))
            yield LAST_CHUNK
        else:
            yield reply(status=404)


@pytest.fixture(params=ABSURD, ids=str)
async def absurd(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Absurd]:
    ollama = Absurd(ABSURD[request.param])
    async with ScriptedServer(ollama.answer) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield ollama


async def test_every_number_of_a_server_is_shown(
    absurd: Absurd, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    harness = await open_harness()
    harness.choose_model("think")
    await harness.ask_and_wait("Hello")
    harness.window.grab()
    item = harness.transcript.document[1]
    assert item.actions.details()
    assert harness.answer()
    absurd.chat = "refused"
    await harness.ask_and_wait("And?")
    assert harness.notices()
    harness.window.grab()
    harness.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    harness.window.grab()
    harness.press(Qt.Key.Key_Escape, where=harness.part("modelSearch"))
    page = await open_models_page(harness, "smollm2", "smollm2-think")
    click_row(page, models(page)[-1])
    await harness.until(page.model_pane.facts.texts)
    harness.window.grab()
    await harness.close()
    harness = await open_harness()  # what was kept of it is shown at the next start, too
    assert len(harness.messages()) == 4
    harness.window.grab()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
