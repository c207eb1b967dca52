"""What happens to errors nobody expected: they are logged without secrets, told once a minute at most, and the program goes on."""

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

_log = logging.getLogger("chatdesk.crash")
_TELL_EVERY_SECONDS = 60.0


class CrashHandler:
    """Takes over Python's hooks. `tell` shows the person that something went wrong and where the log is."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._told_at = -_TELL_EVERY_SECONDS

    def handle(self, kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
        """Log an error, and tell of it if none was told a moment ago."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), traceback)
            return
        _log.error("Unexpected error", exc_info=(kind, error or kind(), traceback))
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_SECONDS:
            self._told_at = now
            self._tell()

    def handle_in_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """As `handle`, for asyncio's exception handler."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.handle(type(error), error, error.__traceback__)
        else:
            _log.error("Unexpected state of the event loop: %s", context.get("message"))

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
