"""Starts the web engine ahead of the first preview, a step at a time, so that opening one costs a person nothing to speak of.

Importing this module loads nothing. The environment must have been prepared (`chromium.py`) and the sandbox been found to run.
"""

from collections import deque
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

_BREATH = 20
"""Milliseconds between two steps, in which the window draws and listens."""
_EMPTY_PAGE = "chatdesk.preview.empty_page"
_MODULES = (
    "PySide6.QtQuick",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "chatdesk.preview.stage",
    _EMPTY_PAGE,
)
"""Loaded one at a time: 35 to 50 ms each. The longest step is Chromium's own start, 200 ms, which cannot be divided from outside."""


class Prewarmer(QObject):
    """Loads the engine, starts Chromium and lets it draw an empty page, which then goes. Begin when a page is likely to be opened."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._modules = deque(_MODULES)
        self._timer = QTimer(self, interval=_BREATH)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin. Does nothing the second time."""
        if self._modules:
            self._timer.start()

    def _step(self) -> None:
        if self._modules:
            import_module(self._modules.popleft())
        else:
            self._timer.stop()
            import_module(_EMPTY_PAGE).open_empty_page(self, self.finished.emit)
