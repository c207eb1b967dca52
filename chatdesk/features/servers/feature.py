"""Servers feature: a section of the settings."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.servers.ui.cards.servers_section import ServersSection


class ServersFeature(Feature):
    """The feature. One per window. `use_model` shows the chat and answers its next question with a model."""

    def __init__(
        self, services: ServerServices, window: WindowContext, use_model: Callable[[ModelRef], object]
    ) -> None:
        self._services = services
        self._window = window
        self._use_model = use_model

    def settings_sections(self) -> Sequence[Section]:
        """Return the servers section."""
        return (
            Section(
                "servers",
                "server",
                20,
                QT_TRANSLATE_NOOP("SectionList", "Providers"),
                self._make_section,
                QT_TRANSLATE_NOOP(
                    "SectionList",
                    "servers, API key, endpoint, base URL, address, connect, add a provider, OpenAI, DeepSeek, Ollama, proxy of a server",
                ),
            ),
        )

    def _make_section(self) -> "ServersSection":
        from chatdesk.features.servers.ui.cards.servers_section import ServersSection  # noqa: PLC0415 - start-up time

        window, navigation = self._window, self._window.navigation
        section = ServersSection(window.appearance, self._services, window.tasks, window.links.open)
        section.view.engine_requested.connect(lambda: navigation.show_settings("engine"))
        section.view.models_requested.connect(partial(navigation.show_models, "recommended"))
        section.view.use_requested.connect(self._use_model)
        section.models_page_requested.connect(navigation.show_models)
        return section
