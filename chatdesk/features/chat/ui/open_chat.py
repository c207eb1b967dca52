"""Which chat is shown: one value that the presenters of one place for chats share."""

from dataclasses import field

from chatdesk.features.chat.ui.chat_memory import WINDOW_MEMORY, ChatMemory
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters


@dataclass(slots=True)
class OpenChat:
    """`conversation_id` is empty for a new chat. `page_number` is another one for each chat or new chat that is shown."""

    conversation_id: str = ""
    page_number: int = 0
    parameters: Parameters = field(default_factory=Parameters)
    """Of a new chat, until there is a chat to keep them with."""
    memory: ChatMemory = WINDOW_MEMORY
