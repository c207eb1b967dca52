"""What the user writes and asks, before it is a message. How it is answered: features/chat/services/chat.py."""

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef


@dataclass(frozen=True, slots=True)
class Draft:
    """A message in the making: typed and not sent, or waiting to be."""

    text: str = ""
    pictures: tuple[ImagePart, ...] = ()

    def before(self, other: "Draft") -> "Draft":
        """Return both as one, this first; no picture comes twice."""
        return Draft(joined(self.text, other.text), tuple(dict.fromkeys((*self.pictures, *other.pictures))))


@dataclass(frozen=True, slots=True)
class Question:
    """What the user sends: the words, to whom, whether the model should think, and the pictures that go along."""

    text: str
    model: ModelRef
    thinking: Thinking = Thinking.AUTO
    pictures: tuple[ImagePart, ...] = ()

    @property
    def title(self) -> str:
        """Its words, or what its pictures are called."""
        return self.text or ", ".join(picture.name for picture in self.pictures)

    @property
    def draft(self) -> Draft:
        """What is left of it where it is not asked."""
        return Draft(self.text, self.pictures)


def joined(*texts: str) -> str:
    """Return messages as one, those that are empty left out."""
    return "\n\n".join(filter(None, texts))
