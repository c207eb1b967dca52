"""Changes to a chat that ask no model: showing versions, deleting and restoring, editing answers, branching."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.message_trees import Deletion, MessageTree, deletion_of, is_question
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash


class Branches:
    """Changes the message trees of chats and announces that through `chat`.

    Messages that no longer exist are ignored. One per program.
    """

    def __init__(
        self, database: Database, conversations: Conversations, chat: Chat, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def show_sibling(self, message_id: str, step: int) -> None:
        """Show the next (+1) or previous (-1) version of a message and what was last shown below it.

        Does nothing while an answer is being written in this chat: its path must stay visible.
        """
        message = await self._chat.find(message_id)
        if message is None:
            return
        async with self._chat.trees.changing(message.conversation_id) as tree:
            known = tree.find(message_id)
            if known is None or self._chat.is_answering(known.conversation_id):
                return
            siblings = tree.siblings(known)
            index = siblings.index(known) + step
            if 0 <= index < len(siblings):
                await self._remember_leaf(tree, known)
                leaf_id = await self._leaf_below(tree, siblings[index])
                await self._move_head(known.conversation_id, leaf_id)

    async def show_message(self, conversation_id: str, message_id: str) -> None:
        """Show a path that contains this message, unless the current one does or an answer is being written."""
        async with self._chat.trees.changing(conversation_id) as tree:
            message = tree.find(message_id)
            head_id = self._conversations.get(conversation_id).head_id
            if message is None or self._chat.is_answering(conversation_id):
                return
            if head_id is None or not tree.is_below(head_id, message_id):
                await self._move_head(conversation_id, tree.newest_leaf(message).id)

    async def delete(self, message_id: str) -> Deletion | None:
        """Move a message and the messages that depend on it (see `message_trees.py`) to the trash, stopping an answer among them.

        Return the value that restores it; None if it no longer exists.
        """
        message = await self._chat.find(message_id)
        while message is not None:
            conversation_id = message.conversation_id
            async with self._chat.trees.changing(conversation_id) as tree:
                known = tree.find(message_id)
                if known is None:
                    return None
                conversation = self._conversations.find(conversation_id)
                deletion = deletion_of(tree, known, conversation.head_id if conversation else None)
                growing = self._chat.growing_answer(conversation_id)
                if growing is None or growing.id not in deletion.deleted:
                    await self._move_to_trash(tree, deletion)
                    return deletion
            await self._chat.stop_and_wait(conversation_id)
        return None

    async def restore_deleted(self, deletion: Deletion) -> None:
        """Undo `delete`, whatever was done since: children of a message return to it unless they were moved again."""
        conversation_id = deletion.conversation_id
        conversation = self._conversations.find(conversation_id)
        if conversation is None:
            return
        async with self._chat.trees.changing(conversation_id) as tree:
            if deletion.deleted[0] in tree:
                return
            moved = [
                (child_id, old_parent_id)
                for child_id, old_parent_id in deletion.moved
                if (child := tree.find(child_id)) and child.parent_id == deletion.parent_id
            ]
            head_id = conversation.head_id
            end_exists = deletion.head_before in deletion.deleted or tree.find(deletion.head_before)
            if end_exists and head_id == deletion.head_after and not self._chat.is_answering(conversation_id):
                head_id = deletion.head_before
            elif head_id is None:  # nothing is shown because its parent has been deleted since
                head_id = deletion.deleted[-1]
            restored = await self._database.run(
                lambda connection: MessageTrash(connection).restore(deletion, moved, head_id)
            )
            for message in restored:
                tree.add(message)
            for child_id, old_parent_id in moved:
                tree.move(child_id, old_parent_id)
            await self._move_head(conversation_id, head_id)

    async def edit_answer(self, message_id: str, text: str) -> str | None:
        """Create another version of an answer with the user's text; the messages that followed the old version follow the new one.

        Return the id of the new version, for `undo_edit`; None if the answer does not exist or is still being
        written.
        """
        message = await self._chat.find(message_id)
        if message is None:
            return None
        conversation_id = message.conversation_id
        async with self._chat.trees.changing(conversation_id) as tree:
            old = tree.find(message_id)
            if old is None or old.state is MessageState.STREAMING or is_question(old):
                return None
            failed = old.state is MessageState.FAILED
            edited = replace(
                old.with_text(text),
                id=uuid.uuid4().hex,
                created_at=self._now(),
                state=MessageState.COMPLETE if failed else old.state,
                usage=None,
                failure=None,
            )
            added = await self._database.run(
                lambda connection: MessageRepository(connection).add_in_place_of(old.id, edited)
            )
            children = tree.children(old.id)
            tree.add(added)
            for child in children:
                tree.move(child.id, added.id)
            head_id = self._conversations.get(conversation_id).head_id
            await self._move_head(conversation_id, added.id if head_id == old.id else head_id)
            return added.id

    async def undo_edit(self, old_id: str, new_id: str) -> Deletion | None:
        """Move a version created by `edit_answer` to the trash; its followers follow the old version again.

        None if either does not exist.
        """
        message = await self._chat.find(new_id)
        if message is None:
            return None
        conversation_id = message.conversation_id
        async with self._chat.trees.changing(conversation_id) as tree:
            if tree.find(old_id) is None or tree.find(new_id) is None:
                return None
            head_id = self._conversations.get(conversation_id).head_id
            deletion = Deletion(
                conversation_id=conversation_id,
                deleted=(new_id,),
                moved=tuple((child.id, new_id) for child in tree.children(new_id)),
                parent_id=old_id,
                head_before=head_id,
                head_after=old_id if head_id == new_id else head_id,
            )
            await self._move_to_trash(tree, deletion)
            return deletion

    async def branch(self, message_id: str, title: str) -> Conversation | None:
        """Create a chat from the path down to a message and return it; None if the message or its chat does not exist.

        An answer being written is copied in its current state.
        """
        message = await self._chat.find(message_id)
        source = self._conversations.find(message.conversation_id) if message else None
        if source is None:
            return None
        tree = await self._chat.trees.of(source.id)
        growing = self._chat.growing_answer(source.id)
        path = [growing if growing and each.id == growing.id else each for each in tree.path(message_id)]
        conversation_id, now = uuid.uuid4().hex, self._now()
        copies = _copies(path, conversation_id)
        return await self._conversations.add_complete(
            Conversation(
                conversation_id,
                title,
                now,
                now,
                head_id=copies[-1].id if copies else None,
                model=source.model,
                instructions=source.instructions,
                answer_length=source.answer_length,
                preset=source.preset,
                folder_id=source.folder_id,
                thinking=source.thinking,
                parameters=source.parameters,
                context=replace(source.context, summary=None),  # it refers to messages of the other chat
            ),
            copies,
        )

    async def duplicate(self, conversation_id: str, title: str) -> Conversation | None:
        """Create a copy of a chat with all its branches and return it; None if the chat does not exist.

        An answer being written is copied in its current state.
        """
        source = self._conversations.find(conversation_id)
        if source is None:
            return None
        tree = await self._chat.trees.of(source.id)
        growing = self._chat.growing_answer(source.id)
        messages = [each for root in tree.children(None) for each in tree.branch(root.id)]
        shown = [growing if growing and each.id == growing.id else each for each in messages]
        ids = {message.id: uuid.uuid4().hex for message in shown}
        id_, now = uuid.uuid4().hex, self._now()
        copies = [_copy(message, id_, ids[message.id], ids.get(message.parent_id or "")) for message in shown]
        return await self._conversations.add_complete(
            replace(
                source,
                id=id_,
                title=title,
                created_at=now,
                updated_at=now,
                head_id=ids.get(source.head_id or ""),
                draft="",
                draft_attachments=(),
                pinned=False,
                queued=(),
                unread_id="",
                context=replace(source.context, summary=None),  # it refers to messages of the other chat
            ),
            copies,
        )

    async def _move_to_trash(self, tree: MessageTree, deletion: Deletion) -> None:
        now = self._now()
        await self._database.run(lambda connection: MessageTrash(connection).trash(deletion, now))
        for child_id, _ in deletion.moved:
            tree.move(child_id, deletion.parent_id)
        for message_id in deletion.deleted:
            tree.remove(message_id)
        await self._move_head(deletion.conversation_id, deletion.head_after)

    async def _remember_leaf(self, tree: MessageTree, message: Message) -> None:
        """Record where the path ends below a message, for returning to it later."""
        head_id = self._conversations.get(message.conversation_id).head_id
        if head_id and tree.is_below(head_id, message.id):
            await self._database.run(
                lambda connection: MessageRepository(connection).remember_leaf(message.id, head_id)
            )

    async def _leaf_below(self, tree: MessageTree, message: Message) -> str:
        """Return the end of the path last shown below a message, or of the newest one."""
        leaf_id = await self._database.run(lambda connection: MessageRepository(connection).leaf_of(message.id))
        if leaf_id and leaf_id in tree and tree.is_below(leaf_id, message.id):
            return tree.newest_leaf(tree.path(leaf_id)[-1]).id
        return tree.newest_leaf(message).id

    async def _move_head(self, conversation_id: str, head_id: str | None) -> None:
        await self._conversations.set_head(conversation_id, head_id)
        self._chat.changes.announce(PathChanged(conversation_id))


def _copies(path: Sequence[Message], conversation_id: str) -> list[Message]:
    """Return the messages of a path as a single path of another conversation."""
    copies: list[Message] = []
    for message in path:
        copies.append(_copy(message, conversation_id, uuid.uuid4().hex, copies[-1].id if copies else None))
    return copies


def _copy(message: Message, conversation_id: str, id_: str, parent_id: str | None) -> Message:
    state = MessageState.STOPPED if message.state is MessageState.STREAMING else message.state
    return replace(message, id=id_, conversation_id=conversation_id, parent_id=parent_id, state=state)
