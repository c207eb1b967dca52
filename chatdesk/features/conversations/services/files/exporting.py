"""Export of chats and messages as text, for the clipboard and for files in one of the `chat_formats.py`.

The conversion takes time in proportion to the chat, so it runs on a thread.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.request_pictures import ReadText, ToSend
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.servers.server import ServerConfig

if TYPE_CHECKING:
    from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, ExportLabels

_MAX_PICTURE_BYTES = 64 * 1024 * 1024


class Exporting:
    """One instance per program. The result is empty for a chat or message that does not exist."""

    def __init__(
        self,
        conversations: Conversations,
        chat: Chat,
        now: Callable[[], datetime],
        to_send: ToSend,
        read_text: ReadText,
        find_server: Callable[[str], ServerConfig | None] = lambda _id: None,
    ) -> None:
        self._find_server = find_server
        self._to_send = to_send
        self._read_text = read_text
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def turns(self, conversation_id: str, labels: "ExportLabels", *, plain: bool = False) -> str:
        """Return the current path as Markdown without front matter, or as plain text."""
        from chatdesk.features.conversations.services.files.chat_markdown import (  # noqa: PLC0415 - start-up time
            messages_markdown,
        )

        path, _ = await self._chat.path(conversation_id)
        markdown = await asyncio.to_thread(messages_markdown, path, labels)
        return await asyncio.to_thread(_plain_text, markdown) if plain else markdown

    async def text(
        self, conversation_id: str, chat_format: "ChatFormat", labels: "ExportLabels", message_id: str = ""
    ) -> str:
        """Return the content of a file: the chat, or one message of it."""
        from chatdesk.features.conversations.services.files.chat_settings import (  # noqa: PLC0415 - start-up time
            NO_SETTINGS,
            ChatSettings,
        )
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - likewise
            ExportedChat,
        )

        if chat_format.all_branches:
            messages = await self._chat.messages(conversation_id)
        else:
            messages, _ = await self._chat.path(conversation_id)
        if message_id:
            messages = tuple(message for message in messages if message.id == message_id)
        conversation = self._conversations.find(conversation_id)
        exported = ExportedChat(
            messages,
            self._conversations.title(conversation_id),
            message_id or (conversation.head_id if conversation else None),
            await self._pictures_of(messages),
            await self._texts_of(messages),
            ChatSettings.of(conversation) if conversation and not message_id else NO_SETTINGS,
            labels,
            self._now(),
            self._find_server,
        )
        return await asyncio.to_thread(chat_format.write, exported)

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

    async def _texts_of(self, messages: Sequence[Message]) -> Mapping[str, str]:
        """Return the texts of the documents, by hash."""
        found: dict[str, str] = {}
        for part in (part for message in messages for part in message.documents):
            if part.text_sha256 not in found and (text := await self._read_text(part)):
                found[part.text_sha256] = "\n\n".join(section.text for section in text.sections)
        return found


def _plain_text(markdown: str) -> str:
    from chatdesk.rendering.export.plain_text import to_plain_text  # noqa: PLC0415 - start-up time
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - likewise

    return to_plain_text(parse(markdown))
