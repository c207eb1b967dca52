"""Operations: the changes that computers exchange. Each can arrive several times and in any order, with the same result.

- Most set one field of a chat, a folder or a message. Of several values, the one with the latest stamp counts.
- Messages are added with their content. A later content replaces an earlier one. The earlier one is kept as a message of its own, beside
  the first, unless nothing gets lost without it (`covers`).
"""

from enum import StrEnum
from hashlib import sha256

from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState
from chatdesk.kernel.fast_dataclass import dataclass


class Kind(StrEnum):
    """The kind of item that an operation changes. The values are stored."""

    CHAT = "chat"
    FOLDER = "folder"
    MESSAGE = "message"
    VERSION = "version"
    """A version of generated code that the user has edited."""
    PRESET = "preset"


class Field(StrEnum):
    """A field with one current value. The values are stored."""

    CREATED = "created"
    TITLE = "title"
    PINNED = "pinned"
    FOLDER = "folder"
    TRASHED = "trashed"
    SETTINGS = "settings"
    NAME = "name"
    POSITION = "position"
    INSTRUCTIONS = "instructions"
    JOINED = "joined"
    """The older folder of the same name that replaces a folder."""
    PARENT = "parent"
    CONTENT = "content"
    TEXT = "text"
    """The text of a preset, with digests of the versions before."""


FIELDS: dict[Kind, frozenset[Field]] = {
    Kind.CHAT: frozenset({Field.CREATED, Field.TITLE, Field.PINNED, Field.FOLDER, Field.TRASHED, Field.SETTINGS}),
    Kind.FOLDER: frozenset({Field.NAME, Field.POSITION, Field.TRASHED, Field.INSTRUCTIONS, Field.JOINED}),
    Kind.MESSAGE: frozenset({Field.PARENT, Field.TRASHED}),
    Kind.VERSION: frozenset({Field.CONTENT}),
    Kind.PRESET: frozenset({Field.TEXT}),
}
"""The fields that `FieldSet` sets."""


@dataclass(frozen=True, slots=True)
class FieldSet:
    """A field has a value since `stamp`. `value` is of plain types for JSON, checked by `files/records.py`."""

    stamp: Stamp
    kind: Kind
    id: str
    field: Field
    value: object


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """A message exists since `created`, and has its present content since `stamp`.

    `message.parent_id` is the parent with which it was created, and `message.sequence` has no meaning.
    """

    stamp: Stamp
    created: Stamp
    message: Message


Operation = FieldSet | MessageAdded


def covers(message: Message, earlier: Message) -> bool:
    """Return whether nothing gets lost if `message` replaces another content of the same message.

    That is so if both have the same text and attachments, or if `earlier` was cut short and has been continued. A complete message is
    never extended: what continues it is another message.
    """
    if _comparable_content(message) == _comparable_content(earlier):
        return True
    was_cut = earlier.state is not MessageState.COMPLETE or earlier.finish is FinishReason.LENGTH
    return was_cut and message.text.startswith(earlier.text) and _hashes(message) >= _hashes(earlier)


def alternative_id(message_id: str, digest: str) -> str:
    """Return the id of the message that stores a content, by its digest, next to a later one. It is the same on all computers."""
    return sha256(f"{message_id} {digest}".encode()).hexdigest()[:32]


def _comparable_content(message: Message) -> tuple[str, frozenset[str]]:
    return message.text, _hashes(message)


def _hashes(message: Message) -> frozenset[str]:
    return frozenset(each.sha256 for each in message.attachments) - {""}
