"""The file of the servers a person set up. No keys: those live in the OS keyring only."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from chatdesk.domain.server import Header, Protocol, ServerConfig
from chatdesk.storage.json_file import FileOutcome, JsonFile

_REMOVED = "removed"
"""A list of its own: a version that does not know of it shows no removed server again."""


class ServersFile:
    """Reads and writes the list. A row this version cannot use, of a protocol it does not know, say, stays in the file.

    `read` comes first; both methods raise a `StorageError` if the disk will not.
    """

    def __init__(self, path: Path) -> None:
        self._file = JsonFile(path)
        self._content: dict[str, object] = {}

    def read(self) -> tuple[tuple[ServerConfig, ...], FileOutcome]:
        """Return the servers in the person's order, behind them those that were removed, and how reading went."""
        self._content, outcome = self._file.read()
        servers = [_server(row) for row in self._rows()]
        removed = [_server(row) for row in self._rows(_REMOVED)]
        return (
            *(server for server in servers if server is not None),
            *(replace(server, removed=True) for server in removed if server is not None),
        ), outcome

    def write(self, servers: Iterable[ServerConfig]) -> None:
        """Replace the list. Fields another version wrote stay with their server; rows it alone can use stay at the end."""
        rows = self._rows()
        old = {server.id: row for row in rows if (server := _server(row))}
        listed: list[dict[str, object]] = []
        removed: list[dict[str, object]] = []
        for server in servers:
            (removed if server.removed else listed).append({**old.get(server.id, {}), **_row(server)})
        unused = [row for row in rows if _server(row) is None]
        self._content = {**self._content, "servers": [*listed, *unused], _REMOVED: removed}
        if not removed:
            del self._content[_REMOVED]
        self._file.write(self._content)

    def _rows(self, key: str = "servers") -> list[dict[str, object]]:
        rows = self._content.get(key)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _row(server: ServerConfig) -> dict[str, object]:
    return {
        "id": server.id,
        "name": server.name,
        "vendor": server.vendor_id,
        "protocol": server.protocol.value,
        "base_url": server.base_url,
        "headers": [{"name": header.name, "value": header.value} for header in server.headers],
        "enabled": server.enabled,
        "key_in_clear_at": server.key_in_clear_at,
        "key_kept": server.key_kept,
    }


def _server(row: dict[str, object]) -> ServerConfig | None:
    id_, name, vendor, protocol, base_url = (row.get(key) for key in ("id", "name", "vendor", "protocol", "base_url"))
    match id_, name, vendor, protocol, base_url:
        case str(), str(), str(), str(), str() if id_ and protocol in set(Protocol):
            headers = _headers(row.get("headers"))
            enabled, allowed = row.get("enabled") is not False, row.get("key_in_clear_at")
            return ServerConfig(
                id_,
                name,
                vendor,
                Protocol(protocol),
                base_url,
                headers,
                enabled,
                allowed if isinstance(allowed, str) else "",
                row.get("key_kept") is not False,  # a row that does not say may have one
            )
    return None


def _headers(rows: object) -> tuple[Header, ...]:
    pairs = (
        (row.get("name"), row.get("value")) for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict)
    )
    return tuple(Header(name, value) for name, value in pairs if isinstance(name, str) and isinstance(value, str))
