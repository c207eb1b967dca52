"""A child process that exchanges lines with the program without blocking the event loop. The child's side is `child_program.py`.

It uses plain pipes and reader threads because asyncio's own subprocesses do not work on every loop this runs in (qasync on Windows).
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import chatdesk

KILL_SECONDS = 2.0
"""How long to wait for a killed process to end. The system may need a moment to free the memory of a large one."""
_MAX_MESSAGE_BYTES = 16 * 1024 * 1024
_MAX_TEXT_LINE_BYTES = 2000
_SECRET_VARIABLE = re.compile("KEY|TOKEN|SECRET|PASSW|CREDENTIAL|PROXY", re.IGNORECASE)
"""Names of environment variables that no child needs. The address of a proxy may contain a password."""
_TEMPORARY_VARIABLES = ("TMPDIR", "TEMP", "TMP")
"""Environment variables that name the folder for temporary files, on POSIX systems and on Windows."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
else:
    _FLAGS = 0


class ChildProcess[Message]:
    """A running child process. Create and use it on the loop's thread."""

    def __init__(
        self,
        command: Sequence[str],
        name: str,
        decode: Callable[[bytes], Message],
        on_message: Callable[[Message], None],
        *,
        first: bytes = b"",
        on_end: Callable[[], None] = lambda: None,
        on_text: Callable[[bytes], None] | None = None,
        temporary: Path | None = None,
        longest_message: int = _MAX_MESSAGE_BYTES,
        has_children: bool = False,
    ) -> None:
        """Start `command` and send it `first` before anything else. Raise `OSError` if the system refuses.

        `decode` turns a line of standard output, of at most `longest_message` bytes, into a message, on a separate thread; it raises
        `ValueError` if the line is not a message. `on_message` and `on_end` are called on the loop's thread. `on_text` is called on other
        threads with lines that are not messages and with lines of standard error, both of limited length. `has_children` kills the programs
        that the process has started together with it, except on Windows. `temporary` is the folder for its temporary files; None: the
        system's.
        """
        self._loop = asyncio.get_running_loop()
        self._decode = decode
        self._on_message = on_message
        self._on_end = on_end
        self._on_text = on_text
        self._longest_message = longest_message
        self._has_group = has_children and sys.platform != "win32"
        self._ended = asyncio.Event()
        self._input_lock = threading.Lock()
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if on_text else subprocess.DEVNULL,
            cwd=Path(chatdesk.__file__).parents[1],  # where `python -m` finds this package
            env=_environment(temporary),
            creationflags=_FLAGS,
            process_group=0 if self._has_group else None,
        )
        self._input_lock.acquire()  # released after `first` is sent
        threading.Thread(target=self._run, args=(name, first), name=f"{name}-messages", daemon=True).start()

    @property
    def process_id(self) -> int:
        """Id of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the system reports the process as running."""
        return self._process.poll() is None

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended and all of its messages were delivered."""
        return self._ended.is_set()

    @property
    def exit_code(self) -> int | None:
        """The exit code, once the process has ended."""
        return self._process.returncode

    def send(self, line: bytes) -> None:
        """Send a line. Nothing happens if the process has ended: `on_end` reports that."""
        with self._input_lock:
            self._write(line)

    def _write(self, line: bytes) -> None:
        with suppress(OSError):
            pipe = _opened(self._process.stdin)
            rest = memoryview(line)
            while rest and not pipe.closed:
                # Bypass the buffer of the pipe's file object, which would write again when it is closed.
                rest = rest[os.write(pipe.fileno(), rest) :]

    def kill(self) -> None:
        """Kill the process without waiting for its end."""
        if (
            self._has_group and self._process.returncode is None
        ):  # until then, its number is not given to another process
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait until the process has ended, at most `seconds`. Return whether it has ended."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()
        return self.has_ended

    async def close(self, seconds: float) -> None:
        """Close the input, upon which the child ends itself and its own children; kill it if it has not ended after `seconds`."""
        await asyncio.to_thread(self._close_input)
        if not await self.wait(seconds):
            await self.end()

    async def end(self, seconds: float = KILL_SECONDS) -> None:
        """Kill the process and wait until it has ended, at most `seconds`.

        A process that waits for a disk ends only when the disk responds.
        """
        self.kill()
        await self.wait(seconds)

    def _finish(self) -> None:
        self._ended.set()
        self._on_end()

    # Methods that run on separate threads:

    def _close_input(self) -> None:
        with self._input_lock, suppress(OSError):
            _opened(self._process.stdin).close()

    def _run(self, name: str, first: bytes) -> None:
        text = threading.Thread(target=self._read_text, name=f"{name}-text", daemon=True)
        text.start()
        self._write(first)
        self._input_lock.release()
        try:
            self._read_messages()
        finally:
            self.kill()  # it may have closed only its output
            self._process.wait()
            text.join()
            with self._input_lock:
                for pipe in filter(None, (self._process.stdin, self._process.stdout, self._process.stderr)):
                    pipe.close()
            self._call(self._finish)

    def _read_messages(self) -> None:
        output = _opened(self._process.stdout)
        while line := output.readline(self._longest_message):
            try:
                self._call(self._on_message, self._decode(line))
            except (ValueError, RecursionError):  # text, or part of a message from a process that was killed
                if self._on_text:
                    self._on_text(line)

    def _read_text(self) -> None:
        if self._on_text:
            errors = _opened(self._process.stderr)
            while line := errors.readline(_MAX_TEXT_LINE_BYTES):
                self._on_text(line)

    def _call[*Arguments](self, callback: Callable[[*Arguments], None], *arguments: *Arguments) -> None:
        with suppress(RuntimeError):  # the loop has closed
            self._loop.call_soon_threadsafe(callback, *arguments)


def _environment(temporary: Path | None) -> dict[str, str]:
    variables = {key: value for key, value in os.environ.items() if not _SECRET_VARIABLE.search(key)}
    return variables | dict.fromkeys(_TEMPORARY_VARIABLES if temporary else (), str(temporary))


def _opened(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - opened as a pipe
    return pipe
