"""What is the same for all applications: which model they ask, and what is in its server's memory, is their own business."""

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Turn
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelLoad

# What an application is asked: the question alone where it remembers the rest, or the whole conversation in
# words where it does not.
#
# Applications take one text, no list of messages. The words around it are for them, so they are not
# translated.

INSTRUCTIONS = "Instructions for you:\n"
HISTORY = "What was said in this conversation before:"
NOW = "The user says now:\n"
_SPEAKERS = {Role.USER: "User", Role.ASSISTANT: "Assistant"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The text and the pictures of one question."""

    text: str
    pictures: tuple[Picture, ...] = ()
    """Those of the question last."""
    own_pictures: int = 0
    """How many of them are the question's."""


def asked_alone(request: ChatRequest) -> Asked:
    """Return the last question, for an application that knows what came before."""
    last = _last(request)
    return Asked(last.text, last.pictures, len(last.pictures))


def asked_with_history(request: ChatRequest) -> Asked:
    """Return the last question with all that came before it told in words, for a new conversation; its pictures, too."""
    last = _last(request)
    told = [turn for turn in request.turns if turn is not last]
    instructions = "\n\n".join(turn.text for turn in told if turn.role is Role.SYSTEM)
    said = [f"{_SPEAKERS[turn.role]}: {turn.text}" for turn in told if turn.role in _SPEAKERS and turn.text]
    parts = [INSTRUCTIONS + instructions] if instructions else []
    if said:
        parts += [HISTORY, *said]
    parts.append(NOW + last.text if parts else last.text)
    pictures = tuple(picture for turn in request.turns for picture in turn.pictures)
    return Asked("\n\n".join(parts), pictures, len(last.pictures))


def _last(request: ChatRequest) -> Turn:
    questions = [turn for turn in request.turns if turn.role is Role.USER]
    return questions[-1] if questions else Turn(Role.USER, "")


class ApplicationProvider:
    """The part of a `Provider` that applications have nothing to say to."""

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return None: they do not tell."""
        return None

    async def unload(self, _model_id: str) -> bool:
        """Return False: there is no way to."""
        return False
