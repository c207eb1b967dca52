"""The built-in engine as a server among others: looked at without starting it, started when a chat needs it.

What it is and how it runs is in `engine/`, which is loaded when it is first asked for.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import TYPE_CHECKING

from chatdesk.domain.model import Capability, Model, ModelRef
from chatdesk.domain.server import ServerConfig, ServerStatus
from chatdesk.domain.stream_events import Stage, StageChanged

if TYPE_CHECKING:
    from chatdesk.engine.engine import BuiltInEngine, EngineAddress
    from chatdesk.engine.installation import StarterModel
    from chatdesk.engine.messages import EngineProgress


class BuiltIn:
    """One per program; `close` it. `make_engine` is called once, when a chat needs the engine."""

    def __init__(self, make_engine: "Callable[[], BuiltInEngine]") -> None:
        self._make_engine = make_engine
        self._engine: BuiltInEngine | None = None

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        """Look at what is installed. Raises `EngineError` if engine or model is not there, or cannot run on this machine."""
        starter = await asyncio.to_thread(_find_starter_model)
        model = Model(
            ModelRef(server.id, starter.id),
            starter.name,
            frozenset({Capability.CHAT}),
            context_length=starter.context_length,
            size_bytes=starter.size_bytes,
            parameters=starter.parameters,
            quantization=starter.quantization,
            loaded=False,
        )
        return ServerStatus(None, 1, 0.0), (model,)

    async def start(self) -> "AsyncGenerator[StageChanged | EngineAddress, None]":
        """Start the engine if it does not run, tell how far that is, and at last where it answers. Raises `EngineError`."""
        path = (await asyncio.to_thread(_find_starter_model)).path
        engine = self._engine = self._engine or self._make_engine()
        heard: asyncio.Queue[EngineProgress | None] = asyncio.Queue()
        start = asyncio.ensure_future(engine.ensure_running(path, heard.put_nowait))
        start.add_done_callback(lambda _start: heard.put_nowait(None))
        try:
            while progress := await heard.get():
                yield _stage_of(progress)
            yield await start
        finally:
            start.cancel()
            await asyncio.wait([start])

    async def close(self) -> None:
        """End the engine, also in the middle of an answer."""
        if self._engine:
            await self._engine.stop()


def _find_starter_model() -> "StarterModel":
    from chatdesk.engine.installation import find_starter_model  # noqa: PLC0415 - start-up time

    return find_starter_model()


def _stage_of(progress: "EngineProgress") -> StageChanged:
    from chatdesk.engine.messages import EngineStage  # noqa: PLC0415 - start-up time

    if progress.stage is EngineStage.STARTING:
        return StageChanged(Stage.STARTING_ENGINE)
    if progress.fraction is None:
        return StageChanged(Stage.LOADING_MODEL)
    return StageChanged(Stage.LOADING_MODEL, round(100 * progress.fraction), 100)
