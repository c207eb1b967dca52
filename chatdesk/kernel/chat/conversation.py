"""A conversation is a tree of messages; the chat shows one path of it.

Editing a question or asking again makes a sibling, never an overwrite. The tree itself is `message_tree.py`.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from chatdesk.kernel.chat.applied_preset import AppliedPreset
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.question import Draft
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.context import ContextWish
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the list shows of a chat, and where it stands.

    `head_id` is the last message of the path being shown. `title` is empty until a first question gave it one.
    `folder_id` may be that of a folder that is gone: then the chat is in none.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    head_id: str | None = None
    model: ModelRef | None = None
    draft: str = ""
    draft_pictures: tuple[ImagePart, ...] = ()
    system_prompt: str = ""
    preset: AppliedPreset | None = None
    pinned: bool = False
    deleted_at: datetime | None = None
    folder_id: str | None = None
    thinking: Thinking | None = None
    """Whether and how much its models think, if that was chosen for this chat."""
    parameters: Parameters = field(default_factory=Parameters)
    """What a person set for this chat; it goes before what its preset says."""
    context: ContextWish = field(default_factory=ContextWish)
    queued: tuple[Draft, ...] = ()
    """Questions that wait for the answer that is being written, oldest first."""


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
