"""Saving answers to disk, with retries for final states that could not be written."""

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

RETRY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class SaveRetryQueue:
    """Retries writing the final state of answers. `save` writes one and raises `StorageError` while that fails."""

    def __init__(self, save: Callable[[Message], Awaitable[object]]) -> None:
        self._save = save
        self._waiting: dict[str, Message] = {}
        self._logged: set[str] = set()
        """Ids of messages whose unexpected error has been logged; they are retried often and logged once."""
        self._retry_task: asyncio.Task[None] | None = None

    def add(self, message: Message) -> None:
        """Queue a message to be written as soon as possible."""
        self._waiting[message.id] = message
        if self._retry_task is None or self._retry_task.done():
            self._retry_task = asyncio.get_running_loop().create_task(self._retry(), name="retry saving answers")

    def forget(self, message_id: str) -> Message | None:
        """Cancel writing a message because it is about to change, and return it; None if it was not queued."""
        self._logged.discard(message_id)
        return self._waiting.pop(message_id, None)

    async def close(self) -> None:
        """Try a last time and stop."""
        if self._retry_task:
            self._retry_task.cancel()
            await asyncio.wait([self._retry_task])
        await self._try_once()
        if self._waiting:
            _log.error("The final states of %d answers were never saved", len(self._waiting))

    async def _retry(self) -> None:
        while self._waiting:
            await asyncio.sleep(RETRY_SECONDS)
            await self._try_once()

    async def _try_once(self) -> None:
        """Try each message once.

        A `StorageError` affects all of them and ends the attempt; any other error affects only its message.
        """
        for message in tuple(self._waiting.values()):
            if self._waiting.get(message.id) is not message:
                continue  # removed while another one was being written
            try:
                await self._save(message)
            except StorageError:
                return
            except Exception:  # noqa: BLE001 - an error with one answer must not lose the others
                if message.id not in self._logged:
                    self._logged.add(message.id)
                    _log.exception("The final state of an answer could not be saved because of an internal error")
                continue
            if self._waiting.get(message.id) is message:
                del self._waiting[message.id]


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
        await self._database.run(lambda connection: MessageRepository(connection).save_parts(message))
        await self._unsaved.written(message.id)

    async def _save_end(self, message: Message) -> None:
        await self._database.run(lambda connection: MessageRepository(connection).finish(message))
        await self._unsaved.written(message.id)
