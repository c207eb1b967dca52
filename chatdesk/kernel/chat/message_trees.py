"""The messages of a conversation as a tree, and what deleting from it removes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from chatdesk.kernel.chat.conversation import path_to
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.fast_dataclass import dataclass

# The tree is queried and changed one message at a time, regardless of its size. It is not concerned with what is stored on disk.


class MessageTree:
    """A mutable tree of messages. Code that changes the database must change the tree as well. Children are ordered by `sequence`."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._messages: dict[str, Message] = {}
        self._children: dict[str | None, list[str]] = {}
        for message in messages:
            self.add(message)

    def __len__(self) -> int:
        return len(self._messages)

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._messages

    def find(self, message_id: str | None) -> Message | None:
        """Return a message, or None if it is not in the tree."""
        return self._messages.get(message_id) if message_id else None

    def all(self) -> tuple[Message, ...]:
        """Return all messages, ordered by `sequence`."""
        return tuple(sorted(self._messages.values(), key=lambda message: message.sequence))

    def add(self, message: Message) -> None:
        """Add a message."""
        self._messages[message.id] = message
        family = self._children.setdefault(message.parent_id, [])
        family.append(message.id)
        if len(family) > 1 and self._messages[family[-2]].sequence > message.sequence:
            family.sort(key=lambda sibling: self._messages[sibling].sequence)

    def change(self, message: Message) -> None:
        """Replace a message with another version at the same position; do nothing if it is not in the tree."""
        if known := self._messages.get(message.id):
            moved = message.parent_id != known.parent_id
            self._messages[message.id] = replace(message, parent_id=known.parent_id) if moved else message

    def reload(self, messages: Iterable[Message]) -> None:
        """Replace all messages with those on disk. One that is being written stays as it is, because memory is ahead of the disk."""
        written = {each.id: each for each in self._messages.values() if each.state is MessageState.STREAMING}
        self._messages.clear()
        self._children.clear()
        for message in messages:
            ahead = written.get(message.id)
            self.add(
                replace(ahead, parent_id=message.parent_id, sequence=message.sequence) if ahead is not None else message
            )

    def remove(self, message_id: str) -> None:
        """Remove a message. The caller must take care of its children."""
        message = self._messages.pop(message_id)
        self._children[message.parent_id].remove(message_id)

    def move(self, message_id: str, parent_id: str | None) -> None:
        """Move a message with its descendants under another parent."""
        message = self._messages[message_id]
        self._children[message.parent_id].remove(message_id)
        self.add(replace(message, parent_id=parent_id))

    def path(self, head_id: str | None) -> tuple[Message, ...]:
        """Return the messages from the first one to `head_id`."""
        return path_to(self._messages, head_id)

    def children(self, message_id: str | None) -> tuple[Message, ...]:
        """Return the children of a message; for None, all first messages."""
        return tuple(self._messages[child] for child in self._children.get(message_id, ()))

    def siblings(self, message: Message) -> tuple[Message, ...]:
        """Return all versions of a message, including the given one: the children of its parent that have the same kind."""
        family = self.children(message.parent_id)
        return tuple(other for other in family if is_question(other) is is_question(message))

    def position(self, message: Message) -> tuple[int, int]:
        """Return the index of a message among its versions, from 0, and the number of versions."""
        family = self._children.get(message.parent_id, ())
        if len(family) < 2:  # true for most messages of a long chat
            return 0, 1
        siblings = [sibling.id for sibling in self.siblings(message)]
        return siblings.index(message.id), len(siblings)

    def positions(self, path: Iterable[Message]) -> dict[str, tuple[int, int]]:
        """Return `position` by id for every message of `path` that has other versions."""
        found = ((message.id, self.position(message)) for message in path)
        return {message_id: position for message_id, position in found if position[1] > 1}

    def newest_leaf(self, start: Message) -> Message:
        """Return the last message of the path from `start` that always follows the newest child."""
        leaf, seen = start, {start.id}
        while children := self._children.get(leaf.id):
            if children[-1] in seen:  # a damaged tree may contain a cycle
                break
            leaf = self._messages[children[-1]]
            seen.add(leaf.id)
        return leaf

    def is_below(self, message_id: str, ancestor_id: str) -> bool:
        """Return whether a message is `ancestor_id` or one of its descendants."""
        return any(message.id == ancestor_id for message in self.path(message_id))

    def branch(self, message_id: str) -> tuple[Message, ...]:
        """Return a message and all its descendants. No message precedes its parent."""
        found = [self._messages[message_id]]
        seen = {message_id}
        for message in found:  # extended during iteration
            below = [child for child in self.children(message.id) if child.id not in seen]
            seen.update(child.id for child in below)
            found += below
        return tuple(found)


def is_question(message: Message) -> bool:
    """Return whether the message is from the user; all others are answers."""
    return message.role is Role.USER


# Deletion of a message as one value, which can be applied and undone.
#
# A deleted question takes its answers with it; their follow-ups move to the question's parent.
#
# A deleted answer without other versions is removed alone; its follow-ups move to the question.
#
# A deleted answer that has other versions takes all its descendants with it, because they refer to that version.

TRASH_RETENTION = timedelta(days=30)
"""How long deleted chats, folders and messages can be restored."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a deletion changes. `deleted` begins with the deleted message, and no message in it precedes its parent."""

    conversation_id: str
    deleted: tuple[str, ...]
    moved: tuple[tuple[str, str | None], ...]
    """Messages that become children of `parent_id`, each with its previous parent."""
    parent_id: str | None
    head_before: str | None
    head_after: str | None
    """The last message of the path being shown."""


def deletion_of(tree: MessageTree, message: Message, head_id: str | None) -> Deletion:
    """Return what deleting `message` would change while `head_id` ends the path being shown. Changes nothing."""
    if is_question(message):
        answers = [child for child in tree.children(message.id) if not is_question(child)]
        deleted = [message, *answers]
    elif len(tree.siblings(message)) > 1:
        deleted = list(tree.branch(message.id))
    else:
        deleted = [message]
    deleted_ids = {each.id for each in deleted}
    left = [child for each in deleted for child in tree.children(each.id) if child.id not in deleted_ids]
    return Deletion(
        conversation_id=message.conversation_id,
        deleted=tuple(each.id for each in deleted),
        moved=tuple((child.id, child.parent_id) for child in left),
        parent_id=message.parent_id,
        head_before=head_id,
        head_after=head_id if head_id not in deleted_ids else _next_head(tree, message, left, deleted_ids),
    )


def _next_head(tree: MessageTree, message: Message, left: list[Message], deleted_ids: set[str]) -> str | None:
    """Return the end of a neighbouring branch, preferably of the previous one; if there is none, the parent of the message."""
    family = [sibling for sibling in tree.children(message.parent_id) if sibling.id not in deleted_ids]
    family = sorted((*family, *left), key=lambda sibling: sibling.sequence)
    before = [sibling for sibling in family if sibling.sequence < message.sequence]
    neighbour = before[-1] if before else family[0] if family else None
    return tree.newest_leaf(neighbour).id if neighbour else message.parent_id
