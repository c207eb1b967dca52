"""Saving of the chats that the import process sends: all of them, or nothing.

Rows are written in short batches, out of sight (`storage/database/merging.py`). Pictures and documents are stored before their message: if
the import ends early, they are removed like all files that nothing refers to.
"""

import asyncio
import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import Loss
from chatdesk.features.conversations.services.files.chat_documents import ImportedFile, ImportedText, stored
from chatdesk.features.conversations.services.files.chat_reading import ChatEnd, ChatHead, ChatRecord, ImportedMessage
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message, Part
from chatdesk.kernel.errors.attachment_errors import AttachmentError, DocumentReaderNotStarted
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.merging import Addition, KnownChat, Merging
from chatdesk.storage.database.message_repository import MessageRepository

_GROUP_MESSAGES = 16
_GROUP_CHARACTERS = 16_000
"""Maximum size of what is written with one statement: about a millisecond."""

_LOSSES = {"image": Loss.PICTURE, "file": Loss.DOCUMENT, "sources": Loss.SOURCE, "text": Loss.SHORTENED}
"""What `ImportedMessage.lost` names."""

_Write = Callable[[Connection], object]
NONE_STAGED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the messages of an incoming chat belong."""

    chat_id: str
    """The chat here: a new one, or one that exists."""
    new_ids: Mapping[str, str]
    """The IDs that the messages which are not here yet get, by those in the source."""
    known: KnownChat | None = None
    """None for a new chat."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """The IDs of all messages here, by those in the source."""


def target_of(
    connection: Connection, chat_id: str, message_ids: Sequence[str], staged: Mapping[str, str] = NONE_STAGED
) -> Target:
    """Find out where a chat belongs.

    It is the chat here that has its ID or, for a file without an ID of its own, the one that has its first message. If a message has the ID
    of one in another chat, the chat and its messages get other IDs, the same ones in each import. `staged` has the chats to which the
    messages in hidden chats will be added.
    """
    merging = Merging(connection)
    owners = merging.owners(message_ids)
    chats = {staged.get(owner, owner) for owner in owners.values()}
    known = merging.chats([chat_id]).get(chat_id)
    if known is None and message_ids and (owner := owners.get(message_ids[0])):
        owner = staged.get(owner, owner)
        known = merging.chats([owner]).get(owner)
    here = known.id if known else chat_id
    ids = {id_: id_ for id_ in message_ids}
    if chats - {here}:
        here = chat_id if here == chat_id and known else _other_id(chat_id)
        ids = {id_: _other_id(here, id_) for id_ in message_ids}
        known = merging.chats([here]).get(here)
        owners = merging.owners(ids.values())
    return Target(here, {id_: new for id_, new in ids.items() if new not in owners}, known, ids)


def _other_id(*names: str) -> str:
    named = "\0".join(("chatdesk-other", *names))
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(slots=True)
class Saved:
    """What an import has written so far."""

    chats: dict[str, Conversation] = field(default_factory=dict)
    """The new chats."""
    counts: dict[str, int] = field(default_factory=dict)
    """The number of messages of each new chat."""
    sources: dict[str, str] = field(default_factory=dict)
    """The IDs of new chats in their preview, by their own."""
    additions: dict[str, Addition] = field(default_factory=dict)
    """New messages of chats that exist."""
    restored: dict[str, KnownChat] = field(default_factory=dict)
    """Chats in the trash."""
    hidden: list[str] = field(default_factory=list)
    messages: int = 0
    pictures: int = 0
    documents: list[DocumentPart] = field(default_factory=list)
    received: dict[str, int] = field(default_factory=dict)
    """The largest number of messages of each chat in the source, by its ID there."""
    lost: dict[Loss, list[str]] = field(default_factory=dict)
    """The titles of the chats of which something could not be saved."""

    def has_received(self, shown: ChatSummary) -> bool:
        """Return whether a chat came with as many messages as it was shown with."""
        return self.received.get(shown.id, -1) >= shown.messages


class ChatSaving:
    """Saves the chats of one import, hidden under `import_id`. `now` returns aware UTC time."""

    def __init__(
        self, database: Database, attachments: Attachments, now: Callable[[], datetime], import_id: str
    ) -> None:
        self.saved = Saved()
        self.import_id = import_id
        self._database = database
        self._attachments = attachments
        self._now = now
        self._writing: _ChatInWriting | None = None
        self._writes: list[_Write] = []
        self._targets: dict[str, Target] = {}
        """Those of the next chats."""
        self._unwritten: set[str] = set()
        """The IDs of the chats and messages in `_writes` and `_group`."""
        self._group: list[Message] = []
        self._group_size = 0
        self._pictures: dict[str, ImagePart | None] = {}
        """The pictures stored by this import by their content: the same one may be in many messages."""

    async def save_records(self, records: Sequence[ChatRecord]) -> None:
        """Save some more records. Raises `StorageError`, or `DocumentReaderNotStarted`: no picture is left out for lack of memory."""
        await self._find_targets(record for record in records if isinstance(record, ChatHead))
        for record in records:
            match record:
                case ChatHead():
                    await self._begin(record)
                case ImportedMessage():
                    await self._add(record)
                case ImportedFile() | ImportedText():
                    await self._save_file(record)
                case ChatEnd():
                    self._end()
                case _:
                    pass  # a refused source is reported by the caller
        await self._write()

    async def _write(self) -> None:
        self._close_group()
        writes, self._writes = self._writes, []
        self._unwritten.clear()
        await self._database.run_in_batches(writes, lambda connection, write: write(connection))

    async def _find_targets(self, heads: Iterable[ChatHead]) -> None:
        """Look for the targets of several chats at once, except of those that have IDs of one before them, which is not saved yet."""
        seen = {self._writing.head.id, *self._writing.head.message_ids} if self._writing else set[str]()
        distinct: list[ChatHead] = []
        for head in heads:
            if seen.isdisjoint(ids := (head.id, *head.message_ids)):
                distinct.append(head)
            seen.update(ids)
        if distinct:
            self._targets = dict(zip((head.id for head in distinct), await self._targets_of(distinct), strict=True))

    async def _target_of(self, head: ChatHead) -> Target:
        if not self._unwritten.isdisjoint((head.id, *head.message_ids)):
            await self._write()
        return (await self._targets_of([head]))[0]

    async def _targets_of(self, heads: Sequence[ChatHead]) -> list[Target]:
        staged = {staging: each.conversation_id for staging, each in self.saved.additions.items()}
        return await self._database.run(
            lambda connection: [target_of(connection, head.id, head.message_ids, staged) for head in heads]
        )

    async def _begin(self, head: ChatHead) -> None:
        received = self.saved.received
        received[head.id] = max(received.get(head.id, 0), len(head.message_ids))
        target = self._targets.pop(head.id, None) or await self._target_of(head)
        created_at = head.created_at or head.updated_at or self._now()
        chat = head.settings.applied_to(
            Conversation(target.chat_id, head.title, created_at, head.updated_at or created_at, pinned=head.pinned)
        )
        writing = self._writing = _ChatInWriting(head, target, chat)
        known = target.known
        if known and known.deleted_at and not known.hidden_by:
            self.saved.restored[known.id] = known
        if known and known.hidden_by:  # from another file of this import
            writing.sequence = self.saved.counts.get(known.id, 0)
        elif known is None:
            self.saved.chats[chat.id] = chat
            self.saved.counts[chat.id] = 0
            self.saved.sources[chat.id] = head.id
            self._hide(chat)
        elif target.new_ids:
            writing.row_chat = uuid.uuid4().hex
            self._hide(replace(chat, id=writing.row_chat))

    def _hide(self, chat: Conversation) -> None:
        self.saved.hidden.append(chat.id)
        self._unwritten.add(chat.id)
        self._writes.append(lambda connection: HiddenChats(connection).add(chat, self.import_id))

    async def _add(self, imported: ImportedMessage) -> None:
        writing = self._writing
        if writing is None or not (id_ := writing.target.new_ids.get(imported.id)) or id_ in writing.written:
            return
        parts = (
            await self._parts(imported) if imported.pictures or imported.message.documents else imported.message.parts
        )
        parent = writing.target.ids.get(imported.parent)
        is_there = parent in writing.written or imported.parent not in writing.target.new_ids
        message = replace(
            imported.message,
            id=id_,
            conversation_id=writing.row_chat,
            parent_id=parent if is_there else None,
            sequence=writing.sequence,
            parts=parts,
            instructions=writing.head.instructions.get(imported.instructions_key),
        )
        for kind in imported.lost:
            self._lose(_LOSSES[kind])
        writing.written[id_] = None
        self._unwritten.add(id_)
        writing.sequence += 1
        self.saved.messages += 1
        if writing.row_chat in self.saved.counts:
            self.saved.counts[writing.row_chat] += 1
        self._group.append(message)
        self._group_size += sum(len(getattr(part, "text", "")) for part in parts)
        if len(self._group) >= _GROUP_MESSAGES or self._group_size > _GROUP_CHARACTERS:
            self._close_group()

    def _close_group(self) -> None:
        if self._group:
            group, self._group, self._group_size = self._group, [], 0
            self._writes.append(lambda connection: MessageRepository(connection).add_all(group))

    def _end(self) -> None:
        writing, self._writing = self._writing, None
        if writing is None:
            return
        self._close_group()
        target, row_chat = writing.target, writing.row_chat
        last = next(reversed(writing.written), "")
        head = target.ids.get(writing.head.head, "")
        if row_chat != target.chat_id:
            self.saved.additions[row_chat] = Addition(target.chat_id, row_chat, head or last, writing.chat.updated_at)
        elif last and (chat := self.saved.chats.get(row_chat)):
            head = head if head in writing.written else last
            self.saved.chats[row_chat] = replace(chat, head_id=head)
            self._writes.append(lambda connection: HiddenChats(connection).set_head(row_chat, head))
        elif target.known is None:  # without a message
            del self.saved.chats[row_chat]
            self._writes.append(lambda connection: HiddenChats(connection).remove(row_chat))

    # Files

    async def _save_file(self, record: ImportedFile | ImportedText) -> None:
        writing = self._writing
        if writing is None or not writing.target.new_ids:
            return
        documents = self._attachments.documents
        if isinstance(record, ImportedFile) and record.data:
            writing.files[record.sha256] = await documents.save_file(record.data)
        elif isinstance(record, ImportedText) and record.text:
            writing.texts[record.key] = await documents.save_text(record.text)

    async def _parts(self, imported: ImportedMessage) -> tuple[Part, ...]:
        """Return the parts of a message with its pictures and documents stored. What did not come with the chat is left out."""
        parts: list[Part | None] = []
        for index, part in enumerate(imported.message.parts):
            if isinstance(part, DocumentPart):
                parts.append(await self._document(part))
            elif index in imported.pictures and isinstance(part, ImagePart):
                parts.append(await self._picture(imported.pictures[index], part.name))
            else:
                parts.append(part)
        return tuple(part for part in parts if part is not None)

    async def _picture(self, data: bytes, name: str) -> ImagePart | None:
        key = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
        if key not in self._pictures:
            try:
                self._pictures[key] = await self._attachments.add_data(data, name)
            except DocumentReaderNotStarted:
                raise
            except AttachmentError:
                self._pictures[key] = None
        picture = self._pictures[key]
        if picture is None:
            self._lose(Loss.PICTURE)
            return None
        self.saved.pictures += 1
        return replace(picture, name=name)

    async def _document(self, part: DocumentPart) -> DocumentPart | None:
        writing = self._writing
        assert writing is not None  # noqa: S101 - only called for its messages
        document = stored(part, writing.files, writing.texts)
        if document.text:
            document = await self._attachments.documents.with_text(document)
        elif document.sha256 and not document.text_sha256:
            document = await self._read(document)
        if not document.sha256 and not document.text_sha256:
            self._lose(Loss.DOCUMENT)
            return None
        self.saved.documents.append(document)
        return document

    async def _read(self, document: DocumentPart) -> DocumentPart:
        """Return a document with its text; without one if it cannot be read."""
        data = await asyncio.to_thread(self._attachments.read, document.sha256)
        try:
            return await self._attachments.documents.add(data or b"", document.name)
        except DocumentReaderNotStarted:
            raise
        except AttachmentError:
            return document

    def _lose(self, loss: Loss) -> None:
        if self._writing:
            self.saved.lost.setdefault(loss, []).append(self._writing.head.title)


class _ChatInWriting:
    """The chat whose records are arriving. `row_chat` is the hidden chat that gets its rows."""

    def __init__(self, head: ChatHead, target: Target, chat: Conversation) -> None:
        self.head = head
        self.target = target
        self.chat = chat
        self.row_chat = target.chat_id
        self.sequence = 0
        self.written: dict[str, None] = {}
        """The IDs of the messages written, in order."""
        self.files: dict[str, str] = {}
        self.texts: dict[str, str] = {}
