"""Conversations, their folders and their search results.

A conversation is a tree of messages, and the chat shows one path of it. Editing a question or regenerating an answer adds a sibling and
never overwrites. The tree itself is in `message_trees.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.question import Draft
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.context_plan import OverflowPolicy
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.text.safe_line import safe_line


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat as shown in the list, and its current state.

    `head_id` is the last message of the path being shown. `title` is empty until the first question sets it. `folder_id` may refer to a
    deleted folder; then the chat is in no folder.
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
    """Thinking level chosen for this chat, if any."""
    parameters: Parameters = field(default_factory=Parameters)
    """Parameters that the user set for this chat; they override those of the preset."""
    context: OverflowPolicy = field(default_factory=OverflowPolicy)
    queued: tuple[Draft, ...] = ()
    """Questions that wait until the current answer is complete, oldest first."""


def path_to(messages: Mapping[str, Message], head_id: str | None) -> tuple[Message, ...]:
    """Return the messages from the first one to `head_id`. The walk ends at a missing or circular parent."""
    path: list[Message] = []
    seen: set[str] = set()
    current = messages.get(head_id) if head_id else None
    while current and current.id not in seen:
        seen.add(current.id)
        path.append(current)
        current = messages.get(current.parent_id) if current.parent_id else None
    return tuple(reversed(path))


# A folder of chats in the list, and the defaults of new chats in it. Each chat stores the id of its folder.

MAX_CHAT_NAME_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, listed by `position`. `preset_key` is the key in the library (`Preset.key`); empty for none.

    The folder stores no copy of its preset: a new chat uses the version in the library at that time.
    """

    id: str
    name: str
    position: float
    preset_key: str = ""
    model: ModelRef | None = None
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class MovedChats:
    """Chats as they were before they were moved, for undo. `folder_id` is the target folder; empty if they were moved out of a folder."""

    before: tuple[Conversation, ...]
    folder_id: str


# The title of a chat, taken from its first question without asking a model.

_MAX_TITLE_LENGTH = 60
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+|```\S*\s*)+|[`*_]{1,3}(?=\S)|(?<=\S)[`*_]{1,3}")
_LOOKED_AT = 500
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|(?<=[。！？])")


def title_from(question: str) -> str:
    """Return the first sentence of the first line with text, shortened at a word boundary; empty if there is none."""
    for line in question.splitlines():
        words = safe_line(_MARKUP.sub("", line), _LOOKED_AT, ellipsis="")
        if any(character.isalnum() for character in words):
            sentence = _SENTENCE_END.split(words, maxsplit=1)[0].rstrip(" .,:;。，：；、")
            return _cut(sentence)
    return ""


def _cut(text: str) -> str:
    if len(text) <= _MAX_TITLE_LENGTH:
        return text
    head = text[: _MAX_TITLE_LENGTH - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > _MAX_TITLE_LENGTH // 2 else head) + "…"


# Search results as plain data. The search itself is in storage/database/search_repository.py.


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message, or a conversation's title (`message_id` is None), that contains every search word.

    `snippet` is one line around the first match. `ranges` are the (start, end) positions of the matches in it, in order.
    """

    conversation_id: str
    message_id: str | None
    snippet: str
    ranges: tuple[tuple[int, int], ...]
