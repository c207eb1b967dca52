"""The built-in engine as used by the rest of the program: started on demand, once, and restarted after a crash.

`installation.py` checks what has to be installed; `process.py` runs a single process.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path

from chatdesk.engine.installation import check_engine
from chatdesk.engine.log import EngineLog
from chatdesk.engine.messages import Configuration, EngineProgress, EngineStage
from chatdesk.engine.options import EngineOptions
from chatdesk.engine.process import EngineProcess
from chatdesk.kernel.aio.child_process import KILL_SECONDS
from chatdesk.kernel.aio.child_program import ENGINE_CHILD
from chatdesk.kernel.errors.engine_errors import (
    EngineError,
    EngineProgramUnusable,
    EngineStopped,
    ModelFileMissing,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import EngineFacts

_NO_MODEL = Configuration("", "", "", 0, 0, 0, 0, 0)
"""No model: the process reports its `EngineFacts` and ends."""
_CANCEL_TIMEOUT = 0.5
"""Seconds to wait for the process to end after a start was cancelled."""


class EngineState(StrEnum):
    """What the engine is doing."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    FAILED = "failed"
    """The last start failed, or the process ended unexpectedly; the next use restarts it."""


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """Base URL of the engine's OpenAI-compatible API, and the key that it requires. Both change at every start."""

    base_url: str
    key: str = field(repr=False)


class BuiltInEngine:
    """The built-in engine of the program. Used on the thread of the event loop. Call `stop` before the loop is closed."""

    def __init__(
        self,
        options: EngineOptions | None = None,
        check: Callable[[], None] = check_engine,
        command: Sequence[str] | None = None,
    ) -> None:
        """Create the engine without starting it.

        `check` raises an `EngineError` if the engine cannot run. `command` starts the engine process; None: the default command.
        """
        self.log = EngineLog()
        self.options = options or EngineOptions()
        """Used when `ensure_running` is called without options."""
        self._check = check
        self._command = command
        self._lock = asyncio.Lock()
        self._process: EngineProcess | None = None
        self._running: tuple[Path, EngineOptions] | None = None
        self._facts: EngineFacts | None = None
        self._address: EngineAddress | None = None

    @property
    def state(self) -> EngineState:
        """Current state. The process is queried, so a crash is visible immediately."""
        if self._process is None:
            return EngineState.STOPPED
        if not self._process.is_running:
            return EngineState.FAILED
        return EngineState.RUNNING if self._address else EngineState.STARTING

    @property
    def is_running(self) -> bool:
        """Whether it can answer requests."""
        return self.state is EngineState.RUNNING

    @property
    def failure(self) -> EngineError | None:
        """Reason of the failure while `state` is FAILED, else None. Right after a crash, the last lines of its log may be missing."""
        return self._process.failure() if self._process and self.state is EngineState.FAILED else None

    @property
    def running(self) -> tuple[Path, EngineOptions] | None:
        """Model and options that are running or starting; None if neither."""
        return self._running if self.state in {EngineState.STARTING, EngineState.RUNNING} else None

    @property
    def error_lines(self) -> str:
        """The last lines of the process that report a problem."""
        return self._process.error_lines if self._process else ""

    @property
    def address(self) -> EngineAddress | None:
        """Address while it can answer requests, else None."""
        return self._address if self.is_running else None

    @property
    def process_id(self) -> int | None:
        """Process id while the process is running, else None."""
        return self._process.process_id if self._process and self._process.is_running else None

    async def ensure_running(
        self,
        model_path: Path,
        on_progress: Callable[[EngineProgress], None] = lambda _progress: None,
        options: EngineOptions | None = None,
    ) -> EngineAddress:
        """Return the address of an engine that runs this model with these options; start or restart it if needed.

        Cancelling the call cancels the start. Raises `ModelFileMissing`, the errors of `check`, or `EngineStopped`.
        """
        wanted = model_path, options or self.options
        async with self._lock:
            if self.is_running and self._address and self._running == wanted:
                return self._address
            await self.stop()
            if wanted[1].program is None:
                await asyncio.to_thread(self._check)
            self._running = wanted
            try:
                return await self._start(_configure(*wanted), on_progress)
            except ModelFileMissing:
                await self.stop()
                raise

    async def facts(self) -> EngineFacts:
        """Return the version of the engine and the devices that it can use.

        The first call starts a process for it, unless the engine was started before. Raises an `EngineError`.
        """
        if self._facts is None:
            await asyncio.to_thread(self._check)
            self._facts = await self._ask_for_facts(_NO_MODEL)
        return self._facts

    async def facts_of(self, program: Path, *, with_software_devices: bool = False) -> EngineFacts:
        """Return the version of a `llama-server` and the graphics cards that it can use, the best first. Raises an `EngineError`."""
        configuration = replace(_NO_MODEL, program=str(program), with_software_devices=with_software_devices)
        try:
            return await self._ask_for_facts(configuration)
        except EngineProgramUnusable as error:
            raise EngineProgramUnusable(path=str(program), detail=error.detail) from None

    async def _ask_for_facts(self, configuration: Configuration) -> EngineFacts:
        command = self._command or ENGINE_CHILD.command()
        process = EngineProcess(command, configuration, lambda _progress: None, EngineLog())
        try:
            async with asyncio.timeout(self.options.start_seconds):
                await process.ready()
        except TimeoutError:
            raise EngineStopped(detail=process.error_lines) from None
        finally:
            await process.end()
        return process.facts or EngineFacts("", "")

    async def settle(self) -> None:
        """Wait briefly until all output of a process that has ended is read, so that `failure` has its last lines."""
        if self._process and not self._process.is_running:
            await self._process.end()

    async def stop(self, seconds: float = KILL_SECONDS) -> None:
        """End the process, even during a start or an answer. Return when it has ended, or after this many seconds."""
        process, self._process, self._address = self._process, None, None
        if process:
            await process.end(seconds)

    async def _start(
        self, configuration: Configuration, on_progress: Callable[[EngineProgress], None]
    ) -> EngineAddress:
        on_progress(EngineProgress(EngineStage.STARTING))
        for line in _heading(configuration).splitlines():
            self.log.add(line)
        process = self._process = EngineProcess(
            self._command or ENGINE_CHILD.command(), configuration, on_progress, self.log
        )
        try:
            async with asyncio.timeout(self.options.start_seconds):
                address = await process.ready()
        except TimeoutError:
            await process.end()
            raise EngineStopped(detail=process.error_lines) from None
        except asyncio.CancelledError:
            await self.stop(_CANCEL_TIMEOUT)
            raise
        self._facts = process.facts or self._facts
        self._address = EngineAddress(f"{address}/v1", configuration.key)
        return self._address


def _configure(model_path: Path, options: EngineOptions) -> Configuration:
    """Return how to run the model, with a new key.

    No file is accessed here: a disk that does not respond must block only the engine process.
    """
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
        prompt_cache_mib=options.prompt_cache_mib,
        has_compact_context=options.has_compact_context,
        is_embedder=options.is_embedder,
        program=str(options.program) if options.program else "",
        device=options.device,
        offload=options.offload.value,
    )


def _heading(configuration: Configuration) -> str:
    """Return the line that is logged before the lines of a start."""
    context = f"{configuration.context_tokens} tokens of context × {configuration.slots}"
    heading = f"== {configuration.model_path}: {context}, {configuration.threads} threads"
    if not configuration.program:
        return heading
    device = configuration.device or "no graphics card"
    return f"{heading}\n== {configuration.program}: {device}, offload {configuration.offload}"
