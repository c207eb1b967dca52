"""What the panel shows of each parameter, as plain values. Who makes them is features/chat/ui/chat_settings/chat_settings_presenter.py."""

from dataclasses import field
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters


class Origin(Enum):
    """Where the value comes from that holds while the user has set none."""

    SERVER = auto()
    """The server's own default; nobody here knows it."""
    PRESET = auto()
    MODEL = auto()
    """What the user set for the model, on the page of models."""
    MAKERS = auto()
    """What the makers of the model advise."""
    CHOSEN_HERE = auto()
    """What is asked for because it has to be (Ollama's context)."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """What holds while the user has set nothing."""

    value: object = None
    origin: Origin = Origin.SERVER


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """All of it. `server` and `model` are names for people; `known` are the parameters the server is sent."""

    own: Parameters = field(default_factory=Parameters)
    inherited: dict[str, Inherited] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    server: str = ""
    model: str = ""
    preset: str = ""
    memory: str = ""
    """How the model stands in its server's memory, in words; empty where nobody tells."""
    can_unload: bool = False
