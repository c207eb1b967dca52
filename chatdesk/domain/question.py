"""What a person asks, before it is a message. How it is answered: services/chat.py."""

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.message import ImagePart
from chatdesk.domain.model import ModelRef
from chatdesk.domain.request import Thinking


@dataclass(frozen=True, slots=True)
class Question:
    """What a person sends: the words, to whom, whether the model should think, and the pictures that go along."""

    text: str
    model: ModelRef
    thinking: Thinking = Thinking.AUTO
    pictures: tuple[ImagePart, ...] = ()

    @property
    def title(self) -> str:
        """Its words, or what its pictures are called."""
        return self.text or ", ".join(picture.name for picture in self.pictures)
