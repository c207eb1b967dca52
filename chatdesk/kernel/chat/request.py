"""Requests to a model, independent of any protocol."""

from base64 import b64encode
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.chat.application import Session
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags


class Thinking(StrEnum):
    """Whether and how much the model should think before it answers. `AUTO` leaves it to the server.

    `thinking.py` has the levels of each model.
    """

    AUTO = "auto"
    OFF = "off"
    ON = "on"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


PICTURE_PLACEHOLDER = "[You answered with a picture here. It is attached to the next message.]"
"""Placeholder for a picture of an answer: no protocol accepts pictures in assistant messages, so it is sent with the next user message."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture as sent to a model: PNG or JPEG, without camera or location metadata."""

    media_type: str
    data: bytes

    def data_uri(self) -> str:
        """Return the picture as a `data:` URI."""
        return f"data:{self.media_type};base64,{b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the model receives it. `reasoning` is sent only if the server's protocol requires it."""

    role: Role
    text: str
    reasoning: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """Everything that is needed to request one answer."""

    model_id: str
    turns: tuple[Turn, ...]
    thinking: Thinking = Thinking.AUTO
    parameters: Parameters = field(default_factory=Parameters)
    can_think: bool | None = None
    """Whether the model can think; None = unknown. A model that cannot think is not asked to."""
    tags: tuple[ThinkTags, ...] = (USUAL_TAGS,)
    """Tags that the model may write around its reasoning."""
    session: Session = field(default_factory=Session)
    """For applications, which store conversations themselves. Not used for models."""
    grows: bool = False
    """Whether the context length in `parameters` was not chosen by the user and may be increased."""
    continues_answer: bool = False
    """Whether the last turn is an incomplete answer to continue."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """A request to continue an incomplete answer from its last character."""

    request: ChatRequest
    lost: str = ""
    """Trailing white space that is not sent, because models continue worse after it. The model may repeat it."""
    is_repeated: bool = False
    """Whether the server repeats the answer that it was sent."""


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture prepared for sending, and the size of the original, upright."""

    picture: Picture
    width: int
    height: int
