"""The list of features: a new one is a folder in `features/` and a line here."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from chatdesk.app.program import Program
from chatdesk.features.chat.feature import ChatFeature
from chatdesk.features.models.feature import ModelsFeature
from chatdesk.features.servers.feature import ServersFeature
from chatdesk.features.settings.feature import SettingsFeature
from chatdesk.features.updates.feature import UpdatesFeature
from chatdesk.ui_kit.feature import Feature, Section, WindowContext

FEATURES: tuple[Callable[[Program, WindowContext], Feature], ...] = (
    SettingsFeature,
    ChatFeature,
    ServersFeature,
    ModelsFeature,
    UpdatesFeature,
)


def make_features(program: Program, window: WindowContext) -> tuple[Feature, ...]:
    """Return the features of a window."""
    return tuple(make(program, window) for make in FEATURES)


def settings_sections(features: Iterable[Feature]) -> tuple[Section, ...]:
    """Return the sections of the settings in their order."""
    sections = (section for feature in features for section in feature.settings_sections())
    return tuple(sorted(sections, key=attrgetter("order")))
