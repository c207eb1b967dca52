"""Rules for links: which may be opened, and what the user must see first. The code that opens them is in ui_kit/ and uses these rules."""

import re
from enum import Enum, auto
from urllib.parse import urlsplit

from chatdesk.kernel.fast_dataclass import dataclass

_OPENABLE = frozenset({"http", "https", "ftp", "mailto"})
_CONFIRMED = frozenset({"ftp"})
"""Schemes that another program than the browser may open."""
_HIDDEN = "[\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\\\]"
_SHOWN_HOST = r"(?i)(?:https?://)?((?:[\w-]+\.)+[^\W\d_]{2,})(?::\d+)?(?:[/?#]\S*)?"


class Verdict(Enum):
    """What to do with a link."""

    OPEN = auto()
    CONFIRM = auto()
    """The link text names a different host than the target, the host may imitate another one, or another program than the browser may open
    it: show the target first."""
    REFUSE = auto()


@dataclass(frozen=True, slots=True)
class LinkAssessment:
    """The result of `assess_link`. `host` is the host to show to the user, in Punycode if it is not plain ASCII."""

    verdict: Verdict
    target: str
    host: str = ""


def assess_link(target: str, text: str = "") -> LinkAssessment:
    """Judge a link by its target and its text (threats.md E1, cases 79-81)."""
    if re.search(_HIDDEN, target):
        return LinkAssessment(Verdict.REFUSE, target)
    try:
        parts = urlsplit(target)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError):
        return LinkAssessment(Verdict.REFUSE, target)
    scheme = parts.scheme.lower()
    if scheme not in _OPENABLE:
        return LinkAssessment(Verdict.REFUSE, target)
    if scheme == "mailto":
        return LinkAssessment(Verdict.OPEN, target) if "@" in parts.path else LinkAssessment(Verdict.REFUSE, target)
    if not host or parts.username is not None or parts.password is not None:
        return LinkAssessment(Verdict.REFUSE, target, host)
    shown = re.fullmatch(_SHOWN_HOST, text.strip())
    misleading = shown is not None and _bare(shown[1]) != _bare(host)
    doubtful = misleading or scheme in _CONFIRMED or host.startswith("xn--") or ".xn--" in host
    return LinkAssessment(Verdict.CONFIRM if doubtful else Verdict.OPEN, target, host)


_CHAT_LINK = r"chatdesk:chat/([0-9a-f]{32})"


def chat_link(conversation_id: str) -> str:
    """Return the link to a chat. Only Chatdesk opens such links; they are not registered with the system."""
    return f"chatdesk:chat/{conversation_id}"


def linked_chat(target: str) -> str:
    """Return the id of the chat to which a link leads; empty for any other text."""
    match = re.fullmatch(_CHAT_LINK, target.strip())
    return match[1] if match else ""


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
