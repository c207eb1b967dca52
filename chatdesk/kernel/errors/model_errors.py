"""What can go wrong when models are downloaded, copied, deleted, loaded or created."""

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.fast_dataclass import dataclass

# What can go wrong when a server downloads a model. As all errors they carry data; see
# `kernel/errors/base.py`.


@dataclass(eq=False)
class PullError(ServerError):
    """`model` is what was to be downloaded."""

    model: str = ""


@dataclass(eq=False)
class PullNameUnknown(PullError):
    """The library has no model of this name, or it is no name."""


@dataclass(eq=False)
class PullNameMistyped(PullNameUnknown):
    """There are names that are known, and like it: `near`, best first, with commas between them."""

    near: str = ""


@dataclass(eq=False)
class PullTagUnknown(PullError):
    """The model is there, but not in this quantisation."""


@dataclass(eq=False)
class PullNotAllowed(PullError):
    """The library gives it to those only whom it knows: it is private, or has terms to be agreed to."""


@dataclass(eq=False)
class PullDiskFull(PullError):
    """No room is left where the server keeps its models."""


@dataclass(eq=False)
class PullDiskShort(PullError):
    """It would not fit on the disk, so it was not begun or not gone on with. What is still to come, and what is free."""

    needed_gigabytes: float = 0.0
    free_gigabytes: float = 0.0


@dataclass(eq=False)
class RegistryUnreachable(PullError):
    """The server could not reach the library, or lost it on the way. `reason` is its own text."""

    reason: str = ""


@dataclass(eq=False)
class RegistryUntrusted(PullError):
    """The server does not trust who answered for the library: a proxy that opens TLS, or a wrong clock. `reason` is its own text."""

    reason: str = ""


@dataclass(eq=False)
class PartDamaged(PullError):
    """What the server kept of an earlier try cannot be read, so that every try ends at once.

    `files` are the damaged ones, named with commas between them, where they can be looked at; they can be removed then.
    """

    files: str = ""


@dataclass(eq=False)
class ServerTooOld(PullError):
    """The model needs a newer version of the server."""


@dataclass(eq=False)
class PullBrokenOff(PullError):
    """The server stopped telling before it said that all was there."""


@dataclass(eq=False)
class PullFailed(PullError):
    """Anything else; `detail` is the server's own text."""

    detail: str = ""


# What can go wrong when a server copies, deletes, loads or makes a model. As all errors they carry data; see
# `errors.py`.


@dataclass(eq=False)
class ModelNotChanged(ServerError):
    """The server did not do it; `detail` is its own text."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class ModelNameTaken(ServerError):
    """There is a model of this name already, which would be lost."""

    model: str = ""


@dataclass(eq=False)
class ModelFileRefused(ServerError):
    """The file is no model that the server can read; `detail` is its own text, empty where we saw it ourselves."""

    file: str = ""
    detail: str = ""


@dataclass(eq=False)
class ModelFileUnreadable(ServerError):
    """The file could not be read to its end, or was another one at the end than at the beginning."""

    file: str = ""
    reason: str = ""
