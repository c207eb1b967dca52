"""The search for passages with words that the chat's model suggests, when the words of the question are in no passage."""

import asyncio

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.services.request.question_passages import awaits_passages, with_found, without_passages
from chatdesk.features.chat.services.request.search_phrases import beginnings_of, suggest_search_phrases
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.context.draft_context import DraftContext
from chatdesk.kernel.chat.message import Attachment, DocumentPart
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.tasks import Tasks


class SuggestedWords(QObject):
    """Asks for words for one question of the draft. What is found is sent until the question is changed."""

    changed = Signal()
    """The search has ended."""

    def __init__(self, page: ChatView, services: ChatServices, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._tasks = tasks
        self._question = ""
        self._found: tuple[DocumentPart, ...] = ()
        self._task: asyncio.Task[None] | None = None
        self.outcome = ""
        """Why the suggested words did not help; empty if that is unknown or they did."""
        self.words = ""
        """The words with which something was found; empty if nothing was."""

    @property
    def is_running(self) -> bool:
        """Whether the model is being asked."""
        return self._task is not None

    def begin(self, context: DraftContext) -> None:
        """Ask for words for the question in the draft."""
        self.forget()
        self._question = context.written
        self._task = self._tasks.start(self._search(context), "suggest words")

    def forget(self) -> None:
        """Stop, and forget what was found."""
        if self._task:
            self._task.cancel()
        self._task, self._found, self.outcome, self.words = None, (), "", ""

    def reset_for_new_question(self, context: DraftContext) -> bool:
        """Forget everything if the question is another one now. Return whether passages were removed from the draft for that."""
        if self._question == context.written:
            return False
        changed: dict[Attachment, DocumentPart] = {
            each: without_passages(each) for each in context.documents if each in self._found
        }
        self.forget()
        if changed:
            self._page.composer.replace_attachments(changed)
        return bool(changed)

    async def _search(self, context: DraftContext) -> None:
        attachments, documents = (
            self._services.attachments,
            [each for each in context.documents if awaits_passages(each)],
        )
        parameters = await self._services.chat.loading_parameters(context.conversation, context.model.ref)
        beginnings = await beginnings_of(documents, attachments.text_of)
        phrases: tuple[str, ...] = ()
        outcome = self.tr("The model suggests no other search terms.")
        try:
            phrases = await suggest_search_phrases(
                self._services.answers, context.model.ref, context.written, beginnings, parameters
            )
        except ChatdeskError as error:
            outcome = describe_error(error).sentence
        if phrases:
            words = ", ".join(phrases)
            outcome = self.tr("Nor “{words}”, as the model suggests.").format(words=words)
            question = "\n".join((context.written, *phrases))
            found = await attachments.documents.passages.find(question, documents, context.passage_tokens)
            if found.chosen:
                changed: dict[Attachment, DocumentPart] = {
                    document: await with_found(each, attachments.text_of)
                    for document, each in zip(documents, found.documents, strict=True)
                }
                self._found, self.words, outcome = tuple(changed.values()), words, ""
                self._page.composer.replace_attachments(changed)
        self._task, self.outcome = None, outcome
        self.changed.emit()
