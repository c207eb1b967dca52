"""The server at an address that the user typed: identified by requests, or by its host name."""

from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig, Vendor


@dataclass(frozen=True, slots=True)
class Recognised:
    """A server that can be added. `vendor_id` is a row of resources/providers.toml."""

    vendor_id: str
    base_url: str
    version: str | None = None
    model_count: int | None = None
    """None = unknown: it requires a key first, or was not asked."""
    needs_key: bool = False
    """Whether it refused to respond without a key."""
    model_ids: tuple[str, ...] = ()
    """Names that were part of the address (Azure's deployments)."""
    api_version: str = ""
    was_asked: bool = True
    """False if the host name alone identifies it."""

    def applied_to(self, server: ServerConfig, vendor: Vendor) -> ServerConfig:
        """Return `server`, a new server of this `vendor`, with the detected address."""
        version = self.api_version if vendor.api_version else ""
        return replace(server, base_url=self.base_url, model_ids=self.model_ids, api_version=version)
