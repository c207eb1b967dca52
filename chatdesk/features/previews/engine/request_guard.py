"""Refuses every request of a page but the one for itself and those that stay inside it, and counts what it refused."""

from collections import Counter

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor

_INSIDE = frozenset({"data", "blob"})
_MOST_HOSTS = 50


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Looks at each request before the network would see it, those of frames and workers too."""

    def __init__(self, page: QUrl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._hosts: Counter[str] = Counter()

    @property
    def blocked(self) -> dict[str, int]:
        """How often each host was asked for, at most 50 of them; the rest are counted under no name."""
        return dict(self._hosts)

    def count(self, url: QUrl) -> None:
        """Note a request that another layer refused."""
        host = url.host() or url.scheme()
        self._hosts[host if host in self._hosts or len(self._hosts) < _MOST_HOSTS else ""] += 1

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Let the page itself through, and what it makes out of itself."""
        url = info.requestUrl()
        if url == self._page or url.scheme() in _INSIDE or url.toString() == "about:blank":
            return
        info.block(True)
        self.count(url)
