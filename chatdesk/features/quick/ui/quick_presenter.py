"""Presenter of quick questions: a small window for one question, built from the parts of the chat.

Each question is stored as a chat in a separate folder (`features/quick/services/quick_questions.py`). The presenter is created when the
window is first opened.
"""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.services.chat_changes import ChatChange, MessageAdded, MessageChanged
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.services.store.conversations import ConversationChange, ConversationRemoved
from chatdesk.features.chat.ui.chat_addons import MakeAddons
from chatdesk.features.chat.ui.chat_memory import ChatMemory
from chatdesk.features.chat.ui.chat_pane import ChatPane
from chatdesk.features.chat.ui.chat_toasts import ChatToasts
from chatdesk.features.chat.ui.composer.offered_files import offers_files
from chatdesk.features.chat.ui.lazy_transcript import LazyTranscript
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.ui.export_presenter import ExportPresenter
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.engine.model_file_opener import ModelFileOpener
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.quick.services.quick_questions import QuickQuestions
from chatdesk.features.quick.ui.quick_page import CLIPBOARD_KEYS, OPEN_KEYS, QuickPage
from chatdesk.features.quick.ui.quick_window import QuickWindow
from chatdesk.kernel.chat.message import MessageState, Role
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.declarations import (
    QUICK_ATTACHMENTS,
    QUICK_DRAFT,
    QUICK_EDIT_DRAFTS,
    QUICK_FOLDER,
    QUICK_GEOMETRY,
    QUICK_MODEL,
    QUICK_PRESET,
    QUICK_SERVER,
    ZOOM,
)
from chatdesk.kernel.settings.store import step_zoom
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.files.file_saver import FileSaver
from chatdesk.ui_kit.shortcuts import CommandId, WindowShortcuts
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.folder_names import QUICK_QUESTIONS, shown_folder_name
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.toast_host import ToastAnchor, ToastHost

QUICK_MEMORY = ChatMemory(
    QUICK_DRAFT,
    QUICK_ATTACHMENTS,
    QUICK_PRESET,
    QUICK_FOLDER,
    QUICK_SERVER,
    QUICK_MODEL,
    QUICK_EDIT_DRAFTS,
    reuses_setup=True,
)


