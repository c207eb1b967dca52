"""Decides with the user what is sent of documents that do not fit, and shows what of them is sent with the next question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QMenu

from chatdesk.features.attachments.services.passages.meaning import IndexingProgress
from chatdesk.features.attachments.services.passages.passage_finder import FoundPassages, PassageFinder
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.services.request.question_passages import (
    awaits_passages,
    carried_documents,
    find_for_question,
)
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.context.document_strip import (
    DocumentAction,
    DocumentNotice,
    DocumentState,
    DocumentStrip,
)
from chatdesk.features.chat.ui.context.draft_context import DraftContext
from chatdesk.features.chat.ui.context.suggested_words import SuggestedWords
from chatdesk.kernel.chat.message import Attachment, DocumentPart, SentAs, TextQuality
from chatdesk.kernel.documents.fitting import (
    FitLevel,
    as_passages,
    as_whole,
    fit_documents,
)
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.tasks import Tasks

_RANKS = {
    DocumentNotice.UNSEEN: StripRank.CANNOT_SEND,
    DocumentNotice.TOO_LONG: StripRank.CANNOT_SEND,
    DocumentNotice.FILLS: StripRank.CANNOT_SEND,
    DocumentNotice.SUMMARISING: StripRank.CANNOT_SEND,
    DocumentNotice.SUMMARY_FAILED: StripRank.CANNOT_SEND,
    DocumentNotice.NOTHING: StripRank.PROBLEM,
}
"""The ranks of the strip; that of a hint otherwise."""
_SEARCHES = frozenset({DocumentNotice.PASSAGES, DocumentNotice.NOTHING})


class DocumentPresenter(QObject):
    """Handles the documents of the draft being shown. Call `update` when the draft was counted, `clear` when another chat is shown."""

    size_chosen = Signal(int)
    """Carries the context size that the user has chosen."""
    step_requested = Signal(str)
    """Carries a `NextStep` outside the chat."""
    changed = Signal()
    """Something was decided that is not in the draft: count again."""

    def __init__(self, page: ChatView, services: ChatServices, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._services = services
        self._tasks = tasks
        self._context: DraftContext | None = None
        self._updates = 0
        self._skips = False
        self._suggested = SuggestedWords(page, services, tasks, self)
        self._suggested.changed.connect(self.changed)
        self._is_watching = False
        """Since the first search: nothing of documents is loaded before."""
        self._summaries = services.summaries.get()
        self.destroyed.connect(self._summaries.changes.subscribe(self._on_summary))
        page.composer.attachment_removed.connect(self._on_removed)
        self._strip = DocumentStrip(page.appearance)
        self._strip.chosen.connect(self._on_chosen)
        page.composer.set_strip(self._strip, StripRank.HINT)

    @property
    def searches_again(self) -> bool:
        """Whether the documents of the last question are searched for the next one."""
        return not self._skips

    def clear(self) -> None:
        """Say nothing: another chat is shown, or the question is on its way."""
        self._updates += 1
        self._context, self._skips = None, False
        self._suggested.forget()
        self._strip.show_state(None)

    async def update(self, context: DraftContext) -> None:
        """Show what is to be decided, or what is sent; of overlapping calls only the latest shows anything."""
        self._updates += 1
        update = self._updates
        self._context = context
        if not context.written.strip():
            self._skips = False
        if self._show_summaries(context) or self._suggested.reset_for_new_question(context):
            return
        if context.model.can_see is False and (unseen := [each for each in context.documents if each.page_pictures]):
            state = await self._unseen(unseen, context)
            if update == self._updates:
                self._show(state)
            return
        fit = fit_documents(context.plan, context.budget, context.attached)
        if fit.level is not FitLevel.FITS:
            self._show(self._decision(fit.level is FitLevel.FILLS, context))
            return
        sought = [each for each in context.documents if awaits_passages(each)]
        if self._suggested.is_running:
            self._show(_suggesting(sought))
            return
        carried = [] if self._skips else carried_documents(context.path, context.attached)
        if (sought or carried) and context.written.strip():
            if sought and not self._strip.state:
                self._show(_expected(sought))
            documents = [*carried, *sought]
            found = await find_for_question(
                context.written, documents, context.path, self._passages().find, context.passage_tokens
            )
            if update == self._updates:
                self._show(_found(found, is_new=bool(sought), outcome=self._suggested.outcome))
            return
        self._show(_decided(context.documents, self._suggested.words))
        if sought:
            await self._passages().prepare(sought)

    def _passages(self) -> PassageFinder:
        finder = self._services.attachments.documents.passages
        if not self._is_watching:
            self._is_watching = True
            self.destroyed.connect(finder.meaning.changes.subscribe(self._on_indexing))
        return finder

    def _on_indexing(self, progress: IndexingProgress) -> None:
        """Show the progress; search again when all passages can be found by their meaning."""
        state = self._strip.state
        if state is None or state.notice not in _SEARCHES:
            return
        if progress.is_running:
            self._show(state)
        else:
            self.changed.emit()

    def _show(self, state: DocumentState | None) -> None:
        if state and state.notice in _SEARCHES and (progress := self._passages().meaning.progress).is_running:
            actions = state.actions - {DocumentAction.SUGGEST} | {DocumentAction.STOP}
            state = replace(state, actions=actions, indexed=progress.done, to_index=progress.total)
        if state:
            self._page.composer.set_strip(self._strip, _RANKS.get(state.notice, StripRank.HINT))
        self._strip.show_state(state)

    async def _unseen(self, documents: Sequence[DocumentPart], context: DraftContext) -> DocumentState:
        actions = {DocumentAction.LEAVE_OUT, DocumentAction.SEE}
        if all(each.quality is not TextQuality.SCANNED for each in documents):
            actions.add(DocumentAction.TEXT)
        elif await self._services.attachments.documents.tesseract():
            actions.add(DocumentAction.RECOGNISE)
        return DocumentState(
            DocumentNotice.UNSEEN,
            tuple(documents),
            frozenset(actions),
            model=context.model.name,
            other_model_sees=any(each.can_see and each.can_chat for each in self._services.models.all()),
        )

    def _decision(self, fills: bool, context: DraftContext) -> DocumentState:
        fit = fit_documents(context.plan, context.budget, context.attached)
        actions = {DocumentAction.WHOLE} if fills else set[DocumentAction]()
        if any(each.sent_as is not SentAs.PICTURES for each in fit.documents):
            actions |= {DocumentAction.PASSAGES} | (set() if fills else {DocumentAction.SUMMARISE})
        if self._page.shows_documents and any(each.sections > 1 for each in fit.documents):
            actions.add(DocumentAction.CHOOSE)
        if context.plan.enough and not fills and context.conversation.id:  # a new chat has no settings of its own yet
            actions.add(DocumentAction.LARGER)
        return DocumentState(
            DocumentNotice.FILLS if fills else DocumentNotice.TOO_LONG,
            fit.documents,
            frozenset(actions),
            fit.tokens,
            fit.free,
            enough=context.plan.enough or 0,
        )

    def _on_chosen(self, action: str) -> None:
        context, state = self._context, self._strip.state
        if context is None or state is None:
            return
        documents = state.documents
        actions: dict[DocumentAction, Callable[[], object]] = {
            DocumentAction.LEAVE_OUT: lambda: self._leave_out(documents),
            DocumentAction.TEXT: lambda: self._tasks.start(self._restore(documents), "send text"),
            DocumentAction.RECOGNISE: lambda: self._recognise(documents),
            DocumentAction.SEE: lambda: self.step_requested.emit(NextStep.CHOOSE_MODEL.value),
            DocumentAction.CHOOSE: lambda: self._page.choose_sections(max(documents, key=_tokens)),
            DocumentAction.SUMMARISE: lambda: self._tasks.start(self._summarise(context, documents), "summarise"),
            DocumentAction.LARGER: lambda: self.size_chosen.emit(state.enough),
            DocumentAction.SUGGEST: lambda: self._begin_suggesting(context, documents),
            DocumentAction.CHANGE: lambda: self._open_menu(state),
            DocumentAction.STOP: lambda: self._stop(context, state),
            DocumentAction.LEAVE: lambda: self._stop(context, state),
            DocumentAction.AGAIN: lambda: self._tasks.start(self._summarise(context, documents), "summarise"),
            DocumentAction.WHOLE: lambda: self._send_whole(documents),
            DocumentAction.PASSAGES: lambda: self._use_passages(context, documents),
        }
        actions[DocumentAction(action)]()

    def _recognise(self, documents: Sequence[DocumentPart]) -> None:
        for each in documents:
            self._page.composer.recognition_requested.emit(each)
        self._page.composer.focus()

    def _leave_out(self, documents: Sequence[DocumentPart]) -> None:
        for each in documents:
            self._page.composer.remove_attachment(each)
        self._page.composer.focus()

    def _send_whole(self, documents: Sequence[DocumentPart]) -> None:
        self._replace({each: as_whole(each) for each in documents})
        if self._page.composer.text().strip():
            self._page.composer.send()

    def _begin_suggesting(self, context: DraftContext, documents: Sequence[DocumentPart]) -> None:
        self._suggested.begin(context)
        self._show(_suggesting(documents))
        self._page.composer.focus()

    def _stop(self, context: DraftContext, state: DocumentState) -> None:
        """Stop indexing, a summary or the search for words, and ask again what to do."""
        if state.notice in _SEARCHES:
            self._passages().meaning.cancel()
        else:
            self._suggested.forget()
            self._summaries.forget(context.documents)
            self.changed.emit()
        self._page.composer.focus()

    def _use_passages(self, context: DraftContext, documents: Sequence[DocumentPart]) -> None:
        texts = [each for each in documents if each.sent_as is not SentAs.PICTURES]
        self._replace({each: as_passages(each, context.passage_tokens) for each in texts})

    async def _summarise(self, context: DraftContext, documents: Sequence[DocumentPart]) -> None:
        parameters = await self._services.chat.loading_parameters(context.conversation, context.model.ref)
        for each in documents:
            self._summaries.start(each, context.model.ref, context.budget.tokens, parameters)

    def _on_summary(self, document: DocumentPart) -> None:
        """Show the progress of a summary if the draft waits for it."""
        context = self._context
        identities = {each.identity for each in context.documents} if context else set()
        if context and document.identity in identities and not self._show_summaries(context):
            self.changed.emit()

    def _on_removed(self, attachment: Attachment) -> None:
        """Stop the summary of a document that the user has removed."""
        if isinstance(attachment, DocumentPart):
            self._summaries.forget((attachment,))

    def _show_summaries(self, context: DraftContext) -> bool:
        """Show the summaries for which the draft waits, and add those that are complete to it. Return whether there are any."""
        jobs = {each: job for each in context.documents if (job := self._summaries.job(each))}
        complete: dict[Attachment, DocumentPart] = {each: job.document for each, job in jobs.items() if job.is_complete}
        if complete:
            self._summaries.forget(complete.values())
            self._page.composer.replace_attachments(complete)
            return True
        failed = next((job for job in jobs.values() if job.error), None)
        if failed and failed.error:
            actions = frozenset({DocumentAction.LEAVE, DocumentAction.AGAIN})
            reason = describe_error(failed.error).sentence
            self._show(DocumentState(DocumentNotice.SUMMARY_FAILED, (failed.document,), actions, reason=reason))
            return True
        running = sorted(jobs.values(), key=lambda job: job.step is None)
        if running:
            step, actions = running[0].step, frozenset({DocumentAction.STOP})
            number, count = (step.number, step.count) if step else (0, 0)
            self._show(
                DocumentState(
                    DocumentNotice.SUMMARISING,
                    (running[0].document,),
                    actions,
                    step=number,
                    count=count,
                    combines=bool(step and step.combines),
                )
            )
        return bool(running)

    def _replace(self, changed: Mapping[Attachment, DocumentPart]) -> None:
        """Replace documents of the draft. What is decided no longer prevents sending; the next count shows the rest."""
        self._show(_decided(tuple(changed.values())))
        self._page.composer.replace_attachments(changed)
        self._page.composer.focus()

    def _open_menu(self, state: DocumentState) -> None:
        menu = QMenu(self._page.window())
        menu.setObjectName("documentMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        context, identities = self._context, {each.identity for each in state.documents}
        own = [each for each in context.documents if each.identity in identities] if context else []
        if context and own:
            is_summary = all(each.sent_as is SentAs.SUMMARY for each in own)
            menu.addAction(self.tr("Send the whole text"), lambda: self._tasks.start(self._restore(own), "whole text"))
            if is_summary:
                menu.addAction(self.tr("Use the relevant passages"), lambda: self._use_passages(context, own))
            else:
                menu.addAction(
                    self.tr("Summarise first"), lambda: self._tasks.start(self._summarise(context, own), "summarise")
                )
            if len(own) == 1 and self._page.shows_documents:
                text = self.tr("Show the summary") if is_summary else self.tr("Show the document")
                menu.addAction(text, lambda: self._page.composer.attachment_opened.emit(own[0]))
        if len(own) < len(state.documents):
            menu.addAction(self.tr("Do not search for this question"), self._skip)
        button = self._strip.button(DocumentAction.CHANGE)
        menu.popup(QRect(button.mapToGlobal(QPoint()), button.size()).bottomLeft())

    async def _restore(self, documents: Sequence[DocumentPart]) -> None:
        """Send the text of documents again; if it does not fit, the user is asked what to do."""
        whole: dict[Attachment, DocumentPart] = {}
        for each in documents:
            text = replace(each, sent_as=SentAs.TEXT, passages=(), passage_count=0)
            whole[each] = await self._services.attachments.documents.select(text, each.selected)
        self._replace(whole)

    def _skip(self) -> None:
        self._skips = True
        self._page.composer.focus()
        self.changed.emit()


def _found(found: FoundPassages, *, is_new: bool, outcome: str) -> DocumentState | None:
    """Return what was found. `outcome` is why the words that the model suggested did not help, if it was asked for some."""
    documents = tuple(each.document for each in found.documents)
    sent = sum(len(each.passages) for each in documents)
    if sent:
        actions = frozenset({DocumentAction.CHANGE})
        return DocumentState(DocumentNotice.PASSAGES, documents, actions, sent=sent, count=found.count)
    if not is_new:
        return None  # a question that is sent without the documents
    words = " ".join(found.words)
    if not words:
        return _expected(documents)
    actions = frozenset({DocumentAction.CHANGE, *(() if outcome else (DocumentAction.SUGGEST,))})
    return DocumentState(DocumentNotice.NOTHING, documents, actions, words=words, reason=outcome)


def _suggesting(documents: Sequence[DocumentPart]) -> DocumentState:
    return DocumentState(DocumentNotice.SUGGESTING, tuple(documents), frozenset({DocumentAction.STOP}))


def _expected(documents: Sequence[DocumentPart]) -> DocumentState:
    """Return that passages will be looked for."""
    return DocumentState(DocumentNotice.PASSAGES, tuple(documents), frozenset({DocumentAction.CHANGE}))


def _decided(documents: Sequence[DocumentPart], words: str = "") -> DocumentState | None:
    """Return what has been decided about the documents of a draft, with the words that the model suggested for their passages.

    None if their text is sent.
    """
    passages = tuple(each for each in documents if each.sent_as is SentAs.PASSAGES)
    if passages and all(each.passage_count for each in passages):
        sent, count = sum(len(each.passages) for each in passages), sum(each.passage_count for each in passages)
        actions = frozenset({DocumentAction.CHANGE})
        return DocumentState(DocumentNotice.PASSAGES, passages, actions, sent=sent, count=count, words=words)
    if passages:
        return _expected(passages)
    summaries = tuple(each for each in documents if each.sent_as is SentAs.SUMMARY)
    if summaries:
        tokens = sum(each.tokens for each in summaries)
        return DocumentState(DocumentNotice.SUMMARY, summaries, frozenset({DocumentAction.CHANGE}), tokens)
    return None


def _tokens(document: DocumentPart) -> int:
    return document.tokens
