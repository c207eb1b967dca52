"""What stands at an address that the user typed: found out by asking, or known by its host."""

from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig, Vendor


@dataclass(frozen=True, slots=True)
class Recognised:
    """A server that could be added. `vendor_id` names a row of resources/providers.toml."""

    vendor_id: str
    base_url: str
    version: str | None = None
    model_count: int | None = None
    """None = it did not say: it wants a key first, or was not asked."""
    needs_key: bool = False
    """It refused to tell more without one."""
    model_ids: tuple[str, ...] = ()
    """Names that stood in the address (Azure's deployments)."""
    api_version: str = ""
    was_asked: bool = True
    """False where the host alone says who it is."""

    def applied_to(self, server: ServerConfig, vendor: Vendor) -> ServerConfig:
        """Return `server`, a new one of this `vendor`, at the address that was found."""
        version = self.api_version if vendor.api_version else ""
        return replace(server, base_url=self.base_url, model_ids=self.model_ids, api_version=version)
