"""The strip above the composer for a chat that does not fit: the available context, what would be left out, and the options."""

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.context.action_strip import ActionStrip
from chatdesk.features.chat.ui.context.context_texts import (
    anyway_text,
    ask_text,
    left_out_text,
    summary_text,
    too_long_text,
)
from chatdesk.kernel.context.context_plan import ContextChoice, ContextPlan
from chatdesk.ui_kit.errors.context_wordings import size_name
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated


class ContextAction(StrEnum):
    """The actions of the strip's buttons, in order of preference."""

    ENOUGH = "enough"
    """Use the smallest sufficient context size."""
    LEAVE_OUT = ContextChoice.LEAVE_OUT.value
    SUMMARISE = ContextChoice.SUMMARISE.value
    MODEL = "model"
    """Choose a model with a larger context, because none of this one is sufficient."""
    MORE = "more"
    """Choose a larger context size."""
    SEND_ANYWAY = ContextChoice.SEND_ANYWAY.value
    READ = "read"
    """View, edit or remove the summary."""
    CHANGE = "change"
    """Change the choice."""


class ContextStrip(Translated, ActionStrip):
    """The context strip, hidden while the chat fits. `chosen` carries a `ContextAction`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, "context", ContextAction, parent)
        self._plan = ContextPlan.nothing()
        self._model = ""
        self._offers_more = False
        self._retranslate()

    def show_plan(self, plan: ContextPlan, model: str, *, offers_more: bool) -> None:
        """Show the plan for this model; `offers_more` is whether a larger context can be chosen."""
        self._plan, self._model, self._offers_more = plan, model, offers_more
        self._show()

    def _show(self) -> None:
        if self._plan.fit.fits:
            self.hide()
            return
        text, actions = self._text_and_actions()
        warns = self._plan.needs_decision or not self._plan.fit.can_fit
        self._buttons[ContextAction.ENOUGH].setText(self._enough_text())
        best = min(actions, key=list(ContextAction).index) if warns else None
        self.show_text(text, actions, best, warns=warns)

    def _text_and_actions(self) -> tuple[str, set[ContextAction]]:
        """Return the current text and the available ways."""
        plan, model = self._plan, self._model
        more = {ContextAction.MORE} if self._offers_more else set()
        choice = plan.policy.choice
        if choice is ContextChoice.SEND_ANYWAY:
            return anyway_text(plan.fit), {ContextAction.CHANGE}
        enough = {ContextAction.ENOUGH} if plan.enough else set()
        if not plan.fit.can_leave_out:
            return too_long_text(plan.fit, model), (enough or {ContextAction.MODEL}) | more | {
                ContextAction.SEND_ANYWAY
            }
        if choice is ContextChoice.LEAVE_OUT:
            return left_out_text(plan), {ContextAction.CHANGE}
        if choice is ContextChoice.SUMMARISE:
            has_summary = plan.policy.summary is not None
            return summary_text(plan), {ContextAction.CHANGE, ContextAction.READ} if has_summary else {
                ContextAction.CHANGE
            }
        return ask_text(plan.fit, model), enough | more | {
            ContextAction.LEAVE_OUT,
            ContextAction.SUMMARISE,
            ContextAction.SEND_ANYWAY,
        }

    def _enough_text(self) -> str:
        return self.tr("Use a {size} context").format(size=size_name(self._plan.enough or 0))

    def _retranslate(self) -> None:
        labels = {
            ContextAction.LEAVE_OUT: (
                self.tr("Leave out"),
                self.tr("They stay in the chat, but are not sent to the model"),
            ),
            ContextAction.SUMMARISE: (
                self.tr("Summarise"),
                self.tr("The model writes a summary, which is sent in their place"),
            ),
            ContextAction.SEND_ANYWAY: (
                self.tr("Send anyway"),
                self.tr("The server may refuse the request or drop part of it"),
            ),
            ContextAction.ENOUGH: (self._enough_text(), self.tr("The model uses more memory")),
            ContextAction.MORE: (self.tr("Larger context…"), self.tr("The model uses more memory")),
            ContextAction.MODEL: (self.tr("Choose a larger model…"), ""),
            ContextAction.READ: (self.tr("View summary…"), ""),
            ContextAction.CHANGE: (self.tr("Change…"), self.tr("Choose what to do when the chat does not fit")),
        }
        for action, (text, hint) in labels.items():
            self.name_action(action, text, hint)
        self._show()
