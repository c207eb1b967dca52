"""Batch feature: a page for running a preset over many inputs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chatdesk.features.presets.services.presets import Presets
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Page, PageView, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.batch.services.preset_batch import PresetBatch


class BatchFeature(Feature):
    """The feature. One per window. `chosen` returns the preset with a key, by default that of the chat, and the chat's model."""

    def __init__(
        self,
        batch: "Lazy[PresetBatch]",
        presets: Presets,
        settings: Settings,
        window: WindowContext,
        chosen: Callable[[str], tuple[AppliedPreset | None, ModelRef | None]],
    ) -> None:
        self._batch = batch
        self._presets = presets
        self._settings = settings
        self._window = window
        self._chosen = chosen

    def pages(self) -> Sequence[Page]:
        """Return the batch page; its target is the key of a preset."""
        also = QT_TRANSLATE_NOOP("Pages", "bulk, run over many, table, CSV, spreadsheet, many files")
        return (Page("batch", QT_TRANSLATE_NOOP("Pages", "Batch run"), self._make_page, icon="list-plus", also=also),)

    def _make_page(self) -> PageView:
        from chatdesk.features.batch.ui.batch_page import BatchPage  # noqa: PLC0415 - start-up time

        window, batch = self._window, self._batch.get()
        page = BatchPage(window.appearance, batch, self._presets, self._settings, window.files, window.tasks)
        page.closed.connect(window.navigation.show_chats)
        window.tasks.start(batch.load_stored(), "take up the batch")
        return PageView(page, lambda key="": page.open(*self._chosen(key)), page.end)
