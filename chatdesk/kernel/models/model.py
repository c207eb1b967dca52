"""A model, and what is known of it."""

from datetime import datetime
from enum import StrEnum

from chatdesk.kernel.chat.application import Application
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.memory_need import Architecture

# What a server tells of a model when it is asked for all of it.


@dataclass(frozen=True, slots=True)
class ModelDetails:
    """Texts as they were written by the model's makers, cut if they are very long. Empty = the server does not say."""

    families: tuple[str, ...] = ()
    made_from: str = ""
    """The model it was made from."""
    parameters: str = ""
    """What its file sets: one `name   value` a line."""
    system_prompt: str = ""
    template: str = ""
    licence: str = ""
    path: str = ""
    """Where it lies, if on this computer."""


LATEST = ":latest"
"""The tag that Ollama puts behind the name of a model where the user wrote none."""


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
class ModelLoad:
    """A model in its server's memory."""

    context_length: int | None = None
    """Tokens there is room for, as it was loaded."""
    expires_at: datetime | None = None
    """When the server will let go of it, if nobody asks; None = never, or the server did not say."""
    size_bytes: int | None = None
    graphics_bytes: int | None = None
    """What of it is in the graphics card's memory."""


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of a server's list. None = the server did not say.

    `capabilities` is None where the server says nothing; then assume chat.
    """

    ref: ModelRef
    name: str
    capabilities: frozenset[Capability] | None = None
    context_length: int | None = None
    """Tokens, the most there can be room for: what the model was trained for, or what its server is set up for."""
    own_context: int | None = None
    """Tokens, what the model's own file asks for (Ollama's `PARAMETER num_ctx`)."""
    architecture: Architecture | None = None
    """How it is built, which says what memory its context takes; None where that is not known."""
    size_bytes: int | None = None
    parameters: str | None = None
    """As written by makers: `7.6B`."""
    quantization: str | None = None
    family: str | None = None
    loaded: bool | None = None
    load: ModelLoad | None = None
    """More of it, where it is in memory and the server tells."""
    remote: bool = False
    """Whether its server only passes questions on to another place (Ollama's cloud models): nothing is loaded here."""
    described: bool = True
    """False where the list tells less of it than the server would."""
    application: Application | None = None
    """What it tells of itself if it is an application rather than a model."""
    digest: str | None = None
    """What its content is known by at its server."""
    modified_at: datetime | None = None
    """When it came to its server, or was changed there; aware."""

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
