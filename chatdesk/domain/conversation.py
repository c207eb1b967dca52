"""A conversation is a tree of messages; the chat shows one path of it.

Editing a question or asking again makes a sibling, never an overwrite. Everything here is a pure function of the messages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chatdesk.domain.message import Message
from chatdesk.domain.model import ModelRef


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the list shows of a chat, and where it stands.

    `head_id` is the last message of the path being shown. `title` is empty until a first question gave it one.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    head_id: str | None = None
    model: ModelRef | None = None
    draft: str = ""
    system_prompt: str = ""
    pinned: bool = False
    deleted_at: datetime | None = None


def path_to(messages: Mapping[str, Message], head_id: str | None) -> tuple[Message, ...]:
    """Return the messages from the first one down to `head_id`. A broken or circular parent ends the walk."""
    path: list[Message] = []
    seen: set[str] = set()
    current = messages.get(head_id) if head_id else None
    while current and current.id not in seen:
        seen.add(current.id)
        path.append(current)
        current = messages.get(current.parent_id) if current.parent_id else None
    return tuple(reversed(path))


def siblings_of(messages: Iterable[Message], message: Message) -> tuple[Message, ...]:
    """Return all answers to the same message (or all first messages), the given one included, in order of sequence."""
    same = (other for other in messages if other.parent_id == message.parent_id)
    return tuple(sorted(same, key=lambda other: other.sequence))


def sibling_positions(path: Iterable[Message], messages: Iterable[Message]) -> dict[str, tuple[int, int]]:
    """Return for every message of `path`, by id, which of its siblings it is: (index, count). Linear in the messages."""
    families: dict[str | None, list[Message]] = {}
    for message in messages:
        families.setdefault(message.parent_id, []).append(message)
    positions = {}
    for message in path:
        family = sorted(families[message.parent_id], key=lambda sibling: sibling.sequence)
        index = next(index for index, sibling in enumerate(family) if sibling.id == message.id)
        positions[message.id] = (index, len(family))
    return positions


def newest_leaf(messages: Sequence[Message], start: Message) -> Message:
    """Return where the path below `start` ends if one always follows the newest child."""
    children: dict[str | None, Message] = {}
    for message in messages:
        known = children.get(message.parent_id)
        if known is None or known.sequence < message.sequence:
            children[message.parent_id] = message
    leaf = start
    while (child := children.get(leaf.id)) and child.sequence > leaf.sequence:
        leaf = child
    return leaf
