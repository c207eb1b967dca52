"""The draft that is shown, and how it fits into the context of its model."""

from collections.abc import Sequence

from chatdesk.features.chat.services.request.question_passages import awaits_passages
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Attachment, DocumentPart, Message
from chatdesk.kernel.context.context_plan import ContextPlan
from chatdesk.kernel.context.context_size import USUAL_CONTEXT, ContextBudget
from chatdesk.kernel.documents.fitting import largest_context, passage_tokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model


@dataclass(frozen=True, slots=True)
class DraftContext:
    """The draft: what presenters need to know of it."""

    conversation: Conversation
    model: Model
    plan: ContextPlan
    budget: ContextBudget
    path: Sequence[Message]
    written: str
    attached: Sequence[Attachment]

    @property
    def documents(self) -> tuple[DocumentPart, ...]:
        """The documents of the draft."""
        return tuple(each for each in self.attached if isinstance(each, DocumentPart))

    @property
    def passage_tokens(self) -> int:
        """How many tokens the passages for the question may take."""
        sought = sum(each.tokens for each in self.documents if awaits_passages(each))
        others = self.plan.fit.tokens - sought
        return passage_tokens(largest_context(self.budget) or USUAL_CONTEXT, max(0, others))
