"""What a scene is: which data there are, what a person did, how large the window is, and what Ollama says."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from chatdesk.app.program import Program
from chatdesk.features.previews.ui.panel.preview_host import Obstacle
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import ScriptedServer
from tests.shots.window_driver import WindowDriver

MODELS = (
    ScriptedModel("deepseek-r1:14b", ("completion", "thinking"), 131072, parameters="14.8B"),
    ScriptedModel("qwen3:8b", ("completion", "thinking", "tools"), 40960, loaded=False, parameters="8.2B"),
    ScriptedModel("gemma3:4b", ("completion", "vision"), 131072, loaded=False, parameters="4.3B"),
)
WIDE = (1280, 820)


async def _nothing(*_: object) -> None:
    """A scene that needs no more."""


@dataclass(frozen=True)
class Scene:
    """`prepare` fills the home before the window opens; `act` is what the person does then."""

    name: str
    prepare: Callable[[Program, str], Awaitable[None]] = _nothing
    act: Callable[[WindowDriver], Awaitable[None]] = _nothing
    size: tuple[int, int] = WIDE
    answer: ScriptedAnswer | None = field(default_factory=ScriptedAnswer)
    """What Ollama says; None: no Ollama runs."""
    models: Sequence[ScriptedModel] = MODELS
    obstacle: Obstacle | None = None
    """Why no page can run beside the chat."""

    def server(self) -> AbstractAsyncContextManager[ScriptedServer | None]:
        """Return the Ollama of this scene, to be started."""
        return _no_server() if self.answer is None else scripted_ollama(self.answer, self.models)


@asynccontextmanager
async def _no_server() -> AsyncIterator[None]:
    yield None
