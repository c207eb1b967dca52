"""The changes announced by the chat service, so that views update only what changed."""

from chatdesk.features.attachments.services.request_pictures import LeftOut
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.message import Attachment, Message
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef


@dataclass(frozen=True, slots=True)
class MessageAdded:
    """A message is on disk and now ends the path of its conversation."""

    message: Message


@dataclass(frozen=True, slots=True)
class AnswerGrew:
    """Events arrived for an answer, in order. Adjacent deltas are merged; at most about 30 of these come per second."""

    conversation_id: str
    message_id: str
    events: tuple[StreamEvent, ...]


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message has a new value: an answer reached its final state or is streaming again."""

    message: Message


@dataclass(frozen=True, slots=True)
class PathChanged:
    """The path changed: another branch is shown, or messages were deleted or restored."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class QueueChanged:
    """The questions queued until the running answer is complete changed; `waiting` has them oldest first."""

    conversation_id: str
    waiting: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class QueueReturned:
    """The queued questions are returned to the user because the answer was stopped or failed."""

    conversation_id: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class SavingFailed:
    """An answer cannot be written at the moment; its text is kept in memory and writing is retried."""

    conversation_id: str
    error: Exception


@dataclass(frozen=True, slots=True)
class PicturesLeftOut:
    """A model is being asked without some pictures of the chat."""

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
