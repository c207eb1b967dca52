"""Import of a chat from a file: read it in a separate process, show its content, and save it as a new chat on request."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.files.chat_documents import (
    NO_CHAT_DOCUMENTS,
    ChatDocuments,
    ImportedFile,
    ImportedText,
    stored,
)
from chatdesk.features.conversations.services.files.chat_reading import ChatHead, ChatRecord, ImportedMessage
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.instructions import GivenInstructions
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message, Part
from chatdesk.kernel.errors.attachment_errors import AttachmentError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.running_work import JobKind, RunningWork

_BATCH_SIZE = 100
"""Number of messages to create before the event loop continues."""

ReadChat = Callable[[Path, Callable[[ChatRecord], None]], Awaitable[bool]]
"""Reads a file in a separate process and passes on its records; returns whether it was read to the end. Cancelling ends the process."""


@dataclass(frozen=True, slots=True)
class OfferedChat:
    """The content of a file before it is saved."""

    file: str
    title: str
    messages: tuple[ImportedMessage, ...]
    head: str
    left_out: int
    """Number of messages, pictures, files and sources that cannot be imported."""
    settings: ChatSettings = NO_SETTINGS
    given: Mapping[str, GivenInstructions] = field(default_factory=dict)
    """The instructions that answers were given, by the keys in the messages."""
    contents: ChatDocuments = NO_CHAT_DOCUMENTS
    """The texts and files of documents."""

    @property
    def pictures(self) -> int:
        """The number of pictures."""
        return sum(len(message.pictures) for message in self.messages)

    @property
    def documents(self) -> int:
        """The number of different documents."""
        return len({document.identity for each in self.messages for document in each.message.documents})


class ChatImport:
    """Reads and imports chat files. `now` returns aware UTC time."""

    def __init__(
        self,
        conversations: Conversations,
        attachments: Attachments,
        read: ReadChat,
        now: Callable[[], datetime],
        work: RunningWork | None = None,
    ) -> None:
        self._conversations = conversations
        self._attachments = attachments
        self._read = read
        self._now = now
        self._work = work or RunningWork()

    async def read(self, path: Path) -> OfferedChat:
        """Return the content of a file without saving it. Raises `ImportRefused`."""
        name = shown_name(path.name)
        records: list[ChatRecord] = []
        is_complete = await self._read(path, records.append)
        for refused in records:
            if isinstance(refused, ImportRefused):
                raise refused
        messages = tuple(each for each in records if isinstance(each, ImportedMessage))
        heads = [each for each in records if isinstance(each, ChatHead)]
        if not is_complete or not heads or not messages:
            raise ImportRefused(ImportProblem.GAVE_UP, name)
        contents = ChatDocuments(
            {each.key: each.text for each in records if isinstance(each, ImportedText) and each.text},
            {each.sha256: each.data for each in records if isinstance(each, ImportedFile) and each.data},
        )
        left_out = heads[0].skipped + sum(len(message.lost) for message in messages) + _lost_texts(messages, contents)
        return OfferedChat(
            name, heads[0].title, messages, heads[0].head, left_out, heads[0].settings, heads[0].given, contents
        )

    async def add(self, offered: OfferedChat) -> Conversation:
        """Save the content as a new chat, completely or not at all. Raises `StorageError`."""
        with self._work.begin(JobKind.IMPORT, lambda: offered.title or offered.file):
            return await self._add(offered)

    async def _add(self, offered: OfferedChat) -> Conversation:
        now = self._now()
        ids = {message.id: uuid.uuid4().hex for message in offered.messages}
        chat = offered.settings.applied_to(
            Conversation(uuid.uuid4().hex, offered.title, now, now, head_id=_head_id(offered, ids))
        )
        files, texts = await self._store(offered.contents)
        messages: list[Message] = []
        for number, each in enumerate(offered.messages):
            if number % _BATCH_SIZE == 0:
                await asyncio.sleep(0)
            messages.append(
                replace(
                    each.message,
                    id=ids[each.id],
                    conversation_id=chat.id,
                    parent_id=ids.get(each.parent),
                    parts=await self._parts(each, files, texts),
                    instructions=offered.given.get(each.given),
                )
            )
        added = await self._conversations.add_complete(chat, messages)
        documents = {each.text_sha256: each for message in messages for each in message.documents if each.text_sha256}
        for document in documents.values():
            self._attachments.documents.passages.index_soon(document)
        return added

    async def _store(self, contents: ChatDocuments) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Store the files and texts of documents. Return the hashes of both, by their keys in the chat."""
        if contents == NO_CHAT_DOCUMENTS:
            return {}, {}
        documents = self._attachments.documents
        files = {key: await documents.keep_file(data) for key, data in contents.files.items()}
        texts = {key: await documents.keep_text(text) for key, text in contents.texts.items()}
        return files, texts

    async def _parts(
        self, imported: ImportedMessage, files: Mapping[str, str], texts: Mapping[str, str]
    ) -> tuple[Part, ...]:
        """Return the parts of a message with its pictures and documents stored. What did not come with the chat is omitted."""
        parts: list[Part] = []
        for index, part in enumerate(imported.message.parts):
            if isinstance(part, DocumentPart):
                document = stored(part, files, texts)
                if document.text:  # a file of an earlier version
                    document = await self._attachments.documents.with_text(document)
                if document.sha256 or document.text_sha256:
                    parts.append(document)
            elif index not in imported.pictures or not isinstance(part, ImagePart):
                parts.append(part)
            else:
                with suppress(AttachmentError):
                    parts.append(await self._attachments.add_data(imported.pictures[index], part.name))
        return tuple(parts)


def _lost_texts(messages: Sequence[ImportedMessage], contents: ChatDocuments) -> int:
    """Return the number of documents whose text did not come with the chat."""
    documents = (document for each in messages for document in each.message.documents if not document.text)
    return len({document.identity for document in documents if document.text_sha256 not in contents.texts})


def _head_id(offered: OfferedChat, ids: dict[str, str]) -> str:
    """Return the new ID of the last message of the shown path: the one named by the file, or else the last message."""
    return ids.get(offered.head) or ids[offered.messages[-1].id]
