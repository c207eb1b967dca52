"""One run of the engine process, from start to end.

`engine.py` decides whether and when a process is started; `child.py` runs inside it.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import assert_never

from chatdesk.engine.log import EngineLog
from chatdesk.engine.messages import (
    Configuration,
    EngineProgress,
    Failed,
    Message,
    Problem,
    Ready,
    decode_message,
    encode,
)
from chatdesk.kernel.aio.child_process import KILL_SECONDS, ChildProcess
from chatdesk.kernel.errors.engine_errors import (
    EngineError,
    EngineNotInstalled,
    EngineProgramUnusable,
    EngineStopped,
    LibraryMissing,
    ModelFileMissing,
)
from chatdesk.kernel.models.machine import EngineFacts
from chatdesk.kernel.redaction import MASK

_MAX_LINES = 20
_HARMLESS_LINE = re.compile(r"[\d.]+ [IWD] ")
"""Start of llama.cpp's log lines that report no problem: the time and the severity."""


class EngineProcess:
    """Created and used on the thread of the event loop. `on_progress` is called on this thread, too."""

    def __init__(
        self,
        command: Sequence[str],
        configuration: Configuration,
        on_progress: Callable[[EngineProgress], None],
        log: EngineLog,
    ) -> None:
        """Start `command`. Raises `EngineStopped` if the system refuses to start it."""
        self.facts: EngineFacts | None = None
        """What the process reported about itself; None until then."""
        self._log = log
        self._key = configuration.key
        self._has_server = bool(configuration.program)
        self._server_id = 0
        self._on_progress = on_progress
        self._ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._failed: Failed | None = None
        self._lines: deque[str] = deque(maxlen=_MAX_LINES)
        try:
            self._process = ChildProcess(
                command,
                "engine",
                decode_message,
                self._receive,
                first=encode(configuration),
                on_end=self._finish,
                on_text=self._store_line,
            )
        except OSError as error:
            raise EngineStopped(detail=str(error)) from error

    @property
    def is_running(self) -> bool:
        """Whether the process is running."""
        return self._process.is_running

    @property
    def process_id(self) -> int:
        """Process id; when it runs a `llama-server`, that of the server."""
        return self._server_id or self._process.process_id

    @property
    def error_lines(self) -> str:
        """The last lines of standard error that report a problem."""
        return "\n".join(self._lines)

    async def ready(self) -> str:
        """Return the address of the server when it listens. Raises an `EngineError` if the process ends instead."""
        return await self._ready

    async def end(self, seconds: float = KILL_SECONDS) -> None:
        """End the process immediately: it has nothing to save. Return when it has ended, or after `seconds`.

        A process that runs a `llama-server` ends that first, so that the memory of the graphics card is free afterwards.
        """
        if self._has_server:
            await self._process.close(seconds)
        else:
            await self._process.end(seconds)

    def failure(self) -> EngineError:
        """Return why the process ended. Call it only after the end."""
        problem = self._failed.problem if self._failed else Problem.MODEL_REFUSED
        detail = self._failed.detail if self._failed else ""
        match problem:
            case Problem.NOT_INSTALLED:
                return EngineNotInstalled()
            case Problem.LIBRARY_MISSING:
                return LibraryMissing(library=detail)
            case Problem.FILE_MISSING:
                return ModelFileMissing(path=detail)
            case Problem.PROGRAM_UNUSABLE:
                return EngineProgramUnusable(detail=detail)
            case Problem.MODEL_REFUSED:
                text = "\n".join(filter(None, (self.error_lines, detail)))
                return EngineStopped(self._process.exit_code, text)
            case _:
                assert_never(problem)

    def _receive(self, message: Message) -> None:
        match message:
            case EngineFacts():
                self.facts = message
            case EngineProgress():
                self._on_progress(message)
            case Ready(address, process_id):
                self._server_id = process_id
                if not self._ready.done():
                    self._ready.set_result(address)
            case Failed():
                self._failed = message
            case _:
                assert_never(message)

    def _finish(self) -> None:
        if not self._ready.done():
            self._ready.set_exception(self.failure())

    def _store_line(self, line: bytes) -> None:
        """Store a line of output. Called on reader threads."""
        text = line.decode(errors="replace").strip()
        if self._key:
            text = text.replace(self._key, MASK)
        self._log.add(text)
        if not _HARMLESS_LINE.match(text):
            self._lines.append(text)
