"""How a server is reached, where a person says more than its address: through which proxy, trusting whom, waiting how long.

Nothing here can switch off the check of certificates: a person may add an authority of their own, never believe everybody.
"""

from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass

CONNECT_SECONDS = (1, 300)
"""From, to: how long a server may take to accept a connection."""
SILENCE_SECONDS = (5, 7200)
"""From, to: how long a server may say nothing."""


class ProxyChoice(StrEnum):
    """What stands between us and the server."""

    SYSTEM = "system"
    """What the system says; nothing for servers on this machine or its network."""
    NONE = "none"
    ADDRESS = "address"
    """The one a person named, wherever the server is."""


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """The way to a server. What is empty or None follows the program's own rules."""

    proxy: ProxyChoice = ProxyChoice.SYSTEM
    proxy_address: str = ""
    """`http://proxy.example:3128` or `socks5://…`, without a name or password. Used with `ProxyChoice.ADDRESS` only."""
    ca_file: str = ""
    """A PEM file of authorities that are believed for this server besides the system's."""
    connect_seconds: float | None = None
    silence_seconds: float | None = None
    """Seconds without a word, also before the first: a model that loads says nothing."""
    proxy_user: str = ""
    """The name that proxy wants to be told; empty: none."""
    proxy_password: str | None = field(default=None, repr=False)
    """None: it is kept in the keyring, never in a file, and put in for a request; or the proxy wants none."""

    @property
    def named_proxy(self) -> str:
        """The address of the proxy a person named for this server; empty if they named none."""
        return self.proxy_address if self.proxy is ProxyChoice.ADDRESS else ""
