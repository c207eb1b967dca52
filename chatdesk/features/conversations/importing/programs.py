"""The programs whose chats can be read, in the order in which a source is offered to them. A source is recognised by its content."""

from collections.abc import Callable, Iterator, Sequence

from chatdesk.features.conversations.importing.chat_records import OwnChat
from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, ForeignChat, Loss, Program
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.importing.message_order import consistent
from chatdesk.features.conversations.importing.readers import (
    chatbox,
    chatgpt,
    cherry_database,
    cherry_studio,
    claude,
    deepseek,
    jan,
    librechat,
    lm_studio,
    lobe_chat,
    markdown,
    ollama,
    open_webui,
    openai_messages,
    own_files,
    silly_tavern,
)
from chatdesk.features.conversations.importing.source import Source
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_WAITING = 1_000
"""Maximum number of unreadable chats that are kept until the first one that can be read."""

Found = ForeignChat | OwnChat | DamagedChat | Loss | ForeignServer
"""A chat, one that cannot be read, something outside the chats that is left out, or a server."""


@dataclass(frozen=True, slots=True)
class ChatReader:
    """Reads the chats of one program.

    `recognize` looks at names and beginnings only. `read` yields the chats one by one, so that only one is in memory; it raises
    `ImportRefused` for a source that is damaged as a whole, and yields `DamagedChat` for a damaged chat.
    """

    program: Program
    recognize: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Found]]


READERS: Sequence[ChatReader] = (
    ChatReader(Program.CHATDESK, own_files.recognize, own_files.read),
    ChatReader(Program.DEEPSEEK, deepseek.recognize, deepseek.read),
    ChatReader(Program.CHATGPT, chatgpt.recognize, chatgpt.read),
    ChatReader(Program.CLAUDE, claude.recognize, claude.read),
    ChatReader(Program.OPEN_WEBUI, open_webui.recognize, open_webui.read),
    ChatReader(Program.CHATBOX, chatbox.recognize, chatbox.read),
    ChatReader(Program.CHERRY_STUDIO, cherry_studio.recognize, cherry_studio.read),
    ChatReader(Program.CHERRY_STUDIO, cherry_database.recognize, cherry_database.read),
    ChatReader(Program.LM_STUDIO, lm_studio.recognize, lm_studio.read),
    ChatReader(Program.JAN, jan.recognize, jan.read),
    ChatReader(Program.LOBECHAT, lobe_chat.recognize, lobe_chat.read),
    ChatReader(Program.SILLY_TAVERN, silly_tavern.recognize, silly_tavern.read),
    ChatReader(Program.OLLAMA, ollama.recognize, ollama.read),
    ChatReader(Program.LIBRECHAT, librechat.recognize, librechat.read),
    ChatReader(Program.OPENAI_MESSAGES, openai_messages.recognize, openai_messages.read),
    ChatReader(Program.MARKDOWN, markdown.recognize, markdown.read),
)


def reader_of(source: Source) -> ChatReader | None:
    """Return the reader for a source; None if no program is recognised. Raises `ImportRefused` and `OSError`."""
    return next((reader for reader in READERS if reader.recognize(source)), None)


def chats_in(reader: ChatReader, source: Source) -> Iterator[Found]:
    """Yield what the reader finds, each chat with its messages in order. Raises `ImportRefused` and `OSError`.

    A source without a chat that can be read is refused for the reason of its first unreadable one.
    """
    waiting: list[DamagedChat] | None = []
    for found in reader.read(source):
        if isinstance(found, DamagedChat) and found.error and waiting is not None and len(waiting) < _MAX_WAITING:
            waiting.append(found)
            continue
        if isinstance(found, ForeignChat | OwnChat):
            yield from waiting or ()
            waiting = None
        yield consistent(found) if isinstance(found, ForeignChat) else found
    if error := next((each.error for each in waiting or ()), None):
        raise error
