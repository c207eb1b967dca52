"""Errors of model hubs.

In all of them `server` is the hub's host name and `address` its base address: addresses of files that hubs redirect to are signed and never
become part of an error.
"""

from chatdesk.kernel.errors.base import ServerError, ServerUnreachable
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class HubUnreachable(ServerUnreachable):
    """There is no connection to a hub, it broke, or the hub is silent. `reason` is the system error."""


@dataclass(eq=False)
class HubError(ServerError):
    """Base class. `repository` is its name; empty for a search."""

    repository: str = ""


@dataclass(eq=False)
class HubRepositoryMissing(HubError):
    """There is no such repository, or it is private. Hugging Face answers both in the same way."""


@dataclass(eq=False)
class HubRevisionMissing(HubError):
    """The repository has no such commit or tag (any more)."""

    revision: str = ""


@dataclass(eq=False)
class HubFileMissing(HubError):
    """The repository has no such file (any more)."""

    path: str = ""


@dataclass(eq=False)
class HubGated(HubError):
    """The repository requires an account that accepted its conditions, and a token of it. `page` is its web page."""

    page: str = ""


@dataclass(eq=False)
class HubConsentMissing(HubError):
    """The token is valid, but its account has not accepted the conditions on `page`, or is not approved yet."""

    page: str = ""


@dataclass(eq=False)
class HubTokenRejected(HubError):
    """The hub does not accept the token: it is wrong, expired or withdrawn."""


@dataclass(eq=False)
class HubBusy(HubError):
    """429: too many requests in a short time. The hub accepts the next one after `seconds`."""

    seconds: float = 0.0


@dataclass(eq=False)
class HubFailed(HubError):
    """The hub reported an error of its own, with `status`."""

    status: int = 0


@dataclass(eq=False)
class NotAHub(HubError):
    """What the address returned is not of the hub's protocol: a mirror without it, or a login page. `status` is that of the reply."""

    status: int = 0


@dataclass(eq=False)
class HubRedirectRefused(HubError):
    """The hub redirects to an address that is not followed: unencrypted, invalid, or one too many. `host` is where it leads."""

    host: str = ""


@dataclass(eq=False)
class HubFileChanged(HubError):
    """The file on the hub is not the wanted one any more: its size or hash differs. Nothing was downloaded."""

    path: str = ""


@dataclass(eq=False)
class HubHashMissing(HubError):
    """The hub does not report the SHA-256 of a file, so its content cannot be verified. It is not downloaded."""

    path: str = ""
