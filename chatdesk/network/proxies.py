"""Selection of the proxy for a request: the one specified for its server, the system's, or none.

The system's proxy comes from the environment, the Windows registry or the macOS settings. A local server is contacted directly unless the
user specified a proxy for it: a proxy for the internet cannot reach this machine's `127.0.0.1`.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.network.addresses import base_url, is_local

_SOCKS = frozenset({"socks5", "socks5h"})
_WITH_LOGIN = r"(?s)(\w+://)?([^:]*)(?::(.*))?@([^@]*)"


def system_proxy(url: str) -> str | None:
    """Return the URL of the system's proxy for `url`, or None for a direct connection. May use the resolver: call it off the loop."""
    import urllib.request  # noqa: PLC0415 - start-up time: imports a whole HTTP client

    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_local(host) or urllib.request.proxy_bypass(parts.netloc):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy:
        return None
    return proxy if re.match(r"^\w+://", proxy) else f"http://{proxy}"


def proxy_address(text: str) -> str:
    """Return the normalised address of a proxy: scheme, host and port.

    Raise `AddressInvalid`, also if it contains a user name and password.

    They would be stored in a file; `split_login` removes them.
    """
    scheme, separator, location = text.strip().rpartition("://")
    is_socks = scheme.lower() in _SOCKS
    address = base_url(f"http://{location}" if is_socks or not separator else text.strip(), ServerProtocol.BUILT_IN)
    if urlsplit(address).path:
        raise AddressInvalid(address=address, problem="path")
    return address.replace("http", scheme.lower(), 1) if is_socks else address


class ProxyLogin(NamedTuple):
    """A proxy's address without credentials, and the decoded user name and password."""

    address: str
    user: str
    password: str


def split_login(text: str) -> ProxyLogin:
    """Split an address as pasted, such as `http://name:password@proxy:3128`, into address, user name and password."""
    match = re.fullmatch(_WITH_LOGIN, text.strip())
    if not match:
        return ProxyLogin(text, "", "")
    scheme, user, password, location = match.groups("")
    return ProxyLogin(scheme + location, unquote(user), unquote(password))


def with_login(address: str, user: str, password: str) -> str:
    """Return the address with user name and password, for the transport."""
    scheme, _, location = address.partition("://")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{location}" if user else address
