"""Contribution of presets to the window: the library page and commands."""

from collections.abc import Callable, Sequence

from chatdesk.features.chat.ui.chat_addons import ChatPreset
from chatdesk.features.presets.services.preset_services import PresetServices
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Page, PageView, WindowContext, Wording


class PresetsFeature(Feature):
    """One instance per window. `of_chat` presents the preset of the current chat; `use` starts a chat with the preset of a key."""

    def __init__(
        self,
        services: PresetServices,
        window: WindowContext,
        share: PresetSharePresenter,
        of_chat: ChatPreset,
        use: Callable[[str], object],
    ) -> None:
        self._services = services
        self._window = window
        self._share = share
        self._of_chat = of_chat
        self._use = use
        of_chat.offers_tools = True
        of_chat.page_requested.connect(window.navigation.show_page)

    def pages(self) -> Sequence[Page]:
        """Return the library page; its target is the key of a preset."""
        return (
            Page(
                "presets",
                QT_TRANSLATE_NOOP("Pages", "Presets"),
                self._make_library,
                beside_sidebar=True,
                icon="library",
                also=QT_TRANSLATE_NOOP(
                    "Pages", "prompts, assistants, agents, system prompts, roles, templates, prompt library, GPTs, bots"
                ),
            ),
        )

    def commands(self) -> Sequence[Command]:
        """Return the commands for presets."""
        return (
            Command(
                "choose_preset",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Choose a preset")),
                self._of_chat.open_popup,
                "square-slash",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "another preset, prompt, assistant, agent, system prompt")
                ),
            ),
            Command(
                "save_chat_as_preset",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Save chat as preset")),
                self._of_chat.save_chat,
                "plus",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "create a preset, new prompt, save instructions")
                ),
            ),
            Command(
                "import_presets",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Import presets…")),
                self._share.choose_files,
                "file-up",
                also=Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "import prompts, import assistants, add agents")
                ),
            ),
            Command(
                "open_files",
                Wording.of(
                    "Palette", QT_TRANSLATE_NOOP("Palette", "Open a document, a saved chat, a preset or a model")
                ),
                self._share.choose_any,
                "folder-open",
                also=Wording.of(
                    "Palette",
                    QT_TRANSLATE_NOOP(
                        "Palette", "import chat, load file, restore a chat, ask about a file, PDF, JSON, GGUF"
                    ),
                ),
            ),
        )

    def _make_library(self) -> PageView:
        from chatdesk.features.presets.ui.library.library import make_library  # noqa: PLC0415 - start-up time

        window, share = self._window, self._share
        library = make_library(window.appearance, self._services, window.tasks, lambda: self._of_chat.model)
        page = library.page
        page.closed.connect(window.navigation.show_chats)
        page.header.import_requested.connect(share.choose_files)
        library.used.connect(self._use)
        library.undo_offered.connect(window.show_toast)
        page.tool_requested.connect(window.navigation.show_page)
        library.batch_requested.connect(lambda key: window.navigation.show_page("batch", key))
        library.export_requested.connect(share.export)
        share.accept_drops_on(page)

        def show(key: str = "") -> None:
            page.begin()
            if key:
                library.show_preset(key)

        return PageView(page, show, library.end, page.header)
