"""What the chat service announces: values saying what changed, so that a screen refreshes that only."""

from chatdesk.features.attachments.services.request_pictures import LeftOut
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """A message is on disk and now ends the conversation's path."""

    message: Message


@dataclass(frozen=True, slots=True)
class AnswerGrew:
    """These events arrived for an answer, in order. Neighbouring pieces are merged already; at most about 30 of these come a second."""

    conversation_id: str
    message_id: str
    events: tuple[StreamEvent, ...]


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message has a new value: an answer reached its final state, or streams again."""

    message: Message


@dataclass(frozen=True, slots=True)
class PathChanged:
    """Another branch is shown, or messages went or came back: look at the path again."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """What waits to be sent when the running answer is complete, oldest first."""

    conversation_id: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueReturned:
    """What waited goes back to the user: the answer was stopped or failed."""

    conversation_id: str
    text: str
    pictures: tuple[ImagePart, ...] = ()


@dataclass(frozen=True, slots=True)
class SavingFailed:
    """The answer cannot be written at the moment; its text is kept in memory and tried again."""

    conversation_id: str
    error: Exception


@dataclass(frozen=True, slots=True)
class PicturesLeftOut:
    """A model is being asked without some of the chat's pictures."""

    conversation_id: str
    model: ModelRef
    reasons: frozenset[LeftOut]


ChatChange = (
    MessageAdded
    | AnswerGrew
    | MessageChanged
    | PathChanged
    | QueueChanged
    | QueueReturned
    | SavingFailed
    | PicturesLeftOut
)
