"""Which chat is shown: one value that the presenters of the chat page share."""

from dataclasses import dataclass


@dataclass(slots=True)
class OpenChat:
    """`conversation_id` is empty for a new chat. `page_number` is another one for each chat or new chat that is shown."""

    conversation_id: str = ""
    page_number: int = 0
