"""What is asked of a model: the turns and what goes with them, before any wire protocol."""

from base64 import b64encode
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.chat.application import Session
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags


class Thinking(StrEnum):
    """Whether the model should think first, and how much. `AUTO` leaves it to the server. Which a model knows: `thinking.py`."""

    AUTO = "auto"
    OFF = "off"
    ON = "on"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


GIVEN_PICTURE = "[You answered with a picture here. It comes along with the next message.]"
"""In the place of a picture of an answer: no protocol takes pictures from the model's side, so it goes along with what is said next."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture as a model gets them: PNG or JPEG, without anything about camera or place."""

    media_type: str
    data: bytes

    def data_uri(self) -> str:
        """Return it as an address that holds all of it."""
        return f"data:{self.media_type};base64,{b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the model sees it. `reasoning` goes along only where the server's protocol wants it back."""

    role: Role
    text: str
    reasoning: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """Everything one answer is made from."""

    model_id: str
    turns: tuple[Turn, ...]
    thinking: Thinking = Thinking.AUTO
    parameters: Parameters = field(default_factory=Parameters)
    can_think: bool | None = None
    """What is known of the model; None = unknown. One that cannot think is not asked to."""
    tags: tuple[ThinkTags, ...] = (USUAL_TAGS,)
    """What the model may write around its reasoning."""
    session: Session = field(default_factory=Session)
    """For applications, which keep conversations of their own; a model needs none."""
    grows: bool = False
    """Whether nobody chose the size of the context in `parameters`, so that a larger one may be taken."""
    goes_on: bool = False
    """Whether the last turn is an unfinished answer, which the new one continues."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """How a server is asked to go on from the last letter of an unfinished answer."""

    request: ChatRequest
    lost: str = ""
    """White space at the end that is not sent: models continue worse behind it. It may come again."""
    is_repeated: bool = False
    """Whether the server says the answer once more that it was given."""


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """What of a picture is sent, and how large it is itself, upright."""

    picture: Picture
    width: int
    height: int
