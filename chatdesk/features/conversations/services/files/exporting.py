"""Export of chats and messages as text, for the clipboard and for files in one of the `chat_formats.py`.

The conversion takes time in proportion to the chat, so it runs on a thread.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import DocumentPart, Message
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import save_bytes

if TYPE_CHECKING:
    from chatdesk.features.conversations.services.files.chat_documents import ChatDocuments
    from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, ExportLabels
    from chatdesk.kernel.documents.document_text import DocumentText

_MAX_PICTURE_BYTES = 64 * 1024 * 1024
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""In one file: what is larger would not be read again (`presets/importing/limits.py`)."""


class Exporting:
    """One instance per program. The result is empty for a chat or message that does not exist."""

    def __init__(
        self,
        conversations: Conversations,
        chat: Chat,
        now: Callable[[], datetime],
        attachments: Attachments,
        find_server: Callable[[str], ServerConfig | None] = lambda _id: None,
    ) -> None:
        self._find_server = find_server
        self._attachments = attachments
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def turns(self, conversation_id: str, labels: "ExportLabels", *, plain: bool = False) -> str:
        """Return the current path as Markdown without front matter, or as plain text."""
        from chatdesk.features.conversations.services.files.chat_markdown import (  # noqa: PLC0415 - start-up time
            messages_markdown,
        )

        path, _ = await self._chat.path(conversation_id)
        cited = await asyncio.to_thread(_cited, path)
        markdown = await asyncio.to_thread(messages_markdown, path, labels, cited=cited)
        return await asyncio.to_thread(_plain_text, markdown) if plain else markdown

    async def text(
        self,
        conversation_id: str,
        chat_format: "ChatFormat",
        labels: "ExportLabels",
        message_id: str = "",
        *,
        with_files_at: Path | None = None,
    ) -> str:
        """Return the content of a file: the chat, or one message of it.

        `with_files_at` is the path of the file if it should come with the files of the documents: embedded in it, or copied into a folder
        next to it. Raises `StorageError` if they cannot be copied.
        """
        from chatdesk.features.conversations.services.files.chat_documents import (  # noqa: PLC0415 - start-up time
            NO_CHAT_DOCUMENTS,
        )
        from chatdesk.features.conversations.services.files.chat_settings import (  # noqa: PLC0415 - start-up time
            NO_SETTINGS,
            ChatSettings,
        )
        from chatdesk.features.conversations.services.files.exported_chat import (  # noqa: PLC0415 - likewise
            ExportedChat,
        )

        path, _ = await self._chat.path(conversation_id)
        messages = await self._messages(conversation_id, chat_format, message_id)
        copies: Mapping[str, str] = {}
        if with_files_at and not chat_format.embeds_documents:
            copies = await self._copy_documents(messages, with_files_at)
        conversation = self._conversations.find(conversation_id)
        exported = ExportedChat(
            messages,
            self._conversations.title(conversation_id),
            message_id or (conversation.head_id if conversation else None),
            await self._pictures_of(messages),
            await self._documents_of(messages, with_files=with_files_at is not None)
            if chat_format.embeds_documents
            else NO_CHAT_DOCUMENTS,
            copies,
            {} if chat_format.embeds_documents else await asyncio.to_thread(_cited, path, message_id),
            ChatSettings.of(conversation) if conversation and not message_id else NO_SETTINGS,
            labels,
            self._now(),
            self._find_server,
        )
        return await asyncio.to_thread(chat_format.write, exported)

    async def files_of(
        self, conversation_id: str, chat_format: "ChatFormat", message_id: str = ""
    ) -> tuple[DocumentPart, ...]:
        """Return the different documents of a chat, or of one message of it, whose files could come with it."""
        messages = await self._messages(conversation_id, chat_format, message_id)
        return tuple(_with_files(messages).values())

    async def _messages(self, conversation_id: str, chat_format: "ChatFormat", message_id: str) -> tuple[Message, ...]:
        if chat_format.all_branches:
            messages = await self._chat.messages(conversation_id)
        else:
            messages, _ = await self._chat.path(conversation_id)
        return tuple(message for message in messages if not message_id or message.id == message_id)

    async def _pictures_of(self, messages: Sequence[Message]) -> Mapping[str, Picture]:
        """Return the pictures to embed, prepared for sending, that is, without location data of the camera.

        Pictures beyond the size limit of a file are only named.
        """
        found: dict[str, Picture] = {}
        remaining = _MAX_PICTURE_BYTES
        for part in (part for message in messages for part in message.pictures):
            picture = await self._attachments.to_send(part) if part.sha256 not in found else None
            if picture and len(picture.data) <= remaining:
                found[part.sha256] = picture
                remaining -= len(picture.data)
        return found

    async def _documents_of(self, messages: Sequence[Message], *, with_files: bool) -> "ChatDocuments":
        """Return the texts of the documents, and their files if wanted. What is beyond the size limit of a file is only named."""
        from chatdesk.features.conversations.services.files.chat_documents import (  # noqa: PLC0415 - start-up time
            ChatDocuments,
        )

        texts: dict[str, DocumentText] = {}
        files: dict[str, bytes] = {}
        remaining = MAX_DOCUMENT_BYTES
        documents = [each for message in messages for each in message.documents]
        for key in dict.fromkeys(key for each in documents for key in (each.text_sha256, each.summary_sha256) if key):
            text = await self._attachments.documents.stored_text(key)
            if text and text.length <= remaining:
                texts[key] = text
                remaining -= text.length
        for sha256, document in _with_files(messages).items() if with_files else ():
            data = await self._file(sha256) if document.size <= remaining else None
            if data and len(data) <= remaining:
                files[sha256] = data
                remaining -= len(data)
        return ChatDocuments(texts, files)

    async def _copy_documents(self, messages: Sequence[Message], path: Path) -> Mapping[str, str]:
        """Copy the documents into a folder next to the file, and return their paths relative to it, by hash."""
        copies: dict[str, str] = {}
        folder = path.with_name(f"{path.stem}_files")
        for sha256, document in _with_files(messages).items():
            if data := await self._file(sha256):
                name = await asyncio.to_thread(_free_name, folder, safe_file_name(document.name) or sha256[:8], data)
                await save_bytes(folder / name, data)
                copies[sha256] = f"{folder.name}/{name}"
        return copies

    async def _file(self, sha256: str) -> bytes | None:
        return await asyncio.to_thread(self._attachments.read, sha256)


