"""A conversation is a tree of messages; the chat shows one path of it.

Editing a question or asking again makes a sibling, never an overwrite. The tree itself is `message_trees.py`.
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
    """What the user set for this chat; it goes before what its preset says."""
    context: OverflowPolicy = field(default_factory=OverflowPolicy)
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


# A folder of chats in the list, and what new chats in it begin with. Which chats are in it is kept by the
# chats.

LONGEST_NAME = 1_000


@dataclass(frozen=True, slots=True)
class Folder:
    """Folders are listed by `position`. `preset_key` is of the library (`Preset.key`), empty for none.

    The folder names its preset and keeps no copy: a chat begins with what the library has by then.
    """

    id: str
    name: str
    position: float
    preset_key: str = ""
    model: ModelRef | None = None
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class MovedChats:
    """Chats as they were before they went into a folder, or out of one if it is empty: what undo needs."""

    before: tuple[Conversation, ...]
    folder_id: str


# A chat's title, taken from its first question: no extra model run.

_LONGEST = 60
_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+|```\S*\s*)+|[`*_]{1,3}(?=\S)|(?<=\S)[`*_]{1,3}")
_LOOKED_AT = 500
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|(?<=[。！？])")


def title_from(question: str) -> str:
    """Return the first sentence of the first line that says something, cut at a word; empty if there is none."""
    for line in question.splitlines():
        words = safe_line(_MARKUP.sub("", line), _LOOKED_AT, ellipsis="")
        if any(character.isalnum() for character in words):
            sentence = _SENTENCE_END.split(words, maxsplit=1)[0].rstrip(" .,:;。，：；、")
            return _cut(sentence)
    return ""


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > _LONGEST // 2 else head) + "…"


# What a search found: plain data, for any screen to draw. How it is found:
# storage/database/search_repository.py.


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message, or a conversation's title (`message_id` is None), that holds every word asked for.

    `snippet` is one line around the first of them; `ranges` are (start, end) of the words in it, in order.
    """

    conversation_id: str
    message_id: str | None
    snippet: str
    ranges: tuple[tuple[int, int], ...]
