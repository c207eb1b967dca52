"""Errors of downloading, copying, deleting, loading and creating models."""

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class PullError(ServerError):
    """Base class for downloads. `model` is the requested model."""

    model: str = ""


@dataclass(eq=False)
class PullNameUnknown(PullError):
    """The library has no model of this name, or the name is not valid."""


@dataclass(eq=False)
class PullNameMistyped(PullNameUnknown):
    """There are known models with similar names: `near`, best match first, separated by commas."""

    near: str = ""


@dataclass(eq=False)
class PullTagUnknown(PullError):
    """The model exists, but not in this quantisation."""


@dataclass(eq=False)
class PullNotAllowed(PullError):
    """The library requires a sign-in: the model is private, or its terms must be accepted."""


@dataclass(eq=False)
class PullDiskFull(PullError):
    """The disk where the server stores its models is full."""


@dataclass(eq=False)
class PullDiskShort(PullError):
    """The download does not fit on the disk, so it was not started or resumed. The sizes are what remains and what is free."""

    needed_gigabytes: float = 0.0
    free_gigabytes: float = 0.0


@dataclass(eq=False)
class RegistryUnreachable(PullError):
    """The server could not reach the library, or lost the connection. `reason` is its own message."""

    reason: str = ""


@dataclass(eq=False)
class RegistryUntrusted(PullError):
    """The server does not trust the library's certificate: a proxy inspects TLS, or the clock is wrong. `reason` is its own message."""

    reason: str = ""


@dataclass(eq=False)
class PartDamaged(PullError):
    """The partial download on the server is damaged, so every attempt fails immediately.

    `files` are the names of the damaged files, separated by commas, where Chatdesk can see them; they can then be removed.
    """

    files: str = ""


@dataclass(eq=False)
class ServerTooOld(PullError):
    """The model needs a newer version of the server."""


@dataclass(eq=False)
class PullBrokenOff(PullError):
    """The progress messages of the server ended before the download was complete."""


@dataclass(eq=False)
class FileNotAsPublished(PullError):
    """The content of a downloaded file has another SHA-256 than its publisher listed. It was deleted. `server` is the source."""

    file: str = ""


@dataclass(eq=False)
class ModelDiskShort(PullDiskShort):
    """The same for a download by Chatdesk itself; some of the free space is left to the system."""


@dataclass(eq=False)
class PullFailed(PullError):
    """Any other failure. `detail` is the server's own message."""

    detail: str = ""


@dataclass(eq=False)
class ModelNotChanged(ServerError):
    """The server did not perform the action. `detail` is its own message."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class ModelNameInUse(ServerError):
    """A model of this name exists and would be overwritten."""

    model: str = ""


@dataclass(eq=False)
class ModelFileRefused(ServerError):
    """The server cannot read the file as a model. `detail` is its own message, empty if Chatdesk detected it."""

    file: str = ""
    detail: str = ""


@dataclass(eq=False)
class ModelFileUnreadable(ServerError):
    """The file could not be read completely, or changed while it was read."""

    file: str = ""
    reason: str = ""
