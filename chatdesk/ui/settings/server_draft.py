"""What stands in a server's form, before it is checked and saved."""

from dataclasses import dataclass, field, replace

from chatdesk.domain.server import ServerConfig
from chatdesk.ui.settings.header_lines import header_text, parse_header_lines


@dataclass(frozen=True, slots=True)
class ServerDraft:
    """`key` is a new key; empty = none was typed. It is in no `repr`."""

    name: str
    address: str
    header_lines: str
    key_in_clear_at: str = ""
    """Where the key may go unencrypted: an origin."""
    key: str = field(default="", repr=False)

    @classmethod
    def of(cls, server: ServerConfig) -> "ServerDraft":
        """Return what the form of a saved server begins with."""
        return cls(server.name, server.base_url, header_text(server.headers), server.key_in_clear_at)

    @property
    def wrong_header(self) -> str:
        """The first line that is no header; empty if there is none."""
        return parse_header_lines(self.header_lines).wrong_line

    def applied_to(self, server: ServerConfig) -> ServerConfig:
        """Return the server as the form has it; the address is not checked. A name that was wiped out stays what it was."""
        headers = parse_header_lines(self.header_lines).headers
        return replace(
            server,
            name=self.name or server.name,
            base_url=self.address,
            headers=headers,
            key_in_clear_at=self.key_in_clear_at,
        )
