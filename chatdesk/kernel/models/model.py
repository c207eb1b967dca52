"""A model and its properties."""

from datetime import datetime
from enum import StrEnum

from chatdesk.kernel.chat.application import Application
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.memory_need import Architecture

# Details of a model, which a server reports on a separate request.


@dataclass(frozen=True, slots=True)
class ModelDetails:
    """Details of a model, as written by its authors, shortened if very long. Empty = not reported by the server."""

    families: tuple[str, ...] = ()
    made_from: str = ""
    """The base model."""
    parameters: str = ""
    """Parameters set in its file: one `name   value` per line."""
    system_prompt: str = ""
    template: str = ""
    licence: str = ""
    path: str = ""
    """Path of the model file, if it is on this computer."""


LATEST = ":latest"
"""The tag that Ollama appends to a model name without a tag."""


_FILE_ENDING = ".gguf"


def display_name(model_id: str) -> str:
    """Return the name of a model whose server sends none: its ID without Ollama's usual tag or the ending of a model file."""
    return model_id.removesuffix(LATEST).removesuffix(_FILE_ENDING) or model_id


class Capability(StrEnum):
    """What a model can do, as reported by its server."""

    CHAT = "chat"
    THINKING = "thinking"
    TOOLS = "tools"
    VISION = "vision"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Identifies a model on a server. `server_id` is the id of a `ServerConfig`."""

    server_id: str
    model_id: str


@dataclass(frozen=True, slots=True)
class ModelLoad:
    """A model that is loaded into its server's memory."""

    context_length: int | None = None
    """Context length in tokens with which it was loaded."""
    expires_at: datetime | None = None
    """When the server will unload it if it is not used; None = never, or not reported."""
    size_bytes: int | None = None
    graphics_bytes: int | None = None
    """The part in the memory of the graphics card."""


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of a server's model list. None = not reported by the server.

    If `capabilities` is None, the model is assumed to support chat.
    """

    ref: ModelRef
    name: str
    capabilities: frozenset[Capability] | None = None
    context_length: int | None = None
    """Maximum context length in tokens: what the model was trained for, or what its server is configured for."""
    own_context: int | None = None
    """Context length in tokens set in the model's file (Ollama's `PARAMETER num_ctx`)."""
    architecture: Architecture | None = None
    """Determines how much memory the context takes; None if unknown."""
    size_bytes: int | None = None
    parameters: str | None = None
    """As written by the authors: `7.6B`."""
    quantization: str | None = None
    family: str | None = None
    loaded: bool | None = None
    load: ModelLoad | None = None
    """Details of the loaded model, if the server reports them."""
    remote: bool = False
    """Whether its server only forwards questions to another service (Ollama's cloud models), so that nothing is loaded locally."""
    described: bool = True
    """False if the server would report more in a separate request than in the list."""
    application: Application | None = None
    """Set if this is an application rather than a model."""
    digest: str | None = None
    """The server's identifier of the content."""
    modified_at: datetime | None = None
    """When the model was added to its server or changed there; timezone-aware."""

    @property
    def can_chat(self) -> bool:
        """Whether it supports chat. False only if the server says so."""
        return self.capabilities is None or Capability.CHAT in self.capabilities

    @property
    def can_see(self) -> bool | None:
        """Whether it accepts pictures; None if not reported."""
        return None if self.capabilities is None else Capability.VISION in self.capabilities

    @property
    def can_think(self) -> bool:
        """Whether it supports thinking. True only if the server says so."""
        return self.capabilities is not None and Capability.THINKING in self.capabilities
