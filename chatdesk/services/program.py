"""The services of one running program, handed to the screen as one value. Made in app/composition.py; no behaviour here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.services.answers import Answers
from chatdesk.services.attachments import Attachments
from chatdesk.services.branches import Branches
from chatdesk.services.built_in import BuiltIn
from chatdesk.services.chat import Chat
from chatdesk.services.chat_folders import ChatFolders
from chatdesk.services.connections import Connections
from chatdesk.services.contexts import Contexts
from chatdesk.services.conversations import Conversations
from chatdesk.services.exporting import Exporting
from chatdesk.services.follow_ups import FollowUpQuestions
from chatdesk.services.formulas import Formulas
from chatdesk.services.handed_out import HandedOut
from chatdesk.services.kept_pages import KeptPages
from chatdesk.services.late_doctor import LateDoctor
from chatdesk.services.late_model_guide import LateModelGuide
from chatdesk.services.late_model_management import LateModelManagement
from chatdesk.services.late_pictures import LatePictures
from chatdesk.services.late_speed_checks import LateSpeedChecks
from chatdesk.services.late_translation import LateTranslation
from chatdesk.services.late_updates import LateUpdates
from chatdesk.services.list_editing import ListEditing
from chatdesk.services.model_preferences import ModelPreferences
from chatdesk.services.models import Models
from chatdesk.services.own_versions import OwnVersions
from chatdesk.services.preset_batch import PresetBatch
from chatdesk.services.preset_sharing import PresetSharing
from chatdesk.services.preset_use import Briefing
from chatdesk.services.presets import Presets
from chatdesk.services.reasoning import Reasoning
from chatdesk.services.running_work import RunningWork
from chatdesk.services.servers import Servers
from chatdesk.services.settings import Settings, StartNotice
from chatdesk.services.trash import Trash
from chatdesk.services.upkeep import Upkeep

if TYPE_CHECKING:
    from chatdesk.services.chat_import import ChatImport


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a screen may use."""

    settings: Settings
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
    pictures: LatePictures
    own_versions: OwnVersions
    handed_out: HandedOut
    kept_pages: KeptPages
    attachments: Attachments
    presets: Presets
    preset_sharing: PresetSharing
    briefing: Briefing
    reasoning: Reasoning
    batch: PresetBatch
    translation: LateTranslation
    guide: LateModelGuide
    doctor: LateDoctor
    management: LateModelManagement
    follow_ups: FollowUpQuestions
    speeds: LateSpeedChecks
    updates: LateUpdates
    chat_import: "Callable[[], ChatImport]"
    """Made when a file of a chat is opened: start-up time."""
    work: RunningWork
    notices: tuple[StartNotice, ...] = ()
    unusable_settings: tuple[str, ...] = ()
    """Keys of those whose values in the file could not be used."""
