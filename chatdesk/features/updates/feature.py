"""Updates feature: the settings section on the program itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import CHECK_UPDATES
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.updates.services.update_check import Updates
    from chatdesk.features.updates.ui.about_section import AboutSection


class UpdatesFeature(Feature):
    """The feature. One per window. `logs` and `licences` are the folders of the log files and of licence texts."""

    def __init__(
        self, settings: Settings, updates: "Lazy[Updates]", logs: Path, licences: Path, window: WindowContext
    ) -> None:
        self._settings = settings
        self._updates = updates
        self._logs = logs
        self._licences = licences
        self._window = window

    def settings_sections(self) -> Sequence[Section]:
        """Return the about section."""
        return (
            Section(
                "about",
                "info",
                50,
                QT_TRANSLATE_NOOP("SectionList", "About"),
                self._make_section,
                QT_TRANSLATE_NOOP("SectionList", "version, licence, help, about Chatdesk, log, report a problem"),
                (CHECK_UPDATES,),
            ),
        )

    def _make_section(self) -> "AboutSection":
        from chatdesk.features.updates.ui.about_section import AboutSection  # noqa: PLC0415 - start-up time

        window = self._window
        return AboutSection(
            window.appearance,
            self._settings,
            self._updates,
            window.tasks,
            window.links.open,
            self._logs,
            self._licences,
        )
