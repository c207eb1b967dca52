"""The list of features: a new one is a folder in `features/` and a line here."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.app.program import Program
from chatdesk.features.applications.ui.application_presenter import ApplicationPresenter, ApplicationServices
from chatdesk.features.backups.feature import BackupsFeature
from chatdesk.features.batch.feature import BatchFeature
from chatdesk.features.chat.feature import ChatFeature
from chatdesk.features.chat.ui.chat_addons import ChatApplication, ChatPreset, MakeAddons
from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.conversations.feature import ConversationsFeature
from chatdesk.features.conversations.ui.chat_navigation import ChatNavigation
from chatdesk.features.conversations.ui.export_presenter import ExportPresenter
from chatdesk.features.models.feature import ModelsFeature
from chatdesk.features.models.ui.page.models_page_controller import ModelsPageController
from chatdesk.features.presets.feature import PresetsFeature
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.features.presets.ui.preset_presenter import PresetPresenter
from chatdesk.features.settings.feature import SettingsFeature
from chatdesk.features.sync.feature import SyncFeature
from chatdesk.features.translation.feature import TranslationFeature
from chatdesk.features.updates.feature import UpdatesFeature
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.ui_kit.feature import Command, DataAction, Feature, Section, WindowContext
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.kernel.recovery import ClosedWork


def make_features(
    program: Program,
    window: WindowContext,
    chat: ChatPresenter,
    transcript: LazyTranscript,
    navigation: ChatNavigation,
    export: ExportPresenter,
    models_page: ModelsPageController,
    share: PresetSharePresenter,
    use_preset: Callable[[str], object],
    report_deleted_change: Callable[[str, str, str], object],
    undo_in_list: Callable[[], object],
    import_chats: Callable[[], object],
    list_commands: Callable[[], Sequence[Command]],
    reopen: "Callable[[ClosedWork], object]",
) -> tuple[Feature, ...]:
    """Return the features of a window, each with what it uses. The palette lists their commands in this order."""
    settings = program.settings

    def attach_files() -> None:
        navigation.show_chats()
        chat.attach_files()

    def attach_folder() -> None:
        navigation.show_chats()
        chat.attach_folder()

    features: tuple[Feature, ...] = (
        PresetsFeature(program.presets, window, share, chat.presets, use_preset),
        BatchFeature(
            program.batch,
            program.presets.presets,
            program.servers,
            program.chat.formulas,
            settings,
            window,
            transcript,
            chat.presets.applied,
        ),
        ChatFeature(
            settings, window, chat.thinking, transcript, program.servers.embedders, attach_files, attach_folder
        ),
        ModelsFeature(program.models, window, models_page),
        TranslationFeature(
            program.translation,
            program.presets.presets,
            program.servers.models,
            program.servers.servers,
            settings,
            window,
        ),
        ConversationsFeature(
            program.conversations,
            window,
            transcript,
            navigation,
            export,
            report_deleted_change,
            undo_in_list,
            import_chats,
        ),
        BackupsFeature(program.backups, window, navigation.open_hit, lambda: data_actions(features), reopen),
        SyncFeature(program.sync, window),
        UpdatesFeature(settings, program.updates, program.logs, program.licences, window),
        SettingsFeature(settings, window, lambda: settings_sections(features), list_commands),
    )
    return features


def data_actions(features: Iterable[Feature]) -> tuple[DataAction, ...]:
    """Return the ways to bring data in or out, in their order."""
    actions = (action for feature in features for action in feature.data_actions())
    return tuple(sorted(actions, key=attrgetter("order")))


def chat_addons(program: Program) -> MakeAddons:
    """Return what creates the parts of a chat's page that come from other features."""
    services = ApplicationServices(
        program.chat.chat,
        program.chat.follow_ups,
        program.servers.models,
        program.servers.connections,
        program.settings,
    )

    def read_file(path: Path, report: Callable[[ReadingProgress], None]) -> Awaitable[str]:
        from chatdesk.features.attachments.services.file_texts import FileTexts  # noqa: PLC0415 - start-up time

        return FileTexts(program.chat.attachments.documents).read(path, report)

    def make(
        page: ChatView, models: ModelPresenter, tasks: Tasks, open_chat: CurrentChat, parent: QObject
    ) -> tuple[ChatPreset, ChatApplication]:
        presets = PresetPresenter(page.appearance, page, program.presets, models, tasks, open_chat, read_file, parent)
        return presets, ApplicationPresenter(page, services, models, presets, tasks, open_chat, parent)

    return make


def settings_sections(features: Iterable[Feature]) -> tuple[Section, ...]:
    """Return the sections of the settings in their order."""
    sections = (section for feature in features for section in feature.settings_sections())
    return tuple(sorted(sections, key=attrgetter("order")))
