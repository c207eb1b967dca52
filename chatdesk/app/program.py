"""The services of one running program, handed to the screen as one value. Made in app/composition.py; no behaviour here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.app.upkeep import Upkeep
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.batch.services.preset_batch import PresetBatch
from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.follow_ups import FollowUpQuestions
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.request.formulas import Formulas
from chatdesk.features.chat.services.request.reasoning import Reasoning
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.files.exporting import Exporting
from chatdesk.features.conversations.services.list_editing import ListEditing
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_library import ModelLibrary
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.presets.services.preset_sharing import PresetSharing
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.previews.services.own_versions import OwnVersions
from chatdesk.features.previews.services.page_storage import PageStorage
from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.store import Settings, StartNotice

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.pictures import Pictures
    from chatdesk.features.conversations.services.files.chat_import import ChatImport
    from chatdesk.features.servers.services.doctor.doctor import Doctor
    from chatdesk.features.translation.services.translation import Translation
    from chatdesk.features.updates.services.updates import Updates


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a screen may use."""

    settings: Settings
    window_state: Settings
    conversations: Conversations
    folders: ChatFolders
    trash: Trash
    list_editing: ListEditing
    chat: Chat
    branches: Branches
    exporting: Exporting
    preferences: ModelPreferences
    servers: Servers
    built_in: BuiltIn
    connections: Connections
    answers: Answers
    models: Models
    contexts: Contexts
    upkeep: Upkeep
    formulas: Formulas
    pictures: "Lazy[Pictures]"
    own_versions: OwnVersions
    temporary_pages: TemporaryPages
    page_storage: PageStorage
    attachments: Attachments
    presets: Presets
    preset_sharing: PresetSharing
    instruction_resolver: InstructionResolver
    reasoning: Reasoning
    batch: PresetBatch
    translation: "Lazy[Translation]"
    model_library: ModelLibrary
    doctor: "Lazy[Doctor]"
    follow_ups: FollowUpQuestions
    updates: "Lazy[Updates]"
    chat_import: "Callable[[], ChatImport]"
    """Made when a file of a chat is opened: start-up time."""
    work: RunningWork
    notices: tuple[StartNotice, ...] = ()
    unusable_settings: tuple[str, ...] = ()
    """Keys of those whose values in the file could not be used."""
