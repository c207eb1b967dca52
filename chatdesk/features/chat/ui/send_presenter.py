"""Connects the composer with the services: sends messages, creates the chat of a first question, shows the queue, saves drafts."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_addons import ChatApplication, ChatPreset, Inputs
from chatdesk.features.chat.ui.chat_memory import CurrentChat, Drafts
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.attach_presenter import AttachPresenter
from chatdesk.features.chat.ui.composer.thinking_presenter import ThinkingPresenter
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.kernel.chat import applied_presets as applied_record
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation, Draft, Question
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.tasks import Tasks

FindFolder = Callable[[str], Awaitable[str | None]]
"""Returns the id of the folder for a new chat, given the remembered one; None for no folder."""


@dataclass(frozen=True, slots=True)
class _NewChatSetup:
    """The state of the page when a message was sent: what a new chat starts with."""

    page_number: int
    preset: AppliedPreset | None
    folder_id: str
    thinking: Thinking
    inputs: Inputs | None
    """The values entered for an application."""
    settings: Conversation
    """Its instructions, parameters and the wanted length of answers."""
    model: Model | None
    """The chosen model; None while the servers are still being asked for their models."""
    question_thinking: Thinking
    """The thinking choice for this question, from the preset or the user."""
    searches_again: bool
    """As in `Question`."""


class SendPresenter(QObject):
    """Sends messages and saves drafts. `created` carries the id of the chat that a new chat's page has become."""

    sending = Signal()
    """A message is about to be sent: what is being entered for the chat can still be saved."""
    created = Signal(str)
    refused = Signal(str, str)
    """Carries a message and its details about something that is not sent."""
    undo_offered = Signal(str, object)
    """The description of what was done, and the function that undoes it."""
    step_requested = Signal(str)
    attachments_changed = Signal()
    """Other pictures are attached to the draft."""

    def __init__(
        self,
        page: ChatView,
        services: ChatServices,
        models: ModelPresenter,
        tasks: Tasks,
        open_chat: CurrentChat,
        presets: ChatPreset,
        thinking: ThinkingPresenter,
        applications: ChatApplication,
        parent: QObject,
        find_folder: FindFolder | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._tasks = tasks
        self._open = open_chat
        self._presets = presets
        self._thinking = thinking
        self._applications = applications
        self._find_folder = find_folder or self._existing_folder
        self._drafts = Drafts(services, tasks, open_chat.memory)
        self._attach = AttachPresenter(page, services, models, tasks, open_chat, self._drafts, self)
        self._attach.changed.connect(self.save_draft)
        self._attach.changed.connect(self.attachments_changed)
        self._attach.refused.connect(self.refused)
        self._attach.undo_offered.connect(self.undo_offered)
        self._attach.step_requested.connect(self.step_requested)
        self._sending = asyncio.Lock()
        self.searches_again: Callable[[], bool] = lambda: True
        """Returns whether the documents of the last question are searched for the next one, too."""
        composer = page.composer
        composer.send_requested.connect(self._send)
        composer.draft_written.connect(self.save_draft)
        composer.queue_remove_requested.connect(self._unqueue)
        composer.queue_edit_requested.connect(self._edit_queued)

    def show_draft(self) -> None:
        """Show the draft of the current chat."""
        self._show(self._drafts.of(self._open.conversation_id))

    def show_empty(self) -> None:
        """Show an empty message, whatever was written in the previous new chat."""
        self._show(Draft())

    def save_draft(self) -> None:
        """Save the current draft."""
        self._drafts.save(self._open.conversation_id, self.current_draft())

    def leave(self) -> None:
        """Save what was written before another chat is shown. In a new chat it becomes a draft in the list."""
        self._presets.save_values()
        if self._open.page_number:
            self.save_draft()
        conversation = self._services.conversations.find(self._open.conversation_id)
        if conversation is None and not self._open.conversation_id:
            self._leave_new_chat()
        elif conversation and conversation.is_draft and not self._has_content(self.current_draft(), conversation):
            self._tasks.start(self._services.conversations.remove_empty(conversation.id), "remove empty draft")

    def _leave_new_chat(self) -> None:
        """Store the new chat if the user has written something, also if that was in an earlier run."""
        draft = self._drafts.of("")
        if not self._open.page_number:
            self._presets.show()
        if self._has_content(draft, self._open.new):
            self._tasks.start(self._store_new_chat(draft, self._setup()), "store draft")

    def _has_content(self, draft: Draft, settings: Conversation) -> bool:
        return draft.has_content or self._presets.has_entered_values or bool(settings.instructions.strip())

    async def _store_new_chat(self, draft: Draft, setup: _NewChatSetup) -> None:
        model = setup.model.ref if setup.model else None
        try:
            conversation = await self._new_conversation(setup, model=model, unsent=draft)
        except StorageError:
            self._show_unstored(draft)
            raise
        self._applications.move_new_inputs(conversation.id)
        if self._drafts.of("") == draft:  # not before: until the chat is on disk, the draft is in the settings
            self._drafts.save("", Draft())

    def _show_unstored(self, draft: Draft) -> None:
        """Return a new chat's draft that could not be stored: to the new chat that is shown, or else to the next one."""
        if not self._open.conversation_id:
            self.show_before(draft)
        elif (newer := self._drafts.of("")) != draft:
            self._drafts.save("", draft.before(newer))

    def show_before(self, draft: Draft) -> None:
        """Insert a returned draft of the current chat before the text typed since."""
        self._show(draft.before(self.current_draft()))
        self.save_draft()

    def thinking(self) -> Thinking:
        """Return the user's thinking choice."""
        return self._thinking.thinking

    def current_draft(self) -> Draft:
        """Return what is written and attached."""
        return Draft(self._page.composer.text(), self._page.composer.attachments())

    def _show(self, draft: Draft) -> None:
        self._page.composer.set_text(draft.text)
        self._attach.show(draft.attachments)

    def _send(self, text: str) -> None:
        self.sending.emit()
        draft = Draft(text, self._page.composer.attachments())
        self._show(Draft())
        self._page.composer.focus()
        self._presets.save_values()
        self._tasks.start(self._send_to(self._open.conversation_id, draft, self._setup()), "send")

    def _setup(self) -> _NewChatSetup:
        return _NewChatSetup(
            self._open.page_number,
            self._presets.preset,
            self._services.settings.get(self._open.memory.folder),
            self._thinking.own,
            self._applications.inputs(),
            self._open.new,
            self._models.chosen,
            self._thinking.thinking,
            self.searches_again(),
        )

    async def _send_to(self, conversation_id: str, draft: Draft, setup: _NewChatSetup) -> None:
        """Send messages one after the other; if sending fails in any way, the text becomes a draft again."""
        sent = False
        try:
            async with self._sending:
                model = await self._models.wait_for_choice()
                if setup.model and setup.page_number != self._open.page_number:
                    model = setup.model  # the current choice is for another chat
                if model is None:
                    self.step_requested.emit(NextStep.CHOOSE_MODEL.value)
                    return
                if self._attach.is_held_back(model, draft, setup.page_number):
                    return
                if not conversation_id and setup.page_number == self._open.page_number:
                    conversation_id = self._open.conversation_id
                if not conversation_id:
                    conversation_id = await self._create(setup)
                if conversation_id == self._open.conversation_id:
                    self._models.stay_with(model.ref)
                await self._applications.save_inputs(conversation_id, model, setup.inputs)
                thinking = self.thinking() if setup.page_number == self._open.page_number else setup.question_thinking
                question = Question(draft.text, model.ref, thinking, draft.attachments, setup.searches_again)
                await self._services.chat.send(conversation_id, question)
                sent = True
                self._presets.note_sent(conversation_id)
        finally:
            if not sent:
                self._return_to_draft(conversation_id, draft, setup)
            elif conversation_id == self._open.conversation_id:
                self.save_draft()  # not before: until the question is on disk as a message, it is stored as the draft

    def _return_to_draft(self, conversation_id: str, draft: Draft, setup: _NewChatSetup) -> None:
        is_shown = setup.page_number == self._open.page_number
        if conversation_id == self._open.conversation_id and (conversation_id or is_shown):
            self.show_before(draft)
        elif not conversation_id and not self._open.memory.reuses_setup:
            self._tasks.start(self._store_new_chat(draft, setup), "store draft")
        else:
            self._drafts.save(conversation_id, draft.before(self._drafts.of(conversation_id)))

    async def _create(self, setup: _NewChatSetup) -> str:
        """Create the chat for the first question and, if its page is still shown, make it the current chat."""
        conversation_id = (await self._new_conversation(setup)).id
        if setup.page_number != self._open.page_number:
            return conversation_id
        self._open.conversation_id = conversation_id
        self._drafts.save("", Draft())
        self._presets.forget_new()
        memory, settings = self._open.memory, self._services.settings
        if memory.shown:
            settings.set(memory.shown, conversation_id)
        if memory.reuses_setup:
            preset = setup.preset.for_next_chat() if setup.preset else None
            settings.set(memory.preset, applied_record.to_json(preset))
        else:
            settings.set(memory.preset, "")
            settings.set(memory.folder, "")
        self.created.emit(conversation_id)
        return conversation_id

    async def _new_conversation(
        self, setup: _NewChatSetup, *, model: ModelRef | None = None, unsent: Draft | None = None
    ) -> Conversation:
        return await self._services.conversations.create(
            preset=setup.preset,
            folder_id=await self._find_folder(setup.folder_id),
            thinking=None if setup.thinking is Thinking.AUTO else setup.thinking,
            parameters=setup.settings.parameters,
            instructions=setup.settings.instructions,
            answer_length=setup.settings.answer_length,
            model=model,
            unsent=unsent,
            listed=unsent is not None,
        )

    async def _existing_folder(self, folder_id: str) -> str | None:
        folder = self._services.find_folder(folder_id)
        return folder.id if folder else None

    def _unqueue(self, index: int) -> None:
        conversation_id = self._open.conversation_id
        if self._services.chat.unqueue(conversation_id, index):
            self._tasks.start(self._services.conversations.save_queue(conversation_id), "save queue")

    def _edit_queued(self, index: int) -> None:
        conversation_id = self._open.conversation_id
        if question := self._services.chat.unqueue(conversation_id, index):
            self._page.composer.replace_text(question.text)
            self._attach.show(
                Draft("", self._page.composer.attachments()).before(Draft("", question.attachments)).attachments
            )
            self._page.composer.focus()
            self.save_draft()  # together with the queue: the question is always in one of the two
            self._tasks.start(self._services.conversations.save_queue(conversation_id), "save queue")
