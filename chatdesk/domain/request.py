"""What is asked of a model: the turns and the knobs, before any wire protocol."""

from dataclasses import dataclass, field
from enum import StrEnum

from chatdesk.domain.message import Role


class Thinking(StrEnum):
    """Whether the model should think first. `AUTO` leaves it to the server."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as the model sees it. `reasoning` goes along only where the server's protocol wants it back."""

    role: Role
    text: str
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Sampling settings. None = not sent: the server's own default holds."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """Everything one answer is made from."""

    model_id: str
    turns: tuple[Turn, ...]
    thinking: Thinking = Thinking.AUTO
    parameters: Parameters = field(default_factory=Parameters)
    can_think: bool | None = None
    """What is known of the model; None = unknown. Ollama refuses `think` for a model without it."""
