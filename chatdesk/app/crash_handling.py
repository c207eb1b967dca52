"""Handling of unexpected errors: they are logged without secrets, reported at most once per minute, and the program continues.

`OpeningMark` detects starts that crashed before they showed their first chat.
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
_NOTICE_INTERVAL = 60.0
_MAX_ID_LENGTH = 200

_ErrorLocation = tuple[type[BaseException], str, int]
"""Where an error was raised: type, file and line."""


class CrashHandler:
    """Installs handlers for uncaught exceptions. `show_notice` shows the user that an error occurred and where the log is."""

    def __init__(self, show_notice: Callable[[], None]) -> None:
        self._show_notice = show_notice
        self._notified_at = -_NOTICE_INTERVAL
        self._logged: dict[_ErrorLocation, tuple[float, int]] = {}
        """Time of the last log entry for each location, and the number of errors since."""

    def handle(self, kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
        """Log an error, and report it unless one was reported recently. An error that repeats is logged once per minute."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), traceback)
            return
        now = time.monotonic()
        self._write(kind, error or kind(), traceback, now)
        # A painter that an error left open would spoil Qt's painting: clearing the frame that holds it closes it.
        tracebacks.clear_frames(traceback)
        if now - self._notified_at >= _NOTICE_INTERVAL:
            self._notified_at = now
            self._show_notice()

    def _write(
        self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None, now: float
    ) -> None:
        location = _location_of(kind, traceback)
        logged_at, repeats = self._logged.get(location, (-_NOTICE_INTERVAL, 0))
        if now - logged_at < _NOTICE_INTERVAL:
            self._logged[location] = (logged_at, repeats + 1)
            return
        self._logged[location] = (now, 0)
        again = f" (it came {repeats} more times since it was logged last)" if repeats else ""
        _log.error("Unexpected error%s", again, exc_info=(kind, error, traceback))

    def handle_in_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle an error as `handle` does, for asyncio's exception handler."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.handle(type(error), error, error.__traceback__)
        else:
            _log.error("Unexpected state of the event loop: %s", context.get("message"))

    @contextmanager
    def handling_errors(self) -> Iterator[None]:
        """Handle exceptions in the block, and continue after it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - logged and reported whatever it is
            self.handle(type(error), error, error.__traceback__)

    @contextmanager
    def installed(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Handle uncaught exceptions in slots, threads and tasks until the end of the block."""
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
    """File with the ID of the first chat of a start, which exists while that chat is being opened and shown.

    Only a killed process leaves it behind: the next start then does not open that chat. It is a hint: a disk error must not prevent the
    start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def left(self) -> str:
        """Return the ID of the chat that was being opened when the program died; empty for none."""
        return beginning_as_text(self._path, _MAX_ID_LENGTH)

    @contextmanager
    def marking(self, conversation_id: str) -> Iterator[Callable[[], None]]:
        """Mark a chat, if the ID is not empty, until the yielded function is called or the block ends."""
        # The file must survive this process, not a power failure, so it is not flushed to disk.
        with suppress(OSError):
            if conversation_id:
                self._path.write_bytes(conversation_id.encode("utf-8", "replace")[:_MAX_ID_LENGTH])
        try:
            yield self._clear
        finally:
            self._clear()

    def _clear(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _location_of(kind: type[BaseException], traceback: TracebackType | None) -> _ErrorLocation:
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return (kind, traceback.tb_frame.f_code.co_filename, traceback.tb_lineno) if traceback else (kind, "", 0)
