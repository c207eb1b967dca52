"""Addresses of links in exported files: only what a browser or mail program opens, and only correct ones."""

import re
from urllib.parse import quote, urlsplit

from chatdesk.kernel.links import Verdict, assess_link

_LINKED = frozenset({"http", "https", "mailto"})
_MAX_LENGTH = 2_000
"""In characters. Word calls a file damaged if a link is longer than 2,083."""
_SAFE = ";/?:@&=+$,-_.!~*'()%"
_HOST = re.compile(r"[\w.-]*", re.ASCII)
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def link_address(link: str) -> str:
    """Return a link as a correct address in ASCII, because Word calls a file damaged otherwise; empty if the file must not have it."""
    assessed = assess_link(link) if link else None
    if assessed is None or assessed.verdict is Verdict.REFUSE:
        return ""
    parts = urlsplit(link)
    scheme = parts.scheme.lower()
    if scheme not in _LINKED or not _HOST.fullmatch(assessed.host):
        return ""
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    authority = f"//{assessed.host}{port}" if assessed.host else ""
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    address = f"{scheme}:{authority}{_encoded(parts.path)}{query}{fragment}"
    return address if len(address) <= _MAX_LENGTH else ""


def _encoded(part: str) -> str:
    return quote(_PERCENT.sub("%25", part), safe=_SAFE, errors="replace")
