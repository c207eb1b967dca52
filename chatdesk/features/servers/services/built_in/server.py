"""The built-in engine as a server: it is inspected without starting it, and started with a chat's model when the chat needs it.

`engine/` implements it and is loaded on first use; `model_files.py` finds the models.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.engine_errors import (
    EngineStopped,
    LoadBrokenOff,
    ModelFileMissing,
    ModelNotLoaded,
    StarterModelMissing,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.models.model_file import FoundModels, ModelFile, ModelOrigin
from chatdesk.kernel.models.model_preference import NO_CHOICES, EngineChoices
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus
from chatdesk.kernel.settings.declarations import (
    ENGINE_CONTEXT,
    ENGINE_GPU_LAYERS,
    ENGINE_IDLE_MINUTES,
    ENGINE_PROGRAM,
    ENGINE_THREADS,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.system.processes import memory_of

if TYPE_CHECKING:
    from chatdesk.engine.engine import BuiltInEngine, EngineAddress
    from chatdesk.engine.messages import EngineProgress
    from chatdesk.engine.options import EngineOptions
    from chatdesk.features.servers.domain.graphics_fallback import EnginePlan
    from chatdesk.features.servers.services.built_in.engine_programs import EnginePrograms
    from chatdesk.kernel.models.machine import EngineFacts
    from chatdesk.kernel.models.model import ModelDetails
    from chatdesk.system.memory import MemoryFacts

_log = logging.getLogger(__name__)

_STARTER_SLOTS = 2
"""Number of simultaneous answers. Other models have one: a second context of a large model takes gigabytes."""
_STARTER_CONTEXT = 4096
"""Tokens, unless the user chose a number. 335 MB resident with two slots; the 8,192 it was trained for would need 520."""
_CRASH_DETECTION_SECONDS = 1.0
_POLL_SECONDS = 0.02
_UNLOADING_SECONDS = 5.0
"""The engine measures its idle time itself. So long before its end, it counts as over, so that no request loads the model again."""
_LOG_PREFIX = re.compile(r"^[\d.]+ [A-Z] .*?: ")
"""Prefix of llama.cpp's log lines: time, severity and function."""


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Current state of the engine. `state` is a value of `EngineState`."""

    state: str = "stopped"
    model: str = ""
    context_tokens: int = 0
    answers: int = 0
    """Number of answers in progress."""
    memory_bytes: int = 0
    """Resident memory of the process, including the mapped pages of the model file."""
    offload: str = "none"
    """How much of the model runs on a graphics card with a program that the user chose; a value of `Offload`."""
    has_old_settings: bool = False
    """Whether the user has changed settings since the start; the next question restarts the engine."""


class BuiltIn:
    """The built-in server. One per program; `close` it at the end.

    `make_engine` is called once, when a chat needs the engine. `read_memory` reads the machine's memory and may block briefly.
    `choices_of` returns the user's choices for a model.
    """

    def __init__(
        self,
        make_engine: Callable[[], BuiltInEngine],
        files: ModelFiles,
        settings: Settings,
        programs: Lazy[EnginePrograms],
        read_memory: Callable[[], MemoryFacts | None] = lambda: None,
        choices_of: Callable[[str], EngineChoices] = lambda _model_id: NO_CHOICES,
    ) -> None:
        self.files = files
        self.programs = programs
        """Which program runs the models; the engine that is installed with Chatdesk, unless the user chose another one."""
        self._make_engine = make_engine
        self._settings = settings
        self._read_memory = read_memory
        self._choices_of = choices_of
        self.machine_memory: int | None = None
        """Memory of this machine in bytes; None while unknown."""
        self._engine: BuiltInEngine | None = None
        self.silent_seconds = 60.0
        """Maximum time without a token or progress on the graphics card after a question."""
        self._start_lock = asyncio.Lock()
        self._answer_ended = asyncio.Event()
        """Set when an answer ends."""
        self._answers = 0
        self._last_used = 0.0
        """Time of the event loop when the last request ended."""
        self._reading: asyncio.Task[None] | None = None
        """The current `read_ahead`."""
        self._without_projector: set[str] = set()
        """IDs of models whose projector prevents the engine from starting; they can still chat without pictures."""

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        """Inspect the installation and find the models. Raises `EngineError` if there are none, or the engine cannot run here."""
        if not self._settings.get(ENGINE_PROGRAM):
            await asyncio.to_thread(_check)
        found = await self.search()
        models = tuple(self._model(server, file) for file in found.files if file.can_be_loaded or file.makes_vectors)
        if not any(model.can_chat for model in models):
            raise StarterModelMissing
        return ServerStatus(None, len(models), 0.0), models

    def details(self, model_id: str) -> ModelDetails | None:
        """Return what is known about a model's file; None if there is no such file."""
        from chatdesk.kernel.models.model import ModelDetails  # noqa: PLC0415 - start-up time: seldom asked

        file = self.files.found.find(model_id)
        if file is None:
            return None
        head = file.head
        return ModelDetails((head.architecture,) if head and head.architecture else (), path=str(file.path))

    async def search(self) -> FoundModels:
        """Search for models, and determine the machine's memory."""
        if self.machine_memory is None and (memory := await asyncio.to_thread(self._read_memory)):
            self.machine_memory = memory.total
        return await self.files.search()

    async def run_for_answer(self, model_id: str) -> AsyncGenerator[AnswerStageChanged | EngineAddress, None]:
        """Yield the stages of starting a model, then its address. The engine keeps running with this model until the generator is closed.

        Waits while other chats receive answers with another model or other settings. Raises `EngineError`.
        """
        file = await self._file(model_id)
        engine = self._get_engine()
        if self._settings.get(ENGINE_PROGRAM):
            await self.programs.get().prepare(engine)
        if self._reading:
            self._reading.cancel()
        if self._start_lock.locked() or not self._can_answer_with(file):
            yield AnswerStageChanged(AnswerStage.WAITING_FOR_ENGINE)
        async with self._start_lock:
            while not self._can_answer_with(file):
                self._answer_ended.clear()
                await self._answer_ended.wait()
            async with aclosing(self._start_with_fallback(engine, file)) as steps:
                async for step in steps:
                    if isinstance(step, AnswerStageChanged):
                        yield step
                    else:
                        address = step
            self._answers += 1
        try:
            yield address
        finally:
            self._answers -= 1
            self._last_used = asyncio.get_running_loop().time()
            self._answer_ended.set()

    def uses_graphics(self, model_id: str) -> bool:
        """Return whether a model runs on a graphics card with a program that the user chose."""
        file = self.files.found.find(model_id)
        return file is not None and bool(self._plan(file).device)

    def graphics_failure(self, model_id: str) -> EngineStopped | None:
        """Return the failure of the graphics card that a running program has logged; None if there is none."""
        if self._engine is None or not self.uses_graphics(model_id):
            return None
        error = EngineStopped(detail=self._engine.error_lines)
        return error if self.programs.get().is_failure_of_card(error) else None

    async def step_down(self, model_id: str, error: EngineStopped) -> bool:
        """After a failure during an answer: use the graphics card less from now on, if it is the reason.

        Return whether the question can be asked again.
        """
        file = self.files.found.find(model_id)
        if file is None or self._engine is None or not self._plan(file).program:
            return False
        if not self.programs.get().is_failure_of_card(error):
            return False
        await self._engine.stop()
        return await self.programs.get().step_down(file, error)

    async def read_ahead(self, model_id: str, read: Callable[[EngineAddress], Coroutine[None, None, None]]) -> bool:
        """Let `read` send a request to the engine if it is idle and has the model in memory. Return whether it ended normally.

        Nothing is started or loaded for it, and the next answer cancels it.
        """
        file = self.files.found.find(model_id)
        address = self._engine.address if self._engine else None
        if file is None or address is None or not self._is_idle_with(file):
            return False
        self._reading = reading = asyncio.get_running_loop().create_task(read(address), name="read a chat ahead")
        reading.add_done_callback(self._on_read)
        try:
            await asyncio.wait([reading])
        finally:
            reading.cancel()
            await asyncio.wait([reading])
        return not reading.cancelled() and reading.exception() is None

    def _on_read(self, _reading: asyncio.Task[None]) -> None:
        self._reading = None
        self._last_used = asyncio.get_running_loop().time()

    def _is_idle_with(self, file: ModelFile) -> bool:
        """Return whether the engine runs this model, does nothing, and has not unloaded it because nothing was asked for a while."""
        engine = self._get_engine()
        if self._answers or self._reading or self._start_lock.locked() or not engine.is_running:
            return False
        options = self._options(file)
        idle_seconds = asyncio.get_running_loop().time() - self._last_used
        is_loaded = options.idle_seconds < 0 or idle_seconds < options.idle_seconds - _UNLOADING_SECONDS
        return is_loaded and engine.running == (file.path, options)

    async def explain(self, error: ChatdeskError) -> ChatdeskError:
        """Return the engine's failure if that is why the connection broke; otherwise the error itself."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _CRASH_DETECTION_SECONDS
        while self._engine and loop.time() < until:
            await self._engine.settle()
            if failure := self._engine.failure:
                return failure
            await asyncio.sleep(_POLL_SECONDS)
        return error

    @property
    def is_running(self) -> bool:
        """Whether the engine is running with a model."""
        return self._engine is not None and self._engine.is_running

    def status(self) -> EngineStatus:
        """Return the current state; cheap enough for once per second."""
        if self._engine is None:
            return EngineStatus()
        process = self._engine.process_id
        memory = memory_of(process) if process else 0
        status = EngineStatus(self._engine.state.value, answers=self._answers, memory_bytes=memory)
        if self._engine.running is None:
            return status
        path, options = self._engine.running
        file = next((file for file in self.files.found.files if file.path == path), None)
        return replace(
            status,
            model=file.name if file else path.stem,
            context_tokens=options.context_tokens,
            offload=options.offload.value if options.device else "none",
            has_old_settings=file is not None and self._options(file) != options,
        )

    @property
    def engine(self) -> BuiltInEngine:
        """The engine; created at its first use."""
        return self._get_engine()

    def log_since(self, number: int) -> tuple[int, list[str]]:
        """Return the total number of log lines, and the stored ones after the first `number`."""
        return self._engine.log.since(number) if self._engine else (0, [])

    async def facts(self) -> EngineFacts:
        """Return the engine's version and devices. Raises `EngineError`."""
        return await self._get_engine().facts()

    def context_of(self, file: ModelFile, choices: EngineChoices | None = None) -> int:
        """Return the context length in tokens with which a model runs, with the user's choices for it or others."""
        choices = choices or self._choices_of(file.id)
        chosen = choices.context or self._settings.get(ENGINE_CONTEXT)
        if file.origin is ModelOrigin.STARTER and not chosen:
            return _STARTER_CONTEXT
        from chatdesk.features.servers.domain.engine_memory import (  # noqa: PLC0415 - start-up time: when a model is asked for
            context_for,
        )

        return context_for(chosen, file.loaded_bytes, file.head, self.machine_memory, is_compact=choices.compact)

    def memory_with(self, file: ModelFile, choices: EngineChoices | None = None) -> int | None:
        """Return the approximate memory in bytes that a model needs with the user's choices for it or others; None if unknown."""
        from chatdesk.features.servers.domain.engine_memory import (  # noqa: PLC0415 - start-up time: when a model is shown
            memory_of_model,
        )

        choices = choices or self._choices_of(file.id)
        context, slots = self.context_of(file, choices), self.slots_of(file)
        return memory_of_model(file.loaded_bytes, file.head, context, slots, is_compact=choices.compact)

    def slots_of(self, file: ModelFile) -> int:
        """Return how many answers a model generates simultaneously."""
        return _STARTER_SLOTS if file.origin is ModelOrigin.STARTER else 1

    @property
    def loaded_id(self) -> str:
        """ID of the model that the engine runs; empty if it runs none."""
        running = self._engine.running if self._engine else None
        return running[1].name if running else ""

    async def unload(self) -> None:
        """Stop the engine to free its memory, unless it is answering."""
        if self._engine and not self._answers and not self._start_lock.locked():
            async with self._start_lock:
                await self._engine.stop()

    async def close(self) -> None:
        """Stop the engine, even while it is answering."""
        if self._engine:
            await self._engine.stop()

    def _get_engine(self) -> BuiltInEngine:
        self._engine = self._engine or self._make_engine()
        return self._engine

    async def _file(self, model_id: str) -> ModelFile:
        """Return a model's file. Search again if it is unknown: its folder may have become available again."""
        file = self.files.found.find(model_id) or (await self.search()).find(model_id)
        if file is None:
            raise ModelFileMissing(model=model_id)
        return file

    def _can_answer_with(self, file: ModelFile) -> bool:
        """Return whether an answer with this model can start now."""
        engine = self._get_engine()
        if not self._answers or not engine.is_running:
            return True
        return engine.running == (file.path, self._options(file)) and self._answers < self.slots_of(file)

    def _plan(self, file: ModelFile) -> EnginePlan:
        from chatdesk.features.servers.domain.graphics_fallback import (  # noqa: PLC0415 - start-up time: when a model is asked for
            EnginePlan,
        )

        return self.programs.get().plan_for(file) if self._settings.get(ENGINE_PROGRAM) else EnginePlan()

    def _options(self, file: ModelFile) -> EngineOptions:
        plan, choices = self._plan(file), self._choices_of(file.id)
        minutes = self._settings.get(ENGINE_IDLE_MINUTES)
        return replace(
            self._get_engine().options,
            context_tokens=self.context_of(file),
            slots=self.slots_of(file),
            idle_seconds=minutes * 60 if minutes > 0 else -1,
            chosen_threads=choices.threads or max(0, self._settings.get(ENGINE_THREADS)),
            has_compact_context=choices.compact,
            gpu_layers=max(-1, self._settings.get(ENGINE_GPU_LAYERS)),
            name=file.id,
            projector=None if file.id in self._without_projector else file.projector,
            program=plan.program,
            device=plan.device,
            offload=plan.offload,
            is_starter=file.origin is ModelOrigin.STARTER,
        )

    async def _start_with_fallback(
        self, engine: BuiltInEngine, file: ModelFile
    ) -> AsyncGenerator[AnswerStageChanged | EngineAddress, None]:
        """Start the engine. A model that fails on the graphics card runs on half of it, then on the processor."""
        has_stepped_down = False
        try:
            while True:
                try:
                    async with aclosing(self._start_with_or_without_projector(engine, file)) as steps:
                        async for step in steps:
                            yield step
                except EngineStopped as error:
                    if not self._plan(file).program or not await self.programs.get().step_down(file, error):
                        if has_stepped_down:  # the graphics card is not the reason
                            await self.programs.get().forget(file.id)
                        raise
                    has_stepped_down = True
                else:
                    return
        except ModelFileMissing as error:
            raise ModelFileMissing(model=file.name, path=error.path) from None
        except EngineStopped as error:
            if error.detail:
                reason = _LOG_PREFIX.sub("", error.detail.partition("\n")[0])
                raise ModelNotLoaded(file.name, reason, error.detail) from error
            raise LoadBrokenOff(file.name, error.exit_code) from error

    async def _start_with_or_without_projector(
        self, engine: BuiltInEngine, file: ModelFile
    ) -> AsyncGenerator[AnswerStageChanged | EngineAddress, None]:
        """Start the engine. If it fails with the model's projector, start it without: text answers are still useful."""
        try:
            async with aclosing(self._start_engine(engine, file)) as steps:
                async for step in steps:
                    yield step
        except EngineStopped as error:
            if file.projector is None or file.id in self._without_projector or self._plan(file).device:
                raise
            _log.warning("the engine does not start with %s: %s", file.projector.name, error.detail)
            async with aclosing(self._start_without_projector(engine, file)) as steps:
                async for step in steps:
                    yield step

    async def _start_without_projector(
        self, engine: BuiltInEngine, file: ModelFile
    ) -> AsyncGenerator[AnswerStageChanged | EngineAddress, None]:
        self._without_projector.add(file.id)
        try:
            async with aclosing(self._start_engine(engine, file)) as steps:
                async for step in steps:
                    yield step
        except EngineStopped:
            self._without_projector.discard(file.id)  # the projector was not the cause
            raise

    async def _start_engine(
        self, engine: BuiltInEngine, file: ModelFile
    ) -> AsyncGenerator[AnswerStageChanged | EngineAddress, None]:
        from chatdesk.features.servers.domain.engine_memory import (  # noqa: PLC0415 - start-up time: with the first question
            prompt_cache_mib,
        )

        queue: asyncio.Queue[EngineProgress | None] = asyncio.Queue()
        memory = await asyncio.to_thread(self._read_memory)
        options = self._options(file)
        if options.program and engine.running != (file.path, options) and not await self.programs.get().verify():
            options = self._options(file)
        cache = prompt_cache_mib(
            file.head,
            options.context_tokens,
            memory.free if memory else None,
            is_compact=options.has_compact_context,
        )
        options = replace(options, prompt_cache_mib=cache)
        start = asyncio.ensure_future(engine.ensure_running(file.path, queue.put_nowait, options))
        start.add_done_callback(lambda _start: queue.put_nowait(None))
        try:
            while progress := await queue.get():
                yield _stage_of(progress)
            yield await start
        finally:
            start.cancel()
            await asyncio.wait([start])

    def _model(self, server: ServerConfig, file: ModelFile) -> Model:
        head = file.head
        capabilities = {
            Capability.CHAT: file.can_be_loaded,
            Capability.EMBEDDING: file.makes_vectors,
            Capability.THINKING: head is not None and head.thinks,
            Capability.VISION: file.projector is not None and file.id not in self._without_projector,
        }
        return Model(
            ModelRef(server.id, file.id),
            file.name,
            frozenset(capability for capability, has in capabilities.items() if has),
            context_length=self.context_of(file),
            size_bytes=file.size_bytes,
            parameters=head.parameters if head else None,
            quantization=head.quantization if head else None,
            family=head.architecture if head else None,
        )


def _check() -> None:
    from chatdesk.engine.installation import check_engine  # noqa: PLC0415 - start-up time

    check_engine()


def _stage_of(progress: EngineProgress) -> AnswerStageChanged:
    from chatdesk.engine.messages import EngineStage  # noqa: PLC0415 - start-up time

    if progress.stage is EngineStage.STARTING:
        return AnswerStageChanged(AnswerStage.STARTING_ENGINE)
    if progress.fraction is None:
        return AnswerStageChanged(AnswerStage.LOADING_MODEL)
    return AnswerStageChanged(AnswerStage.LOADING_MODEL, round(100 * progress.fraction), 100)
