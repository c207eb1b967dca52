"""Errors of the system keyring and of what it stores."""

from chatdesk.kernel.errors.base import ChatdeskError, ServerError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class KeyringError(ChatdeskError):
    """Base class."""


@dataclass(eq=False)
class KeyringUnavailable(KeyringError):
    """There is no keyring that Chatdesk trusts. `reason` has technical details."""

    reason: str = ""


@dataclass(eq=False)
class KeyringLocked(KeyringError):
    """The keyring is locked and was not unlocked."""


@dataclass(eq=False)
class KeyringFailed(KeyringError):
    """The keyring timed out or reported an error, and may still hold its previous content. `reason` has technical details."""

    reason: str = ""


@dataclass(eq=False)
class KeyInvalid(KeyringError):
    """The key contains a character that is not allowed in a header, or is longer than `limit` characters."""

    limit: int | None = None


@dataclass(eq=False)
class SecretsUnreachable(ServerError):
    """Nothing was sent: the keyring, which stores secrets for the requests to the server besides the API key, is locked or failed."""


@dataclass(eq=False)
class HeaderMissing(ServerError):
    """Nothing was sent: the value of the header named `header` is not stored for this address."""

    header: str = ""
