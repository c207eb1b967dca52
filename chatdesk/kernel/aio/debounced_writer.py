"""A debounced file writer: several changes within a short time are written once, on a worker thread."""

import asyncio
import logging
from collections.abc import Callable

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.storage_errors import StorageError

_AFTER_SECONDS = 0.3
"""Long enough to combine a drag of the splitter into one write, short enough not to lose anything important."""

_log = logging.getLogger(__name__)


class DebouncedWriter:
    """Writes a file shortly after its content has changed, one write at a time.

    `prepare` returns a function that writes the current content. That function is called on a worker thread.
    """

    def __init__(self, prepare: Callable[[], Callable[[], object]]) -> None:
        self.failures: Announcer[StorageError] = Announcer()
        """Announces that the file could not be written. The next change or the end of the program tries again."""
        self._prepare = prepare
        self._pending: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._dirty = False
        self._closed = False

    def soon(self) -> None:
        """Schedule a write. After `close`, only another `close` writes: the event loop may have ended."""
        self._dirty = True
        if self._pending is None and not self._closed:
            self._pending = asyncio.get_running_loop().call_later(_AFTER_SECONDS, self._begin)

    async def close(self) -> None:
        """Write pending changes."""
        self._closed = True
        if self._pending:
            self._pending.cancel()
            self._pending = None
        if self._writing:
            await asyncio.wait([self._writing])
        await self._save()

    def _begin(self) -> None:
        self._pending = None
        self._writing = asyncio.get_running_loop().create_task(self._save_in_turn(self._writing))

    async def _save_in_turn(self, earlier: asyncio.Task[None] | None) -> None:
        if earlier:
            await asyncio.wait([earlier])  # regardless of its outcome
        await self._save()

    async def _save(self) -> None:
        if self._dirty:
            self._dirty = False
            try:
                await asyncio.get_running_loop().run_in_executor(None, self._prepare())
            except StorageError as error:
                self._dirty = True
                self.failures.announce(error)
            except Exception:  # noqa: BLE001 - retried with the next change; the log has the details
                self._dirty = True
                _log.exception("A file was not written because of an internal error")
