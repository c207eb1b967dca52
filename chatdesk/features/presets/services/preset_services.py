"""Services of presets, and their creation."""

from typing import TYPE_CHECKING

from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings

if TYPE_CHECKING:
    from chatdesk.features.presets.services.preset_sharing import PresetSharing


@dataclass(frozen=True, slots=True)
class PresetServices:
    """The services that the user interface of presets uses."""

    settings: Settings
    presets: Presets
    sharing: "Lazy[PresetSharing]"
    """Import and export."""
    conversations: Conversations
    chat: Chat
    answers: Answers
    instruction_resolver: InstructionResolver
    models: Models


def make_preset_services(presets: Presets, sharing: "Lazy[PresetSharing]", chat: ChatServices) -> PresetServices:
    """Return the services of presets, which include some of those of chats."""
    return PresetServices(
        chat.settings,
        presets,
        sharing,
        chat.conversations,
        chat.chat,
        chat.answers,
        chat.instruction_resolver,
        chat.models,
    )
