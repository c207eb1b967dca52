"""Servers from files of other programs: they are added switched off and without keys, so nothing connects to them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatdesk.features.conversations.importing.foreign_servers import ForeignServer, vendor_of
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.servers.server import ServerConfig

_CUSTOM = "custom"


def new_servers(servers: Servers, found: Iterable[ForeignServer]) -> Sequence[ForeignServer]:
    """Return the servers that can be added, and are not here yet."""
    return [each for each in found if _as_added(servers, each)]


async def add_servers(servers: Servers, found: Iterable[ForeignServer]) -> Sequence[ServerConfig]:
    """Add the servers that are not here yet, and return them."""
    added = [server for each in found if (server := _as_added(servers, each))]
    for server in added:
        await servers.save(server)
    return added


async def remove_servers(servers: Servers, added: Iterable[ServerConfig]) -> None:
    """Remove servers again, with keys that were copied. Raises `KeyringError` if a key cannot be deleted."""
    for server in added:
        if removed := await servers.remove(server.id):
            await servers.forget(removed)


def _as_added(servers: Servers, found: ForeignServer) -> ServerConfig | None:
    """Return the server as it is added; None if it is here, or its address cannot be used."""
    vendor = servers.vendors.get(found.vendor) or servers.vendors[_CUSTOM]
    new = replace(
        servers.new(vendor),
        id=found.id,
        name=vendor.name if found.vendor and vendor_of(found.name) == found.vendor else found.name,
        base_url=found.address or vendor.base_url,
        enabled=False,
    )
    try:
        server = servers.normalised(new)
    except AddressInvalid:
        return None
    is_here = any(each.id == server.id or each.base_url == server.base_url for each in servers.all())
    return None if is_here or not server.base_url else server
