"""Which proxy a request goes through: the one the user named for its server, the system's, or none.

The system's is found in the environment, Windows' registry or macOS' settings.
A local server is reached directly unless the user named a proxy for it: one set for the internet cannot know `127.0.0.1` as we mean it.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.network.addresses import base_url, is_local

_SOCKS = frozenset({"socks5", "socks5h"})
_WITH_LOGIN = re.compile(r"(\w+://)?([^:]*)(?::(.*))?@([^@]*)", re.DOTALL)


def system_proxy(url: str) -> str | None:
    """Return the URL of the proxy for `url`, or None to go directly. May ask the system's resolver: call it off the loop."""
    import urllib.request  # noqa: PLC0415 - start-up time: loads an HTTP client of its own

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
    """Return the address of a proxy as we keep it: scheme, host and port. Raises `AddressInvalid`, for a name and password in it, too.

    They would stand in a file; `split_login` takes them out.
    """
    scheme, separator, place = text.strip().rpartition("://")
    is_socks = scheme.lower() in _SOCKS
    address = base_url(f"http://{place}" if is_socks or not separator else text.strip(), ServerProtocol.BUILT_IN)
    if urlsplit(address).path:
        raise AddressInvalid(address=address, problem="path")
    return address.replace("http", scheme.lower(), 1) if is_socks else address


class ProxyLogin(NamedTuple):
    """A proxy's address without name and password, and these two as they are meant."""

    address: str
    user: str
    password: str


def split_login(text: str) -> ProxyLogin:
    """Take the name and the password out of an address as it was pasted: `http://name:password@proxy:3128`."""
    match = _WITH_LOGIN.fullmatch(text.strip())
    if not match:
        return ProxyLogin(text, "", "")
    scheme, user, password, place = match.groups("")
    return ProxyLogin(scheme + place, unquote(user), unquote(password))


def with_login(address: str, user: str, password: str) -> str:
    """Return the address with name and password in it, for the transport."""
    scheme, _, place = address.partition("://")
    return f"{scheme}://{quote(user, safe='')}:{quote(password, safe='')}@{place}" if user else address
