"""Model hubs: what they list, and what is downloaded from them.

A hub is a public library of model files: Hugging Face, ModelScope, or the registry of Ollama. `providers/hubs/` implements their protocols.
The SHA-256 of a file identifies its content on every hub, so a download begun at one of them can be continued at another.
"""

import re
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


_MAX_PATH_LENGTH = 512
_MAX_NAME_BYTES = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\\<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices on Windows."""


def is_safe_path(path: str) -> bool:
    """Return whether a path that a hub reports is relative, stays inside its folder, and is a valid name of a file on every system."""
    names = path.split("/")
    return len(path) <= _MAX_PATH_LENGTH and not _UNSAFE.search(path) and all(map(_is_safe_name, names))


def _is_safe_name(name: str) -> bool:
    is_valid = bool(name.strip()) and not name.endswith((".", " ")) and not _RESERVED.fullmatch(name)
    return is_valid and len(name.encode("utf-8", "surrogatepass")) <= _MAX_NAME_BYTES


def normal_sha256(text: str) -> str:
    """Return a SHA-256 as 64 lower-case hexadecimal digits; empty if the text is not one. Hubs differ in case, quotes and prefixes."""
    digits = text.strip().strip('"').lower().removeprefix("sha256:")
    return digits if _SHA256.fullmatch(digits) else ""
