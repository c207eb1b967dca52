"""What batch runs contribute to the window: a page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from chatdesk.app.program import Program
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, Feature, Page, PageView, WindowContext


class BatchFeature(Feature):
    """One per window. `chosen` returns the preset with a key, by default that of the chat, and the model of the chat."""

    def __init__(
        self,
        program: Program,
        window: WindowContext,
        chosen: Callable[[str], tuple[AppliedPreset | None, ModelRef | None]],
    ) -> None:
        self._program = program
        self._window = window
        self._chosen = chosen

    def pages(self) -> Sequence[Page]:
        """Return the page of batch runs; its target is the key of a preset."""
        return (Page("batch", QT_TRANSLATE_NOOP("Pages", "Run over many"), self._make_page),)

    def commands(self) -> Sequence[Command]:
        """Return its commands."""
        title = QCoreApplication.translate("Palette", "Run a preset over many files")
        return (Command("batch", title, lambda: self._window.navigation.show_page("batch"), "list-plus"),)

    def _make_page(self) -> PageView:
        from chatdesk.features.batch.ui.batch_page import BatchPage  # noqa: PLC0415 - start-up time

        window = self._window
        page = BatchPage(window.appearance, self._program, window.files, window.tasks)
        page.closed.connect(window.navigation.show_chats)
        window.tasks.start(self._program.batch.take_up(), "take up the batch")
        return PageView(page, lambda key="": page.open(*self._chosen(key)), page.end)
