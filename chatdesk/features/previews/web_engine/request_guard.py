"""Filter that blocks all requests of a page except those for itself and for its own data, and counts the blocked ones."""

from collections import Counter

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

_INTERNAL_SCHEMES = frozenset({"data", "blob"})
_MAX_HOSTS = 50


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Checks each request before it reaches the network, including those of frames and workers."""

    def __init__(self, page: QUrl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._hosts: Counter[str] = Counter()

    @property
    def blocked(self) -> dict[str, int]:
        """The number of blocked requests by host, for at most 50 hosts; all others are counted under an empty name."""
        return dict(self._hosts)

    def count(self, url: QUrl) -> None:
        """Count a request that another layer refused."""
        host = url.host() or url.scheme()
        self._hosts[host if host in self._hosts or len(self._hosts) < _MAX_HOSTS else ""] += 1

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Allow only the page itself and its own data."""
        url = info.requestUrl()
        if url == self._page or url.scheme() in _INTERNAL_SCHEMES or url.toString() == "about:blank":
            return
        info.block(True)
        self.count(url)
