"""The list of features: a new one is a folder in `features/` and a line here."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from chatdesk.app.program import Program
from chatdesk.features.batch.feature import BatchFeature
from chatdesk.features.chat.feature import ChatFeature
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.conversations.feature import ConversationsFeature
from chatdesk.features.models.feature import ModelsFeature
from chatdesk.features.presets.feature import PresetsFeature
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.features.servers.feature import ServersFeature
from chatdesk.features.settings.feature import SettingsFeature
from chatdesk.features.translation.feature import TranslationFeature
from chatdesk.features.updates.feature import UpdatesFeature
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.feature import Feature, Section, WindowContext


def make_features(
    program: Program,
    window: WindowContext,
    chat: ChatPresenter,
    transcript: LazyTranscript,
    share: PresetSharePresenter,
    chosen: Callable[[str], tuple[AppliedPreset | None, ModelRef | None]],
    use_preset: Callable[[str], object],
    tell_of_deleted: Callable[[str, str, str], object],
    undo_in_list: Callable[[], object],
) -> tuple[Feature, ...]:
    """Return the features of a window, each with what it uses. The palette lists their commands in this order."""
    features: tuple[Feature, ...] = (
        PresetsFeature(program, window, share, chat.presets, use_preset),
        BatchFeature(program, window, chosen),
        ChatFeature(program, window, chat.thinking),
        ModelsFeature(program, window),
        ServersFeature(program, window),
        TranslationFeature(program, window),
        ConversationsFeature(program, window, transcript, tell_of_deleted, undo_in_list),
        UpdatesFeature(program, window),
        SettingsFeature(program, window, lambda: settings_sections(features)),
    )
    return features


def settings_sections(features: Iterable[Feature]) -> tuple[Section, ...]:
    """Return the sections of the settings in their order."""
    sections = (section for feature in features for section in feature.settings_sections())
    return tuple(sorted(sections, key=attrgetter("order")))
