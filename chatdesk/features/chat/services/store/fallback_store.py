"""Writes answers and drafts to a second database while the first cannot be written. See `unsaved.py`."""

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

_WRITTEN_WITHIN_SECONDS = 0.2
"""Longer than any write of ours should take. Another program may hold the file for seconds; what is to be saved is half a second old by
now, and making the other file takes a moment too."""

_log = logging.getLogger(__name__)


class FallbackStore:
    """Raises nothing: if the second database cannot be written either, or there is none, answers and drafts stay in memory only."""

    def __init__(self, unsaved: "Lazy[Unsaved] | None" = None) -> None:
        self._unsaved = unsaved

    async def keep(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Keep the answer that ends a path, as it stands, and what led to it."""
        if self._unsaved:
            await _quietly(self._unsaved.get().keep(conversation, path))

    async def keep_draft(self, conversation: Conversation) -> None:
        """Keep what is typed in a chat."""
        if self._unsaved:
            await _quietly(self._unsaved.get().keep_draft(conversation))

    async def written(self, key: str) -> None:
        """Forget the answer, or the draft of the chat, that has this id: it is where it belongs."""
        if self._unsaved and (made := self._unsaved.made):
            await _quietly(made.written(key))

    async def close(self) -> None:
        """Let go of the file; what is in it stays for the next start."""
        if self._unsaved and (made := self._unsaved.made):
            await _quietly(made.close())


async def written_or_kept(write: Awaitable[object], keep: Callable[[], Awaitable[None]]) -> None:
    """Wait for a write. Where it takes long, or fails, `keep` keeps what is shown meanwhile. Raises what the write raises."""
    writing = asyncio.ensure_future(write)
    try:
        while not (await asyncio.wait([writing], timeout=_WRITTEN_WITHIN_SECONDS))[0]:
            await keep()
        await writing
    except StorageError:
        await keep()
        raise
    finally:
        writing.cancel()


async def _quietly(work: Coroutine[None, None, None]) -> None:
    try:
        await work
    except StorageError as error:
        _log.error("What is not saved could not be kept beside the chats: %r", error)
