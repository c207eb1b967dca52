"""A model that lies in a file on this computer: what it is, where it comes from, and what is wrong with it.

Who reads the file's head is `engine/gguf/`; who looks for files is `engine/model_search.py`.
"""

from enum import StrEnum
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass

STARTER_NAME = "SmolLM2 135M"
"""The model that comes with the built-in engine."""


class ModelOrigin(StrEnum):
    """Whose folder a file was found in."""

    STARTER = "starter"
    """It comes with the built-in engine."""
    OWN = "own"
    """The user named the file or its folder."""
    OLLAMA = "ollama"
    LM_STUDIO = "lm_studio"
    HUGGING_FACE = "hugging_face"
    LLAMA_CPP = "llama_cpp"
    """What llama.cpp's own programs fetched."""


class ModelKind(StrEnum):
    """What a GGUF file is good for."""

    CHAT = "chat"
    EMBEDDING = "embedding"
    PROJECTOR = "projector"
    """The half of a model that sees (`mmproj`); it goes along with another file."""
    OTHER = "other"
    """An adapter, a vocabulary, an importance matrix."""


class FileProblem(StrEnum):
    """Why a file cannot be used, as far as its head tells."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_GGUF = "not_gguf"
    OLD_VERSION = "old_version"
    """GGUF of a version that llama.cpp no longer reads, or not yet."""
    CUT = "cut"
    """The file ends too soon: a download that did not finish."""
    DAMAGED = "damaged"
    """Its head says what cannot be."""
    PARTS_MISSING = "parts_missing"


@dataclass(frozen=True, slots=True)
class ModelHead:
    """What a file says of itself. None = it does not say."""

    name: str = ""
    architecture: str = ""
    kind: ModelKind = ModelKind.CHAT
    parameters: str | None = None
    """As makers write it: `7.6B`."""
    quantization: str | None = None
    trained_context: int | None = None
    """Tokens."""
    cache_bytes_per_token: int | None = None
    """What one token of context takes in memory, at 16 bits a number."""
    has_chat_template: bool = False
    thinks: bool = False
    """Its template knows `<think>`."""
    width: int | None = None
    """Numbers for each token, or for each piece of a picture that a projector makes: what goes together has the same."""
    sees: bool = False
    """Of a projector: it makes something of pictures, not of sounds alone."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One model. `id` names it in chats; it does not hold the path, which is nobody else's business."""

    id: str
    path: Path
    """The first part, where there are several."""
    origin: ModelOrigin
    size_bytes: int = 0
    """Of all parts."""
    parts: int = 1
    head: ModelHead | None = None
    problem: FileProblem | None = None
    projector: Path | None = None
    """The file by which it sees; which that is: `engine/model_search.py`."""
    projector_bytes: int = 0

    @property
    def loaded_bytes(self) -> int:
        """What is in memory once it is loaded, the context apart."""
        return self.size_bytes + self.projector_bytes

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return STARTER_NAME if self.origin is ModelOrigin.STARTER else self.id

    @property
    def can_be_loaded(self) -> bool:
        """Whether the engine can be started with it, as far as its head tells."""
        return self.problem is None and self.head is not None and self.head.kind is ModelKind.CHAT


@dataclass(frozen=True, slots=True)
class ModelLocation:
    """A folder or a file that was looked into. `models` counts what was found there."""

    path: Path
    origin: ModelOrigin
    models: int = 0
    problem: FileProblem | None = None


@dataclass(frozen=True, slots=True)
class FoundModels:
    """What a search came upon. `is_whole` is false if there was more than is looked at."""

    files: tuple[ModelFile, ...] = ()
    places: tuple[ModelLocation, ...] = ()
    is_whole: bool = True

    def find(self, model_id: str) -> ModelFile | None:
        """Return a model by its id."""
        return next((file for file in self.files if file.id == model_id), None)
