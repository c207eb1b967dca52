"""The message trees in memory: read once, then updated together with the rows on disk."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.message_trees import MessageTree
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository

_BATCH_SIZE = 100
"""Messages."""
_MAX_CACHED = 2
"""Trees kept although nobody references them: those of the chat being shown and of the previous one."""


class MessageTrees:
    """A cache of message trees that never holds two trees of the same chat, so that no change is missed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._referenced: WeakValueDictionary[str, MessageTree] = WeakValueDictionary()
        self._cached: OrderedDict[str, MessageTree] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, conversation_id: str) -> MessageTree:
        """Return the tree of a chat for reading, once no change is in progress."""
        async with self._lock(conversation_id):
            return await self._get_or_load(conversation_id)

    @asynccontextmanager
    async def changing(self, conversation_id: str) -> AsyncGenerator[MessageTree, None]:
        """Lock the tree of a chat for a change; the caller writes to disk first, then changes the tree."""
        async with self._lock(conversation_id):
            tree = await self._get_or_load(conversation_id)
            try:
                yield tree
            except BaseException:
                self.forget(conversation_id)  # the state on disk is unknown now
                raise

    def forget(self, conversation_id: str) -> None:
        """Read the tree of a chat again when it is next needed."""
        self._referenced.pop(conversation_id, None)
        self._cached.pop(conversation_id, None)

    async def add(self, conversation_id: str, messages: Iterable[Message]) -> None:
        """Add messages that were written to disk by others to the tree of a chat, if it is in memory."""
        async with self._lock(conversation_id):
            if tree := self._referenced.get(conversation_id):
                for message in messages:
                    if message.id not in tree:
                        tree.add(message)

    async def remove(self, conversation_id: str, message_ids: Sequence[str]) -> None:
        """Remove messages that were removed on disk by others, children last, from the tree of a chat if it is in memory."""
        async with self._lock(conversation_id):
            if tree := self._referenced.get(conversation_id):
                for message_id in reversed(message_ids):
                    if message_id in tree:
                        tree.remove(message_id)

    @asynccontextmanager
    async def merging(self, conversation_id: str) -> AsyncGenerator[None, None]:
        """Lock a chat while messages from elsewhere are written to disk; a tree in memory is read again afterwards."""
        async with self._lock(conversation_id):
            try:
                yield
            finally:
                if tree := self._referenced.get(conversation_id):
                    tree.reload(await self._read(conversation_id))

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        return lock

    async def _get_or_load(self, conversation_id: str) -> MessageTree:
        tree = self._referenced.get(conversation_id)
        if tree is None:
            tree = self._referenced[conversation_id] = MessageTree(await self._read(conversation_id))
        return self._cache(conversation_id, tree)

    async def _read(self, conversation_id: str) -> list[Message]:
        """Read the messages in batches, so that other database work does not wait for a large chat."""
        numbers = await self._database.run(
            lambda connection: MessageRepository(connection).numbers_of_conversation(conversation_id)
        )
        messages: list[Message] = []
        for start in range(0, len(numbers), _BATCH_SIZE):
            messages += await self._read_batch(numbers[start : start + _BATCH_SIZE])
        return messages

    async def _read_batch(self, numbers: Sequence[int]) -> tuple[Message, ...]:
        return await self._database.run(lambda connection: MessageRepository(connection).numbered(numbers))

    def _cache(self, conversation_id: str, tree: MessageTree) -> MessageTree:
        self._cached[conversation_id] = tree
        self._cached.move_to_end(conversation_id)
        while len(self._cached) > _MAX_CACHED:
            self._cached.popitem(last=False)
        return tree
