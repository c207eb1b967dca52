"""Who a server is by its address alone: the vendors' own hosts. Nothing is asked, for without a key they would not say more."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from urllib.parse import parse_qs, unquote, urlsplit

from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import Protocol, Vendor
from chatdesk.network.addresses import base_url

_DEPLOYMENT = re.compile(r"/openai/deployments/([^/?#]+)")


def recognise_host(address: str, vendors: Iterable[Vendor]) -> Recognised | None:
    """Return the server if the host is one of a vendor's; None if it is nobody's we know. Raises `AddressInvalid`."""
    typed = urlsplit(base_url(address, Protocol.OPENAI))
    for vendor in vendors:
        if vendor.local or not _is_of(typed.hostname or "", vendor):
            continue
        path = urlsplit(vendor.base_url).path
        found = f"https://{typed.netloc}{path}"
        version = parse_qs(urlsplit(address).query).get("api-version", [""])[0] if vendor.api_version else ""
        deployment = _DEPLOYMENT.search(address) if vendor.api_version else None
        names = (unquote(deployment[1]),) if deployment else ()
        return Recognised(vendor.id, found, model_ids=names, api_version=version, needs_key=True, was_asked=False)
    return None


def _is_of(host: str, vendor: Vendor) -> bool:
    own = urlsplit(vendor.base_url).hostname
    return host == own or any(fnmatchcase(host, pattern) for pattern in vendor.hosts)
