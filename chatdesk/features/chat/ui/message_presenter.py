"""Connects the actions on messages with the services: regenerate, switch versions, delete, branch, quote.

`export_presenter.py` saves and copies whole chats.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.attach_presenter import cannot_see_text
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.chat.ui.send_presenter import SendPresenter
from chatdesk.kernel.chat.attachments import from_records, to_records
from chatdesk.kernel.chat.conversation import EditDraft, Question
from chatdesk.kernel.chat.message import Attachment, DocumentPart, SentAs
from chatdesk.kernel.chat.message_trees import Deletion
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.edit_files import EditFiles
    from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView


class MessagePresenter(QObject):
    """Handles the actions on messages. `deleted` carries what can be restored, `branched` the id of the chat to show."""

    deleted = Signal(Deletion)
    branched = Signal(str)
    answer_edited = Signal(str, str)
    """Carries the ids of the old and the new version, for undo."""
    refused = Signal(str, str)
    """Carries a message and its details about a file that is not added to an edited question."""
    step_requested = Signal(str)
    diagnosis_requested = Signal(str)
    server_settings_requested = Signal(str)
    """Carries the id of the failed answer whose server settings are requested."""
    """The answer that failed."""
    context_chosen = Signal(str, str)
    """Carries the choice for a chat that does not fit and the id of the answer below which it was made."""

    def __init__(
        self,
        page: ChatView,
        services: ChatServices,
        models: ModelPresenter,
        sending: SendPresenter,
        tasks: Tasks,
        open_chat: CurrentChat,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._sending = sending
        self._tasks = tasks
        self._open = open_chat
        self._edit_files = Lazy(self._make_edit_files)
        page.lazy_transcript.when_created(self._connect)
        page.composer.edit_last_requested.connect(page.lazy_transcript.callback(lambda view: view.edit_last_question()))

    def _connect(self, transcript: "TranscriptView") -> None:
        models, services = self._models, self._services
        models.groups_changed.connect(transcript.set_model_groups)
        transcript.regenerate_requested.connect(self.regenerate)
        transcript.regenerate_with_requested.connect(self._regenerate_with)
        transcript.continue_requested.connect(self._continue)
        transcript.edit_requested.connect(self._edit)
        transcript.model_requested.connect(lambda: self.step_requested.emit(NextStep.CHOOSE_MODEL.value))
        models.chosen_changed.connect(self._show_blind_model)
        transcript.answer_edit_requested.connect(self._edit_answer)
        transcript.edit_files_offered.connect(
            lambda message_id, offered: self._edit_files.get().add(message_id, offered)
        )
        transcript.set_edit_drafts(_drafts(services.settings.get(self._open.memory.edit_drafts)))
        transcript.edit_drafts_changed.connect(self._save_edit_drafts)
        transcript.sibling_requested.connect(self._show_sibling)
        transcript.delete_requested.connect(self._delete)
        transcript.branch_requested.connect(self._branch)
        transcript.quote_requested.connect(self._page.composer.quote)
        transcript.action_requested.connect(self._on_action)
        models.show()
        self._show_blind_model()

    def regenerate(self, message_id: str) -> None:
        """Regenerate an answer with the current model."""
        if model := self._models.chosen:
            self._regenerate_with(message_id, model.ref)

    def regenerate_last(self) -> None:
        """Regenerate the last answer, or answer the last question if it has no answer."""
        if last := self._page.transcript.last_message:
            self.regenerate(last.id)

    def regenerate_last_with(self, model: ModelRef) -> None:
        """Regenerate the last answer with another model than the chosen one."""
        if last := self._page.transcript.last_message:
            self._regenerate_with(last.id, model)

    def restore_deleted(self, deletion: Deletion) -> None:
        """Restore deleted messages."""
        self._tasks.start(self._services.branches.restore_deleted(deletion), "restore messages")

    def undo_edit(self, old_id: str, new_id: str) -> None:
        """Undo an edit of an answer."""
        self._tasks.start(self._services.branches.undo_edit(old_id, new_id), "undo edit")

    def _regenerate_with(self, message_id: str, model: ModelRef) -> None:
        self._tasks.start(self._services.chat.regenerate(message_id, model, self._sending.thinking()), "regenerate")

    def _continue(self, answer_id: str) -> None:
        self._tasks.start(self._services.chat.continue_answer(answer_id, self._sending.thinking()), "continue")

    def _edit(self, message_id: str, text: str, attachments: tuple[Attachment, ...]) -> None:
        model = self._models.chosen
        if model:
            question = Question(text, model.ref, self._sending.thinking(), attachments)
            self._tasks.start(self._services.chat.edit(message_id, question), "edit")
            self._page.composer.focus()
        else:
            self._page.transcript.edit_again(message_id, text)
            self.step_requested.emit(NextStep.CHOOSE_MODEL.value)

    def _show_blind_model(self) -> None:
        """Hold edited questions with pictures back if the chosen model cannot see them."""
        model = self._models.chosen
        self._page.transcript.set_blind_model(cannot_see_text(model) if model and model.can_see is False else "")

    def _edit_answer(self, message_id: str, text: str) -> None:
        self._tasks.start(self._edit_and_notify(message_id, text), "edit answer")

    async def _edit_and_notify(self, message_id: str, text: str) -> None:
        new_id = None
        try:
            new_id = await self._services.branches.edit_answer(message_id, text)
        finally:
            if new_id is None:
                self._page.transcript.edit_again(message_id, text)
        if new_id is not None:
            self.answer_edited.emit(message_id, new_id)

    def _make_edit_files(self) -> "EditFiles":
        from chatdesk.features.chat.ui.edit_files import EditFiles  # noqa: PLC0415 - start-up time: with the first file

        files = EditFiles(self._page.transcript, self._services.attachments, self._tasks, self)
        files.refused.connect(self.refused)
        return files

    def _save_edit_drafts(self, drafts: Mapping[str, EditDraft]) -> None:
        stored = {message_id: _record(draft) for message_id, draft in drafts.items()}
        self._services.settings.set(self._open.memory.edit_drafts, json.dumps(stored) if stored else "")

    def _show_sibling(self, message_id: str, step: int) -> None:
        self._tasks.start(self._services.branches.show_sibling(message_id, step), "show sibling")

    def _delete(self, message_id: str) -> None:
        self._tasks.start(self._delete_and_notify(message_id), "delete")

    async def _delete_and_notify(self, message_id: str) -> None:
        if deletion := await self._services.branches.delete(message_id):
            self.deleted.emit(deletion)

    def _branch(self, message_id: str) -> None:
        self._tasks.start(self._branch_and_open(message_id), "branch")

    async def _branch_and_open(self, message_id: str) -> None:
        source = self._services.conversations.find(self._open.conversation_id)
        template = self.tr("Branch of “{title}”") if source and source.title else self.tr("Branch of a chat")
        title = template.format(title=source.title if source else "")
        if conversation := await self._services.branches.branch(message_id, title):
            self.branched.emit(conversation.id)

    async def _sign_in(self, message_id: str) -> None:
        """Open the sign-in page named by the server; the window asks first if the link requires that."""
        message = await self._services.chat.find(message_id)
        page = message.failure.data.get("sign_in_url") if message and message.failure else None
        if page:
            self._page.transcript.link_activated.emit(str(page), "")

    async def _use_tls(self, message_id: str) -> None:
        """Change the server's address to the one it named, on the same host, and regenerate the answer."""
        message = await self._services.chat.find(message_id)
        address = message.failure.data.get("address_there") if message and message.failure else None
        server = self._services.servers.find(message.model.server_id) if message and message.model else None
        if message and message.model and server and address:
            await self._services.servers.save(replace(server, base_url=str(address)))
            self._regenerate_with(message_id, message.model)

    async def _use_passages(self, answer_id: str) -> None:
        """Ask again with the relevant passages of the documents in place of their text."""
        from chatdesk.kernel.documents.fitting import as_passages  # noqa: PLC0415 - start-up time

        answer = await self._services.chat.find(answer_id)
        question = await self._services.chat.find(answer.parent_id) if answer and answer.parent_id else None
        if answer and answer.model and question:
            attachments = tuple(
                as_passages(each, each.tokens)
                if isinstance(each, DocumentPart) and each.sent_as is SentAs.TEXT
                else each
                for each in question.attachments
            )
            again = Question(question.text, answer.model, self._sending.thinking(), attachments)
            await self._services.chat.edit(question.id, again)

    def _on_action(self, message_id: str, action: str) -> None:
        match action:
            case NextStep.RETRY:
                self.regenerate(message_id)
            case NextStep.CONTINUE:
                self._continue(message_id)
            case NextStep.MORE_CONTEXT | NextStep.LEAVE_OUT | NextStep.SUMMARISE | NextStep.SEND_ANYWAY:
                self.context_chosen.emit(action, message_id)
            case NextStep.SEND_WITHOUT_PASSAGES:
                self._continue(message_id)
            case NextStep.USE_PASSAGES:
                self._tasks.start(self._use_passages(message_id), "use passages")
            case NextStep.DIAGNOSE:
                self.diagnosis_requested.emit(message_id)
            case NextStep.SERVER_SETTINGS:
                self.server_settings_requested.emit(message_id)
            case NextStep.USE_TLS:
                self._tasks.start(self._use_tls(message_id), "use https")
            case NextStep.SIGN_IN:
                self._tasks.start(self._sign_in(message_id), "sign in")
            case NextStep.USE_BUILT_IN:
                if self._models.choose_built_in():
                    self.regenerate(message_id)
            case _:
                self.step_requested.emit(action)


def _record(draft: EditDraft) -> object:
    """Return what is stored of a draft: its text alone if the attachments are those of the message."""
    if draft.attachments is None:
        return draft.text
    return {"text": draft.text, "attachments": to_records(draft.attachments)}


def _drafts(stored: str) -> Mapping[str, EditDraft]:
    """Return the stored drafts; none if the file has been edited into something invalid."""
    try:
        found = json.loads(stored or "{}")
    except ValueError:
        return {}
    drafts = {key: _draft(record) for key, record in found.items()} if isinstance(found, dict) else {}
    return {key: draft for key, draft in drafts.items() if draft}


def _draft(record: object) -> EditDraft | None:
    match record:
        case str():
            return EditDraft(record)
        case {"text": str(text), "attachments": list(attachments)}:
            return EditDraft(text, from_records(attachments))
        case _:
            return None
