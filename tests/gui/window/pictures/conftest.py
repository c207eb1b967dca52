"""An Ollama that sees, and a picture on disk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.gui.features.chat.transcript.sample_pictures import picture
from tests.gui.window.harness import FakeModel

SEER = ScriptedModel("seer:4b", ("completion", "vision"))
BLIND = ScriptedModel("blind:1b", ("completion",), loaded=False)


@pytest.fixture
async def fake_model(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeModel]:
    """An Ollama with a model that sees, which is chosen, and one that does not."""
    fake_model = FakeModel()
    async with scripted_ollama(fake_model.answer, (SEER, BLIND)) as fake_model.server:
        monkeypatch.setenv("OLLAMA_HOST", fake_model.server.url)
        yield fake_model


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my cat.png"
    path.write_bytes(picture())
    return path
