"""Models feature: the models page, the settings section of the built-in engine, and commands."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.page.models_page_controller import ModelsPageController
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Page, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.models.ui.engine.engine_section import EngineSection


class ModelsFeature(Feature):
    """The feature. One per window. `page` creates the models page."""

    def __init__(self, services: ModelServices, window: WindowContext, page: ModelsPageController) -> None:
        self._services = services
        self._window = window
        self._page = page

    def pages(self) -> Sequence[Page]:
        """Return the models page; its target is a section."""
        return (Page("models", QT_TRANSLATE_NOOP("Pages", "Models"), self._page.make, beside_sidebar=True),)

    def settings_sections(self) -> Sequence[Section]:
        """Return the section of the built-in engine."""
        return (Section("engine", "cpu", 30, QT_TRANSLATE_NOOP("SectionList", "Built-in engine"), self._make_engine),)

    def commands(self) -> Sequence[Command]:
        """Return the commands for the models page and the guide."""
        navigation = self._window.navigation
        guide = QCoreApplication.translate("Palette", "Which DeepSeek model fits this computer")
        return (
            Command("models", QCoreApplication.translate("Palette", "Manage models"), navigation.show_models, "cpu"),
            Command("guide", guide, partial(navigation.show_models, "recommended"), "cpu"),
        )

    def _make_engine(self) -> "EngineSection":
        from chatdesk.features.models.ui.engine.engine_section import EngineSection  # noqa: PLC0415 - start-up time

        window = self._window
        return EngineSection(window.appearance, self._services, window.tasks, window.files.ask)
