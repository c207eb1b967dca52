"""Translation feature: the page and the command it adds to the window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Page, PageView, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.translation.services.translation import Translation


class TranslationFeature(Feature):
    """The feature. One per window."""

    def __init__(
        self,
        translation: "Lazy[Translation]",
        presets: Presets,
        models: Models,
        servers: Servers,
        settings: Settings,
        window: WindowContext,
    ) -> None:
        self._translation = translation
        self._presets = presets
        self._models = models
        self._servers = servers
        self._settings = settings
        self._window = window

    def pages(self) -> Sequence[Page]:
        """Return the translation page; its target is the key of a translation preset."""
        also = QT_TRANSLATE_NOOP("Pages", "translate, translation, glossary, foreign language")
        title = QT_TRANSLATE_NOOP("Pages", "Translator")
        make = self._make_page
        return (Page("translation", title, make, beside_sidebar=True, icon="languages", also=also, parent="presets"),)

    def _make_page(self) -> PageView:
        from chatdesk.features.translation.ui.translation_page import TranslationPage  # noqa: PLC0415 - start-up time

        window, presets = self._window, self._presets
        navigation = window.navigation
        page = TranslationPage(
            window.appearance,
            self._translation.get(),
            self._models,
            self._servers,
            self._settings,
            window.tasks,
            window.files.ask_for,
        )
        page.closed.connect(lambda: navigation.show_page("presets"))
        page.notified.connect(window.show_toast)
        page.servers_requested.connect(lambda server_id: navigation.show_server(server_id, "address"))
        return PageView(
            page, lambda key="": page.open(presets.find(key), presets.state(key).values), page.end, page.header
        )
