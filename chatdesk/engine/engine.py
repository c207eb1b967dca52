"""The built-in engine as the rest of the program sees it: there when needed, started once, started again after a crash.

What has to be installed is in `installation.py`; a single process in `process.py`.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from chatdesk.engine.installation import check_engine
from chatdesk.engine.log import EngineLog
from chatdesk.engine.messages import Configuration, EngineProgress, EngineStage
from chatdesk.engine.options import EngineOptions
from chatdesk.engine.process import EngineProcess
from chatdesk.kernel.aio.child_process import KILL_SECONDS
from chatdesk.kernel.aio.child_program import ENGINE_CHILD
from chatdesk.kernel.errors.engine_errors import EngineError, EngineStopped, ModelFileMissing
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.engine_facts import EngineFacts

_NOTHING = Configuration("", "", "", 0, 0, 0, 0, 0)
"""No model: the process tells its facts and ends."""
_PATIENCE_OF_STOP = 0.5
"""Seconds; who gave up a start waits for nothing more."""


class EngineState(StrEnum):
    """What the engine is doing."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    FAILED = "failed"
    """The last start failed, or the process ended by itself; the next use starts it again."""


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """Where the engine answers in OpenAI's protocol, and the key it demands. Both are new at every start."""

    base_url: str
    key: str = field(repr=False)


class BuiltInEngine:
    """One per program, used on the loop's thread. Call `stop` before the loop ends."""

    def __init__(
        self,
        options: EngineOptions | None = None,
        check: Callable[[], None] = check_engine,
        command: Sequence[str] | None = None,
    ) -> None:
        """`check` raises an `EngineError` where the engine cannot run. `command` starts its process, if not our own."""
        self.log = EngineLog()
        self.options = options or EngineOptions()
        """How it is run where nothing else is asked for."""
        self._check = check
        self._command = command
        self._turn = asyncio.Lock()
        self._process: EngineProcess | None = None
        self._running: tuple[Path, EngineOptions] | None = None
        self._facts: EngineFacts | None = None
        self._address: EngineAddress | None = None

    @property
    def state(self) -> EngineState:
        """What it is doing now; the system is asked, so a crash shows at once."""
        if self._process is None:
            return EngineState.STOPPED
        if not self._process.is_running:
            return EngineState.FAILED
        return EngineState.RUNNING if self._address else EngineState.STARTING

    @property
    def is_running(self) -> bool:
        """Whether it answers questions."""
        return self.state is EngineState.RUNNING

    @property
    def failure(self) -> EngineError | None:
        """Why it failed, while `state` is FAILED. Right after a crash some of its last words may still be missing."""
        return self._process.failure() if self._process and self.state is EngineState.FAILED else None

    @property
    def running(self) -> tuple[Path, EngineOptions] | None:
        """What it runs or starts, and how; None if it does neither."""
        return self._running if self.state in {EngineState.STARTING, EngineState.RUNNING} else None

    @property
    def process_id(self) -> int | None:
        """The system's number of its process, while that lives."""
        return self._process.process_id if self._process and self._process.is_running else None

    async def ensure_running(
        self,
        model_path: Path,
        on_progress: Callable[[EngineProgress], None] = lambda _progress: None,
        options: EngineOptions | None = None,
    ) -> EngineAddress:
        """Return where the engine answers with the model, starting it if it does not run, or runs another or otherwise.

        Cancelling ends a start. Raises `ModelFileMissing`, the errors of `check`, or `EngineStopped`.
        """
        wanted = model_path, options or self.options
        async with self._turn:
            if self.is_running and self._address and self._running == wanted:
                return self._address
            await self.stop()
            await asyncio.to_thread(self._check)
            self._running = wanted
            try:
                return await self._start(_configure(*wanted), on_progress)
            except ModelFileMissing:
                await self.stop()
                raise

    async def facts(self) -> EngineFacts:
        """Return what the engine is and computes on; a process is started for it, once. Raises an `EngineError`."""
        if self._facts is None:
            await asyncio.to_thread(self._check)
            process = EngineProcess(
                self._command or ENGINE_CHILD.command(), _NOTHING, lambda _progress: None, EngineLog()
            )
            try:
                async with asyncio.timeout(self.options.start_seconds):
                    await process.ready()
            except TimeoutError:
                raise EngineStopped(detail=process.last_words) from None
            finally:
                await process.end()
            self._facts = process.facts
        return self._facts or EngineFacts("", "")

    async def stop(self, patience: float = KILL_SECONDS) -> None:
        """End the process, also in the middle of a start or of an answer. Returns when it is gone, or after so many seconds."""
        process, self._process, self._address = self._process, None, None
        if process:
            await process.end(patience)

    async def _start(
        self, configuration: Configuration, on_progress: Callable[[EngineProgress], None]
    ) -> EngineAddress:
        on_progress(EngineProgress(EngineStage.STARTING))
        self.log.add(_heading(configuration))
        process = self._process = EngineProcess(
            self._command or ENGINE_CHILD.command(), configuration, on_progress, self.log
        )
        try:
            async with asyncio.timeout(self.options.start_seconds):
                address = await process.ready()
        except TimeoutError:
            await process.end()
            raise EngineStopped(detail=process.last_words) from None
        except asyncio.CancelledError:
            await self.stop(_PATIENCE_OF_STOP)
            raise
        self._facts = process.facts or self._facts
        self._address = EngineAddress(f"{address}/v1", configuration.key)
        return self._address


def _configure(model_path: Path, options: EngineOptions) -> Configuration:
    """Return how to run the model, with a new key. No file is touched here: a disk that does not answer holds up its process only."""
    import secrets  # noqa: PLC0415 - start-up time: needed when the engine starts

    return Configuration(
        model_path=str(model_path.absolute()),
        model_name=options.name or model_path.stem,
        key=secrets.token_urlsafe(32),
        context_tokens=options.context_tokens,
        slots=options.slots,
        threads=options.threads,
        prompt_threads=options.prompt_threads,
        idle_seconds=options.idle_seconds,
        gpu_layers=options.gpu_layers,
        projector_path=str(options.projector.absolute()) if options.projector else "",
        is_starter=options.is_starter,
    )


def _heading(configuration: Configuration) -> str:
    """Return the line of the log above those of a start."""
    context = f"{configuration.context_tokens} tokens of context × {configuration.slots}"
    return f"== {configuration.model_path}: {context}, {configuration.threads} threads"
