"""One run of the engine's process, from its start to its end, without blocking the loop.

It uses plain pipes and two threads that read them: asyncio's own subprocesses do not work on every loop this runs in (qasync on Windows).
Whether and when a process is started is in `engine.py`; what runs inside it in `child.py`.
"""

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, assert_never

import chatdesk
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
from chatdesk.kernel.errors.engine_errors import (
    EngineError,
    EngineNotInstalled,
    EngineStopped,
    LibraryMissing,
    ModelFileMissing,
)
from chatdesk.kernel.models.engine_facts import EngineFacts
from chatdesk.kernel.redaction import MASK

LETS_GO_SECONDS = 2.0
"""How long the end of a process is waited for: that of a large model gives its memory back before another one starts."""
_LONGEST_LINE = 2000
"""Bytes; longer ones are cut into several."""
_LINES_KEPT = 20
_NO_TROUBLE = re.compile(r"[\d.]+ [IWD] ")
"""How llama.cpp begins a line that tells of nothing wrong: the time, and how grave it is."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0


class EngineProcess:
    """Made and used on the loop's thread. `on_progress` is called there too."""

    def __init__(
        self,
        command: Sequence[str],
        configuration: Configuration,
        on_progress: Callable[[EngineProgress], None],
        log: EngineLog,
    ) -> None:
        """Start `command`. Raises `EngineStopped` if the system will not."""
        self.facts: EngineFacts | None = None
        """What the process said of itself."""
        self._log = log
        self._key = configuration.key
        self._loop = asyncio.get_running_loop()
        self._on_progress = on_progress
        self._ready: asyncio.Future[str] = self._loop.create_future()
        self._ended = asyncio.Event()
        self._failed: Failed | None = None
        self._lines: deque[str] = deque(maxlen=_LINES_KEPT)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=_folder_of_the_package(),
                creationflags=_FLAGS,
            )
        except OSError as error:
            raise EngineStopped(detail=str(error)) from error
        self._send(configuration)
        threading.Thread(target=self._read_until_the_end, name="engine-messages", daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs, by the system's own word."""
        return self._process.poll() is None

    @property
    def process_id(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    @property
    def last_words(self) -> str:
        """The last lines of its standard error that tell of trouble."""
        return "\n".join(self._lines)

    async def ready(self) -> str:
        """Return the server's address when it listens. Raises an `EngineError` when the process ends instead."""
        return await self._ready

    async def end(self, patience: float = LETS_GO_SECONDS) -> None:
        """End the process, at once: it has nothing to save. Returns when the system has let go of it, or after so many seconds.

        One that waits for a disk that does not answer is let go of only when the disk does.
        """
        self._process.kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._ended.wait()

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
                return EngineStopped(self._process.returncode, words)
            case _:
                assert_never(problem)

    def _send(self, configuration: Configuration) -> None:
        """Write past the buffer of the pipe's file, which would try again when it is closed."""
        with suppress(BrokenPipeError):  # it has ended already, as the reading thread will tell
            os.write(_pipe(self._process.stdin).fileno(), encode(configuration))

    def _take(self, message: Message) -> None:
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
        self._ended.set()
        if not self._ready.done():
            self._ready.set_exception(self.failure())

    # On the reading threads:

    def _read_until_the_end(self) -> None:
        words = threading.Thread(target=self._collect_last_words, name="engine-words", daemon=True)
        words.start()
        for line in _pipe(self._process.stdout):
            try:
                self._tell_the_loop(self._take, decode_message(line))
            except ValueError:
                self._keep(line)
        self._process.kill()  # in case it only closed its output
        self._process.wait()
        words.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            _pipe(pipe).close()
        self._tell_the_loop(self._finish)

    def _collect_last_words(self) -> None:
        errors = _pipe(self._process.stderr)
        while line := errors.readline(_LONGEST_LINE):
            self._keep(line)

    def _keep(self, line: bytes) -> None:
        words = line.decode(errors="replace").strip()
        if self._key:
            words = words.replace(self._key, MASK)
        self._log.add(words)
        if not _NO_TROUBLE.match(words):
            self._lines.append(words)

    def _tell_the_loop(self, callback: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody listens any more
            self._loop.call_soon_threadsafe(callback, *arguments)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - all three were asked for
    return pipe


def _folder_of_the_package() -> Path:
    """Return the folder where `python -m` finds this package, wherever the program was started from."""
    return Path(chatdesk.__file__).parents[1]
