"""Which proxy a request goes through: the one a person named for its server, the system's, or none.

The system's is found in the environment, Windows' registry or macOS' settings.
A local server is reached directly unless a person named a proxy for it: one set for the internet cannot know `127.0.0.1` as we mean it.
"""

import re
from urllib.parse import urlsplit

from chatdesk.domain.errors import AddressInvalid
from chatdesk.domain.server import Protocol
from chatdesk.providers.addresses import base_url, is_local


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

    They would stand in a file. A proxy that wants them belongs into the system's settings.
    """
    text = text.strip()
    address = base_url(text if "://" in text else f"http://{text}", Protocol.BUILT_IN)
    if urlsplit(address).path:
        raise AddressInvalid(address=address, problem="path")
    return address
