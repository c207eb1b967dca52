"""Waits until a window is seen, so that what can wait does not delay it."""

import asyncio

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_PATIENCE = 1.0
"""Seconds. A window that starts minimised or behind a locked screen is not painted for a long time."""


async def first_paint(window: QWidget) -> None:
    """Return once `window`, shown just now, has been painted and the loop has come round."""
    watch = _Watch(window)
    try:
        async with asyncio.timeout(_PATIENCE):
            await watch.painted.wait()
    except TimeoutError:
        pass
    finally:
        window.removeEventFilter(watch)
        watch.deleteLater()


class _Watch(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted = asyncio.Event()
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.painted.set()
        return False