class QuickPresenter(QObject):
    """Quick question window with its services. Requests that it cannot fulfil itself are emitted as signals for the main window."""

    chat_requested = Signal(str)
    library_requested = Signal(str)
    translation_requested = Signal(str)
    settings_requested = Signal(str)
    server_settings_requested = Signal(str)
    damage_met = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        services: ChatServices,
        models: ModelServices,
        conversations: ConversationServices,
        work: RunningWork,
        make_addons: MakeAddons,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._model_services = models
        self._tasks = tasks = Tasks(self._show_error)
        self._questions = QuickQuestions(conversations.folders, services.settings)
        self._picker = ModelPicker(appearance)
        self._transcript = LazyTranscript(appearance, services.formulas, services.attachments.read, self)
        self._page = page = QuickPage(appearance, self._picker, self._transcript)
        self._window = QuickWindow(appearance, page, models.window_state.get(QUICK_GEOMETRY))
        self._toasts = ToastHost(appearance, self._window, lambda: ToastAnchor(page, page.footer))
        self._pane = ChatPane(
            services,
            self._picker,
            self._transcript,
            page,
            make_addons,
            tasks,
            self,
            QUICK_MEMORY,
            self._find_folder,
        )
        self._models, self._chat = self._pane.models, self._pane.chat
        self._files = FileSaver(services.settings, tasks, self._window, work)
        self._pane.connect_window(LinkOpener(appearance, self._window), self._files)
        self._export = ExportPresenter(
            appearance, self._transcript, conversations, self._files, tasks, self._chat, self
        )
        self._notices = ChatToasts(self._toasts, self._chat, self._transcript, self)
        self._end_listening = (
            services.conversations.changes.subscribe(self._on_list),
            services.chat.changes.subscribe(self._on_chat),
        )
        self._connect()
        self._bind_keys(appearance)
        self._models.show()
        self._chat.presets.refresh()
        self._chat.new_chat()

    def open(self) -> None:
        """Show the window, and focus the text field."""
        self._window.appear()
        self._page.composer.focus()

    async def end(self) -> None:
        """Save the draft and the window geometry, and stop listening to the services."""
        self._model_services.window_state.set(QUICK_GEOMETRY, self._window.geometry_text())
        self._pane.save_drafts()
        for end in self._end_listening:
            end()
        self._pane.end()
        await self._tasks.finish()
        self._window.hide()
        self._window.deleteLater()

    def _connect(self) -> None:
        page, chat = self._page, self._chat
        page.compact_changed.connect(lambda compact: self._window.set_compact(compact=compact))
        page.close_requested.connect(self._window.close)
        page.escape_pressed.connect(self._escape)
        page.clipboard_requested.connect(self._use_clipboard)
        page.language_changed.connect(self._models.show)
        page.footer.copy_requested.connect(self._copy)
        page.footer.chat_requested.connect(self._open_as_chat)
        page.footer.new_requested.connect(self._start_question)
        self._picker.add_server_requested.connect(lambda: self.settings_requested.emit("servers"))
        opener = ModelFileOpener(
            self._picker,
            self._model_services,
            self._tasks,
            self._toasts.show_toast,
            lambda: chat.page_number,
            self._window,
        )
        self._picker.add_file_requested.connect(opener.ask_for_picker)
        self._window.closed.connect(self._closed)
        chat.opened.connect(self._update_footer)
        chat.step_requested.connect(self._perform_step)
        chat.server_settings_requested.connect(self.server_settings_requested)
        chat.diagnosis_requested.connect(lambda _answer: self.settings_requested.emit("servers"))
        chat.saving_failed.connect(self._show_error)
        chat.refused.connect(self._toasts.show_toast)
        chat.presets.library_requested.connect(self.library_requested)
        chat.presets.translation_requested.connect(self.translation_requested)
        self._export.copied.connect(self._notices.show_copied)
        self._files.saved.connect(self._notices.show_saved)

    def _bind_keys(self, appearance: Appearance) -> None:
        """Bind the shortcuts of the main window that are useful here."""
        callback, settings = self._transcript.callback, self._services.settings
        actions: dict[CommandId, Callable[[], object]] = {
            CommandId.NEW_CHAT: self._start_question,
            CommandId.COPY_LAST_ANSWER: self._copy,
            CommandId.COPY_LAST_CODE: callback(lambda view: view.copy_last_code()),
            CommandId.EDIT_QUESTION: callback(lambda view: view.edit_last_question()),
            CommandId.CHOOSE_MODEL: self._picker.open_popup,
            CommandId.FOCUS_COMPOSER: self._page.composer.focus,
            CommandId.REGENERATE: self._chat.regenerate_last,
            CommandId.FIND: callback(lambda view: view.open_find_bar()),
            CommandId.FIND_NEXT: callback(lambda view: view.find_next()),
            CommandId.FIND_PREVIOUS: callback(lambda view: view.find_previous()),
            CommandId.ZOOM_IN: lambda: step_zoom(settings, 1),
            CommandId.ZOOM_OUT: lambda: step_zoom(settings, -1),
            CommandId.ZOOM_RESET: lambda: settings.set(ZOOM, ZOOM.default),
        }
        own = {OPEN_KEYS: self._open_as_chat, CLIPBOARD_KEYS: self._use_clipboard, "Ctrl+W": self._window.close}
        WindowShortcuts(appearance, self._window, actions, own=own)

    async def _find_folder(self, _remembered: str) -> str:
        return await self._questions.folder(QUICK_QUESTIONS)

    def _start_question(self) -> None:
        """Start a new question; the previous one is stored."""
        self._chat.new_chat()

    def _escape(self) -> None:
        """Close the window, unless an answer is in progress, which the chat presenter has just stopped."""
        if not self._services.chat.is_answering(self._chat.conversation_id):
            self._window.close()

    def _closed(self) -> None:
        """Start a new question for the next time; an answer in progress stays visible."""
        self._model_services.window_state.set(QUICK_GEOMETRY, self._window.geometry_text())
        self._chat.save_draft()
        if not self._services.chat.is_answering(self._chat.conversation_id):
            self._chat.new_chat()

    def _use_clipboard(self) -> None:
        composer, data = self._page.composer, _on_clipboard()
        if data and offers_files(data):  # first: file managers add the paths as text
            composer.offer(data)
            composer.focus()
        elif data and data.text().strip():
            composer.append_text(data.text().strip("\n"))
        else:
            self._toasts.show_toast(self.tr("The clipboard contains no text, picture or file"))

    def _copy(self) -> None:
        transcript = self._transcript.created
        if transcript and transcript.last_answer_id():
            transcript.copy_last_answer()
            self._toasts.show_toast(self.tr("Answer copied to the clipboard"))

    def _open_as_chat(self) -> None:
        if self._chat.conversation_id:
            self._tasks.start(self._move_to_chats(self._chat.conversation_id), "open quick question as chat")

    async def _move_to_chats(self, conversation_id: str) -> None:
        self._chat.save_draft()
        await self._questions.move_to_chats(conversation_id)
        self._chat.new_chat()
        self._window.close()
        self.chat_requested.emit(conversation_id)

    def _perform_step(self, step: str) -> None:
        match step:
            case NextStep.CHOOSE_MODEL:
                self._picker.open_popup()
            case NextStep.NEW_CHAT:
                self._start_question()
            case NextStep.ENGINE_SETTINGS:
                self.settings_requested.emit("engine")
            case _:
                self.settings_requested.emit("servers")

    def _show_error(self, error: ChatdeskError) -> None:
        if isinstance(error, DatabaseDamaged):
            self.damage_met.emit(error)
            return
        text = describe_error(error)
        self._toasts.show_toast(text.sentence, text.consequence)

    def _on_chat(self, change: ChatChange) -> None:
        """Update the footer for the displayed answer, after the other presenters have handled the change."""
        if not isinstance(change, MessageAdded | MessageChanged):
            return
        message = change.message
        if message.role is Role.ASSISTANT and message.conversation_id == self._chat.conversation_id:
            ended = message.state is not MessageState.STREAMING
            self._page.footer.set_answered(answered=ended and bool(message.text))

    def _update_footer(self, conversation_id: str) -> None:
        name = self._questions.folder_name
        self._page.footer.set_folder(shown_folder_name(name) if conversation_id and name else "")

    def _on_list(self, change: ConversationChange) -> None:
        """Start a new question if the displayed chat was deleted in the sidebar."""
        if isinstance(change, ConversationRemoved) and change.conversation.id == self._chat.conversation_id:
            self._start_question()


def _on_clipboard() -> QMimeData | None:
    """Return the content of the clipboard; None if it is empty (contrary to Qt's type annotations)."""
    return QGuiApplication.clipboard().mimeData()
