"""Model hubs: what they list, and what is downloaded from them.

A hub is a public library of model files: Hugging Face, ModelScope, or the registry of Ollama. `providers/hubs/` implements their protocols.
The SHA-256 of a file identifies its content on every hub, so a download begun at one of them can be continued at another.
"""

from datetime import datetime
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass

PROJECTOR_NAME = "mmproj"
"""Part of the names of projector files that follow the naming of llama.cpp's tools."""


class HubKind(StrEnum):
    """A hub."""

    HUGGING_FACE = "hugging_face"
    MODELSCOPE = "modelscope"
    OLLAMA = "ollama"


class Gate(StrEnum):
    """Who may download a repository."""

    OPEN = "open"
    AUTOMATIC = "automatic"
    """Users with an account who accepted its conditions."""
    MANUAL = "manual"
    """Users whom its authors approved."""


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A repository on a hub."""

    hub: HubKind
    name: str
    """`owner/name`; for Ollama `namespace/model`, such as `library/deepseek-r1`."""
    revision: str = ""
    """A commit, or a tag of Ollama's registry; empty: the newest."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file in a repository."""

    path: str
    """Path inside the repository, with `/`."""
    size: int
    """In bytes."""
    sha256: str
    """64 lower-case hexadecimal digits; empty if the hub does not report it."""
    url: str
    """Address of the file on the hub. Addresses that a hub redirects to expire, and are never stored."""


@dataclass(frozen=True, slots=True)
class HubListing:
    """The files of a repository. `repository.revision` is the commit that they belong to; empty if the hub does not report one."""

    repository: HubRepository
    files: tuple[HubFile, ...]
    gate: Gate = Gate.OPEN
    licence: str = ""


@dataclass(frozen=True, slots=True)
class HubHit:
    """A repository found by a search. None = not reported."""

    repository: HubRepository
    downloads: int | None = None
    updated_at: datetime | None = None
    gate: Gate = Gate.OPEN
    architecture: str | None = None
    """`general.architecture` of its model files."""
    parameters: int | None = None
    context_length: int | None = None


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """A file of a model to download."""

    path: str
    """Path inside the repository."""
    size: int
    sha256: str
    """Required: a file is used only if its content has this hash."""


@dataclass(frozen=True, slots=True)
class ModelDownload:
    """A model to download: all its parts and its projector, and the repositories that have exactly these files, the preferred one first."""

    name: str
    """Name to show to the user."""
    files: tuple[DownloadFile, ...]
    """The model file, or all its parts in order; then the projector, if any."""
    sources: tuple[HubRepository, ...]
    licence: str = ""

    @property
    def size(self) -> int:
        """Sum of all files in bytes."""
        return sum(file.size for file in self.files)

    @property
    def projector(self) -> DownloadFile | None:
        """The file that makes the model see pictures; None if it has none."""
        last = self.files[-1] if len(self.files) > 1 else None
        return last if last and PROJECTOR_NAME in last.path.rpartition("/")[2].lower() else None

    @property
    def model_files(self) -> tuple[DownloadFile, ...]:
        """All files but the projector."""
        return self.files[:-1] if self.projector else self.files

    def has_same_content(self, other: "ModelDownload") -> bool:
        """Whether both consist of exactly the same files, whatever their names and sources."""
        return [file.sha256 for file in self.files] == [file.sha256 for file in other.files]
