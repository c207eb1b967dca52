"""Which chat is shown: one value that the presenters of one place for chats share."""

from dataclasses import dataclass

from chatdesk.ui.shell.chat_memory import WINDOW_MEMORY, ChatMemory


@dataclass(slots=True)
class OpenChat:
    """`conversation_id` is empty for a new chat. `page_number` is another one for each chat or new chat that is shown."""

    conversation_id: str = ""
    page_number: int = 0
    memory: ChatMemory = WINDOW_MEMORY
