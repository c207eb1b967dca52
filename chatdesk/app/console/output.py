"""Standard output and standard error, in whatever state they are: closed, full, read by nobody, or in an encoding without our letters.

Results go to standard output, and a failure there ends the run. Messages go to standard error, and a failure there changes nothing.
"""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from chatdesk.rendering.markdown.open_blocks.source_lines import showable


class ReaderGone(Exception):
    """Nobody reads standard output any more (`| head`)."""


class OutputFailed(Exception):
    """Standard output cannot be written. `reason` is the system's word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reserve_standard_descriptors() -> None:
    """Open the null device in place of closed standard streams: the next file or socket would get their numbers otherwise."""
    with suppress(OSError):
        while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(descriptor)


class Output:
    """The two streams of one run. Either may be None, as Python has it for a closed one."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = out
        self._err = err
        for stream in (out, err):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    @property
    def out_is_terminal(self) -> bool:
        """Whether the user reads standard output as it is written."""
        return self._out is not None and self._out.isatty()

    @property
    def err_is_terminal(self) -> bool:
        """Whether the user reads standard error as it is written."""
        return self._err is not None and self._err.isatty()

    @property
    def takes_any_letter(self) -> bool:
        """Whether standard output is in an encoding that has every character."""
        encoding = getattr(self._out, "encoding", None) or "utf-8"
        return encoding.lower().replace("-", "").startswith("utf")

    def check(self) -> None:
        """Raise `OutputFailed` where it is certain that nothing can be written: before a question costs money."""
        if self._out is None:
            raise OutputFailed(os.strerror(errno.EBADF))

    def write(self, text: str) -> None:
        """Write to standard output at once. Raises `ReaderGone` or `OutputFailed`."""
        self.check()
        assert self._out is not None  # noqa: S101 - checked above, which mypy does not see
        try:
            self._out.write(text)
            self._out.flush()
        except (OSError, ValueError) as error:
            _discard(self._out)
            if _nobody_reads(error):
                raise ReaderGone from error
            raise OutputFailed(getattr(error, "strerror", None) or str(error)) from error

    def write_foreign(self, text: str) -> None:
        """Write what a server says. A terminal gets no control characters of it: they could set its title, or its clipboard."""
        self.write(_harmless(text) if self.out_is_terminal else text)

    def write_status(self, text: str) -> None:
        """Write to standard error at once, if that is possible; a terminal gets no control characters."""
        self.steer(_harmless(text) if self.err_is_terminal else text)

    def steer(self, text: str) -> None:
        """Write to standard error as it is: control characters of our own, for a terminal."""
        if self._err is None:
            return
        try:
            self._err.write(text)
            self._err.flush()
        except (OSError, ValueError):
            _discard(self._err)


def _harmless(text: str) -> str:
    return showable(text).replace("\r", "")


def _nobody_reads(error: Exception) -> bool:
    """Whether a pipe has no reader any more; Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (
        sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL
    )


def _discard(stream: TextIO) -> None:
    """Lead a stream nowhere: Python writes what it still holds when the process ends, and would complain then."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(null, stream.fileno())
        finally:
            os.close(null)
