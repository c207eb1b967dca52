"""A chat page with its presenters."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_addons import MakeAddons
from chatdesk.features.chat.ui.chat_memory import WINDOW_MEMORY, ChatMemory
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript, PicturePresenter, follow_settings
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.chat.ui.send_presenter import FindFolder
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.kernel.settings.declarations import SEND_KEY
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import LinkOpener


class ChatPane[Page: ChatView](QObject):
    """Connects a chat page with its presenters. The main window has one and the quick window another.

    Call `end` before the services are closed. `memory` names the settings in which the pane stores drafts and choices.
    """

    def __init__(
        self,
        services: ChatServices,
        picker: ModelPicker,
        transcript: LazyTranscript,
        page: Page,
        make_addons: MakeAddons,
        tasks: Tasks,
        parent: QObject,
        memory: ChatMemory = WINDOW_MEMORY,
        find_folder: FindFolder | None = None,
    ) -> None:
        super().__init__(parent)
        self.picker = picker
        self.transcript = transcript
        self.page = page
        self.tasks = tasks
        self._settings = services.settings
        self.models = ModelPresenter(picker, page, services, tasks, self, memory)
        self.chat = ChatPresenter(page, services, self.models, make_addons, tasks, self, memory, find_folder)
        PicturePresenter(transcript, services.pictures, tasks, self)
        show_formulas = transcript.callback(lambda view: view.formulas.formula_arrived())
        self._end_listening: tuple[Callable[[], object], ...] = (
            follow_settings(transcript, services.settings),
            services.settings.changes.subscribe(self._on_setting),
            services.formulas.formula_ready.subscribe(lambda _formula: show_formulas()),
        )
        page.composer.set_send_key(services.settings.get(SEND_KEY))
        page.composer.models_requested.connect(picker.open_popup)
        picker.search_cancelled.connect(page.composer.replace_text)
        picker.model_chosen.connect(page.composer.focus)

    def connect_window(self, links: LinkOpener, files: FileSaver) -> None:
        """Open links and save files from the transcript through the window."""
        self.transcript.when_created(lambda view: view.link_activated.connect(links.open))
        self.transcript.when_created(lambda view: view.save_requested.connect(files.ask))
        self.transcript.when_created(lambda view: view.file_requested.connect(files.ask_made))

    def save_drafts(self) -> None:
        """Save unsent text, including that of edited messages."""
        self.chat.save_draft()
        if transcript := self.transcript.created:
            transcript.save_edit_drafts()

    def end(self) -> None:
        """Unsubscribe from the services."""
        for end in self._end_listening:
            end()
        self.models.close()
        self.chat.close()

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == SEND_KEY.key:
            self.page.composer.set_send_key(self._settings.get(SEND_KEY))
