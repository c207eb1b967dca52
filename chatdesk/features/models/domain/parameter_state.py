"""Content of the parameter panel as plain values, created by features/chat/ui/chat_settings/chat_settings_presenter.py."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, auto

from chatdesk.features.models.domain.creativity import Creativity, temperatures
from chatdesk.kernel.chat.instructions import NO_INSTRUCTIONS, AnswerLength, SentInstructions
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_rules import ModelRule
from chatdesk.kernel.models.parameters import Parameters


class Origin(Enum):
    """Origin of the value that applies while the user has set none."""

    SERVER = auto()
    """The server's own default, which is unknown here."""
    PRESET = auto()
    MODEL = auto()
    """The user's value for the model, from the models page."""
    MAKERS = auto()
    """Recommended by the model's authors."""
    CHOSEN_HERE = auto()
    """A value that must be sent (Ollama's context)."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """Value that applies while the user has set none."""

    value: object = None
    origin: Origin = Origin.SERVER


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """All chat settings. `server` and `model` are display names.

    `known` are the parameters that are sent to the server; None if there is no model.
    """

    own: Parameters = field(default_factory=Parameters)
    inherited: dict[str, Inherited] = field(default_factory=dict)
    known: frozenset[str] | None = None
    server: str = ""
    model: str = ""
    preset: str = ""
    memory: str = ""
    """Text on the model's state in its server's memory; empty if unknown."""
    can_unload: bool = False
    instructions: str = ""
    """The chat's own instructions."""
    answer_length: AnswerLength = AnswerLength.DEFAULT
    temperatures: Mapping[Creativity, float] = field(default_factory=lambda: temperatures(ModelRule()))
    """The temperature that each word stands for."""
    thinking: Thinking = Thinking.AUTO
    thinking_choices: tuple[Thinking, ...] = ()
    """The thinking levels of the model; empty if it has no choice."""
    all_instructions: SentInstructions = NO_INSTRUCTIONS
    """The instructions of all scopes."""
