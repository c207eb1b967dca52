"""Batch feature: a page for running a preset over many inputs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chatdesk.features.chat.services.request.formulas import Formulas
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import BATCH_MODEL, BATCH_SERVER
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Feature, Page, PageView, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.batch.services.preset_batch import PresetBatch


class BatchFeature(Feature):
    """The feature. One per window. `chosen` returns the preset with a key, by default that of the chat."""

    def __init__(
        self,
        batch: "Lazy[PresetBatch]",
        presets: Presets,
        servers: ServerServices,
        formulas: Formulas,
        settings: Settings,
        window: WindowContext,
        transcript: LazyTranscript,
        chosen: Callable[[str], AppliedPreset | None],
    ) -> None:
        self._batch = batch
        self._presets = presets
        self._servers = servers
        self._formulas = formulas
        self._settings = settings
        self._window = window
        self._transcript = transcript
        self._chosen = chosen

    def pages(self) -> Sequence[Page]:
        """Return the batch page; its target is the key of a preset."""
        also = QT_TRANSLATE_NOOP("Pages", "bulk, run over many, table, CSV, spreadsheet, many files")
        title = QT_TRANSLATE_NOOP("Pages", "Batch run")
        return (
            Page("batch", title, self._make_page, beside_sidebar=True, icon="list-plus", also=also, parent="presets"),
        )

    def _make_page(self) -> PageView:
        from chatdesk.features.batch.ui.batch_page import BatchPage  # noqa: PLC0415 - start-up time
        from chatdesk.features.chat.ui.transcript.read_only_transcript import (  # noqa: PLC0415 - start-up time
            ReadOnlyTranscript,
        )
        from chatdesk.features.models.ui.picker.page_model import PageModel  # noqa: PLC0415 - start-up time

        window, servers, settings, batch = self._window, self._servers, self._settings, self._batch.get()
        transcript = ReadOnlyTranscript(window.appearance, self._formulas, self._transcript.pictures)
        transcript.link_activated.connect(window.links.open)
        transcript.save_requested.connect(window.files.ask)
        transcript.file_requested.connect(window.files.ask_made)
        formulas = self._formulas.formula_ready.subscribe(lambda _formula: transcript.formulas.formula_arrived())
        choice = (BATCH_SERVER, BATCH_MODEL)
        page = BatchPage(
            window.appearance,
            batch,
            self._presets,
            settings,
            window.files,
            window.tasks,
            transcript,
            lambda picker: PageModel(picker, servers.models, servers.servers, settings, choice, window.tasks),
        )
        page.closed.connect(lambda: window.navigation.show_page("presets"))
        window.tasks.start(batch.load_stored(), "take up the batch")

        def end() -> None:
            formulas()
            page.end()

        return PageView(page, lambda key="": page.open(self._chosen(key)), end, page.header)
