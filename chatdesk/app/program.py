"""The services of one running program by feature, created in `app/composition.py`."""

from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.backups.services.backup_services import BackupServices
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.presets.services.preset_services import PresetServices
from chatdesk.features.previews.services.preview_services import PreviewServices
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.store import Settings, StartNotice

if TYPE_CHECKING:
    from chatdesk.features.batch.services.preset_batch import PresetBatch
    from chatdesk.features.sync.services.sync import Sync
    from chatdesk.features.translation.services.translation import Translation
    from chatdesk.features.updates.services.update_check import Updates


@dataclass(frozen=True, slots=True)
class Program:
    """Each feature gets its own services, never the program."""

    settings: Settings
    window_state: Settings
    servers: ServerServices
    models: ModelServices
    chat: ChatServices
    previews: PreviewServices
    presets: PresetServices
    conversations: ConversationServices
    backups: BackupServices
    batch: "Lazy[PresetBatch]"
    translation: "Lazy[Translation]"
    updates: "Lazy[Updates]"
    sync: "Lazy[Sync]"
    work: RunningWork
    logs: Path
    """The folder of the log files."""
    licences: Path
    """The folder with the licences of software in the program."""
    notices: tuple[StartNotice, ...] = ()
    unusable_settings: tuple[str, ...] = ()
    """Keys of settings whose stored values are invalid."""
