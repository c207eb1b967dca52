"""What a file format for chats is, and what it receives to write.

A writer gets values only: what to include is already decided by `exporting.py`, so that all formats agree on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.conversations.services.files.chat_documents import NO_CHAT_DOCUMENTS, ChatDocuments
from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings
from chatdesk.kernel.chat.message import DocumentPart, Message, Role
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.rendering.formulas.typeset.typeset_formula import SetFormula
from chatdesk.rendering.markdown.blocks import AlertKind

# What the user chooses.


class Include(StrEnum):
    """What a file contains besides the answers. The values are stored."""

    QUESTIONS = "questions"
    REASONING = "reasoning"
    FACTS = "facts"
    """Time, model and tokens of each message."""
    VERSIONS = "versions"
    """Other versions of messages, with the messages below them: the whole tree instead of the path being shown."""
    ATTACHMENTS = "attachments"
    """Pictures and documents; without it, they are only named."""


class PageSize(StrEnum):
    """Size of the paper. The values are stored."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height."""
        return (210.0, 297.0) if self is PageSize.A4 else (215.9, 279.4)


class Margins(StrEnum):
    """Margins of a page. The values are stored."""

    NORMAL = "normal"
    NARROW = "narrow"
    WIDE = "wide"

    @property
    def millimetres(self) -> float:
        """The margin on each side."""
        return {Margins.NORMAL: 20.0, Margins.NARROW: 12.7, Margins.WIDE: 30.0}[self]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The choices of the user for one file."""

    include: frozenset[Include] = frozenset({Include.QUESTIONS, Include.ATTACHMENTS})
    page: PageSize = PageSize.A4
    margins: Margins = Margins.NORMAL


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Which messages are exported. Without `messages`, all messages of the chats."""

    chats: tuple[str, ...]
    messages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScopeContents:
    """What the messages of a scope contain, to be shown beside the choices."""

    messages: int = 0
    """On the paths being shown."""
    reasoning: int = 0
    versions: int = 0
    """Messages that are not on the paths being shown."""
    attachments: int = 0

    def with_chat(self, path: Sequence[Message], everything: Sequence[Message]) -> "ScopeContents":
        """Return the contents together with those of another chat."""
        return ScopeContents(
            self.messages + len(path),
            self.reasoning + sum(message.reasoning is not None for message in path),
            self.versions + len(everything) - len(path),
            self.attachments + sum(len(message.attachments) for message in path),
        )


# What a writer gets.


def iso_date(moment: datetime) -> str:
    """Return a date in ISO 8601."""
    return moment.date().isoformat()


def iso_time(moment: datetime) -> str:
    """Return a date and time nearly as in ISO 8601."""
    return moment.isoformat(" ", "minutes")


@dataclass(frozen=True, slots=True)
class ExportLabels:
    """The words in a file besides the messages, in the user's language."""

    you: str = "You"
    answer: str = "Answer"
    instructions: str = "Instructions"
    tool: str = "Tool"
    reasoning: str = "Reasoning"
    sources: str = "Sources"
    version: str = "Version {number} of {count}"
    tokens: str = "{count} tokens"
    language: str = "en"
    """BCP 47 tag of these words; the language of the messages is unknown."""
    alert_title: Callable[[AlertKind], str] = AlertKind.capitalize
    """Returns the title of a note or warning."""
    format_date: Callable[[datetime], str] = iso_date
    format_time: Callable[[datetime], str] = iso_time
    """Returns date and time."""


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """A message, without the parts that are not to be included."""

    message: Message
    speaker: str
    """Who wrote it, on one line. Untrusted."""
    facts: str = ""
    """Time and tokens on one line; empty if they are not wanted. `speaker` names the model."""
    version: str = ""
    """Names the version of the message, or of the branch it belongs to; empty if there is only one, or only the shown one is included."""


@dataclass(frozen=True, slots=True)
class ExportedChat:
    """A chat, or some messages of it, in reading order."""

    title: str
    """Empty for a chat without a title. Untrusted."""
    turns: Sequence[ExportedMessage]
    head_id: str | None = None
    """The message that ends the path being shown."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By hash, as they are sent. Pictures that would make the file too large are missing."""
    documents: ChatDocuments = NO_CHAT_DOCUMENTS
    """The texts of documents, and their files if they are wanted and not too large; nothing unless the format embeds documents."""
    copies: Mapping[str, str] = field(default_factory=dict)
    """Where documents were copied to, relative to the file, by hash."""
    cited: Mapping[int, DocumentPart] = field(default_factory=dict)
    """The documents that the answers cite, by their numbers in the citations."""
    settings: ChatSettings = NO_SETTINGS
    id: str = ""
    """With the ID, a format that can be imported recognises the chat again."""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    pinned: bool = False
    folder: str = ""
    """The name of its folder; empty for none."""

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages in reading order."""
        return tuple(turn.message for turn in self.turns)


class ExportCancelled(Exception):
    """The user does not want the file any more."""


def every_formula(_key: FormulaKey) -> bool:
    """Draw all formulas."""
    return True


def _ignore(_share: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that a writer needs for one file."""

    title: str
    """Of the file: the title of the only chat, or what several chats have in common, such as the name of their folder."""
    chats: Sequence[ExportedChat]
    now: datetime
    """Time of the export, in the zone of the user."""
    options: ExportOptions = field(default_factory=ExportOptions)
    labels: ExportLabels = field(default_factory=ExportLabels)
    formulas: Mapping[FormulaKey, SetFormula] = field(default_factory=dict)
    """The formulas of the messages, for formats that draw them. The key has the macros before the LaTeX, as in `Formula`."""
    find_server: Callable[[str], ServerConfig | None] = lambda _id: None
    report: Callable[[float], None] = _ignore
    """To be called often, at least once for each message, with the share that is done, from 0 to 1. Raises `ExportCancelled`."""

    @property
    def is_answer(self) -> bool:
        """Whether it is a single answer, which is exported alone: without a title and without an author."""
        turns = [turn for chat in self.chats for turn in chat.turns]
        return len(self.chats) == 1 and len(turns) == 1 and turns[0].message.role is Role.ASSISTANT


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """A kind of file that a chat can be saved as; `chat_formats.py` lists them."""

    ending: str
    """Without the first dot."""
    label: str
    """What the user calls it: an English source text of the context `ChatFormats`."""
    description: str
    """What it keeps, as a short sentence without a full stop: likewise."""
    write: Callable[[Export], bytes]
    """Returns the content of the file. Called on a thread, because a long chat takes a while. Raises `ExportCancelled` or
    `ChatdeskError`."""
    options: frozenset[Include] = frozenset(Include)
    """What the user can choose. Of the others, a format that is `complete` contains everything, other formats contain nothing."""
    is_complete: bool = False
    """Whether it receives the whole tree with everything in it, except for `options` that are not chosen."""
    has_pages: bool = False
    """Whether `ExportOptions.page` and `margins` apply."""
    names_speakers: bool = False
    """Whether the author is named above each message."""
    draws_formulas: bool = False
    """Whether it uses `Export.formulas`, which takes time to prepare."""
    draws: Callable[[FormulaKey], bool] = every_formula
    """Which of the formulas it uses, if it does not write the others in another way."""
    embeds_documents: bool = False
    """Whether it contains the documents; otherwise their files can be copied into a folder next to it."""
    holds_several: bool = True
    """Whether several chats can be written to one file."""
