"""What the window shows: the chats, or one of the pages in their place. A page is made when it is first shown: start-up time."""

import asyncio
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.app.program import Program
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.feature import Section
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener

if TYPE_CHECKING:
    from chatdesk.app.shell.library_place import LibraryPlace
    from chatdesk.features.batch.ui.batch_page import BatchPage
    from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
    from chatdesk.features.conversations.ui.trash.deleted_place import DeletedPlace
    from chatdesk.features.models.ui.guide.guide_page import GuidePage
    from chatdesk.features.settings.ui.settings_page import SettingsPage
    from chatdesk.features.translation.ui.translation_page import TranslationPage

_GUIDE_PARTS = (
    "chatdesk.features.models.services.speed_checks",
    "chatdesk.features.models.ui.guide.guide_words",
    "chatdesk.features.models.ui.downloads.pull_progress",
    "chatdesk.features.models.ui.downloads.pull_actions",
    "chatdesk.features.models.ui.guide.variant_row",
    "chatdesk.features.models.ui.downloads.other_models",
    "chatdesk.features.models.ui.guide.guide_page",
)


class Places(QStackedWidget):
    """`chats` is shown at first, and again when a page is left."""

    left = Signal()
    """A page was left: the chats are shown."""
    told = Signal(str, object)
    """Something to say in passing, and what its Undo does; None for nothing to undo."""
    told_more = Signal(str, str, object)
    """The same, with details between."""
    speed_wanted = Signal(ModelRef, bool)
    """How fast a model is, and whether to measure it at once."""
    doctor_wanted = Signal(str)
    """What is wrong with a server; its id."""
    told_of_deleted = Signal(str, str, str)
    """What became of something deleted, its name, and the id of a chat that can be opened now; empty for none."""
    undo_wanted = Signal()
    """Undo what was done last in the list of chats."""
    models_wanted = Signal()
    """The page of models."""
    chat_wanted = Signal(ModelRef)
    """A new chat with this model."""

    def __init__(
        self,
        appearance: Appearance,
        chats: QWidget,
        program: Program,
        files: FileSaver,
        links: LinkOpener,
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chats = chats
        self._program = program
        self._files = files
        self._links = links
        self._tasks = tasks
        self._settings: SettingsPage | None = None
        self._batch: BatchPage | None = None
        self._desk: TranslationPage | None = None
        self._guide: GuidePage | None = None
        self._deleted: DeletedPlace | None = None
        self._opening_guide = False
        self._returns = False
        self.sections: Sequence[Section] = ()
        """Of the settings."""
        self._titles: dict[QWidget, Callable[[], str]] = {}
        self.addWidget(chats)

    @property
    def hides_chats(self) -> bool:
        """Whether a page is shown in place of the chats and of what stands beside the sidebar."""
        return self.currentWidget() is not self._chats

    @property
    def title(self) -> str:
        """What the page shown is called; empty for the chats."""
        here = self.currentWidget()
        return self._titles[here]() if here in self._titles else ""

    def show_chats(self) -> None:
        """Show the chats."""
        self.setCurrentWidget(self._chats)
        self.left.emit()

    def show_frame(self) -> None:
        """Show what stands beside the sidebar, whatever that is by now."""
        self.setCurrentWidget(self._chats)

    def show_settings(self, section: str = "", item: str = "", part: str = "") -> None:
        """Show the settings: a section, and in it an item, ready to change a part of it."""
        if self._settings is None:
            from chatdesk.features.settings.ui.settings_page import SettingsPage  # noqa: PLC0415 - see above

            self._settings = SettingsPage(self._appearance, self.sections, self)
            self._settings.closed.connect(self.show_chats)
            self._add(self._settings, lambda: self.tr("Settings"))
        self.setCurrentWidget(self._settings)
        self._settings.show_section(section, item, part)

    def open_link(self, target: str) -> None:
        """Open a page in the browser, or ask first."""
        self._links.open(target)

    def show_server(self, server_id: str, part: str) -> None:
        """Show the settings at a server, ready to change its `key` or its `address`; without a server, those of all."""
        self.show_settings("servers", server_id, part)

    def show_models(self) -> None:
        """Show the page of models."""
        self.models_wanted.emit()

    def show_deleted(self, middle: "LibraryPlace", transcript: "LazyTranscript") -> None:
        """Show what was deleted in `middle`, beside the sidebar; `transcript` has the pictures that are in memory."""
        if self._deleted is None:
            from chatdesk.features.conversations.ui.trash.deleted_place import DeletedPlace  # noqa: PLC0415 - see above

            self._deleted = DeletedPlace(
                self._appearance, self._program, middle, transcript, self._links, self._files, self._tasks
            )
            self._deleted.told.connect(self.told_of_deleted)
            self._deleted.undo_requested.connect(self.undo_wanted)
        self.show_frame()
        self._deleted.show()

    def show_batch(self, chat: ChatPresenter, models: ModelPresenter, key: str = "") -> None:
        """Show a run over many inputs with a preset; without one, with that of the chat or of the last run."""
        if self._batch is None:
            from chatdesk.features.batch.ui.batch_page import BatchPage  # noqa: PLC0415 - see above

            self._batch = BatchPage(self._appearance, self._program, self._files, self._tasks, self)
            self._batch.closed.connect(self.show_chats)
            self._add(self._batch, lambda: self.tr("Run over many"))
            self._tasks.start(self._program.batch.take_up(), "take up the batch")
        self.setCurrentWidget(self._batch)
        self._batch.open(chat.presets.applied(key), models.chosen.ref if models.chosen else None)

    def show_desk(self, key: str = "") -> None:
        """Show the translation desk, with a preset of its kind if one is named."""
        if self._desk is None:
            from chatdesk.features.translation.ui.translation_page import TranslationPage  # noqa: PLC0415 - see above

            self._desk = TranslationPage(self._appearance, self._program, self._tasks, self._files.ask_for, self)
            self._desk.closed.connect(self.show_chats)
            self._desk.told.connect(self.told)
            self._desk.servers_requested.connect(lambda server_id: self.show_server(server_id, "address"))
            self._add(self._desk, lambda: self.tr("Translation desk"))
        self.setCurrentWidget(self._desk)
        self._desk.open(self._program.presets.find(key), self._program.presets.state(key).values)

    def show_guide(self, *, for_a_while: bool = False) -> None:
        """Show which of DeepSeek's models suit this machine, and the way to get one; made piece by piece the first time.

        `for_a_while`: what it is shown in place of comes back when it is left, be that the chats or another page.
        """
        self._returns = for_a_while
        if self._guide:
            self.setCurrentWidget(self._guide)
            self._guide.open()
        elif not self._opening_guide:
            self._opening_guide = True
            self._tasks.start(self._open_guide(), "open the guide")

    async def _open_guide(self) -> None:
        guide = await self._program.guide.prepared()
        for name in _GUIDE_PARTS:  # beside the window's own work
            await asyncio.to_thread(import_module, name)
        from chatdesk.features.models.ui.downloads.other_models import OtherModels  # noqa: PLC0415 - likewise
        from chatdesk.features.models.ui.guide.guide_page import GuidePage  # noqa: PLC0415 - see above
        from chatdesk.features.models.ui.guide.machine_strip import MachineStrip  # noqa: PLC0415 - likewise

        strip = MachineStrip(self._appearance)
        await asyncio.sleep(0)
        others = OtherModels(self._appearance)
        await asyncio.sleep(0)
        self._guide = GuidePage(self._appearance, guide, self._program.models, self._tasks, strip, others, self)
        self._guide.closed.connect(self._leave_guide)
        self._guide.chat_requested.connect(self.chat_wanted)
        self._guide.servers_requested.connect(lambda: self.show_settings("servers"))
        self._guide.doctor_requested.connect(self.doctor_wanted)
        self._guide.page_requested.connect(self._links.open)
        await asyncio.sleep(0)
        self._add(self._guide, lambda: self.tr("Which model?"))
        self.setCurrentWidget(self._guide)
        await asyncio.sleep(0)
        self._guide.open()

    def show_downloads(self) -> None:
        """Show the models that are downloading."""
        self.show_guide()
        if self._guide:
            self._guide.show_downloads()

    @property
    def shows_downloads(self) -> bool:
        """Whether a person sees the downloads go on, so that their end needs no word."""
        return self._guide is not None and self._guide.isVisible()

    def _leave_guide(self) -> None:
        if self._returns:
            self.show_frame()
        else:
            self.show_chats()

    def end(self) -> None:
        """Let go of the services."""
        if self._guide:
            self._guide.end()
        if self._batch:
            self._batch.end()
        if self._desk:
            self._desk.end()

    def _add(self, page: QWidget, title: Callable[[], str]) -> None:
        self._titles[page] = title
        self.addWidget(page)
