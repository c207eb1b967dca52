"""Check for the newest version: one TLS request that discloses nothing about the user. Nothing is downloaded.

It is sent only at the user's request or if the user turned checks on. It contains neither the running version nor anything else that
identifies a copy; the answer is small, and redirects are followed only on the same host (threats.md E6).
"""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

import chatdesk
from chatdesk.features.updates.domain.updates import NewestVersion, ReleaseSource, UpdateProblem, is_newer, version_in
from chatdesk.kernel.errors.base import CertificateRefused, RedirectRefused, ServerError, ServerTimedOut
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ConnectionOptions
from chatdesk.kernel.settings.declarations import CHECK_UPDATES, UPDATES_ASKED
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.endpoint import Endpoint
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import Timeouts

if TYPE_CHECKING:
    from chatdesk.network.http import HttpClient

MAX_BYTES = 64 * 1024
_MAX_REDIRECTS = 3
_INTERVAL = timedelta(days=1)
_OK = 200
_TIMEOUTS = Timeouts(connect=10.0, first_event=10.0)
_TOTAL_TIMEOUT = 20.0


class Updates:
    """Update checks. One per program. `http` belongs to the network thread; `now` returns aware UTC time."""

    def __init__(
        self,
        network: NetworkThread,
        http: "Lazy[HttpClient]",
        settings: Settings,
        now: Callable[[], datetime],
        *,
        source: ReleaseSource | None = None,
        version: str = chatdesk.__version__,
        connection_options: ConnectionOptions | None = None,
        total_timeout: float = _TOTAL_TIMEOUT,
    ) -> None:
        self.source = source or ReleaseSource()
        self._network = network
        self._http = http
        self._settings = settings
        self._now = now
        self._version = version
        self._connection_options = connection_options or ConnectionOptions()
        self._total_timeout = total_timeout

    @property
    def is_due(self) -> bool:
        """Whether a check is due: turned on, and not done for a day. A future date, due to a clock set back, counts as due."""
        if not (self._settings.get(CHECK_UPDATES) and self.source.is_known):
            return False
        try:
            last = datetime.fromisoformat(self._settings.get(UPDATES_ASKED))
            return not timedelta(0) <= self._now() - last < _INTERVAL
        except (ValueError, TypeError):  # TypeError: a date without a time zone
            return True

    async def ask(self) -> NewestVersion | UpdateProblem:
        """Check now, regardless of the last check. Errors are returned instead of raised."""
        if not self.source.is_known:
            return UpdateProblem.NO_ADDRESS
        self._settings.set(UPDATES_ASKED, self._now().isoformat())
        try:
            return await self._network.call(self._ask)
        except (TimeoutError, ServerTimedOut):
            return UpdateProblem.TIMED_OUT
        except CertificateRefused:
            return UpdateProblem.UNTRUSTED
        except ServerError:
            return UpdateProblem.UNREACHABLE

    async def _ask(self) -> NewestVersion | UpdateProblem:
        address = self.source.newest_version_at
        async with asyncio.timeout(self._total_timeout):
            for _ in range(_MAX_REDIRECTS + 1):
                if urlsplit(address).scheme != "https":
                    return UpdateProblem.MOVED
                try:
                    return await self._ask_at(address)
                except RedirectRefused as moved:
                    address = urldefrag(urljoin(address, moved.location)).url
                    if urlsplit(address).netloc != urlsplit(self.source.newest_version_at).netloc:
                        return UpdateProblem.MOVED
        return UpdateProblem.MOVED

    async def _ask_at(self, address: str) -> NewestVersion | UpdateProblem:
        # Every copy sends the same user agent: the default one with a version would make copies distinguishable.
        name = urlsplit(address).hostname or ""
        endpoint = Endpoint(
            name, address, (("User-Agent", "Chatdesk"),), Redactor(), connection=self._connection_options
        )
        async with self._http.get().stream(
            endpoint, "GET", "", accept="application/json", timeouts=_TIMEOUTS
        ) as stream:
            if stream.status != _OK:
                return UpdateProblem.REFUSED
            body = await stream.read(MAX_BYTES + 1)
        version = _version_from(body)
        return NewestVersion(version, is_newer(version, self._version)) if version else UpdateProblem.NOT_UNDERSTOOD


def _version_from(body: bytes) -> str:
    """Return the version named in an answer; empty if there is none."""
    if len(body) > MAX_BYTES:
        return ""
    try:
        record = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    named = (record.get("tag_name") or record.get("version")) if isinstance(record, dict) else None
    return version_in(named) if isinstance(named, str) else ""
