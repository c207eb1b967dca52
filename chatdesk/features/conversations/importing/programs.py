"""The programs whose chats can be read, in the order in which a source is offered to them. A source is recognised by its content."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from chatdesk.features.conversations.importing.foreign_chat import (
    ForeignChat,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
)
from chatdesk.features.conversations.importing.foreign_parts import answered, asked
from chatdesk.features.conversations.importing.message_order import forest
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
    ollama,
    open_webui,
    openai_messages,
    silly_tavern,
)
from chatdesk.features.conversations.importing.source import Source
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_MESSAGES = 100_000
"""Maximum number of messages of a chat."""
_BEGINNING_OF_TIME = datetime.fromtimestamp(0, UTC)

Found = ForeignChat | Loss
"""A chat, or something outside the chats that is left out."""


@dataclass(frozen=True, slots=True)
class ChatReader:
    """Reads the chats of one program.

    `recognize` looks at names and beginnings only. `read` yields the chats one by one, so that only one is in memory; it raises
    `ImportRefused` for a source that is damaged as a whole, and reports a damaged chat as a loss.
    """

    program: Program
    recognize: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Found]]


READERS: Sequence[ChatReader] = (
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
)


def reader_of(source: Source) -> ChatReader | None:
    """Return the reader for a source; None if no program is recognised. Raises `ImportRefused` and `OSError`."""
    return next((reader for reader in READERS if reader.recognize(source)), None)


def chats_in(reader: ChatReader, source: Source) -> Iterator[Found]:
    """Yield what the reader finds, each chat with its messages in order. Raises `ImportRefused` and `OSError`."""
    for found in reader.read(source):
        yield found if isinstance(found, Loss) else _consistent(found)


def _consistent(chat: ForeignChat) -> ForeignChat | Loss:
    """Return a chat whose messages, and the parts of each, are in order.

    A message without an id gets one from its position. If the file does not say what was shown, the branch with the newest end is.
    """
    if not chat.messages:
        return Loss.EMPTY_CHAT
    if len(chat.messages) > _MAX_MESSAGES:
        return Loss.DAMAGED_CHAT
    given = [each if each.id else replace(each, id=f"#{number}") for number, each in enumerate(chat.messages)]
    ordered = forest(given, lambda message: message.id, lambda message: message.parent)
    messages = tuple(replace(each, parent=parent, parts=_arranged(each)) for parent, each in ordered.values())
    lost = dict(chat.lost)
    if twice := len(given) - len(messages):
        lost[Loss.DAMAGED_MESSAGE] = lost.get(Loss.DAMAGED_MESSAGE, 0) + twice
    head = chat.head if chat.head in ordered else _newest_end(given)
    return replace(chat, messages=messages, head=head, lost=lost)


def _arranged(message: ForeignMessage) -> tuple[ForeignPart, ...]:
    match message.role:
        case Role.USER:
            return asked(message.parts)
        case Role.ASSISTANT:
            return answered(message.parts)
        case _:
            return message.parts


def _newest_end(messages: Sequence[ForeignMessage]) -> str:
    """Return the id of the newest message that no other one follows; without times, that of the last one. Empty if there is none."""
    followed = {message.parent for message in messages}
    ends = [message for message in messages if message.id not in followed]
    last = max(reversed(ends), key=lambda message: message.created_at or _BEGINNING_OF_TIME, default=None)
    return last.id if last else ""
