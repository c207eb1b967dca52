"""Lets the built-in engine read a chat while the user is still writing, so that the next answer begins sooner.

Only our own engine, and only while it is idle with the model in memory (`Connections.read_ahead`). Nothing is stored or logged.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from chatdesk.features.chat.services.chat import Chat
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import ENGINE_READ_AHEAD
from chatdesk.kernel.settings.store import Settings

_DELAY = 0.4
"""Seconds that a chat must stay open first: someone who leafs through chats does not want them read."""


class ReadingAhead:
    """Reads one chat at a time. `read` sends a request to the engine; `is_on_battery` may block briefly."""

    def __init__(
        self,
        chat: Chat,
        settings: Settings,
        read: Callable[[ModelRef, ChatRequest], Awaitable[bool]],
        is_on_battery: Callable[[], bool],
        delay: float = _DELAY,
    ) -> None:
        self._chat = chat
        self._settings = settings
        self._read = read
        self._is_on_battery = is_on_battery
        self._delay = delay
        self._task: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()
        """Held while something is read: what was cancelled takes a moment to end."""

    def begin(self, conversation: Conversation, model: ModelRef, thinking: Thinking) -> None:
        """Read a chat in place of the previous one. It may be new and have only instructions."""
        self.cancel()
        self._task = asyncio.get_running_loop().create_task(self._run(conversation, model, thinking), name="read ahead")

    def cancel(self) -> None:
        """Stop reading."""
        if task := self._task:
            self._task = (
                None  # a second cancellation would interrupt the end of the first, and the engine would still be busy
            )
            task.cancel()

    async def close(self) -> None:
        """Stop reading, and return when it has ended."""
        self.cancel()
        async with self._lock:
            pass

    async def _run(self, conversation: Conversation, model: ModelRef, thinking: Thinking) -> None:
        await asyncio.sleep(self._delay)
        async with self._lock:
            if self._chat.is_answering(conversation.id) or not await self._is_allowed():
                return
            with suppress(ChatdeskError):  # the question itself reports it
                request = await self._chat.request_ahead(conversation, model, thinking)
                if request:
                    await self._read(model, request)

    async def _is_allowed(self) -> bool:
        choice = self._settings.get(ENGINE_READ_AHEAD)
        return choice == "always" or (choice == "plugged-in" and not await asyncio.to_thread(self._is_on_battery))
