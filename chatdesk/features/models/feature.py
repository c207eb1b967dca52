"""Models feature: the models page, the settings section of model defaults, and commands."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.page.models_page_controller import ModelsPageController
from chatdesk.kernel.settings.declarations import (
    DEFAULT_MODEL,
    ENGINE_CONTEXT,
    ENGINE_DELETE_TO_TRASH,
    ENGINE_FIND_MODELS,
    ENGINE_GPU_LAYERS,
    ENGINE_IDLE_MINUTES,
    ENGINE_READ_AHEAD,
    ENGINE_THREADS,
    HUB_HUGGING_FACE,
    HUB_MODELSCOPE,
    HUB_PREFERRED,
    INSTRUCTIONS,
)
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, ModelsTab, Page, Section, WindowContext, Wording

if TYPE_CHECKING:
    from chatdesk.features.models.ui.model_defaults_section import ModelDefaultsSection
    from chatdesk.features.models.ui.sources.sources_section import SourcesSection


class ModelsFeature(Feature):
    """The feature. One per window. `page` creates the models page."""

    def __init__(self, services: ModelServices, window: WindowContext, page: ModelsPageController) -> None:
        self._services = services
        self._window = window
        self._page = page

    def pages(self) -> Sequence[Page]:
        """Return the models page; its target is a tab, an item in it, and a part of that."""
        return (
            Page(
                "models",
                QT_TRANSLATE_NOOP("Pages", "Models"),
                self._page.make,
                beside_sidebar=True,
                icon="cpu",
                also=QT_TRANSLATE_NOOP(
                    "Pages", "manage models, LLM, local models, Ollama, GGUF, default model, delete model"
                ),
            ),
        )

    def settings_sections(self) -> Sequence[Section]:
        """Return the sections of model defaults and of the model hubs, and links to the providers and to the built-in engine."""
        return (
            Section(
                "model-defaults",
                "target",
                12,
                QT_TRANSLATE_NOOP("SectionList", "Model defaults"),
                self._make_defaults,
                QT_TRANSLATE_NOOP(
                    "SectionList", "default model, system prompt, custom instructions, instructions for all chats"
                ),
                (DEFAULT_MODEL, INSTRUCTIONS),
            ),
            Section(
                "servers",
                "server",
                20,
                QT_TRANSLATE_NOOP("SectionList", "Providers"),
                None,
                QT_TRANSLATE_NOOP(
                    "SectionList",
                    "servers, API key, endpoint, base URL, address, connect, add a provider, OpenAI, DeepSeek, Ollama, proxy of a server",
                ),
                leads_to=("models", ModelsTab.PROVIDERS),
            ),
            Section(
                "engine",
                "cpu",
                30,
                QT_TRANSLATE_NOOP("SectionList", "Built-in engine"),
                None,
                QT_TRANSLATE_NOOP("SectionList", "llama.cpp, GGUF, local model, model files, log, unload"),
                (
                    ENGINE_FIND_MODELS,
                    ENGINE_CONTEXT,
                    ENGINE_THREADS,
                    ENGINE_GPU_LAYERS,
                    ENGINE_IDLE_MINUTES,
                    ENGINE_READ_AHEAD,
                    ENGINE_DELETE_TO_TRASH,
                ),
                ("models", ModelsTab.HERE, "engine"),
            ),
            Section(
                "model-sources",
                "download",
                32,
                QT_TRANSLATE_NOOP("SectionList", "Model sources"),
                self._make_sources,
                QT_TRANSLATE_NOOP("SectionList", "Hugging Face, ModelScope, mirror, token, download models, hub"),
                (HUB_PREFERRED, HUB_HUGGING_FACE, HUB_MODELSCOPE),
            ),
        )

    def commands(self) -> Sequence[Command]:
        """Return the commands for the guide and the downloads."""
        show = self._window.navigation.show_models
        return (
            Command(
                "guide",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Which DeepSeek model fits this computer")),
                partial(show, ModelsTab.GET_MORE),
                "gift",
                also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "get a model, download model, recommended")),
            ),
            Command(
                "downloads",
                Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "Show downloads")),
                partial(show, ModelsTab.GET_MORE, "downloads"),
                "download",
                also=Wording.of("Palette", QT_TRANSLATE_NOOP("Palette", "pull, progress of downloads")),
            ),
        )

    def _make_defaults(self) -> "ModelDefaultsSection":
        from chatdesk.features.models.ui.model_defaults_section import (  # noqa: PLC0415 - start-up time
            ModelDefaultsSection,
        )

        window = self._window
        return ModelDefaultsSection(window.appearance, self._services, window.navigation, window.tasks)

    def _make_sources(self) -> "SourcesSection":
        from chatdesk.features.models.ui.sources.sources_section import SourcesSection  # noqa: PLC0415 - start-up time

        window, services = self._window, self._services
        return SourcesSection(
            window.appearance, services.hubs.get(), services.settings, window.tasks, window.navigation.open_link
        )