def _with_files(messages: Iterable[Message]) -> dict[str, DocumentPart]:
    """Return the documents that have files, by hash."""
    return {each.sha256: each for message in messages for each in message.documents if each.sha256}


def _cited(path: Sequence[Message], message_id: str = "") -> Mapping[int, DocumentPart]:
    from chatdesk.features.chat.services.citations import cited_documents  # noqa: PLC0415 - start-up time

    return cited_documents(path, message_id)


def _free_name(folder: Path, name: str, data: bytes) -> str:
    """Create the folder, and return a name in it that is free or belongs to the same content."""
    with storage_errors(folder):
        folder.mkdir(exist_ok=True)
        stem, suffix = PurePath(name).stem, PurePath(name).suffix
        names = chain([name], (f"{stem} ({number}){suffix}" for number in count(2)))
        return next(each for each in names if not (folder / each).exists() or _holds(folder / each, data))


def _holds(path: Path, data: bytes) -> bool:
    with suppress(FileTooLarge, NotARegularFile):
        return read_whole(path, len(data)) == data
    return False


def _plain_text(markdown: str) -> str:
    from chatdesk.rendering.export.plain_text import to_plain_text  # noqa: PLC0415 - start-up time
    from chatdesk.rendering.markdown.markdown import parse  # noqa: PLC0415 - likewise

    return to_plain_text(parse(markdown))
