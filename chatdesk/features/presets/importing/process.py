"""One run of the process that reads foreign files, as the program sees it. It is ended when it takes too long or too much memory.

Plain pipes and a thread that reads, as for formulas: asyncio's own subprocesses do not work on every loop this runs in.
"""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

import chatdesk
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.features.presets.importing.findings_lines import LONGEST_LINE, from_line
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset_import import FileBegun, Finding, ImportProblem, ImportRefused

Told = TypeVar("Told")

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0

_LOOK_EVERY = 0.2
"""Seconds, at how much memory it takes."""
_LETS_GO = 2.0
"""Seconds within which the system lets go of a process that was ended."""


class ReadingProcess:
    """Starts with `read`, one run at a time. `memory_of` tells what a process holds."""

    def __init__(
        self,
        command: Sequence[str],
        memory_of: Callable[[int], int],
        most_memory: int,
        seconds: float = 60.0,
    ) -> None:
        self._command = command
        self._memory_of = memory_of
        self._most_memory = most_memory
        self._seconds = seconds

    async def read(self, paths: Sequence[Path], told: Callable[[Finding], None]) -> None:
        """Tell of what is in the files. Ends the process when it is cancelled. Raises nothing: what fails is told, as refused."""
        begun = -1

        def tell(finding: Finding) -> None:
            nonlocal begun
            if isinstance(finding, FileBegun):
                begun = finding.number
            told(finding)

        if not await self.ask([str(path) for path in paths], LONGEST_LINE, from_line, tell):
            for path in paths[max(begun, 0) :]:
                told(ImportRefused(ImportProblem.GAVE_UP, shown_name(path.name)))

    async def ask(
        self, question: object, longest: int, understand: Callable[[bytes], Told], hear: Callable[[Told], None]
    ) -> bool:
        """Ask something else, as JSON, and hear what comes back, as lines of up to `longest` bytes. Raises nothing.

        Lines are understood on a thread and heard on the loop. Whether it came to its end by itself is returned.
        """
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._seconds):
                return await self._run(question, longest, understand, hear)
        return False

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(chatdesk.__file__).parents[1],  # where `python -m` finds this package
            creationflags=_FLAGS,
        )

    async def _run(
        self, question: object, longest: int, understand: Callable[[bytes], Told], hear: Callable[[Told], None]
    ) -> bool:
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()
        process = self._start()

        def finish() -> None:
            if not ended.done():
                ended.set_result(None)

        def listen() -> None:
            with suppress(OSError):  # it has ended already
                _pipe(process.stdin).write(json.dumps(question).encode("ascii") + b"\n")
                _pipe(process.stdin).flush()
            for line in iter(lambda: _pipe(process.stdout).readline(longest), b""):
                # Half a line comes of a process that was ended, and nobody listens to a loop that has closed.
                with suppress(ValueError, KeyError, TypeError, PresetInvalid, RuntimeError):
                    loop.call_soon_threadsafe(hear, understand(line))
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    _pipe(pipe).close()
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(finish)

        try:
            threading.Thread(target=listen, name="import", daemon=True).start()
            while not ended.done():
                await asyncio.wait([ended], timeout=_LOOK_EVERY)
                if not ended.done() and self._memory_of(process.pid) > self._most_memory:
                    process.kill()
            return process.returncode == 0
        finally:
            process.kill()
            await asyncio.wait(
                [ended], timeout=_LETS_GO
            )  # at once, but for one that waits for a drive that does not answer


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
