"""How answers reach the disk, and what becomes of ends that could not be written: they are once that works again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from chatdesk.features.chat.services.answer_stream import AnswerSaver
from chatdesk.features.chat.services.store.fallback_store import FallbackStore
from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository

TRY_EVERY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class SaveRetryQueue:
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


class AnswerWriter:
    """Writes the answers of a program. What cannot be written is kept by `unsaved`; `late` has the ends that are still to be."""

    def __init__(self, database: Database, unsaved: FallbackStore) -> None:
        self._database = database
        self._unsaved = unsaved
        self.late = SaveRetryQueue(self._save_end)

    def saver(
        self,
        conversation: Callable[[], Conversation],
        path: Sequence[Message],
        keep_remote: Callable[[RemoteAnswer], Awaitable[None]],
    ) -> AnswerSaver:
        """Return what saves the answer that ends `path`."""

        async def keep_aside(message: Message) -> None:
            await self._unsaved.keep(conversation(), (*path[:-1], message))

        return AnswerSaver(self._save_parts, self._save_end, keep_remote, self.late.keep, keep_aside)

    async def _save_parts(self, message: Message) -> None:
        await self._database.run(lambda connection: MessageRepository(connection).save_parts(message))
        await self._unsaved.written(message.id)

    async def _save_end(self, message: Message) -> None:
        await self._database.run(lambda connection: MessageRepository(connection).finish(message))
        await self._unsaved.written(message.id)
