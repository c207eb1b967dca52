"""Checks whether the chat being shown fits into the context of its model and handles the user's choice if it does not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from chatdesk.features.chat.services.answer_pipeline import was_too_long
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_memory import CurrentChat
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.features.chat.ui.model_presenter import ModelPresenter
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Attachment, DocumentPart, Message, MessageState
from chatdesk.kernel.chat.stream_events import ContextGrown
from chatdesk.kernel.context.context_plan import ContextChoice, ContextPlan, Summary
from chatdesk.kernel.context.context_size import ContextBudget, larger_contexts
from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.models.memory_need import kv_cache_bytes
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.parameters import NUMBER_RANGES
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.context.context_strip import ContextAction, ContextStrip
    from chatdesk.features.chat.ui.context.document_presenter import DocumentPresenter
    from chatdesk.features.chat.ui.transcript.context_border import BorderAction

_CHOICES = {
    NextStep.LEAVE_OUT: ContextChoice.LEAVE_OUT,
    NextStep.SUMMARISE: ContextChoice.SUMMARISE,
    NextStep.SEND_ANYWAY: ContextChoice.SEND_ANYWAY,
}


class ContextPresenter(QObject):
    """Handles the context of the chat being shown. Call `update` after changes of path, model, parameters or draft."""

    regenerate_requested = Signal(str)
    """Carries the id of an answer truncated by its server, to be regenerated."""
    step_requested = Signal(str)

    def __init__(
        self,
        page: ChatView,
        services: ChatServices,
        models: ModelPresenter,
        tasks: Tasks,
        open_chat: CurrentChat,
        conversation: Callable[[], Conversation],
        parent: QObject,
    ) -> None:
        """Create the presenter; `conversation` returns the chat being shown, also if it is new."""
        super().__init__(parent)
        self._page = page
        self._services = services
        self._models = models
        self._tasks = tasks
        self._open = open_chat
        self._conversation = conversation
        self._strip: ContextStrip | None = None
        self._documents: DocumentPresenter | None = None
        self._plan = ContextPlan.nothing()
        self._budget = ContextBudget()
        self._path: tuple[Message, ...] = ()
        self._updates = 0
        self._prepared: ModelRef | None = None
        """The model whose largest context is known, which documents need."""
        page.lazy_transcript.when_created(lambda transcript: transcript.border.pressed.connect(self._on_border_pressed))
        page.composer.draft_changed.connect(self.update)
        page.composer.attachments_changed.connect(self.update)
        models.chosen_changed.connect(self.update)

    def update(self) -> None:
        """Count the current context; of overlapping calls only the latest displays anything."""
        self._updates += 1
        self._tasks.start(self._update(self._updates), "count context")

    def notified(self, change: ContextGrown) -> str:
        """Return the message for a model that is asked with a larger context than before."""
        from chatdesk.ui_kit.errors.context_wordings import size_name  # noqa: PLC0415 - start-up time: rarely shown

        text = self.tr("The model is reloaded with a context window of {size}, which it keeps.")
        return text.format(size=size_name(change.tokens))

    @property
    def searches_again(self) -> bool:
        """Whether the documents of which the last question had passages are searched for the next one, too."""
        return self._documents is None or self._documents.searches_again

    def clear(self) -> None:
        """Forget the previous chat: until the next one is counted, there is nothing to choose."""
        self._updates += 1
        if self._documents:
            self._documents.clear()
        self._path, self._budget = (), ContextBudget()
        self._show(ContextPlan.nothing(), "")

    def apply_choice(self, step: str, answer_id: str) -> None:
        """Apply a choice made below an answer and ask for the answer again."""
        answer = next((message for message in self._path if message.id == answer_id), None)
        if answer is None:
            return  # its chat is no longer shown
        if step == NextStep.MORE_CONTEXT:
            self._tasks.start(self._enlarge_for(answer_id), "enlarge context")
            return
        choice = _CHOICES[NextStep(step)]
        failed = answer.state is MessageState.FAILED
        self._tasks.start(self._choose(choice, again=failed, regenerate_id="" if failed else answer_id), "choose")

    async def _update(self, update: int) -> None:
        conversation, model, composer = self._conversation(), self._models.chosen, self._page.composer
        written, attached = composer.text(), composer.attachments()
        has_content = (written and not written.isspace()) or attached or composer.is_reading
        is_empty = conversation.head_id is None and not has_content
        if model is None or model.application or is_empty:
            if self._documents:
                self._documents.clear()
            self._show(ContextPlan.nothing(), "")
            return
        documents = any(isinstance(each, DocumentPart) for each in attached)
        if documents and self._prepared != model.ref:
            self._prepared = model.ref
            await self._services.contexts.prepare(model.ref)
            await self._services.contexts.inspect_memory(model.ref)
        plan, budget, path = await self._services.chat.plan(
            conversation, model.ref, written, attached, searches_again=self.searches_again
        )
        if update == self._updates and conversation.id == self._open.conversation_id:
            self._budget, self._path = budget, path
            self._show(plan if conversation.id else replace(ContextPlan.nothing(), use=plan.use), model.name)
            if documents or self._documents or any(message.documents for message in path):
                await self._show_documents(conversation, model, plan, written, attached)

    async def _show_documents(
        self,
        conversation: Conversation,
        model: Model,
        plan: ContextPlan,
        written: str,
        attached: Sequence[Attachment],
    ) -> None:
        from chatdesk.features.chat.ui.context.document_presenter import (  # noqa: PLC0415 - start-up time: most chats have none
            DocumentPresenter,
        )
        from chatdesk.features.chat.ui.context.draft_context import DraftContext  # noqa: PLC0415 - likewise

        if self._documents is None:
            self._documents = DocumentPresenter(self._page, self._services, self._tasks, self)
            self._documents.size_chosen.connect(self._choose_size)
            self._documents.step_requested.connect(self.step_requested)
            self._documents.changed.connect(self.update)
        context = DraftContext(conversation, model, plan, self._budget, self._path, written, attached)
        await self._documents.update(context)

    def _show(self, plan: ContextPlan, model: str) -> None:
        self._plan = plan
        self._page.composer.show_context(plan.use if plan.use.tokens else None)
        self._show_border()
        if self._strip is None:
            if plan.fit.fits:
                return
            from chatdesk.features.chat.ui.context.context_strip import (  # noqa: PLC0415 - start-up time: most chats fit
                ContextStrip,
            )

            self._strip = ContextStrip(self._page.appearance)
            self._strip.chosen.connect(self._on_action_chosen)
        needs_decision = plan.needs_decision or not plan.fit.can_fit
        self._page.composer.set_strip(self._strip, StripRank.PROBLEM if needs_decision else StripRank.LOSES)
        self._strip.show_plan(plan, model, offers_more=bool(self._sizes()) or self._is_built_in)

    def _show_border(self) -> None:
        """Show the border in the chat above which the model sees nothing."""
        transcript = self._page.lazy_transcript.created
        if transcript is None:
            return
        from chatdesk.features.chat.ui.transcript.context_border import (  # noqa: PLC0415 - start-up time: only with the transcript
            BorderKind,
        )

        plan = self._plan
        last_unseen = self._path[plan.first - 1].id if 0 < plan.first <= len(self._path) else ""
        kind = BorderKind.SUMMARY if plan.summary else BorderKind.NOTHING
        transcript.border.show_below(last_unseen, BorderKind.SUMMARY_PENDING if plan.to_summarise else kind)

    def _on_border_pressed(self, action: "BorderAction", anchor: QRect) -> None:
        from chatdesk.features.chat.ui.transcript.context_border import BorderAction  # noqa: PLC0415 - start-up time

        if action is BorderAction.READ:
            self._read(anchor)
        else:
            self._open_menu(anchor, with_choices=True)

    @property
    def _is_built_in(self) -> bool:
        """Whether the context size is a setting of the engine rather than of the chat."""
        model = self._models.chosen
        return model is not None and model.ref.server_id == BUILT_IN_ID

    def _sizes(self) -> tuple[int, ...]:
        model = self._models.chosen
        return (
            larger_contexts(self._budget.requested_length, model.context_length)
            if self._budget.requested_length and model
            else ()
        )

    def _on_action_chosen(self, action: str) -> None:
        from chatdesk.features.chat.ui.context.context_strip import ContextAction  # noqa: PLC0415 - start-up time: the strip has loaded it

        match ContextAction(action):
            case ContextAction.ENOUGH if self._plan.enough:
                self._choose_size(self._plan.enough)
            case ContextAction.LEAVE_OUT | ContextAction.SUMMARISE | ContextAction.SEND_ANYWAY:
                self._choose_now(ContextChoice(action))
            case ContextAction.MODEL:
                self.step_requested.emit(NextStep.CHOOSE_MODEL.value)
            case ContextAction.MORE if self._is_built_in:
                self.step_requested.emit(NextStep.ENGINE_SETTINGS.value)
            case ContextAction.MORE | ContextAction.CHANGE:
                self._open_menu(
                    self._anchor_of(ContextAction(action)), with_choices=ContextAction(action) is ContextAction.CHANGE
                )
            case ContextAction.READ:
                self._read(self._anchor_of(ContextAction.READ))

    def _anchor_of(self, action: "ContextAction") -> QRect:
        """Return the screen rectangle of a button of the strip."""
        button = self._strip.button(action) if self._strip else self._page
        return QRect(button.mapToGlobal(QPoint()), button.size())

    def _choose_now(self, choice: ContextChoice) -> None:
        self._tasks.start(self._choose(choice, again=True), "choose overflow policy")
        self._page.composer.focus()

    async def _choose(self, choice: ContextChoice, *, again: bool, regenerate_id: str = "") -> None:
        """Save the choice, then ask for the answer that waits for it, or again for a truncated one."""
        if conversation := self._services.conversations.find(self._open.conversation_id):
            await self._services.conversations.set_context(
                conversation.id, replace(conversation.context, choice=choice)
            )
            if again:
                await self._ask_again(conversation.id)
        if regenerate_id:
            self.regenerate_requested.emit(regenerate_id)

    async def _enlarge_for(self, answer_id: str) -> None:
        """Use the context size an answer needs and ask for it again."""
        from chatdesk.kernel.errors.registry import (  # noqa: PLC0415 - start-up time: only with the first failure
            from_failure,
        )

        answer = await self._services.chat.find(answer_id)
        error = from_failure(answer.failure) if answer and answer.failure else None
        if isinstance(error, ContextTooLong) and error.enough and NUMBER_RANGES["num_ctx"].has(error.enough):
            await self._enlarge(error.enough)

    async def _enlarge(self, size: int) -> None:
        if conversation := self._services.conversations.find(self._open.conversation_id):
            parameters = replace(conversation.parameters, num_ctx=size)
            await self._services.conversations.set_parameters(conversation.id, parameters)
            await self._ask_again(conversation.id)

    async def _ask_again(self, conversation_id: str) -> None:
        """Ask for the answer that waits for the user's choice."""
        path, _ = await self._services.chat.path(conversation_id)
        if was_too_long(path):
            await self._services.chat.continue_answer(path[-1].id)

    def _open_menu(self, anchor: QRect, *, with_choices: bool) -> None:
        """Open a menu with the available context sizes, and with all choices if requested, below the button pressed."""
        from chatdesk.features.chat.ui.context.context_texts import (  # noqa: PLC0415 - start-up time: rarely opened
            size_text,
        )

        menu = QMenu(self._page.window())
        menu.setObjectName("contextMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        if with_choices:
            self._add_choices(menu)
            if self._sizes():
                menu.addSeparator()
        for size in self._sizes():
            menu.addAction(size_text(size, self._more_memory(size)), partial(self._choose_size, size))
        menu.popup(anchor.bottomLeft())

    def _add_choices(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        labels = {
            ContextChoice.ASK: self.tr("Ask every time"),
            ContextChoice.LEAVE_OUT: self.tr("Leave out oldest messages"),
            ContextChoice.SUMMARISE: self.tr("Summarise oldest messages"),
            ContextChoice.SEND_ANYWAY: self.tr("Send everything anyway"),
        }
        for choice, text in labels.items():
            action = menu.addAction(text, partial(self._choose_now, choice))
            action.setCheckable(True)
            action.setChecked(choice is self._plan.policy.choice)
            leaves_out = choice in {ContextChoice.LEAVE_OUT, ContextChoice.SUMMARISE}
            action.setEnabled(action.isChecked() or not leaves_out or self._plan.fit.can_leave_out)
            group.addAction(action)

    def _choose_size(self, size: int) -> None:
        self._tasks.start(self._enlarge(size), "enlarge context")
        self._page.composer.focus()

    def _more_memory(self, size: int) -> int | None:
        """Return the additional bytes for a context size; None if the model's architecture is unknown."""
        model = self._models.chosen
        if model is None or model.architecture is None or self._budget.requested_length is None:
            return None
        return kv_cache_bytes(model.architecture, size) - kv_cache_bytes(
            model.architecture, self._budget.requested_length
        )

    def _read(self, anchor: QRect) -> None:
        from chatdesk.features.chat.ui.context.summary_popup import (  # noqa: PLC0415 - start-up time: rarely opened
            SummaryPopup,
        )

        summary = self._plan.policy.summary
        if summary is None:
            return
        popup = SummaryPopup(self._page.appearance, self._page)
        popup.changed.connect(lambda text: self._save_summary(replace(summary, text=text)))
        popup.removed.connect(lambda: self._save_summary(None))
        popup.closed.connect(popup.deleteLater)
        popup.show_summary(summary.text, anchor)

    def _save_summary(self, summary: Summary | None) -> None:
        """Save a changed summary. Removing it also resets the choice, or the next question would create a new summary."""
        if conversation := self._services.conversations.find(self._open.conversation_id):
            policy = replace(conversation.context, summary=summary)
            if summary is None:
                policy = replace(policy, choice=ContextChoice.ASK)
            self._tasks.start(self._services.conversations.set_context(conversation.id, policy), "save summary")
