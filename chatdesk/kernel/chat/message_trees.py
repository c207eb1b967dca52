"""The messages of a conversation as a tree, and what deleting from it removes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from chatdesk.kernel.chat.conversation import path_to
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.fast_dataclass import dataclass

# The messages of one conversation as the tree they are: asked and changed a message at a time, whatever their
# number.
#
# What a deletion takes is `message_trees.py`; what is on disk is storage's business.


class MessageTree:
    """Mutable on purpose: whoever changes the database changes it along. Children are in order of sequence."""

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
        """Return a message, or None if it is not here."""
        return self._messages.get(message_id) if message_id else None

    def all(self) -> tuple[Message, ...]:
        """Return every message, in order of sequence."""
        return tuple(sorted(self._messages.values(), key=lambda message: message.sequence))

    def add(self, message: Message) -> None:
        """Take in another message."""
        self._messages[message.id] = message
        family = self._children.setdefault(message.parent_id, [])
        family.append(message.id)
        if len(family) > 1 and self._messages[family[-2]].sequence > message.sequence:
            family.sort(key=lambda sibling: self._messages[sibling].sequence)

    def change(self, message: Message) -> None:
        """Take over another version of a message, whose place stays; nothing happens if it is not here."""
        if known := self._messages.get(message.id):
            moved = message.parent_id != known.parent_id
            self._messages[message.id] = replace(message, parent_id=known.parent_id) if moved else message

    def remove(self, message_id: str) -> None:
        """Forget a message. Whoever removes it sees to its children."""
        message = self._messages.pop(message_id)
        self._children[message.parent_id].remove(message_id)

    def move(self, message_id: str, parent_id: str | None) -> None:
        """Let a message, with all that is below it, follow another one."""
        message = self._messages[message_id]
        self._children[message.parent_id].remove(message_id)
        self.add(replace(message, parent_id=parent_id))

    def path(self, head_id: str | None) -> tuple[Message, ...]:
        """Return the messages from the first one down to `head_id`."""
        return path_to(self._messages, head_id)

    def children(self, message_id: str | None) -> tuple[Message, ...]:
        """Return what follows a message directly; for None all first messages."""
        return tuple(self._messages[child] for child in self._children.get(message_id, ()))

    def siblings(self, message: Message) -> tuple[Message, ...]:
        """Return all versions of a message, the given one included: what else follows the same message and is of the same kind."""
        family = self.children(message.parent_id)
        return tuple(other for other in family if is_question(other) is is_question(message))

    def position(self, message: Message) -> tuple[int, int]:
        """Return which of its versions a message is, from 0, and how many there are."""
        family = self._children.get(message.parent_id, ())
        if len(family) < 2:  # nearly every message of a long chat
            return 0, 1
        siblings = [sibling.id for sibling in self.siblings(message)]
        return siblings.index(message.id), len(siblings)

    def positions(self, path: Iterable[Message]) -> dict[str, tuple[int, int]]:
        """Return `position` for every message of `path` that has other versions, by id."""
        found = ((message.id, self.position(message)) for message in path)
        return {message_id: position for message_id, position in found if position[1] > 1}

    def newest_leaf(self, start: Message) -> Message:
        """Return where the path below `start` ends if one always follows the newest child."""
        leaf, seen = start, {start.id}
        while children := self._children.get(leaf.id):
            if children[-1] in seen:  # a damaged tree may go round in a circle
                break
            leaf = self._messages[children[-1]]
            seen.add(leaf.id)
        return leaf

    def is_below(self, message_id: str, ancestor_id: str) -> bool:
        """Whether a message is `ancestor_id` or comes after it on its path."""
        return any(message.id == ancestor_id for message in self.path(message_id))

    def branch(self, message_id: str) -> tuple[Message, ...]:
        """Return a message and all that is below it, no message before its parent."""
        found = [self._messages[message_id]]
        seen = {message_id}
        for message in found:  # grows while it is gone through
            below = [child for child in self.children(message.id) if child.id not in seen]
            seen.update(child.id for child in below)
            found += below
        return tuple(found)


def is_question(message: Message) -> bool:
    """Whether the user says it; anything else answers."""
    return message.role is Role.USER


# What a deletion takes out of the tree of messages and what it leaves standing, so that it can be done, and
# undone, as one value.
#
# - A question goes with its answers; what followed them follows what was before the question. - An answer
# that is the only one to its question goes alone; what followed it follows the question. - An answer that has
# other versions goes with what followed it: that was said to this version.

KEPT_FOR = timedelta(days=30)
"""How long what was deleted can be restored: chats, folders and messages."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """`gone` begins with the message that was deleted; no message in it stands before its parent."""

    conversation_id: str
    gone: tuple[str, ...]
    moved: tuple[tuple[str, str | None], ...]
    """Messages that follow `parent_id` now, each with what it followed before."""
    parent_id: str | None
    head_before: str | None
    head_after: str | None
    """Where the path that is shown ends."""


def deletion_of(tree: MessageTree, message: Message, head_id: str | None) -> Deletion:
    """Return what deleting `message` comes to while `head_id` ends the path that is shown. Changes nothing."""
    if is_question(message):
        answers = [child for child in tree.children(message.id) if not is_question(child)]
        gone = [message, *answers]
    elif len(tree.siblings(message)) > 1:
        gone = list(tree.branch(message.id))
    else:
        gone = [message]
    taken = {each.id for each in gone}
    left = [child for each in gone for child in tree.children(each.id) if child.id not in taken]
    return Deletion(
        conversation_id=message.conversation_id,
        gone=tuple(each.id for each in gone),
        moved=tuple((child.id, child.parent_id) for child in left),
        parent_id=message.parent_id,
        head_before=head_id,
        head_after=head_id if head_id not in taken else _next_head(tree, message, left, taken),
    )


def _next_head(tree: MessageTree, message: Message, left: list[Message], taken: set[str]) -> str | None:
    """Return the end of a neighbouring branch, the one before if there is one, else what was before the message."""
    family = [sibling for sibling in tree.children(message.parent_id) if sibling.id not in taken]
    family = sorted((*family, *left), key=lambda sibling: sibling.sequence)
    before = [sibling for sibling in family if sibling.sequence < message.sequence]
    neighbour = before[-1] if before else family[0] if family else None
    return tree.newest_leaf(neighbour).id if neighbour else message.parent_id
