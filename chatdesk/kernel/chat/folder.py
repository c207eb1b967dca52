"""A folder of chats in the list, and what new chats in it begin with. Which chats are in it is kept by the chats."""

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

LONGEST_NAME = 1_000


@dataclass(frozen=True, slots=True)
class Folder:
    """Folders are listed by `position`. `preset_key` is of the library (`Preset.key`), empty for none.

    The folder names its preset and keeps no copy: a chat begins with what the library has by then.
    """

    id: str
    name: str
    position: float
    preset_key: str = ""
    model: ModelRef | None = None
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class MovedChats:
    """Chats as they were before they went into a folder, or out of one if it is empty: what undo needs."""

    before: tuple[Conversation, ...]
    folder_id: str
