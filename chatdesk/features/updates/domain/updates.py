"""Update checks: their URLs, comparison of versions, and possible results.

These URLs are the only place that knows where Chatdesk is published. While they are empty, no request is sent, and the program says that
it has no update address.
"""

import re
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass

NEWEST_VERSION_AT = ""
"""URL of a small JSON object whose `tag_name` or `version` is the newest version; https only."""
RELEASES_PAGE = ""
"""Page that is opened for the user; never a URL from an answer."""
WEBSITE = ""
ISSUES_PAGE = ""
"""Page for reporting problems."""

_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Where versions are published."""

    newest_version_at: str = NEWEST_VERSION_AT
    page: str = RELEASES_PAGE
    website: str = WEBSITE
    issues: str = ISSUES_PAGE

    @property
    def is_known(self) -> bool:
        """Whether this copy of the program has both URLs."""
        return bool(self.newest_version_at and self.page)


@dataclass(frozen=True, slots=True)
class NewestVersion:
    """The newest version, and whether it is newer than the running one."""

    version: str
    is_newer: bool


class UpdateProblem(Enum):
    """Why the newest version is unknown."""

    NO_ADDRESS = auto()
    UNREACHABLE = auto()
    UNTRUSTED = auto()
    """The certificate could not be verified."""
    TIMED_OUT = auto()
    MOVED = auto()
    """Redirected to another host, away from TLS, or in a loop; that redirect was not followed."""
    REFUSED = auto()
    NOT_UNDERSTOOD = auto()
    """Another program answered, or the answer is too large."""


def version_in(text: str) -> str:
    """Return the version in a release's name, without the leading `v`; empty if the name is not a plain version."""
    found = _VERSION.fullmatch(text.strip())
    return found[1] if found else ""


def is_newer(version: str, than: str) -> bool:
    """Return whether a version is newer than another; missing parts count as zeros. False if one of them is not a version."""
    first, second = version_in(version), version_in(than)
    return bool(first and second) and _numbers(first) > _numbers(second)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return (*numbers, 0, 0, 0, 0)[:4]
