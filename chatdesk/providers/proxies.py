"""Which proxy a request goes through: the system's (environment, Windows registry, macOS settings), or none.

A local server is always reached directly: a proxy set for the internet cannot know `127.0.0.1` as we mean it.
"""

import re
from urllib.parse import urlsplit

from chatdesk.providers.addresses import is_local


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
