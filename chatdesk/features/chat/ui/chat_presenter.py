"""Connects the chat page with the services: opens a chat, shows its path and updates it with what arrives.

The widgets know no services and the services no widgets. `send_presenter.py` handles writing and sending,
`message_presenter.py` the actions on messages, `model_presenter.py` the choice of the model.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from chatdesk.features.attachments.services.request_pictures import LeftOut
from chatdesk.features.chat.services.chat_changes import (
    AnswerGrew,
    ChatChange,
    MessageAdded,
    MessageChanged,
    PathChanged,
    PicturesLeftOut,
    QueueChanged,
    QueueReturned,
    SavingFailed,
)
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.services.instruction_resolver import Instructions
from chatdesk.features.chat.services.store.conversations import ConversationChange
from chatdesk.features.chat.ui.chat_addons import MakeAddons
from chatdesk.features.chat.ui.chat_memory import NEW_CHAT, WINDOW_MEMORY, ChatMemory, CurrentChat
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.composer.thinking_presenter import ThinkingPresenter
from chatdesk.features.chat.ui.context.context_presenter import ContextPresenter
from chatdesk.features.chat.ui.growth_pacer import GrowthPacer
from chatdesk.features.chat.ui.message_presenter import MessagePresenter
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.chat.ui.send_presenter import FindFolder, SendPresenter
from chatdesk.kernel.chat.conversation import Conversation, Draft, SearchHit
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.chat.message_trees import Deletion
from chatdesk.kernel.chat.stream_events import ContextGrown, StreamEvent, ThinkingChanged
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.services.chat_titles import ChatTitles
    from chatdesk.features.chat.ui.composer.ready_model import ReadyPresenter
    from chatdesk.features.chat.ui.composer.title_permission import TitlePermission
    from chatdesk.features.chat.ui.transcript.page.layout.anchor import ReadingPosition
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
    from chatdesk.features.models.services.library_services import LibraryServices


class ChatPresenter(QObject):
    """The presenter of a chat view.

    `opened` carries the id of the chat shown ("" for a new one), `step_requested` a step outside this chat.
    """

    sending = Signal()
    """A message is about to be sent; what belongs to this chat can still be saved."""
    draft_changed = Signal()
    """What is written in the composer has changed, or the chat has grown."""
    leaving = Signal()
    """Another chat will be shown; what belongs to this one can still be saved."""
    opened = Signal(str)
    streaming_changed = Signal(str, bool)
    answer_grew = Signal()
    """The answer being shown has grown."""
    step_requested = Signal(str)
    diagnosis_requested = Signal(str)
    server_settings_requested = Signal(str)
    """Carries the id of the answer whose server settings are requested."""
    saving_failed = Signal(object)
    title_changed = Signal(str)
    deleted = Signal(Deletion)
    """Carries what was moved to the trash, for undo."""
    refused = Signal(str, str)
    """Carries a message and its details about pictures or thinking that were not sent as requested."""
    undo_offered = Signal(str, object)
    """The description of what was done, and the function that undoes it."""
    answer_edited = Signal(str, str)
    """Carries the ids of the old and the new version of an answer, for undo."""

    def __init__(
        self,
        page: ChatView,
        services: ChatServices,
        models: ModelPresenter,
        make_addons: MakeAddons,
        tasks: Tasks,
        parent: QObject,
        memory: ChatMemory = WINDOW_MEMORY,
        find_folder: FindFolder | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._tasks = tasks
        self._open = CurrentChat(memory=memory)
        self.presets, self.applications = make_addons(page, models, tasks, self._open, self)
        self.thinking = ThinkingPresenter(page.composer, services, models, self.presets, tasks, self._open, self)
        self.applications.notified.connect(self.refused)
        self._sending = SendPresenter(
            page, services, models, tasks, self._open, self.presets, self.thinking, self.applications, self, find_folder
        )
        self._messages = MessagePresenter(page, services, models, self._sending, tasks, self._open, self)
        self._context = ContextPresenter(page, services, models, tasks, self._open, lambda: self.conversation, self)
        self._sending.searches_again = lambda: self._context.searches_again
        self._messages.refused.connect(self.refused)
        self._messages.context_chosen.connect(self._context.apply_choice)
        self._context.regenerate_requested.connect(self._messages.regenerate)
        self._context.step_requested.connect(self.step_requested)
        self._sending.attachments_changed.connect(self._context.update)
        page.lazy_transcript.model_name_of = models.name_of
        page.lazy_transcript.when_created(self._on_transcript_created)
        self._is_closed = False
        self._title_permission: TitlePermission | None = None
        self._ready: ReadyPresenter | None = None
        if memory is WINDOW_MEMORY:
            services.titles.when_created(self._on_titles_created)
            services.library.when_created(self._on_library_created)
        self._notified: set[PicturesLeftOut] = set()
        self._path_requests = 0
        self._is_opening = False
        """Whether another chat is to be displayed, whose unread answer is shown from its start."""
        self._is_loading = False
        """Whether the messages of the current chat are not displayed yet."""
        self._reading_positions: dict[str, ReadingPosition] = {}
        """The reading position in each chat when another one was opened."""
        self._pending_hit: SearchHit | None = None
        """The search hit to show once its chat is loaded."""
        self._end_listening: tuple[Callable[[], None], ...] = (
            services.chat.add_reader(self._is_reading),
            services.chat.changes.subscribe(self._on_change),
            services.conversations.changes.subscribe(self._on_list_change),
            services.models.changes.subscribe(lambda _change: self._name_models()),
            services.preferences.changes.subscribe(lambda _change: self._name_models()),
        )
        self._sending.sending.connect(self.sending)
        self._sending.created.connect(self.opened)
        page.composer.draft_changed.connect(self.draft_changed)
        self._sending.step_requested.connect(self.step_requested)
        self._sending.refused.connect(self.refused)
        self._sending.undo_offered.connect(self.undo_offered)
        self._messages.step_requested.connect(self.step_requested)
        self._messages.diagnosis_requested.connect(self.diagnosis_requested)
        self._messages.server_settings_requested.connect(self.server_settings_requested)
        self._messages.deleted.connect(self.deleted)
        self._messages.answer_edited.connect(self.answer_edited)
        self._messages.branched.connect(lambda chat: tasks.start(self.open(chat), "open branch"))
        page.composer.stop_requested.connect(self.stop)
        page.escape_pressed.connect(self.stop)
        page.attended.connect(self._mark_read)
        models.chosen_changed.connect(self._model_changed)
        for changed in (self.opened, self.presets.shown, models.chosen_changed):
            changed.connect(self._read_ahead)
        self.regenerate = self._messages.regenerate
        self.regenerate_last = self._messages.regenerate_last
        self.regenerate_last_with = self._messages.regenerate_last_with
        self.restore_deleted = self._messages.restore_deleted
        self.undo_edit = self._messages.undo_edit
        self.save_draft = self._sending.save_draft

    def _on_titles_created(self, titles: "ChatTitles") -> None:
        if not self._is_closed:  # the last answer may end after the window
            self._end_listening += (titles.changes.subscribe(lambda _request: self._show_title_permission(titles)),)

    def _show_title_permission(self, titles: "ChatTitles") -> None:
        if self._title_permission is None:
            from chatdesk.features.chat.ui.composer.title_permission import (  # noqa: PLC0415 - start-up time: asked once
                TitlePermission,
            )

            strip = TitlePermission(self._page.appearance, titles, lambda: self._open.conversation_id)
            self._title_permission = strip
            self._page.composer.set_strip(strip, StripRank.HINT)
            self.opened.connect(strip.update_visibility)
        self._title_permission.update_visibility()

    def _on_library_created(self, library: "LibraryServices") -> None:
        if not self._is_closed:
            from chatdesk.features.chat.ui.composer.ready_model import (  # noqa: PLC0415 - start-up time: with a download
                ReadyPresenter,
            )

            self._ready = ReadyPresenter(self._page, self, self._models, library.pulls)
            self._end_listening += (self._ready.end,)

    def offers(self, model: ModelRef) -> bool:
        """Return whether the user sees that a model that this chat waited for is ready."""
        return self._ready is not None and self._ready.shows(model)

    @property
    def conversation_id(self) -> str:
        """The chat being shown; empty for a new one."""
        return self._open.conversation_id

    @property
    def conversation(self) -> Conversation:
        """The chat being shown, with the settings that a new one would be created with."""
        conversation = self._services.conversations.find(self._open.conversation_id)
        folder = "" if conversation else self._services.settings.get(self._open.memory.folder)
        return conversation or replace(self._open.new, preset=self.presets.preset, folder_id=folder or None)

    def change_settings(self, change: Callable[[Conversation], Conversation]) -> None:
        """Change the settings of the chat being shown, building on changes that are still being saved."""
        if self._services.conversations.find(self._open.conversation_id):
            saving = self._services.conversations.change_settings(self._open.conversation_id, change)
            self._tasks.start(saving, "save chat settings")
        else:
            self._open.new = change(self._open.new)

    def instructions_for(self, model: ModelRef) -> Instructions:
        """Return the instructions that would be sent for the next answer in the chat being shown."""
        chat = self.conversation
        started_at = chat.created_at if chat.id else self._services.now()
        return self._services.instruction_resolver.for_chat(chat, model, started_at)

    def _read_ahead(self) -> None:
        """Let the model read the chat while the user writes, if it is one of this computer's."""
        if (model := self._models.chosen) and not self.is_answering:
            self._services.read_ahead(self.conversation, model.ref, self.thinking.thinking)

    def _on_transcript_created(self, transcript: "TranscriptView") -> None:
        self._growth = GrowthPacer(transcript, self)
        self._name_models()

    def _name_models(self) -> None:
        if view := self._page.lazy_transcript.created:
            view.set_model_names(self._models.name_of)
            view.viewport().update()

    def close(self) -> None:
        """Unsubscribe from all changes."""
        self._is_closed = True
        self.presets.close()
        self.applications.close()
        for end in self._end_listening:
            end()

    @property
    def is_answering(self) -> bool:
        """Whether an answer is being written in the chat being shown."""
        return self._services.chat.is_answering(self._open.conversation_id)

    @property
    def page_number(self) -> int:
        """A number that changes with every chat or new chat that is shown."""
        return self._open.page_number

    def new_chat(self, folder_id: str = "", *, resume: bool = False) -> None:
        """Show a new, empty chat in a folder ("" for none). It is stored with its first question, or as a draft when it is left.

        `resume` shows it as it was when the program ended, in the folder of that time.
        """
        memory, settings = self._open.memory, self._services.settings
        resume = resume or memory.reuses_setup
        self._leave(resume=resume)
        if not resume:
            settings.set(memory.folder, folder_id)
            settings.set(memory.preset, "")
            self.presets.forget_new()
        self._open.conversation_id = ""
        self._is_loading = False
        self._open.new = NEW_CHAT
        if transcript := self._page.lazy_transcript.created:
            transcript.clear()
        self._sending.show_draft() if resume else self._sending.show_empty()
        self.presets.show()
        self.applications.show()
        folder = self._services.find_folder(settings.get(memory.folder))
        self._models.follow(folder.model if folder else None)
        self._show_state()
        self._context.update()
        self._page.show_start()
        self._page.composer.focus()
        self._remember_shown("")
        self.opened.emit("")

    @property
    def has_draft(self) -> bool:
        """Whether something is written or attached that was not sent."""
        return self._sending.current_draft().has_content

    def replace_deleted(self) -> None:
        """Show a new chat in place of one that was deleted on another computer.

        What is being written stays in the composer, and the keyboard focus where it is.
        """
        draft, focused = self._sending.current_draft(), QApplication.focusWidget()
        self.new_chat()
        self._sending.show_before(draft)
        if focused is not None and focused.isVisible():
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    async def open_restored(self, conversation_id: str, replacement: int) -> bool:
        """Show a chat again that has been restored, with the draft from the new chat that replaced it, if that is still shown.

        `replacement` is the `page_number` of that new chat. Return False, and do nothing, if the restored chat does not exist.
        """
        if self._services.conversations.find(conversation_id) is None:
            return False
        is_shown = replacement == self._open.page_number and not self._open.conversation_id
        draft = self._sending.current_draft()
        if is_shown and draft.has_content:
            await self._services.conversations.save_draft(conversation_id, draft.text, draft.attachments)
            self._sending.show_empty()
        await self.open(conversation_id)
        return True

    async def open(self, conversation_id: str) -> None:
        """Show a chat, or a new one if it does not exist."""
        conversation = self._services.conversations.find(conversation_id)
        if conversation is None:
            self.new_chat(resume=True)
            return
        if conversation_id != self._open.conversation_id:
            self._leave()
            self._is_opening = True
            self._open.conversation_id = conversation_id
            self._context.clear()
            self._sending.show_draft()
            self.presets.show()
            self.applications.show()
        self._models.follow(conversation.model)
        self._show_state()
        self._remember_shown(conversation_id)
        self.opened.emit(conversation_id)
        self._page.composer.focus()  # at once: later it would steal the focus from where the user has moved on to
        await self._show_path()

    async def open_hit(self, hit: SearchHit) -> None:
        """Show a chat at a message found by a search, with the first match selected."""
        if self._services.conversations.find(hit.conversation_id):
            await self._services.branches.show_message(hit.conversation_id, hit.message_id)
        self._pending_hit = hit
        await self.open(hit.conversation_id)

    def attach_files(self) -> None:
        """Let the user choose files to attach."""
        self._page.composer.attach_requested.emit()

    def attach_folder(self) -> None:
        """Let the user choose a folder, and which of its files to attach."""
        self._page.composer.folder_requested.emit()

    def stop(self) -> None:
        """Stop the answer of the chat being shown."""
        self._services.chat.stop(self._open.conversation_id)

    def _is_reading(self, conversation_id: str) -> bool:
        return conversation_id == self._open.conversation_id and self._page.has_reader

    def _mark_read(self) -> None:
        """Remove the unread mark if the user sees the chat."""
        conversation = self._services.conversations.find(self._open.conversation_id)
        if conversation and conversation.unread_id and self._page.has_reader and not self._is_loading:
            self._tasks.start(self._services.conversations.mark_read(conversation.id), "mark read")

    def _remember_shown(self, conversation_id: str) -> None:
        if shown := self._open.memory.shown:
            self._services.settings.set(shown, conversation_id)

    def _leave(self, *, resume: bool = False) -> None:
        """Save the draft and the reading position before another chat is shown, or a new one that is resumed."""
        self.leaving.emit()
        if not (resume and not self._open.conversation_id):
            self._sending.leave()
        elif self._open.page_number:  # before the first chat there is nothing to save
            self.presets.save_values()
            self.save_draft()
        transcript = self._page.lazy_transcript.created
        if transcript and (position := transcript.reading_position()):
            self._reading_positions[self._open.conversation_id] = position
        self._open.page_number += 1

    async def _show_path(self) -> None:
        """Load the path of the chat being shown and display it; of overlapping calls only the latest displays anything."""
        self._path_requests += 1
        opening = self._path_requests
        self._is_loading = True
        conversation_id = self._open.conversation_id
        path, positions = await self._services.chat.path(conversation_id)
        if opening != self._path_requests or conversation_id != self._open.conversation_id:
            return
        transcript = self._page.transcript
        self._growth.catch_up()
        transcript.show_path(path, positions)
        self._is_loading = False
        position = self._reading_positions.pop(conversation_id, None)
        conversation = self._services.conversations.find(conversation_id)
        if self._is_opening and conversation and conversation.unread_id:
            transcript.show_unread(conversation.unread_id)
        elif position:
            transcript.restore_reading_position(position)
        self._is_opening = False
        self._offer_answer()
        self._show_pending_hit()
        if path:
            self._page.show_transcript()
        else:
            self._page.show_start()
        self._show_title()
        self._context.update()
        self._mark_read()

    def _show_pending_hit(self) -> None:
        hit, self._pending_hit = self._pending_hit, None
        if hit and hit.conversation_id == self._open.conversation_id:
            if hit.location:
                self._page.transcript.show_text(hit.message_id, "")
                self._page.open_document(hit.location.document, hit.location.passage, hit.words)
            else:
                start, end = hit.ranges[0] if hit.ranges else (0, 0)
                self._page.transcript.show_text(hit.message_id, hit.snippet[start:end])

    def _on_change(self, change: ChatChange) -> None:
        if isinstance(change, MessageChanged | MessageAdded):
            self._announce_streaming(change.message)
        if _conversation_of(change) != self._open.conversation_id:
            return
        transcript = self._page.transcript
        self._growth.catch_up()
        match change:
            case MessageAdded(message):
                if message.parent_id != (last.id if (last := transcript.last_message) else None):
                    self._tasks.start(self._show_path(), "show path")
                else:
                    transcript.add_message(message)
                self._page.show_transcript()
                self._show_title()
            case AnswerGrew(_, message_id, events):
                self._growth.grow(message_id, events)
                self._notify_changes(events)
                self.answer_grew.emit()
            case MessageChanged(message):
                transcript.change_message(message)
                self._show_state()
            case PathChanged():
                self._tasks.start(self._show_path(), "show path")
            case QueueChanged(_, drafts):
                self._page.composer.set_queue(drafts)
            case QueueReturned(_, text, attachments):
                self._sending.show_before(Draft(text, attachments))
            case PicturesLeftOut():
                self._notify_left_out(change)
            case SavingFailed(_, error):
                self.saving_failed.emit(error)
            case _:
                assert_never(change)
        if isinstance(change, MessageAdded):
            self._show_state()

    def _notify_changes(self, events: tuple[StreamEvent, ...]) -> None:
        """Notify the user if a model is asked with other settings than requested."""
        for event in events:
            if isinstance(event, ThinkingChanged) and (text := self.thinking.notified(self.conversation_id, event)):
                self.refused.emit(text, "")
            elif isinstance(event, ContextGrown):
                self.refused.emit(self._context.notified(event), "")

    def _notify_left_out(self, change: PicturesLeftOut) -> None:
        """Notify the user once that a model is asked without pictures of this chat, and why."""
        if change in self._notified:
            return
        self._notified.add(change)
        name = self._models.name_of(change.model)
        if LeftOut.UNSEEN in change.reasons:
            self.refused.emit(
                self.tr("{model} cannot see the pictures in this chat").format(model=name),
                self.tr("The pictures were not sent."),
            )
        elif LeftOut.MISSING in change.reasons:
            self.refused.emit(
                self.tr("Some pictures in this chat are missing or damaged"),
                self.tr("The request was sent without them."),
            )
        else:
            self.refused.emit(
                self.tr("This chat has more pictures than one request can hold"),
                self.tr("Only the most recent ones were sent."),
            )

    def _on_list_change(self, change: ConversationChange) -> None:
        if change.conversation.id == self._open.conversation_id:
            self._show_title()
            self._context.update()

    def _announce_streaming(self, message: Message) -> None:
        if message.role is not Role.ASSISTANT:
            return
        self.streaming_changed.emit(message.conversation_id, message.state is MessageState.STREAMING)

    def _offer_answer(self) -> None:
        """Offer to regenerate the answer of the last question if that has none."""
        transcript = self._page.lazy_transcript.created
        last = transcript.last_message if transcript else None
        if transcript:
            is_open = last is not None and last.role is Role.USER
            answering = self._services.chat.is_answering(self._open.conversation_id)
            transcript.set_unanswered(last.id if last and is_open and not answering else "")

    def _show_state(self) -> None:
        """Update the streaming state, the queue and the model."""
        chat, composer = self._services.chat, self._page.composer
        composer.set_streaming(chat.is_answering(self._open.conversation_id))
        composer.set_queue(chat.queued(self._open.conversation_id))
        self._offer_answer()
        self._model_changed()
        self._show_title()

    def _show_title(self) -> None:
        conversation = self._services.conversations.find(self._open.conversation_id)
        title = conversation.title if conversation else ""
        self._page.set_title(title)
        self.title_changed.emit(title)

    def _model_changed(self) -> None:
        model = self._models.chosen
        composer = self._page.composer
        composer.set_placeholder_model(model.name if model and self._open.conversation_id else "")
        self.thinking.show()


def _conversation_of(change: ChatChange) -> str:
    return (
        change.message.conversation_id if isinstance(change, MessageAdded | MessageChanged) else change.conversation_id
    )
