"""The file of configured servers. It contains no keys and no header values, which are only in the system keyring.

Earlier versions stored header values here. They are read, and kept until the caller has moved them into the keyring.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from chatdesk.kernel.servers.server import (
    CONNECT_SECONDS,
    SILENCE_SECONDS,
    ConnectionOptions,
    Header,
    ProxyChoice,
    ServerConfig,
    ServerProtocol,
    WireFormat,
)
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

# Connection options in the server file. Invalid values are treated as missing.


def connection_row(options: ConnectionOptions) -> dict[str, object]:
    """Return the options as stored: without the proxy's password, which is in the keyring."""
    return {
        "proxy": options.proxy.value,
        "proxy_address": options.proxy_address,
        "proxy_user": options.proxy_user,
        "ca_file": options.ca_file,
        "connect_seconds": options.connect_seconds,
        "silence_seconds": options.silence_seconds,
    }


def connection_of(row: object) -> ConnectionOptions:
    """Return the options in a row; defaults for missing or invalid values."""
    if not isinstance(row, dict):
        return ConnectionOptions()
    proxy, address, ca_file = row.get("proxy"), row.get("proxy_address"), row.get("ca_file")
    user = row.get("proxy_user")
    return ConnectionOptions(
        ProxyChoice(proxy) if isinstance(proxy, str) and proxy in set(ProxyChoice) else ProxyChoice.SYSTEM,
        address if isinstance(address, str) else "",
        ca_file if isinstance(ca_file, str) else "",
        _seconds(row.get("connect_seconds"), CONNECT_SECONDS),
        _seconds(row.get("silence_seconds"), SILENCE_SECONDS),
        user if isinstance(user, str) else "",
    )


def _seconds(value: object, bounds: tuple[int, int]) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    least, most = bounds
    return value if least <= value <= most else None


_REMOVED = "removed"
"""A separate list, so that a version that does not know it cannot show removed servers again."""

_STALE = "stale_secrets"


class ServersFile:
    """Reads and writes the servers. A row that this version cannot use, for example of an unknown protocol, is preserved.

    Call `read` first. Both methods raise a `StorageError` if the disk access fails.
    """

    def __init__(self, path: Path) -> None:
        self._file = JsonFile(path)
        self._content: dict[str, object] = {}

    def read(self) -> tuple[tuple[ServerConfig, ...], FileOutcome]:
        """Return the servers in the user's order, followed by removed ones, and the result of reading."""
        self._content, outcome = self._file.read()
        servers = [_server(row) for row in self._rows()]
        removed = [_server(row) for row in self._rows(_REMOVED)]
        return (
            *(server for server in servers if server is not None),
            *(replace(server, removed=True) for server in removed if server is not None),
        ), outcome

    def write(self, servers: Iterable[ServerConfig]) -> None:
        """Replace the servers. Fields of other versions are kept with their server; rows usable only by others are kept at the end."""
        rows = self._rows()
        old = {server.id: row for row in rows if (server := _server(row))}
        listed: list[dict[str, object]] = []
        removed: list[dict[str, object]] = []
        for server in servers:
            (removed if server.removed else listed).append(_over(old.get(server.id, {}), server))
        unused = [row for row in rows if _server(row) is None]
        self._content = {**self._content, "servers": [*listed, *unused], _REMOVED: removed}
        if not removed:
            del self._content[_REMOVED]
        self._file.write(self._content)

    def _rows(self, key: str = "servers") -> list[dict[str, object]]:
        rows = self._content.get(key)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _over(old: dict[str, object], server: ServerConfig) -> dict[str, object]:
    """Return a server's row. An unchanged value is kept as it was written, because another version may store more in it."""
    row = _row(server)
    if before := _server(old):
        row |= {name: old[name] for name, value in _row(before).items() if name in old and value == row.get(name)}
    kept = {name: value for name, value in old.items() if name != _STALE}  # omitted if empty
    return {**kept, **row}


def _row(server: ServerConfig) -> dict[str, object]:
    return {
        "id": server.id,
        "name": server.name,
        "vendor": server.vendor_id,
        "protocol": server.protocol.value,
        "base_url": server.base_url,
        "headers": [_header_row(header) for header in server.headers],
        "enabled": server.enabled,
        "key_in_clear_at": server.unencrypted_key_origin,
        "key_kept": server.key_saved,
        "wire_format": server.wire_format.value,
        "models": list(server.model_ids),
        "api_version": server.api_version,
        "extra_body": server.extra_body,
        "connection": connection_row(server.connection),
        **({_STALE: list(server.stale_secrets)} if server.stale_secrets else {}),
    }


def _server(row: dict[str, object]) -> ServerConfig | None:
    id_, name, vendor, protocol, base_url = (row.get(key) for key in ("id", "name", "vendor", "protocol", "base_url"))
    match id_, name, vendor, protocol, base_url:
        case str(), str(), str(), str(), str() if id_ and protocol in set(ServerProtocol):
            return ServerConfig(
                id_,
                name,
                vendor,
                ServerProtocol(protocol),
                base_url,
                _headers(row.get("headers")),
                row.get("enabled") is not False,
                _text(row, "key_in_clear_at"),
                row.get("key_kept") is not False,  # a row without this field may have a key
                wire_format=_wire_format(row.get("wire_format")),
                model_ids=_texts(row.get("models")),
                api_version=_text(row, "api_version"),
                extra_body=_text(row, "extra_body"),
                connection=connection_of(row.get("connection")),
                stale_secrets=_texts(row.get(_STALE)),
            )
    return None


def _header_row(header: Header) -> dict[str, object]:
    return {"name": header.name, "value": header.value} if header.in_file else {"name": header.name}


def _headers(rows: object) -> tuple[Header, ...]:
    pairs = (
        (row.get("name"), row.get("value")) for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict)
    )
    return tuple(
        Header(name, value, in_file=True) if isinstance(value, str) else Header(name)
        for name, value in pairs
        if isinstance(name, str) and name
    )


def _wire_format(value: object) -> WireFormat:
    return WireFormat(value) if isinstance(value, str) and value in set(WireFormat) else WireFormat.CHAT_COMPLETIONS


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in (value if isinstance(value, list) else ()) if isinstance(text, str) and text)


def _text(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
