"""What a deletion takes out of the tree of messages and what it leaves standing, so that it can be done, and undone, as one value.

- A question goes with its answers; what followed them follows what was before the question.
- An answer that is the only one to its question goes alone; what followed it follows the question.
- An answer that has other versions goes with what followed it: that was said to this version.
"""

from datetime import timedelta

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.message_tree import MessageTree, is_question
from chatdesk.kernel.fast_dataclass import dataclass

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
