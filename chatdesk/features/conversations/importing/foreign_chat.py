"""A chat of another program, before it is converted to records of Chatdesk's own format (`chat_records.py`).

The values come from untrusted files. They need no checks of length and type beyond those of Python: the reader of the records applies the
limits (`services/files/chat_reading.py`).
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from chatdesk.features.conversations.importing.json_elements import UnreadableElement
from chatdesk.kernel.chat.message import Part, Role
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_FIRST_MILLISECONDS = 100_000_000_000
"""Larger numbers are milliseconds: as seconds they would be after the year 5100."""
_MOST_FUTURE = timedelta(days=1)
"""A time further ahead is wrong: the clock of the other computer may differ, but not by more."""
_BEGINNING_OF_TIME = datetime.fromtimestamp(0, UTC)
_MAX_SECONDS = 1_000_000


class Program(StrEnum):
    """The program that wrote a file. The values are names and are not translated, except those in lower case."""

    CHATDESK = "Chatdesk"
    CHATGPT = "ChatGPT"
    DEEPSEEK = "DeepSeek"
    CLAUDE = "Claude"
    OPEN_WEBUI = "Open WebUI"
    CHATBOX = "Chatbox"
    CHERRY_STUDIO = "Cherry Studio"
    LM_STUDIO = "LM Studio"
    JAN = "Jan"
    OLLAMA = "Ollama"
    LIBRECHAT = "LibreChat"
    LOBECHAT = "LobeChat"
    SILLY_TAVERN = "SillyTavern"
    OPENAI_MESSAGES = "openai-messages"
    """A JSON list of messages as sent to an OpenAI-compatible server."""
    MARKDOWN = "markdown"
    """A transcript in Markdown."""


NO_PROGRAM = frozenset({Program.OPENAI_MESSAGES, Program.MARKDOWN})
"""Forms that no program has of its own."""


class FolderKind(StrEnum):
    """What the folder of a chat is in the other program."""

    NAMED = "named"
    """A folder or project with a name, or none."""
    PROJECT = "project"
    """A project whose name is not in the file, only its ID."""
    FOLDER = "folder"
    """A folder whose name is not in the file, only its ID."""
    ARCHIVE = "archive"
    """Where the program puts chats out of sight."""


class Loss(StrEnum):
    """What a file has and an import leaves out. Each is counted."""

    PICTURE = "picture"
    """A picture whose bytes are not in the file."""
    DOCUMENT = "document"
    """A document whose bytes and text are not in the file."""
    SOUND = "sound"
    """The sound of a voice message; its transcript is kept."""
    VIDEO = "video"
    EMPTY_CHAT = "empty-chat"
    """A chat without a message."""
    DAMAGED_CHAT = "damaged-chat"
    DAMAGED_MESSAGE = "damaged-message"
    """Not of the expected form, or in a cycle."""
    TOOL_CALL = "tool-call"
    """A call of a tool that cannot be represented."""
    SOURCE = "source"
    SHORTENED = "shortened"
    """A text beyond the limit."""
    MEMORY = "memory"
    """What the program had noted about the user."""
    SHARED_LINK = "shared-link"


@dataclass(frozen=True, slots=True)
class DamagedChat:
    """A chat that cannot be read, while others in the same file or folder can.

    `title` is what it is called, if that is known; `number` is its position in the file from 1 on, 0 if it has none. `error` is why the
    source is refused if it has no other chat.
    """

    title: str = ""
    number: int = 0
    error: ImportRefused | None = None


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A picture or document of a message. `data` is empty if its bytes are unknown or read by `load`; `text` is that of a document.

    A picture without bytes is shown as missing, a document without bytes and text is left out. Both are counted as losses.
    """

    name: str
    media_type: str = ""
    data: bytes = b""
    text: str = ""
    is_picture: bool = False
    load: Callable[[], bytes] | None = None
    """Reads the bytes when they are needed, which they are not for a preview."""

    @property
    def has_content(self) -> bool:
        """Whether there are bytes."""
        return bool(self.data or self.load)

    def content(self) -> bytes:
        """Return the bytes; empty if there are none, or if they are damaged or too large."""
        with suppress(ImportRefused, OSError):
            return self.load() if self.load else self.data
        return b""


ForeignPart = Part | ForeignFile


@dataclass(frozen=True, slots=True)
class ForeignMessage:
    """A message. `id` is unique in its chat; `parent` is the id of the previous message, empty for a first one."""

    id: str
    parent: str
    role: Role
    parts: tuple[ForeignPart, ...]
    created_at: datetime | None = None
    """Aware. None: unknown."""
    model: str = ""
    vendor: str = ""
    """The vendor of the model's server as in resources/providers.toml; empty if unknown."""
    usage: Usage | None = None
    is_interrupted: bool = False
    """Whether an answer was cut off."""


@dataclass(frozen=True, slots=True)
class ForeignChat:
    """A chat. `id` is the program's own and stays the same in later exports; `head` is the last message of the path being shown."""

    program: Program
    id: str
    title: str
    messages: tuple[ForeignMessage, ...]
    head: str = ""
    """Empty: unknown."""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    pinned: bool = False
    folder: str = ""
    """The name of the project or folder; empty if it is in none. One without a name has none."""
    instructions: str = ""
    lost: Mapping[Loss, int] = field(default_factory=dict)
    project: str = ""
    """The ID of its project or folder, if the file has no names of them; empty if it is in none."""
    archived: bool = False
    """Whether the program shows it only among archived chats."""


def damaged_chat(value: object) -> DamagedChat:
    """Return what to report of an element that is to be a chat and is none."""
    if isinstance(value, UnreadableElement):
        return DamagedChat(value.title, value.number, value.error)
    return DamagedChat()


def in_sequence(messages: Iterable[ForeignMessage]) -> tuple[ForeignMessage, ...]:
    """Return messages of a program without branches, each as the child of the previous one, with their positions as missing ids."""
    result: list[ForeignMessage] = []
    parent = ""
    for number, message in enumerate(messages):
        placed = replace(message, id=message.id or str(number), parent=parent)
        parent = placed.id
        result.append(placed)
    return tuple(result)


def counted_losses(losses: Iterable[Loss]) -> Mapping[Loss, int]:
    """Return how often each kind of loss occurs."""
    counts: dict[Loss, int] = {}
    for loss in losses:
        counts[loss] = counts.get(loss, 0) + 1
    return counts


def stable_id(program: Program, *names: str) -> str:
    """Return an id of Chatdesk that is the same for each import of the same object, on every computer."""
    named = "\0".join(("chatdesk-import", program, *names))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def milliseconds_of(seconds: object) -> int:
    """Return a duration that is given in seconds; 0 if it is not plausible."""
    is_known = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 < seconds < _MAX_SECONDS
    return round(seconds * 1000) if is_known and isinstance(seconds, int | float) else 0


def time_of(value: object) -> datetime | None:
    """Return a time given as ISO 8601 text, or as seconds or milliseconds since 1970; None if it is none of these or not plausible."""
    try:
        if isinstance(value, str):
            text = value.strip()
            if text.isascii() and text.replace(".", "", 1).isdigit():
                return time_of(float(text))
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        elif isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            moment = datetime.fromtimestamp(value / 1000 if value > _FIRST_MILLISECONDS else value, UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment > _BEGINNING_OF_TIME and moment < datetime.now(UTC) + _MOST_FUTURE else None
