"""Change notifications for services: each service has an announcer that passes a value describing the change to its subscribers."""

from collections.abc import Callable


class Announcer[Change]:
    """A list of listeners. They are called in the order of subscription, on the announcing thread (the loop's)."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` with every change from now on. Return a function that ends the subscription."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def announce(self, change: Change) -> None:
        """Notify all listeners."""
        for listener in tuple(self._listeners):
            listener(change)
