"""What happens to errors nobody expected: they are logged without secrets, told once a minute at most, and the program goes on.

And what a start leaves behind that does not even get as far as showing its first chat: `OpeningMark`.
"""

import asyncio
import logging
import sys
import threading
import time
import traceback as tracebacks
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from chatdesk.kernel.text.regular_file import beginning_as_text

_log = logging.getLogger("chatdesk.crash")
_TELL_EVERY_SECONDS = 60.0
_LONGEST_ID = 200

_Place = tuple[type[BaseException], str, int]
"""Where an error was raised: its type, file and line."""


class CrashHandler:
    """Takes over Python's hooks. `tell` shows the user that something went wrong and where the log is."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._told_at = -_TELL_EVERY_SECONDS
        self._logged: dict[_Place, tuple[float, int]] = {}
        """When an error of a place was logged last, and how often it has come since."""

    def handle(self, kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
        """Log an error, and tell of it if none was told a moment ago. One that comes with every painting is logged once a minute."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), traceback)
            return
        now = time.monotonic()
        self._write(kind, error or kind(), traceback, now)
        # A painter that an error left open would spoil the painting that Qt goes on with: it ends with the frame that holds it.
        tracebacks.clear_frames(traceback)
        if now - self._told_at >= _TELL_EVERY_SECONDS:
            self._told_at = now
            self._tell()

    def _write(
        self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None, now: float
    ) -> None:
        place = _place_of(kind, traceback)
        logged_at, repeats = self._logged.get(place, (-_TELL_EVERY_SECONDS, 0))
        if now - logged_at < _TELL_EVERY_SECONDS:
            self._logged[place] = (logged_at, repeats + 1)
            return
        self._logged[place] = (now, 0)
        again = f" (it came {repeats} more times since it was logged last)" if repeats else ""
        _log.error("Unexpected error%s", again, exc_info=(kind, error, traceback))

    def handle_in_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """As `handle`, for asyncio's exception handler."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.handle(type(error), error, error.__traceback__)
        else:
            _log.error("Unexpected state of the event loop: %s", context.get("message"))

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Handle what is raised in the block, and go on behind it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, it is logged and told
            self.handle(type(error), error, error.__traceback__)

    @contextmanager
    def installed(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Receive what nobody caught, in slots, threads and tasks, until the end of the block."""
        before, before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(args.exc_type, args.exc_value, args.exc_traceback)
        loop.set_exception_handler(self.handle_in_loop)
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before, before_threads
            loop.set_exception_handler(None)


class OpeningMark:
    """A file that is there while the first chat of a start is opened and shown; it names that chat.

    Only a process that was ended leaves it: the next start then opens without that chat. It is a note, and a disk that takes none is
    no reason not to start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def left(self) -> str:
        """Return the chat with which a start ended; empty if none did."""
        return beginning_as_text(self._path, _LONGEST_ID)

    @contextmanager
    def standing(self, conversation_id: str) -> Iterator[Callable[[], None]]:
        """Let it name this chat, if there is one, until the function that is given is called, or else to the end of the block."""
        # It must survive this process, not the machine: nobody waits for the disk.
        with suppress(OSError):
            if conversation_id:
                self._path.write_bytes(conversation_id.encode("utf-8", "replace")[:_LONGEST_ID])
        try:
            yield self._clear
        finally:
            self._clear()

    def _clear(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _place_of(kind: type[BaseException], traceback: TracebackType | None) -> _Place:
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return (kind, traceback.tb_frame.f_code.co_filename, traceback.tb_lineno) if traceback else (kind, "", 0)
