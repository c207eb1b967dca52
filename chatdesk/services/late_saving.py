"""Ends of answers that could not be written: kept in memory, and written once that works again (a disk has room, a lock is gone)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from chatdesk.domain.message import Message
from chatdesk.domain.storage_errors import StorageError

TRY_EVERY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class LateSaving:
    """`save` writes one; it raises `StorageError` while that does not work."""

    def __init__(self, save: Callable[[Message], Awaitable[object]]) -> None:
        self._save = save
        self._waiting: dict[str, Message] = {}
        self._logged: set[str] = set()
        """Those whose fault of ours is in the log already; they are tried on, and that is often."""
        self._trying: asyncio.Task[None] | None = None

    def keep(self, message: Message) -> None:
        """Write it as soon as possible."""
        self._waiting[message.id] = message
        if self._trying is None or self._trying.done():
            self._trying = asyncio.get_running_loop().create_task(self._keep_trying(), name="save what was not saved")

    def forget(self, message_id: str) -> Message | None:
        """Do not write it any more, as something else becomes of it. Return what would have been written."""
        self._logged.discard(message_id)
        return self._waiting.pop(message_id, None)

    async def close(self) -> None:
        """Try a last time."""
        if self._trying:
            self._trying.cancel()
            await asyncio.wait([self._trying])
        await self._try()
        if self._waiting:
            _log.error("The ends of %d answers were never written", len(self._waiting))

    async def _keep_trying(self) -> None:
        while self._waiting:
            await asyncio.sleep(TRY_EVERY_SECONDS)
            await self._try()

    async def _try(self) -> None:
        """Try each. A disk that will not take one takes none; any other fault of one is no reason not to write the others."""
        for message in tuple(self._waiting.values()):
            if self._waiting.get(message.id) is not message:
                continue  # forgotten while another was written
            try:
                await self._save(message)
            except StorageError:
                return
            except Exception:  # noqa: BLE001 - one fault must not cost the other answers
                if message.id not in self._logged:
                    self._logged.add(message.id)
                    _log.exception("The end of an answer is not written, by a fault of ours")
                continue
            if self._waiting.get(message.id) is message:
                del self._waiting[message.id]
