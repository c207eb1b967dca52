"""What stands in a server's form, before it is checked and saved."""

from dataclasses import field, replace

from chatdesk.features.servers.ui.form.advanced_draft import AdvancedDraft
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ServerConfig


@dataclass(frozen=True, slots=True)
class ServerDraft:
    """`key` is a new key; empty = none was typed. It is in no `repr`."""

    name: str
    address: str
    advanced: AdvancedDraft
    key_in_clear_at: str = ""
    """Where the key may go unencrypted: an origin."""
    key: str = field(default="", repr=False)

    @classmethod
    def of(cls, server: ServerConfig) -> "ServerDraft":
        """Return what the form of a saved server begins with."""
        return cls(server.name, server.base_url, AdvancedDraft.of(server), server.key_in_clear_at)

    def applied_to(self, server: ServerConfig) -> ServerConfig:
        """Return the server as the form has it; the address is not checked. A name that was wiped out stays what it was."""
        return replace(
            self.advanced.applied_to(server),
            name=self.name or server.name,
            base_url=self.address,
            key_in_clear_at=self.key_in_clear_at,
        )
