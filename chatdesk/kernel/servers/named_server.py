"""A server that is only named: an imported chat tells which one answered, and no server of this program is meant by it.

It stands in the place of a server's id (`ModelRef.server_id`), in a form that no server here can have.
"""

import json
from urllib.parse import urlsplit

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig

LONGEST_NAME = 300
LONGEST_ADDRESS = 2_000
_BEGINS = "named:"
_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class NamedServer:
    """`vendor` is a row of resources/providers.toml; `address` holds nothing that lets anybody in."""

    vendor: str = ""
    name: str = ""
    address: str = ""

    @classmethod
    def of(cls, server: ServerConfig) -> "NamedServer":
        """Return what is told of a server to others."""
        return cls(server.vendor_id, server.name, address_to_tell(server.address_to_share))

    @property
    def as_id(self) -> str:
        """What stands in the place of an id; nothing for a server of which nothing is known."""
        known = [self.vendor, self.name, self.address]
        return _BEGINS + json.dumps(known, ensure_ascii=False) if any(known) else ""


def named_by(server_id: str) -> NamedServer | None:
    """Return the server that an id only names; None for the id of one that is, or was, set up here."""
    if not server_id.startswith(_BEGINS):
        return None
    try:
        told = json.loads(server_id.removeprefix(_BEGINS))
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, list) or len(told) != 3 or not all(isinstance(each, str) for each in told):
        return None
    return NamedServer(*told)


def address_to_tell(address: str) -> str:
    """Return a web address without name, password, query and fragment; nothing for what is none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in _SCHEMES or not host or len(address) > LONGEST_ADDRESS:
        return ""
    return f"{parts.scheme}://{host}{parts.path}"
