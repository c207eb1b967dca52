"""Changes a chat without asking any model: shows versions, deletes and brings back, edits answers, makes a chat of a path."""

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
    """One per program. Changes are announced by `chat`. A message that is gone already is passed over."""

    def __init__(
        self, database: Database, conversations: Conversations, chat: Chat, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._conversations = conversations
        self._chat = chat
        self._now = now

    async def show_sibling(self, message_id: str, step: int) -> None:
        """Show the next (+1) or previous (-1) version of a message, and below it what was last shown there.

        Not while an answer is being written in this chat: its path is not left.
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
                await self._leave(tree, known)
                leaf_id = await self._leaf_below(tree, siblings[index])
                await self._move_head(known.conversation_id, leaf_id)

    async def show_message(self, conversation_id: str, message_id: str) -> None:
        """Show a path this message is on, unless it is on the one shown. The path of an answer being written is not left."""
        async with self._chat.trees.changing(conversation_id) as tree:
            message = tree.find(message_id)
            head_id = self._conversations.get(conversation_id).head_id
            if message is None or self._chat.is_answering(conversation_id):
                return
            if head_id is None or not tree.is_below(head_id, message_id):
                await self._move_head(conversation_id, tree.newest_leaf(message).id)

    async def delete(self, message_id: str) -> Deletion | None:
        """Put a message into the trash, with what makes no sense without it (`message_trees.py`). An answer being written among that ends.

        The value returned brings it back; None if it was gone already.
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
                if growing is None or growing.id not in deletion.gone:
                    await self._take(tree, deletion)
                    return deletion
            await self._chat.stop_and_wait(conversation_id)
        return None

    async def bring_back(self, deletion: Deletion) -> None:
        """Undo `delete`, whatever was done since: what stood below a message goes back there unless it was moved on."""
        conversation_id = deletion.conversation_id
        conversation = self._conversations.find(conversation_id)
        if conversation is None:
            return
        async with self._chat.trees.changing(conversation_id) as tree:
            if deletion.gone[0] in tree:
                return
            moved = [
                (child_id, old_parent_id)
                for child_id, old_parent_id in deletion.moved
                if (child := tree.find(child_id)) and child.parent_id == deletion.parent_id
            ]
            head_id = conversation.head_id
            end_is_there = deletion.head_before in deletion.gone or tree.find(deletion.head_before)
            if end_is_there and head_id == deletion.head_after and not self._chat.is_answering(conversation_id):
                head_id = deletion.head_before
            elif head_id is None:  # nothing is shown, for what it follows has been deleted since
                head_id = deletion.gone[-1]
            restored = await self._database.run(
                lambda connection: MessageTrash(connection).give_back(deletion, moved, head_id)
            )
            for message in restored:
                tree.add(message)
            for child_id, old_parent_id in moved:
                tree.move(child_id, old_parent_id)
            await self._move_head(conversation_id, head_id)

    async def edit_answer(self, message_id: str, text: str) -> str | None:
        """Make another version of an answer, saying what the user wants it to say; what followed the old one follows it now.

        Returns the id of the new version, for `undo_edit`; None if the answer is gone or still being written.
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
            followers = tree.children(old.id)
            tree.add(added)
            for child in followers:
                tree.move(child.id, added.id)
            head_id = self._conversations.get(conversation_id).head_id
            await self._move_head(conversation_id, added.id if head_id == old.id else head_id)
            return added.id

    async def undo_edit(self, old_id: str, new_id: str) -> Deletion | None:
        """Put what `edit_answer` made into the trash; what follows it follows the old version again. None if either is gone."""
        message = await self._chat.find(new_id)
        if message is None:
            return None
        conversation_id = message.conversation_id
        async with self._chat.trees.changing(conversation_id) as tree:
            if tree.find(old_id) is None or tree.find(new_id) is None:
                return None
            head_id = self._conversations.get(conversation_id).head_id
            undoing = Deletion(
                conversation_id=conversation_id,
                gone=(new_id,),
                moved=tuple((child.id, new_id) for child in tree.children(new_id)),
                parent_id=old_id,
                head_before=head_id,
                head_after=old_id if head_id == new_id else head_id,
            )
            await self._take(tree, undoing)
            return undoing

    async def branch(self, message_id: str, title: str) -> Conversation | None:
        """Make another chat of the path down to a message, and return it. An answer being written is copied as far as it has come."""
        message = await self._chat.find(message_id)
        source = self._conversations.find(message.conversation_id) if message else None
        if source is None:
            return None
        tree = await self._chat.trees.of(source.id)
        growing = self._chat.growing_answer(source.id)
        path = [growing if growing and each.id == growing.id else each for each in tree.path(message_id)]
        conversation_id, now = uuid.uuid4().hex, self._now()
        copies = _copies(path, conversation_id)
        return await self._conversations.take_in(
            Conversation(
                conversation_id,
                title,
                now,
                now,
                head_id=copies[-1].id if copies else None,
                model=source.model,
                system_prompt=source.system_prompt,
                preset=source.preset,
                folder_id=source.folder_id,
                thinking=source.thinking,
                parameters=source.parameters,
                context=replace(source.context, summary=None),  # it names messages of the other chat
            ),
            copies,
        )

    async def _take(self, tree: MessageTree, deletion: Deletion) -> None:
        moment = self._now()
        await self._database.run(lambda connection: MessageTrash(connection).take(deletion, moment))
        for child_id, _ in deletion.moved:
            tree.move(child_id, deletion.parent_id)
        for message_id in deletion.gone:
            tree.remove(message_id)
        await self._move_head(deletion.conversation_id, deletion.head_after)

    async def _leave(self, tree: MessageTree, message: Message) -> None:
        """Note where the path ends below a message, for when one comes back to it."""
        head_id = self._conversations.get(message.conversation_id).head_id
        if head_id and tree.is_below(head_id, message.id):
            await self._database.run(
                lambda connection: MessageRepository(connection).remember_leaf(message.id, head_id)
            )

    async def _leaf_below(self, tree: MessageTree, message: Message) -> str:
        """Return the end of the path that was last shown below a message, or else of the newest one."""
        leaf_id = await self._database.run(lambda connection: MessageRepository(connection).leaf_of(message.id))
        if leaf_id and leaf_id in tree and tree.is_below(leaf_id, message.id):
            return tree.newest_leaf(tree.path(leaf_id)[-1]).id
        return tree.newest_leaf(message).id

    async def _move_head(self, conversation_id: str, head_id: str | None) -> None:
        await self._conversations.set_head(conversation_id, head_id)
        self._chat.changes.announce(PathChanged(conversation_id))


def _copies(path: Sequence[Message], conversation_id: str) -> list[Message]:
    """Return the messages of a path as those of another conversation, one below the other."""
    copies: list[Message] = []
    for message in path:
        copies.append(
            replace(
                message,
                id=uuid.uuid4().hex,
                conversation_id=conversation_id,
                parent_id=copies[-1].id if copies else None,
                state=MessageState.STOPPED if message.state is MessageState.STREAMING else message.state,
            )
        )
    return copies
