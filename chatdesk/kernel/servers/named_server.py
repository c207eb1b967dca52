"""A server that is only known by name: an imported chat says which server answered, but no server of this installation is meant.

It is encoded in place of a server's id (`ModelRef.server_id`), in a form that no configured server can have.
"""

import json
from urllib.parse import urlsplit

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig

MAX_SERVER_NAME_LENGTH = 300
MAX_SERVER_ADDRESS_LENGTH = 2_000
_BEGINS = "named:"
_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class NamedServer:
    """A named server. `vendor` is a row of resources/providers.toml; `address` contains nothing that grants access."""

    vendor: str = ""
    name: str = ""
    address: str = ""

    @classmethod
    def of(cls, server: ServerConfig) -> "NamedServer":
        """Return the information about a server that may be disclosed."""
        return cls(server.vendor_id, server.name, displayable_address(server.shareable_address))

    @property
    def as_id(self) -> str:
        """The value to use in place of an id; empty if nothing is known of the server."""
        known = [self.vendor, self.name, self.address]
        return _BEGINS + json.dumps(known, ensure_ascii=False) if any(known) else ""


def named_by(server_id: str) -> NamedServer | None:
    """Return the server that an id only names; None for the id of a server that is or was configured here."""
    if not server_id.startswith(_BEGINS):
        return None
    try:
        parts = json.loads(server_id.removeprefix(_BEGINS))
    except (ValueError, RecursionError):
        return None
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(each, str) for each in parts):
        return None
    return NamedServer(*parts)


def displayable_address(address: str) -> str:
    """Return a web address without user name, password, query and fragment; an empty string for anything else."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in _SCHEMES or not host or len(address) > MAX_SERVER_ADDRESS_LENGTH:
        return ""
    return f"{parts.scheme}://{host}{parts.path}"
