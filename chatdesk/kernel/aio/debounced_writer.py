"""Writing a file a moment after what it holds has changed, off the loop's thread: many changes are one write."""

import asyncio
import logging
from collections.abc import Callable

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.storage_errors import StorageError

_AFTER_SECONDS = 0.3
"""Long enough to gather a drag of the splitter into one write, short enough to lose nothing worth having."""

_log = logging.getLogger(__name__)


class DebouncedWriter:
    """`take` returns what writes the content as it stands now; that is called on a worker thread. One write after the other."""

    def __init__(self, take: Callable[[], Callable[[], object]]) -> None:
        self.failures: Announcer[StorageError] = Announcer()
        """The file could not be written; the next change, or the end of the program, tries again."""
        self._take = take
        self._pending: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._dirty = False

    def soon(self) -> None:
        """Write in a moment."""
        self._dirty = True
        if self._pending is None:
            self._pending = asyncio.get_running_loop().call_later(_AFTER_SECONDS, self._begin)

    async def close(self) -> None:
        """Write what is not written yet."""
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
            await asyncio.wait([earlier])  # however it ended
        await self._save()

    async def _save(self) -> None:
        if self._dirty:
            self._dirty = False
            try:
                await asyncio.get_running_loop().run_in_executor(None, self._take())
            except StorageError as error:
                self._dirty = True
                self.failures.announce(error)
            except Exception:  # noqa: BLE001 - it is tried again, and the log tells
                self._dirty = True
                _log.exception("A file is not written, by a fault of ours")
