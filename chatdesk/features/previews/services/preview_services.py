"""The services that previews use."""

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.previews.services.handed_out import HandedOut
from chatdesk.features.previews.services.kept_pages import KeptPages
from chatdesk.features.previews.services.own_versions import OwnVersions
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.store import Settings


@dataclass(frozen=True, slots=True)
class PreviewServices:
    """One per program."""

    settings: Settings
    window_state: Settings
    chat: Chat
    own_versions: OwnVersions
    handed_out: HandedOut
    kept_pages: KeptPages
