"""A value that is created at its first use, so that startup neither creates it nor imports what it needs."""

from collections.abc import Awaitable, Callable
from threading import RLock


class Lazy[T]:
    """Creates a value at its first use.

    `make` creates the value, never None, and imports what it needs. `close` closes a value that was created. It is created only once, even
    if two threads request it at the same time.
    """

    def __init__(self, make: Callable[[], T], close: Callable[[T], Awaitable[object]] | None = None) -> None:
        self._make = make
        self._close = close
        self._value: T | None = None
        self._waiting: list[Callable[[T], object]] = []
        self._lock = RLock()

    @property
    def created(self) -> T | None:
        """The value, or None if it has not been requested yet."""
        return self._value

    def get(self) -> T:
        """Return the value; create it if there is none yet."""
        with self._lock:
            if self._value is None:
                self._value = self._make()
                waiting, self._waiting = self._waiting, []
                for use in waiting:
                    use(self._value)
            return self._value

    def when_created(self, use: Callable[[T], object]) -> None:
        """Call `use` with the value: now if it exists, otherwise right after its creation, before anyone else gets it."""
        if self._value is None:
            self._waiting.append(use)
        else:
            use(self._value)

    async def close(self) -> None:
        """Close the value if it exists."""
        if self._value is not None and self._close:
            await self._close(self._value)
