"""What a search found: plain data, for any screen to draw. How it is found: storage/database/search_repository.py."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message, or a conversation's title (`message_id` is None), that holds every word asked for.

    `snippet` is one line around the first of them; `ranges` are (start, end) of the words in it, in order.
    """

    conversation_id: str
    message_id: str | None
    snippet: str
    ranges: tuple[tuple[int, int], ...]
