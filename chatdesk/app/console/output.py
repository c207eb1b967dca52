"""Standard output and standard error in any state: closed, full, a closed pipe, or an encoding that lacks characters.

Results go to standard output, and a failure to write them ends the run. Messages go to standard error, and failures there are ignored.
"""

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from chatdesk.rendering.markdown.open_blocks.source_lines import showable


class OutputClosed(Exception):
    """The reader of standard output closed the pipe (`| head`)."""


class OutputFailed(Exception):
    """Standard output cannot be written. `reason` is the system error."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reserve_standard_descriptors() -> None:
    """Open the null device in place of closed standard streams, so that no other file or socket gets their descriptors."""
    with suppress(OSError):
        while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(descriptor)


class Output:
    """The two output streams of a run. A closed one is None, as in Python."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = out
        self._err = err
        for stream in (out, err):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    @property
    def out_is_terminal(self) -> bool:
        """Whether standard output is a terminal."""
        return self._out is not None and self._out.isatty()

    @property
    def err_is_terminal(self) -> bool:
        """Whether standard error is a terminal."""
        return self._err is not None and self._err.isatty()

    @property
    def supports_unicode(self) -> bool:
        """Whether the encoding of standard output has every character."""
        encoding = getattr(self._out, "encoding", None) or "utf-8"
        return encoding.lower().replace("-", "").startswith("utf")

    def check(self) -> None:
        """Raise `OutputFailed` if standard output is closed, before a question costs money."""
        if self._out is None:
            raise OutputFailed(os.strerror(errno.EBADF))

    def write(self, text: str) -> None:
        """Write to standard output and flush. Raise `OutputClosed` or `OutputFailed`."""
        self.check()
        assert self._out is not None  # noqa: S101 - checked above, which mypy does not see
        try:
            self._out.write(text)
            self._out.flush()
        except (OSError, ValueError) as error:
            _discard(self._out)
            if _is_pipe_closed(error):
                raise OutputClosed from error
            raise OutputFailed(getattr(error, "strerror", None) or str(error)) from error

    def write_foreign(self, text: str) -> None:
        """Write text from a server. On a terminal, control characters are removed: they could set its title or its clipboard."""
        self.write(_without_control_characters(text) if self.out_is_terminal else text)

    def write_status(self, text: str) -> None:
        """Write to standard error and flush, if possible. On a terminal, control characters are removed."""
        self.write_control(_without_control_characters(text) if self.err_is_terminal else text)

    def write_control(self, text: str) -> None:
        """Write to standard error unchanged: control characters of Chatdesk for a terminal."""
        if self._err is None:
            return
        try:
            self._err.write(text)
            self._err.flush()
        except (OSError, ValueError):
            _discard(self._err)


def _without_control_characters(text: str) -> str:
    return showable(text).replace("\r", "")


def _is_pipe_closed(error: Exception) -> bool:
    """Return whether the reader closed the pipe, which Windows reports as an invalid argument."""
    return isinstance(error, BrokenPipeError) or (
        sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL
    )


def _discard(stream: TextIO) -> None:
    """Redirect a stream to the null device. Otherwise Python fails to flush its buffer when the process ends."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(null, stream.fileno())
        finally:
            os.close(null)
