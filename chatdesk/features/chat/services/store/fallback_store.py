"""A fallback for answers and drafts while the main database cannot be written; see `unsaved.py`."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.lazy import Lazy

if TYPE_CHECKING:
    from chatdesk.features.chat.services.store.unsaved import Unsaved

_WRITE_TIMEOUT_SECONDS = 0.2
"""Longer than a normal write takes.

Another program may lock the file for seconds. By then the data is half a second old, and opening the fallback
database takes time as well.
"""

_log = logging.getLogger(__name__)


class FallbackStore:
    """Stores answers and drafts in the fallback database. Raises nothing.

    If that database cannot be written either, or there is none, they stay in memory only.
    """

    def __init__(self, unsaved: "Lazy[Unsaved] | None" = None) -> None:
        self._unsaved = unsaved

    async def save(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Store the answer that ends a path in its current state, with the messages before it."""
        if self._unsaved:
            await _log_storage_errors(self._unsaved.get().save(conversation, path))

    async def save_draft(self, conversation: Conversation) -> None:
        """Store the draft of a chat."""
        if self._unsaved:
            await _log_storage_errors(self._unsaved.get().save_draft(conversation))

    async def written(self, key: str) -> None:
        """Remove the answer or the draft with this id: it is in the main database now."""
        if self._unsaved and (made := self._unsaved.created):
            await _log_storage_errors(made.written(key))

    async def close(self) -> None:
        """Close the file; its content stays for the next start."""
        if self._unsaved and (made := self._unsaved.created):
            await _log_storage_errors(made.close())


async def write_or_fall_back(write: Awaitable[object], fall_back: Callable[[], Awaitable[None]]) -> None:
    """Await a write, calling `fall_back` while it takes long or if it fails. Raises what the write raises."""
    writing = asyncio.ensure_future(write)
    try:
        while not (await asyncio.wait([writing], timeout=_WRITE_TIMEOUT_SECONDS))[0]:
            await fall_back()
        await writing
    except StorageError:
        await fall_back()
        raise
    finally:
        writing.cancel()


async def _log_storage_errors(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except StorageError as error:
        _log.error("Unsaved text could not be written to the fallback database: %r", error)
