"""The services that previews use."""

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.previews.services.own_versions import OwnVersions
from chatdesk.features.previews.services.page_storage import PageStorage
from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.store import Settings


@dataclass(frozen=True, slots=True)
class PreviewServices:
    """One per program."""

    settings: Settings
    window_state: Settings
    chat: Chat
    own_versions: OwnVersions
    temporary_pages: TemporaryPages
    page_storage: PageStorage
