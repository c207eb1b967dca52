"""A model, and what is known of it."""

from dataclasses import dataclass
from enum import StrEnum


class Capability(StrEnum):
    """What a model can do, as its server says."""

    CHAT = "chat"
    THINKING = "thinking"
    TOOLS = "tools"
    VISION = "vision"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Names a model at a server. `server_id` is the id of a `ServerConfig`."""

    server_id: str
    model_id: str


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of a server's list. None = the server did not say.

    `capabilities` is None where the server says nothing; then assume chat.
    """

    ref: ModelRef
    name: str
    capabilities: frozenset[Capability] | None = None
    context_length: int | None = None
    """Tokens, the most the model was trained for."""
    size_bytes: int | None = None
    parameters: str | None = None
    """As written by makers: `7.6B`."""
    quantization: str | None = None
    family: str | None = None
    loaded: bool | None = None

    @property
    def can_chat(self) -> bool:
        """False only if the server says it cannot."""
        return self.capabilities is None or Capability.CHAT in self.capabilities

    @property
    def can_see(self) -> bool | None:
        """Whether it takes pictures; None if the server does not say."""
        return None if self.capabilities is None else Capability.VISION in self.capabilities

    @property
    def can_think(self) -> bool:
        """True only if the server says so."""
        return self.capabilities is not None and Capability.THINKING in self.capabilities
