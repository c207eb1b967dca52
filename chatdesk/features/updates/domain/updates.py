"""Whether there is a newer version: where that is asked, how versions compare, and what can come of asking.

The two addresses are the only place that knows where Chatdesk is published. While they are empty there is no such place, and the program
says so instead of asking.
"""

import re
from enum import Enum, auto

from chatdesk.kernel.fast_dataclass import dataclass

NEWEST_VERSION_AT = ""
"""Address of a small JSON object whose `tag_name` or `version` is the newest version; https only."""
RELEASES_PAGE = ""
"""The page that the user is sent to for it; never an address that an answer names."""

_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReleaseSource:
    """Where versions are asked for and got."""

    newest_version_at: str = NEWEST_VERSION_AT
    page: str = RELEASES_PAGE

    @property
    def is_known(self) -> bool:
        """Whether this copy of the program was given both addresses."""
        return bool(self.newest_version_at and self.page)


@dataclass(frozen=True, slots=True)
class NewestVersion:
    """What the newest version is called, and whether it is newer than the one that runs."""

    version: str
    is_newer: bool


class UpdateProblem(Enum):
    """Why it is not known which version is the newest."""

    NO_ADDRESS = auto()
    UNREACHABLE = auto()
    UNTRUSTED = auto()
    """Its certificate could not be checked."""
    TIMED_OUT = auto()
    MOVED = auto()
    """It sent us to another host, or away from TLS, or round in circles; nobody was asked there."""
    REFUSED = auto()
    NOT_UNDERSTOOD = auto()
    """Something else answered, or more than a few words."""


def version_in(text: str) -> str:
    """Return the version that a release is called by, without the `v` before it; empty if it is not called by a plain version."""
    found = _VERSION.fullmatch(text.strip())
    return found[1] if found else ""


def is_newer(version: str, than: str) -> bool:
    """Whether a plain version is newer than another; missing parts are zeros. What is no version is never newer, nor older."""
    first, second = version_in(version), version_in(than)
    return bool(first and second) and _numbers(first) > _numbers(second)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return (*numbers, 0, 0, 0, 0)[:4]
