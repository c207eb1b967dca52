"""Holds the client of the network, which is made with the first request: a start paints before it asks anybody."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.network.http import HttpClient


class LateHttp:
    """One per program. What `get` returns belongs to the network thread, and so does `aclose`."""

    def __init__(self, use_system_proxy: Callable[[], bool] = lambda: True) -> None:
        self._use_system_proxy = use_system_proxy
        self._made: HttpClient | None = None

    def get(self) -> "HttpClient":
        """Return the client."""
        if self._made is None:
            from chatdesk.network.http import HttpClient  # noqa: PLC0415 - start-up time: see above

            self._made = HttpClient(self._use_system_proxy)
        return self._made

    async def aclose(self) -> None:
        """Close what it opened."""
        if self._made:
            await self._made.aclose()
