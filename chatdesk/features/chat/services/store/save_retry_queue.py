"""Saving answers to disk, and retrying what could not be written: final states of answers, and properties of chats."""

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
from chatdesk.storage.database.storage_errors import saved_later

RETRY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class SaveRetryQueue[Saved: (Message, Conversation)]:
    """Retries writing messages or chats. `save` writes one and raises `StorageError` while that fails."""

    def __init__(self, save: Callable[[Saved], Awaitable[object]]) -> None:
        self._save: Callable[[Saved], Awaitable[object]] = save
        self._waiting: dict[str, Saved] = {}
        self._logged: set[str] = set()
        """Ids of those whose unexpected error has been logged; they are retried often and logged once."""
        self._retry_task: asyncio.Task[None] | None = None
        self._is_closed = False

    def add(self, saved: Saved) -> None:
        """Queue a message or chat to be written as soon as possible, instead of an earlier state of it.

        After `close` it is not tried any more: the program ends, and a task would outlive it.
        """
        self._waiting[saved.id] = saved
        if self._is_closed:
            _log.warning("A message or chat could not be saved while the program ended")
        elif self._retry_task is None or self._retry_task.done():
            self._retry_task = asyncio.get_running_loop().create_task(self._retry(), name="retry saving")

    def forget(self, id_: str) -> Saved | None:
        """Cancel writing something because it is about to change, and return it; None if it was not queued."""
        self._logged.discard(id_)
        return self._waiting.pop(id_, None)

    async def close(self) -> None:
        """Try a last time and stop."""
        self._is_closed = True
        if self._retry_task:
            self._retry_task.cancel()
            await asyncio.wait([self._retry_task])
        await self._try_once()
        if self._waiting:
            _log.error("The last changes of %d messages or chats were never saved", len(self._waiting))

    async def _retry(self) -> None:
        while self._waiting:
            await asyncio.sleep(RETRY_SECONDS)
            await self._try_once()

    async def _try_once(self) -> None:
        """Try each once.

        A `StorageError` affects all of them and ends the attempt; any other error affects only one.
        """
        for saved in tuple(self._waiting.values()):
            if self._waiting.get(saved.id) is not saved:
                continue  # removed while another one was being written
            try:
                await self._save(saved)
            except StorageError:
                return
            except Exception:  # noqa: BLE001 - an error with one must not lose the others
                if saved.id not in self._logged:
                    self._logged.add(saved.id)
                    _log.exception("A message or chat could not be saved because of an internal error")
                continue
            if self._waiting.get(saved.id) is saved:
                del self._waiting[saved.id]


class AnswerWriter:
    """Saves the answers of all chats.

    `unsaved` stores those that cannot be written; `retry_queue` has the final states to retry.
    """

    def __init__(self, database: Database, unsaved: FallbackStore) -> None:
        self._database = database
        self._unsaved = unsaved
        self.retry_queue = SaveRetryQueue(self._save_end)

    def saver(
        self,
        conversation: Callable[[], Conversation],
        path: Sequence[Message],
        save_remote: Callable[[RemoteAnswer], Awaitable[None]],
    ) -> AnswerSaver:
        """Return the saver for the answer that ends `path`."""

        async def save_in_fallback(message: Message) -> None:
            await self._unsaved.save(conversation(), (*path[:-1], message))

        return AnswerSaver(self._save_parts, self._save_end, save_remote, self.retry_queue.add, save_in_fallback)

    async def _save_parts(self, message: Message) -> None:
        with saved_later():
            await self._database.run(lambda connection: MessageRepository(connection).save_parts(message))
        await self._unsaved.written(message.id)

    async def _save_end(self, message: Message) -> None:
        with saved_later():
            await self._database.run(lambda connection: MessageRepository(connection).finish(message))
        await self._unsaved.written(message.id)
