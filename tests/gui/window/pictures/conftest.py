"""An Ollama that sees, and a picture on disk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.gui.features.chat.transcript.sample_pictures import picture
from tests.gui.window.desk import Speaker

SEER = ScriptedModel("seer:4b", ("completion", "vision"))
BLIND = ScriptedModel("blind:1b", ("completion",), loaded=False)


@pytest.fixture
async def speaker(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    """An Ollama with a model that sees, which is chosen, and one that does not."""
    speaker = Speaker()
    async with scripted_ollama(speaker.answer, (SEER, BLIND)) as speaker.server:
        monkeypatch.setenv("OLLAMA_HOST", speaker.server.url)
        yield speaker


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my cat.png"
    path.write_bytes(picture())
    return path
