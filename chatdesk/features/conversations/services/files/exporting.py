"""Export of chats and messages as text, for the clipboard and for files: `chat_markdown.py`, `chat_json.py`.

The conversion takes time in proportion to the chat, so it runs on a thread.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.request_pictures import ToSend
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.servers.server import ServerConfig

if TYPE_CHECKING:
    from chatdesk.features.conversations.services.files.chat_markdown import ExportLabels

_MAX_PICTURE_BYTES = 64 * 1024 * 1024


class Exporting:
    """One instance per program. The result is empty for a chat or message that does not exist."""

    def __init__(
        self,
        conversations: Conversations,
        chat: Chat,
        now: Callable[[], datetime],
        to_send: ToSend,
        find_server: Callable[[str], ServerConfig | None] = lambda _id: None,
    ) -> None:
        self._find_server = find_server
        self._to_send = to_send
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def turns(self, conversation_id: str, labels: "ExportLabels") -> str:
        """Return the current path as Markdown without front matter."""
        from chatdesk.features.conversations.services.files.chat_markdown import (  # noqa: PLC0415 - start-up time
            messages_markdown,
        )

        path, _ = await self._chat.path(conversation_id)
        return await asyncio.to_thread(messages_markdown, path, labels)

    async def markdown(self, conversation_id: str, labels: "ExportLabels", message_id: str = "") -> str:
        """Return a Markdown file of the current path or of one message."""
        from chatdesk.features.conversations.services.files.chat_markdown import (  # noqa: PLC0415 - start-up time
            chat_markdown,
        )

        messages, _ = await self._chat.path(conversation_id)
        title = self._conversations.title(conversation_id)
        chosen = _chosen(messages, message_id)
        pictures = await self._pictures_of(chosen)
        return await asyncio.to_thread(chat_markdown, chosen, title, self._now(), labels, pictures)

    async def json(self, conversation_id: str, message_id: str = "") -> str:
        """Return a JSON file of the chat with all branches, or of one message."""
        from chatdesk.features.conversations.services.files.chat_json import chat_json  # noqa: PLC0415 - start-up time
        from chatdesk.features.conversations.services.files.chat_settings import (  # noqa: PLC0415 - start-up time
            NO_SETTINGS,
            ChatSettings,
        )

        messages = _chosen(await self._chat.messages(conversation_id), message_id)
        conversation = self._conversations.find(conversation_id)
        head_id = message_id or (conversation.head_id if conversation else None)
        pictures = await self._pictures_of(messages)
        title = self._conversations.title(conversation_id)
        settings = ChatSettings.of(conversation) if conversation and not message_id else NO_SETTINGS
        return await asyncio.to_thread(chat_json, messages, title, head_id, pictures, settings, self._find_server)

    async def _pictures_of(self, messages: Sequence[Message]) -> Mapping[str, Picture]:
        """Return the pictures to embed, prepared for sending, that is, without location data of the camera.

        Pictures beyond the size limit of a file are only named.
        """
        found: dict[str, Picture] = {}
        remaining = _MAX_PICTURE_BYTES
        for part in (part for message in messages for part in message.pictures):
            picture = await self._to_send(part) if part.sha256 not in found else None
            if picture and len(picture.data) <= remaining:
                found[part.sha256] = picture
                remaining -= len(picture.data)
        return found


def _chosen(messages: tuple[Message, ...], message_id: str) -> tuple[Message, ...]:
    return tuple(message for message in messages if message.id == message_id) if message_id else messages
