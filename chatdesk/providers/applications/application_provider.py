"""What the providers of all applications have in common."""

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Turn
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelLoad

# The text sent to an application: only the question if it stores the conversation, otherwise the whole conversation as text.
#
# Applications accept one text, not a list of messages. The text around the messages is addressed to them, so it is not translated.

INSTRUCTIONS = "Instructions for you:\n"
HISTORY = "What was said in this conversation before:"
NOW = "The user says now:\n"
_SPEAKERS = {Role.USER: "User", Role.ASSISTANT: "Assistant"}


@dataclass(frozen=True, slots=True)
class ApplicationQuestion:
    """Text and pictures to send."""

    text: str
    pictures: tuple[Picture, ...] = ()
    """The pictures; those of the question come last."""
    own_pictures: int = 0
    """Number of pictures that belong to the question."""


def last_question(request: ChatRequest) -> ApplicationQuestion:
    """Return the last question, for an application that has the conversation."""
    last = _last(request)
    return ApplicationQuestion(last.text, last.pictures, len(last.pictures))


def question_with_history(request: ChatRequest) -> ApplicationQuestion:
    """Return the last question preceded by the conversation as text, for a new remote conversation, with all pictures."""
    last = _last(request)
    earlier = [turn for turn in request.turns if turn is not last]
    instructions = "\n\n".join(turn.text for turn in earlier if turn.role is Role.SYSTEM)
    said = [f"{_SPEAKERS[turn.role]}: {turn.text}" for turn in earlier if turn.role in _SPEAKERS and turn.text]
    parts = [INSTRUCTIONS + instructions] if instructions else []
    if said:
        parts += [HISTORY, *said]
    parts.append(NOW + last.text if parts else last.text)
    pictures = tuple(picture for turn in request.turns for picture in turn.pictures)
    return ApplicationQuestion("\n\n".join(parts), pictures, len(last.pictures))


def _last(request: ChatRequest) -> Turn:
    questions = [turn for turn in request.turns if turn.role is Role.USER]
    return questions[-1] if questions else Turn(Role.USER, "")


class ApplicationProvider:
    """Base class with the methods of `Provider` that do not apply to applications."""

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return None: applications do not report it."""
        return None

    async def unload(self, _model_id: str) -> bool:
        """Return False: applications do not support it."""
        return False
