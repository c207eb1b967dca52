"""What can go wrong when a server copies, deletes, loads or makes a model. As all errors they carry data; see `errors.py`."""

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.fast_dataclass import dataclass


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
