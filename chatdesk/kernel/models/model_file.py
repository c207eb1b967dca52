"""A model file on this computer: its properties, its origin, and problems with it.

`engine/gguf/` reads the metadata; `engine/model_search.py` searches for files.
"""

from enum import StrEnum
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import display_name

STARTER_NAME = "SmolLM2 135M"
"""The model that is included with the built-in engine."""


class ModelOrigin(StrEnum):
    """Where a file was found."""

    STARTER = "starter"
    """Included with the built-in engine."""
    OWN = "own"
    """A file or folder that the user added."""
    OLLAMA = "ollama"
    LM_STUDIO = "lm_studio"
    HUGGING_FACE = "hugging_face"
    LLAMA_CPP = "llama_cpp"
    """Downloaded by llama.cpp's own programs."""
    DOWNLOADED = "downloaded"
    """Downloaded from a model hub by Chatdesk."""


class ModelKind(StrEnum):
    """What a GGUF file contains."""

    CHAT = "chat"
    EMBEDDING = "embedding"
    PROJECTOR = "projector"
    """The vision part of a model (`mmproj`), used together with another file."""
    OTHER = "other"
    """An adapter, a vocabulary or an importance matrix."""


class FileProblem(StrEnum):
    """Why a file cannot be used, according to its metadata."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_GGUF = "not_gguf"
    OLD_VERSION = "old_version"
    """A GGUF version that llama.cpp no longer supports, or does not support yet."""
    CUT = "cut"
    """The file is truncated: an incomplete download."""
    DAMAGED = "damaged"
    """The metadata is invalid."""
    PARTS_MISSING = "parts_missing"


@dataclass(frozen=True, slots=True)
class ModelHead:
    """Metadata of a model file. None = not specified."""

    name: str = ""
    architecture: str = ""
    kind: ModelKind = ModelKind.CHAT
    parameters: str | None = None
    """As written by the authors: `7.6B`."""
    quantization: str | None = None
    trained_context: int | None = None
    """In tokens."""
    cache_bytes_per_token: int | None = None
    """Memory that one token of context takes, at 16 bits per value."""
    has_chat_template: bool = False
    thinks: bool = False
    """Whether its template contains `<think>`."""
    width: int | None = None
    """Embedding size: numbers per token, or per image patch of a projector. A model and its projector have the same value."""
    sees: bool = False
    """For a projector: whether it supports pictures, not only audio."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model in one or more files. `id` identifies it in chats; it does not contain the path, which must not be disclosed to others."""

    id: str
    path: Path
    """The first part if there are several."""
    origin: ModelOrigin
    size_bytes: int = 0
    """Sum of all parts."""
    parts: int = 1
    head: ModelHead | None = None
    problem: FileProblem | None = None
    projector: Path | None = None
    """The projector file for pictures; `engine/model_search.py` selects it."""
    projector_bytes: int = 0
    title: str = ""
    """Name under which it was downloaded; empty if that is not known, or if several models were downloaded under it."""

    @property
    def loaded_bytes(self) -> int:
        """Memory of the loaded model in bytes, without the context."""
        return self.size_bytes + self.projector_bytes

    @property
    def name(self) -> str:
        """Name to show to the user."""
        return STARTER_NAME if self.origin is ModelOrigin.STARTER else self.title or display_name(self.id)

    @property
    def can_be_loaded(self) -> bool:
        """Whether the engine can load it for chats, according to its metadata."""
        return self.problem is None and self.head is not None and self.head.kind is ModelKind.CHAT

    @property
    def makes_vectors(self) -> bool:
        """Whether the engine can load it for embeddings, according to its metadata."""
        return self.problem is None and self.head is not None and self.head.kind is ModelKind.EMBEDDING


@dataclass(frozen=True, slots=True)
class ModelLocation:
    """A folder or file that was searched. `models` is the number of models found there."""

    path: Path
    origin: ModelOrigin
    models: int = 0
    problem: FileProblem | None = None


@dataclass(frozen=True, slots=True)
class FoundModels:
    """Result of a search. `is_whole` is False if the search stopped at its limit."""

    files: tuple[ModelFile, ...] = ()
    locations: tuple[ModelLocation, ...] = ()
    is_whole: bool = True

    def find(self, model_id: str) -> ModelFile | None:
        """Return a model by its id, or None."""
        return next((file for file in self.files if file.id == model_id), None)
