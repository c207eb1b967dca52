"""Waiting for the first paint of a window, so that later work does not delay it."""

import asyncio

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_TIMEOUT = 1.0
"""Seconds. A window that starts minimised or behind a locked screen may not be painted for a long time."""


async def first_paint(window: QWidget) -> None:
    """Return once the window has been painted and the event loop has run."""
    watch = _PaintWatcher(window)
    try:
        async with asyncio.timeout(_TIMEOUT):
            await watch.painted.wait()
    except TimeoutError:
        pass
    finally:
        window.removeEventFilter(watch)
        watch.deleteLater()


class _PaintWatcher(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted = asyncio.Event()
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.painted.set()
        return False
