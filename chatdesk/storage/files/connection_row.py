"""How the way to a server stands in the file of servers. What cannot be used counts as not said."""

from chatdesk.kernel.servers.server_connection import CONNECT_SECONDS, SILENCE_SECONDS, ConnectionOptions, ProxyChoice


def connection_row(options: ConnectionOptions) -> dict[str, object]:
    """Return the options as they are written: without the proxy's password, which is in the keyring."""
    return {
        "proxy": options.proxy.value,
        "proxy_address": options.proxy_address,
        "proxy_user": options.proxy_user,
        "ca_file": options.ca_file,
        "connect_seconds": options.connect_seconds,
        "silence_seconds": options.silence_seconds,
    }


def connection_of(row: object) -> ConnectionOptions:
    """Return what a row says; the program's own rules where it says nothing, or nothing sound."""
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
