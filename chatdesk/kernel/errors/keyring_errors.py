"""What can go wrong with the system's keyring and what is kept in it, as types carrying data. Their base is in `errors.py`."""

from chatdesk.kernel.errors.base import ChatdeskError, ServerError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class KeyringError(ChatdeskError):
    """Something about the system's keyring."""


@dataclass(eq=False)
class KeyringUnavailable(KeyringError):
    """There is none we trust; `reason` for the details."""

    reason: str = ""


@dataclass(eq=False)
class KeyringLocked(KeyringError):
    """It is locked and was not opened."""


@dataclass(eq=False)
class KeyringFailed(KeyringError):
    """There is one, and it did not answer in time or did not do what it was asked: it may still hold what it held. `reason`: details."""

    reason: str = ""


@dataclass(eq=False)
class KeyInvalid(KeyringError):
    """The key holds a character no header may carry, or is longer than `limit` characters."""

    limit: int | None = None


@dataclass(eq=False)
class SecretsUnreachable(ServerError):
    """The keyring holds what goes along with every request to the server beside a key, and is locked or failed, so it was not asked."""


@dataclass(eq=False)
class HeaderMissing(ServerError):
    """The value of a header is kept nowhere for this address, so the server was not asked. `header` is its name."""

    header: str = ""
