"""A computer with a database, which takes part in the synchronisation: its user edits, and bundles come and go as lists of records."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.features.previews.services.edited_version_repository import EditedVersionRepository
from chatdesk.features.sync.domain.operations import Operation
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.merging import Merged, Merging
from chatdesk.features.sync.files.records import operation_in, to_record
from chatdesk.features.sync.files.written_bundles import (
    forget_written,
    note_written,
    send_small_again,
    written_bundles,
)
from chatdesk.kernel.chat.conversation import Conversation, Folder, TitleOrigin
from chatdesk.kernel.chat.message import Attachment, Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.message_trees import Deletion, MessageTree, deletion_of
from chatdesk.storage.database.chat_trash import ChatTrash
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from tests.unit.storage.samples import connect_in_memory

BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)


class Computer:
    """`number` from 1 to 9. Its clock is `ahead` of the others; `now` is in seconds since the beginning of the test."""

    def __init__(self, number: int, connection: sqlite3.Connection | None = None, ahead: float = 0.0) -> None:
        self.id = f"{number:016x}"
        self.connection = connection or connect_in_memory()
        self.now = 0.0
        self.ahead = ahead
        self.bundles: list[list[str]] = []
        """What it has written, as lines of JSON."""
        self._by_number: dict[int, list[str]] = {}
        self.deletions: list[Deletion] = []
        self.removed_code: list[EditedVersion] = []

    def close(self) -> None:
        self.connection.close()

    # Synchronisation.

    @property
    def log(self) -> ChangeLog:
        return ChangeLog(self.connection, self.milliseconds)

    def milliseconds(self) -> int:
        return round(self.moment.timestamp() * 1000)

    @property
    def moment(self) -> datetime:
        return BEGINNING + timedelta(seconds=self.now + self.ahead)

    def begin(self) -> None:
        with self.transaction():
            self.log.begin(self.id)

    def end(self) -> None:
        with self.transaction():
            self.log.end()

    def record(self) -> None:
        more = True
        while more:
            with self.transaction():
                more = self.log.record_some()

    def write(self, max_bytes: int = 1_000_000, *, in_small: bool = False) -> None:
        """Write bundles with all changes that were not written yet."""
        self.record()
        while True:
            with self.transaction():
                operations, sent = self.log.unsent(max_bytes)
                if not sent:
                    return
                self.bundles.append([json.dumps(to_record(each)) for each in operations])
                number = self.log.next_bundle()
                self._by_number[number] = self.bundles[-1]
                note_written(self.connection, number, is_small=in_small)
                self.log.mark_sent(sent, in_small=in_small)

    def begin_join(self) -> bool:
        """Mark some of what is in small bundles as not sent; return whether there may be more."""
        with self.transaction():
            return send_small_again(self.connection)

    def join(self, *, in_small: bool = False) -> None:
        """Write what is in small bundles once more, in place of them."""
        while self.begin_join():
            pass
        self.write(in_small=in_small)
        self.delete_replaced()

    def delete_replaced(self) -> None:
        """Delete the bundles that were joined, after everything was written."""
        with self.transaction():
            for number in written_bundles(0, 0, self.connection).replaced:
                replaced = self._by_number[number]
                self.bundles = [bundle for bundle in self.bundles if bundle is not replaced]
                forget_written([number], self.connection)

    def compact(self) -> None:
        """Write everything once more, in place of the bundles before."""
        with self.transaction():
            self.log.send_again()
        self.bundles.clear()
        self.write()

    def read(self, other: "Computer", bundle: Iterable[str]) -> Merged:
        """Merge what another computer has written."""
        operations: list[Operation] = [operation_in(json.loads(line), self.milliseconds()) for line in bundle]
        return self.merge(operations)

    def merge(self, operations: Iterable[Operation]) -> Merged:
        with self.transaction():
            return Merging(self.connection, self.milliseconds).merge(operations)

    # What the user does.

    def add_chat(self, id_: str, title: str = "") -> None:
        with self.transaction():
            origin = TitleOrigin.USER if title else TitleOrigin.QUESTION
            chat = Conversation(id_, title, self.moment, self.moment, title_origin=origin)
            ConversationRepository(self.connection).add(chat)

    def ask(
        self, chat: str, id_: str, text: str, parent: str | None = None, attachments: tuple[Attachment, ...] = ()
    ) -> None:
        """Add a complete message and show it."""
        parts = (*attachments, TextPart(text))
        self._add(Message(id_, chat, parent, 0, Role.USER, parts, MessageState.COMPLETE, self.moment))

    def answer(self, chat: str, id_: str, text: str, parent: str | None, state: MessageState) -> None:
        self._add(Message(id_, chat, parent, 0, Role.ASSISTANT, (TextPart(text),), state, self.moment))

    def _add(self, message: Message) -> None:
        with self.transaction():
            MessageRepository(self.connection).add(message)
            self.connection.execute(
                "UPDATE conversations SET head_id = ? WHERE id = ?", (message.id, message.conversation_id)
            )

    def continue_answer(self, id_: str, text: str, state: MessageState = MessageState.STOPPED) -> None:
        with self.transaction():
            messages = MessageRepository(self.connection)
            old = messages.get(id_)
            again = replace(old, state=MessageState.STREAMING)
            messages.update(again)
            messages.finish(replace(again, parts=(TextPart(old.text + text),), state=state))

    def edit_answer(self, id_: str, new_id: str, text: str) -> None:
        """Edit an answer as the program does: another version, to which what follows is moved."""
        with self.transaction():
            messages = MessageRepository(self.connection)
            old = messages.get(id_)
            edited = replace(old.with_text(text), id=new_id, created_at=self.moment, state=MessageState.COMPLETE)
            messages.add_in_place_of(id_, edited)

    def delete_message(self, chat: str, id_: str) -> None:
        with self.transaction():
            tree = MessageTree(MessageRepository(self.connection).of_conversation(chat))
            message = tree.find(id_)
            if message:
                head = ConversationRepository(self.connection).get(chat).head_id
                deletion = deletion_of(tree, message, head)
                MessageTrash(self.connection).trash(deletion, self.moment)
                self.deletions.append(deletion)

    def undo_deletion(self) -> None:
        """Undo the last deletion of messages, if what it has deleted is still in the trash."""
        if not self.deletions:
            return
        deletion = self.deletions.pop()
        with self.transaction():
            tree = MessageTree(MessageRepository(self.connection).of_conversation(deletion.conversation_id))
            if all(id_ not in tree and self._is_stored(id_) for id_ in deletion.deleted):
                moved = [
                    (id_, parent)
                    for id_, parent in deletion.moved
                    if (child := tree.find(id_)) and child.parent_id == deletion.parent_id
                ]
                MessageTrash(self.connection).restore(deletion, moved, deletion.deleted[0])

    def _is_stored(self, message_id: str) -> bool:
        return self.connection.execute("SELECT 1 FROM messages WHERE id = ?", (message_id,)).fetchone() is not None

    def change_chat(self, id_: str, **changes: object) -> None:
        with self.transaction():
            chats = ConversationRepository(self.connection)
            chats.update(replace(chats.get(id_), **changes))  # type: ignore[arg-type]

    def delete_chat(self, id_: str) -> None:
        with self.transaction():
            ChatTrash(self.connection).trash_chats([id_], self.moment)

    def restore_chat(self, id_: str) -> None:
        with self.transaction():
            ChatTrash(self.connection).restore_chats([id_], BEGINNING - timedelta(days=9999))

    def remove_chat_for_good(self, id_: str) -> None:
        with self.transaction():
            hidden, messages = HiddenChats(self.connection), MessageRepository(self.connection)
            hidden.hide(id_, self.moment)
            for number in hidden.message_numbers(id_):
                messages.remove(number)
            hidden.remove(id_)

    def keep_folder(self, id_: str, name: str, instructions: str = "") -> None:
        with self.transaction():
            FolderRepository(self.connection).save(Folder(id_, name, 0.0, instructions=instructions))

    def delete_folder(self, id_: str) -> None:
        with self.transaction():
            trash = ChatTrash(self.connection)
            chats = self.connection.execute("SELECT id FROM conversations WHERE folder_id = ?", (id_,)).fetchall()
            trash.trash_chats([chat for (chat,) in chats], self.moment, with_folder=True)
            trash.trash_folder(id_, self.moment)

    def trashed_folders(self) -> list[str]:
        rows = self.connection.execute("SELECT id FROM folders WHERE deleted_at IS NOT NULL ORDER BY id")
        return [id_ for (id_,) in rows]

    def restore_folder(self, id_: str) -> None:
        with self.transaction():
            ChatTrash(self.connection).restore_folder(id_, BEGINNING - timedelta(days=9999))

    def folders(self) -> dict[str, str]:
        """Return the names of the folders that are shown."""
        return {folder.id: folder.name for folder in FolderRepository(self.connection).list()}

    def move(self, chat: str, folder: str | None) -> None:
        with self.transaction():
            chats = ConversationRepository(self.connection)
            FolderRepository(self.connection).place([replace(chats.get(chat), folder_id=folder)])

    def edit_code(self, message: str, text: str, place: int = 0) -> None:
        with self.transaction():
            (number,) = self.connection.execute(
                "SELECT coalesce(max(own_versions.number), 0) + 1 FROM own_versions "
                "JOIN messages ON messages.number = message_number WHERE id = ?",
                (message,),
            ).fetchone()
            version = EditedVersion(message, number, place, self.moment, (EditedFile("a.html", text),))
            EditedVersionRepository(self.connection).add(version)

    def remove_code(self, message: str, position: int = -1) -> EditedVersion:
        """Remove a version of code that was edited, the newest one by default."""
        versions = [each for each in self.code(message) if each.message_id == message]
        with self.transaction():
            EditedVersionRepository(self.connection).remove(versions[position])
        self.removed_code.append(versions[position])
        return versions[position]

    def add_code_again(self, version: EditedVersion) -> None:
        """Add a version that was removed, with the same content, if its message is still there and it is not."""
        if not any(each.files == version.files for each in self.code(version.message_id)):
            with self.transaction():
                EditedVersionRepository(self.connection).add(version)

    def code(self, message: str) -> tuple[EditedVersion, ...]:
        """Return the versions of code that was edited in the chat of a message."""
        row = self.connection.execute("SELECT conversation_id FROM messages WHERE id = ?", (message,)).fetchone()
        return EditedVersionRepository(self.connection).of_conversation(row[0]) if row else ()

    def transaction(self) -> "_Transaction":
        return _Transaction(self.connection)

    # What the user sees.

    def chat(self, id_: str) -> Conversation:
        return ConversationRepository(self.connection).get(id_)

    def messages(self, chat: str) -> tuple[Message, ...]:
        return MessageRepository(self.connection).of_conversation(chat)

    def texts(self, chat: str) -> list[str]:
        return [message.text for message in self.messages(chat)]

    def path(self, chat: str) -> list[str]:
        return [message.text for message in ChatTrash(self.connection).path(chat)]

    def trashed_chats(self) -> set[str]:
        rows = self.connection.execute("SELECT id FROM conversations WHERE deleted_at IS NOT NULL")
        return {id_ for (id_,) in rows}

    def trash(self) -> set[str]:
        """Return the ids of the items in *Recently deleted*."""
        return {item.id for item in ChatTrash(self.connection).list(BEGINNING - timedelta(days=9999))}

    def everything(self, without: Collection[str] = ()) -> dict[str, object]:
        """Return all that is shared, for comparing it with another computer. Some chats are left out."""
        chats = {
            row[0]: (
                row[1:],
                [
                    (id_, parent, role, state, deleted, self._parts(number))
                    for id_, number, parent, role, state, deleted in self.connection.execute(
                        "SELECT id, number, parent_id, role, state, deleted_at FROM messages "
                        "WHERE conversation_id = ? ORDER BY sequence",
                        (row[0],),
                    )
                ],
            )
            for row in self.connection.execute(
                "SELECT id, title, title_origin, pinned, deleted_at, deleted_with_folder, created_at, folder_id, system_prompt, "
                "thinking, answer_length, parameters FROM conversations ORDER BY id"
            )
            if row[0] not in without
        }
        folders = self.connection.execute(
            "SELECT id, name, instructions, deleted_at FROM folders ORDER BY id"
        ).fetchall()
        versions = self.connection.execute(
            "SELECT id, place, made_at, files, conversation_id FROM own_versions "
            "JOIN messages ON messages.number = message_number ORDER BY id, made_at, place, files"
        ).fetchall()
        return {
            "chats": chats,
            "folders": folders,
            "versions": [
                (id_, place, made, json.loads(files))
                for id_, place, made, files, chat in versions
                if chat not in without
            ],
        }

    def _parts(self, number: int) -> list[tuple[object, ...]]:
        rows = self.connection.execute(
            "SELECT kind, text, metadata FROM parts WHERE message_number = ? ORDER BY position, segment", (number,)
        ).fetchall()
        return [(kind, text, json.loads(metadata)) for kind, text, metadata in rows]


class _Transaction:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._connection.execute("ROLLBACK" if kind else "COMMIT")


def exchange(*computers: Computer) -> None:
    """Let each computer write what it has, and read everything of the others."""
    for computer in computers:
        computer.write()
    for reader in computers:
        for writer in computers:
            if writer is not reader:
                for bundle in writer.bundles:
                    reader.read(writer, bundle)
