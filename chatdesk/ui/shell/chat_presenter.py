"""Connects the chat page with the services: opens a chat, sends, stops, shows what arrives, keeps the draft.

The widgets know no services and the services no widgets; this is where they meet. Models are chosen in `model_presenter.py`.
"""

import asyncio
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.conversation import path_to, sibling_positions
from chatdesk.domain.message import Message, MessageState, Role
from chatdesk.domain.request import Thinking
from chatdesk.domain.search_hit import SearchHit
from chatdesk.domain.settings import LAST_CONVERSATION, THINKING
from chatdesk.services.chat import Question
from chatdesk.services.chat_changes import (
    AnswerGrew,
    ChatChange,
    MessageAdded,
    MessageChanged,
    PathChanged,
    QueueChanged,
    QueueReturned,
    SavingFailed,
)
from chatdesk.services.conversations import ConversationChange
from chatdesk.services.program import Program
from chatdesk.ui.errors import NextStep
from chatdesk.ui.shell.chat_page import ChatPage
from chatdesk.ui.shell.drafts import Drafts, joined
from chatdesk.ui.shell.model_presenter import ModelPresenter
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.transcript.page.reading_position import ReadingPosition


class ChatPresenter(QObject):
    """`opened` tells which chat is shown ("" for a new one); `step_requested` hands on what is not about this chat."""

    opened = Signal(str)
    streaming_changed = Signal(str, bool)
    finished_elsewhere = Signal(str)
    step_requested = Signal(str)
    saving_failed = Signal(object)
    title_changed = Signal(str)

    def __init__(self, page: ChatPage, program: Program, models: ModelPresenter, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._program = program
        self._models = models
        self._tasks = tasks
        self._drafts = Drafts(program, tasks)
        self._conversation_id = ""
        self._opening = 0
        self._sending = asyncio.Lock()
        self._page_number = 0
        """Another one for each chat or new chat that is shown."""
        self._left_at: dict[str, ReadingPosition] = {}
        """By chat: where one was reading when another was opened."""
        self._sought: SearchHit | None = None
        """What the chat is to be shown at once it is there."""
        self._end_listening = (
            program.chat.changes.subscribe(self._on_change),
            program.conversations.changes.subscribe(self._on_list_change),
        )

        composer, transcript = page.composer, page.transcript
        composer.send_requested.connect(self._send)
        composer.stop_requested.connect(self.stop)
        composer.draft_changed.connect(self.keep_draft)
        composer.thinking_changed.connect(lambda state: program.settings.set(THINKING, state))
        composer.edit_last_requested.connect(self._edit_last)
        composer.queue_remove_requested.connect(self._unqueue)
        composer.queue_edit_requested.connect(self._edit_queued)
        page.escape_pressed.connect(self.stop)
        page.start_page.suggestion_chosen.connect(self._use_suggestion)
        transcript.regenerate_requested.connect(self.regenerate)
        transcript.continue_requested.connect(self._continue)
        transcript.edit_requested.connect(self._edit)
        transcript.sibling_requested.connect(self._show_sibling)
        transcript.delete_requested.connect(self._delete)
        transcript.action_requested.connect(self._act)
        models.chosen_changed.connect(self._model_changed)

    @property
    def conversation_id(self) -> str:
        """The chat being shown; empty for a new one."""
        return self._conversation_id

    def close(self) -> None:
        """Listen no longer."""
        for end in self._end_listening:
            end()

    def new_chat(self) -> None:
        """Show an empty chat. It is kept once a first question is sent."""
        self._leave()
        self._conversation_id = ""
        self._page.transcript.clear()
        self._page.composer.set_text(self._drafts.of(""))
        self._models.follow(None)
        self._show_state()
        self._page.show_start()
        self._page.composer.focus()
        self._program.settings.set(LAST_CONVERSATION, "")
        self.opened.emit("")

    async def open(self, conversation_id: str) -> None:
        """Show a chat; one that is gone is a new chat."""
        conversation = self._program.conversations.find(conversation_id)
        if conversation is None:
            self.new_chat()
            return
        if conversation_id != self._conversation_id:
            self._leave()
            self._conversation_id = conversation_id
            self._page.composer.set_text(self._drafts.of(conversation_id))
        self._models.follow(conversation.model)
        self._show_state()
        self._program.settings.set(LAST_CONVERSATION, conversation_id)
        self.opened.emit(conversation_id)
        self._page.composer.focus()  # at once: later it would take the keyboard from what the person has gone on to
        await self._show_path()

    async def open_hit(self, hit: SearchHit) -> None:
        """Show a chat at the message that a search found, the first of the words found selected."""
        if hit.message_id and self._program.conversations.find(hit.conversation_id):
            await self._program.chat.show_message(hit.conversation_id, hit.message_id)
        self._sought = hit
        await self.open(hit.conversation_id)

    def keep_draft(self) -> None:
        """Keep what is typed and not sent."""
        self._drafts.save(self._conversation_id, self._page.composer.text())

    def keep_queues(self) -> None:
        """Keep what waits to be sent in any chat: the program ends, and it will not be."""
        chat = self._program.chat
        for conversation in self._program.conversations.all():
            texts = chat.queued(conversation.id)
            for _ in texts:
                chat.unqueue(conversation.id, 0)
            if texts:
                self._return_to_draft(conversation.id, joined(*texts))

    def stop(self) -> None:
        """Stop the answer of the chat being shown."""
        self._program.chat.stop(self._conversation_id)

    def regenerate(self, answer_id: str) -> None:
        """Ask again, with the model that is chosen now."""
        if model := self._models.chosen:
            self._tasks.start(self._program.chat.regenerate(answer_id, model.ref, self._thinking()), "regenerate")

    def regenerate_last(self) -> None:
        """Ask the last question again."""
        if answer := self._page.transcript.last_answer_id():
            self.regenerate(answer)

    def _leave(self) -> None:
        """Remember what is typed and where one reads: another chat comes."""
        self.keep_draft()
        if position := self._page.transcript.reading_position():
            self._left_at[self._conversation_id] = position
        self._page_number += 1

    def _send(self, text: str) -> None:
        self._page.composer.set_text("")
        self._page.composer.focus()
        self._tasks.start(self._send_to(self._conversation_id, text, self._page_number), "send")

    async def _send_to(self, conversation_id: str, text: str, page_number: int) -> None:
        """Send, one after the other; whatever comes between, what was typed is sent or a draft again."""
        sent = False
        try:
            async with self._sending:
                model = await self._models.decided()
                if model is None:
                    self.step_requested.emit(NextStep.CHOOSE_MODEL.value)
                    return
                if not conversation_id and page_number == self._page_number:
                    conversation_id = self._conversation_id
                if not conversation_id:
                    conversation_id = await self._create(page_number)
                await self._program.chat.send(conversation_id, Question(text, model.ref, self._thinking()))
                sent = True
        finally:
            if not sent:
                self._return_to_draft(conversation_id, text)
            elif conversation_id == self._conversation_id:
                self.keep_draft()  # not before: until it is on disk elsewhere, the question is the draft

    async def _create(self, page_number: int) -> str:
        """Make the chat that the new chat's page becomes with its first question, if that page is still shown."""
        conversation_id = (await self._program.conversations.create()).id
        if page_number != self._page_number:
            return conversation_id
        self._conversation_id = conversation_id
        self._program.settings.set(LAST_CONVERSATION, conversation_id)
        self._drafts.save("", "")
        self.opened.emit(conversation_id)
        return conversation_id

    def _thinking(self) -> Thinking:
        return Thinking(self._program.settings.get(THINKING))

    def _return_to_draft(self, conversation_id: str, text: str) -> None:
        """Put what was waiting before what has been typed since."""
        if conversation_id == self._conversation_id:
            self._page.composer.set_text(joined(text, self._page.composer.text()))
            self.keep_draft()
        else:
            self._drafts.save(conversation_id, joined(text, self._drafts.of(conversation_id)))

    def _use_suggestion(self, text: str) -> None:
        self._page.composer.replace_text(text)
        self._page.composer.focus()

    async def _show_path(self) -> None:
        """Read the chat being shown and show the path it stands on; only the latest of overlapping calls shows anything."""
        self._opening += 1
        turn = self._opening
        conversation_id = self._conversation_id
        everything = await self._program.chat.messages(conversation_id)
        if turn != self._opening or conversation_id != self._conversation_id:
            return
        conversation = self._program.conversations.find(conversation_id)
        path = path_to({message.id: message for message in everything}, conversation.head_id if conversation else None)
        self._page.transcript.show_path(path, sibling_positions(path, everything))
        if position := self._left_at.pop(conversation_id, None):
            self._page.transcript.restore_reading_position(position)
        self._show_sought()
        if path:
            self._page.show_transcript()
        else:
            self._page.show_start()
        self._show_title()

    def _show_sought(self) -> None:
        hit, self._sought = self._sought, None
        if hit and hit.message_id and hit.conversation_id == self._conversation_id:
            start, end = hit.ranges[0] if hit.ranges else (0, 0)
            self._page.transcript.show_words(hit.message_id, hit.snippet[start:end])

    def _on_change(self, change: ChatChange) -> None:
        if isinstance(change, MessageChanged | MessageAdded):
            self._announce_streaming(change.message)
        if _conversation_of(change) != self._conversation_id:
            if isinstance(change, QueueReturned):
                self._return_to_draft(change.conversation_id, change.text)
            return
        transcript = self._page.transcript
        match change:
            case MessageAdded(message):
                if message.role is Role.USER or message.parent_id != transcript.last_message_id():
                    self._tasks.start(self._show_path(), "show path")
                else:
                    transcript.add_message(message)
                self._page.show_transcript()
                self._show_title()
            case AnswerGrew(_, message_id, events):
                transcript.grow(message_id, events)
            case MessageChanged(message):
                transcript.change_message(message)
                self._show_state()
            case PathChanged():
                self._tasks.start(self._show_path(), "show path")
            case QueueChanged(_, texts):
                self._page.composer.set_queue(texts)
            case QueueReturned(conversation_id, text):
                self._return_to_draft(conversation_id, text)
            case SavingFailed(_, error):
                self.saving_failed.emit(error)
            case _:
                assert_never(change)
        if isinstance(change, MessageAdded):
            self._show_state()

    def _on_list_change(self, change: ConversationChange) -> None:
        if change.conversation.id == self._conversation_id:
            self._show_title()

    def _announce_streaming(self, message: Message) -> None:
        if message.role is not Role.ASSISTANT:
            return
        streaming = message.state is MessageState.STREAMING
        self.streaming_changed.emit(message.conversation_id, streaming)
        if not streaming and message.conversation_id != self._conversation_id:
            self.finished_elsewhere.emit(message.conversation_id)

    def _show_state(self) -> None:
        """Show whether an answer streams, what waits, and which model is asked."""
        chat, composer = self._program.chat, self._page.composer
        composer.set_streaming(chat.is_answering(self._conversation_id))
        composer.set_queue(chat.queued(self._conversation_id))
        self._model_changed()
        self._show_title()

    def _show_title(self) -> None:
        conversation = self._program.conversations.find(self._conversation_id)
        title = conversation.title if conversation else ""
        self._page.title_row.set_title(title)
        self.title_changed.emit(title)

    def _model_changed(self) -> None:
        model = self._models.chosen
        composer = self._page.composer
        composer.set_placeholder_model(model.name if model and self._conversation_id else "")
        composer.set_thinking_available(model is not None and model.can_think)
        composer.set_thinking(self._program.settings.get(THINKING))

    def _continue(self, answer_id: str) -> None:
        self._tasks.start(self._program.chat.continue_answer(answer_id, self._thinking()), "continue")

    def _edit(self, message_id: str, text: str) -> None:
        if model := self._models.chosen:
            question = Question(text, model.ref, self._thinking())
            self._tasks.start(self._program.chat.edit(message_id, question), "edit")

    def _edit_last(self) -> None:
        self._page.transcript.edit_last_question()

    def _show_sibling(self, message_id: str, step: int) -> None:
        self._tasks.start(self._program.chat.show_sibling(message_id, step), "show sibling")

    def _delete(self, message_id: str) -> None:
        self._tasks.start(self._program.chat.delete_from(message_id), "delete")

    def _unqueue(self, index: int) -> None:
        self._program.chat.unqueue(self._conversation_id, index)

    def _edit_queued(self, index: int) -> None:
        if text := self._program.chat.unqueue(self._conversation_id, index):
            self._page.composer.replace_text(text)
            self._page.composer.focus()

    def _act(self, message_id: str, action: str) -> None:
        match action:
            case NextStep.RETRY:
                self.regenerate(message_id)
            case NextStep.CONTINUE:
                self._continue(message_id)
            case NextStep.USE_BUILT_IN:
                if self._models.choose_built_in():
                    self.regenerate(message_id)
            case _:
                self.step_requested.emit(action)


def _conversation_of(change: ChatChange) -> str:
    return (
        change.message.conversation_id if isinstance(change, MessageAdded | MessageChanged) else change.conversation_id
    )
