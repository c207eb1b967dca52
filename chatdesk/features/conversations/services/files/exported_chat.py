"""What a file format for chats is, and what it is given to write."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from chatdesk.features.conversations.services.files.chat_documents import ChatDocuments
from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.kernel.chat.message import DocumentPart, Message
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig


@dataclass(frozen=True, slots=True)
class ExportLabels:
    """The words in a file besides the messages, in the user's language."""

    you: str = "You"
    answer: str = "Answer"
    instructions: str = "Instructions"
    tool: str = "Tool"
    reasoning: str = "Reasoning"
    """Empty: reasoning is left out."""
    sources: str = "Sources"


@dataclass(frozen=True, slots=True)
class ExportedChat:
    """A chat, or one message of it."""

    messages: Sequence[Message]
    title: str
    head_id: str | None
    """The message that ends the path being shown."""
    pictures: Mapping[str, Picture]
    """By hash, as they are sent. Pictures that would make the file too large are missing."""
    documents: ChatDocuments
    """The texts of documents, and their files if they are wanted and not too large."""
    copies: Mapping[str, str]
    """Where documents were copied to, relative to the file, by hash."""
    cited: Mapping[int, DocumentPart]
    """The documents that the answers cite, by their numbers in the citations."""
    settings: ChatSettings
    labels: ExportLabels
    now: datetime
    find_server: Callable[[str], ServerConfig | None]


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """A kind of file that a chat can be saved as; `chat_formats.py` lists them."""

    ending: str
    """Without the first dot."""
    label: str
    """What the user calls it: an English source text of the context `ChatFormats`."""
    write: Callable[[ExportedChat], str]
    """Returns the content of the file. Called on a thread, because a long chat takes a while."""
    all_branches: bool = False
    """Whether it is given all branches of a chat, not only the path being shown."""
    embeds_documents: bool = False
    """Whether it contains the documents; otherwise their files can be copied into a folder next to it."""
