"""One run of the process that sets formulas, as the program sees it.

When one is started and ended is up to `features/chat/services/request/formulas.py`.  Plain pipes and a thread that reads, as for the
engine: asyncio's own subprocesses do not work on every loop this runs in.
"""

import asyncio
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import chatdesk
from chatdesk.rendering.formulas.typeset.child import child_command, request
from chatdesk.rendering.formulas.typeset.outline import ProcessEnded, SetFormula, decode

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0


class FormulaProcess:
    """Made and used on the loop's thread. `command` starts it, if not our own."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """Start the process. Raises `OSError` if the system will not."""
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[asyncio.Future[SetFormula]] = deque()
        self._ended = asyncio.Event()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command or child_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(chatdesk.__file__).parents[1],  # where `python -m` finds this package
            creationflags=_FLAGS,
        )
        threading.Thread(target=self._read_until_the_end, name="formulas", daemon=True).start()

    @property
    def process_id(self) -> int:
        """The system's number for it."""
        return self._process.pid

    async def set(self, latex: str, *, displayed: bool) -> SetFormula:
        """Return the formula once it is set. Raises `ProcessEnded`."""
        if self._ended.is_set():
            raise ProcessEnded
        answer: asyncio.Future[SetFormula] = self._loop.create_future()
        self._waiting.append(answer)
        with suppress(BrokenPipeError):  # it has ended, as the reading thread will tell
            os.write(_pipe(self._process.stdin).fileno(), request(latex, displayed=displayed))
        return await answer

    async def end(self) -> None:
        """End the process at once. Returns when the system has let go of it."""
        self._process.kill()
        await self._ended.wait()

    def _take(self, formula: SetFormula) -> None:
        if self._waiting and not (answer := self._waiting.popleft()).done():
            answer.set_result(formula)

    def _finish(self) -> None:
        self._ended.set()
        for answer in self._waiting:
            if not answer.done():
                answer.set_exception(ProcessEnded())
        self._waiting.clear()

    # On the reading thread:

    def _read_until_the_end(self) -> None:
        for line in _pipe(self._process.stdout):
            with suppress(ValueError):  # half a line of a process that was killed
                self._tell_the_loop(decode(line))
        self._process.kill()  # in case it only closed its output
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _pipe(pipe).close()
        self._tell_the_loop(None)

    def _tell_the_loop(self, formula: SetFormula | None) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody listens any more
            if formula is None:
                self._loop.call_soon_threadsafe(self._finish)
            else:
                self._loop.call_soon_threadsafe(self._take, formula)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
