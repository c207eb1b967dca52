"""One run of the engine's process, from its start to its end.

Whether and when a process is started is in `engine.py`; what runs inside it in `child.py`.
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
    EngineStopped,
    LibraryMissing,
    ModelFileMissing,
)
from chatdesk.kernel.models.engine_facts import EngineFacts
from chatdesk.kernel.redaction import MASK

_LINES_KEPT = 20
_NO_TROUBLE = re.compile(r"[\d.]+ [IWD] ")
"""How llama.cpp begins a line that reports nothing wrong: the time and the severity."""


class EngineProcess:
    """Created and used on the loop's thread. `on_progress` is called there too."""

    def __init__(
        self,
        command: Sequence[str],
        configuration: Configuration,
        on_progress: Callable[[EngineProgress], None],
        log: EngineLog,
    ) -> None:
        """Start `command`. Raises `EngineStopped` if the system refuses."""
        self.facts: EngineFacts | None = None
        """What the process reported about itself."""
        self._log = log
        self._key = configuration.key
        self._on_progress = on_progress
        self._ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._failed: Failed | None = None
        self._lines: deque[str] = deque(maxlen=_LINES_KEPT)
        try:
            self._process = ChildProcess(
                command,
                "engine",
                decode_message,
                self._receive,
                first=encode(configuration),
                on_end=self._finish,
                on_text=self._keep,
            )
        except OSError as error:
            raise EngineStopped(detail=str(error)) from error

    @property
    def is_running(self) -> bool:
        """Whether the system says that the process runs."""
        return self._process.is_running

    @property
    def process_id(self) -> int:
        """The system's number of the process."""
        return self._process.process_id

    @property
    def last_words(self) -> str:
        """The last lines of its standard error that report a problem."""
        return "\n".join(self._lines)

    async def ready(self) -> str:
        """Return the server's address when it listens. Raises an `EngineError` when the process ends instead."""
        return await self._ready

    async def end(self, seconds: float = KILL_SECONDS) -> None:
        """End the process at once: it has nothing to save. Returns when it is gone, or after so many seconds."""
        await self._process.end(seconds)

    def failure(self) -> EngineError:
        """Return why the process ended, once it has."""
        problem = self._failed.problem if self._failed else Problem.MODEL_REFUSED
        detail = self._failed.detail if self._failed else ""
        match problem:
            case Problem.NOT_INSTALLED:
                return EngineNotInstalled()
            case Problem.LIBRARY_MISSING:
                return LibraryMissing(library=detail)
            case Problem.FILE_MISSING:
                return ModelFileMissing(path=detail)
            case Problem.MODEL_REFUSED:
                words = "\n".join(filter(None, (self.last_words, detail)))
                return EngineStopped(self._process.exit_code, words)
            case _:
                assert_never(problem)

    def _receive(self, message: Message) -> None:
        match message:
            case EngineFacts():
                self.facts = message
            case EngineProgress():
                self._on_progress(message)
            case Ready(address):
                if not self._ready.done():
                    self._ready.set_result(address)
            case Failed():
                self._failed = message
            case _:
                assert_never(message)

    def _finish(self) -> None:
        if not self._ready.done():
            self._ready.set_exception(self.failure())

    def _keep(self, line: bytes) -> None:
        """Keep a line of text. Called on the threads that read."""
        words = line.decode(errors="replace").strip()
        if self._key:
            words = words.replace(self._key, MASK)
        self._log.add(words)
        if not _NO_TROUBLE.match(words):
            self._lines.append(words)
