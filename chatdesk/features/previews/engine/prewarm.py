"""Starts the web engine ahead of the first preview, a step at a time, so that opening one costs the user nothing to speak of.

Importing this module loads nothing. The environment must have been prepared (`chromium.py`) and the sandbox been found to run.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QOpenGLContext

from chatdesk.features.previews.engine.library_loading import load_libraries

_BREATH = 20
"""Milliseconds between two steps, in which the window draws and listens."""
_LONGEST_WAIT = 500
"""Breaths after which the long steps are taken although somebody is busy: 10 s."""
_LONG_STEPS = 2
"""The last ones: graphics driver and Chromium."""
_EMPTY_PAGE = "chatdesk.features.previews.engine.empty_page"
_MODULES = (
    *("PySide6.QtQuick", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets"),
    *(
        "chatdesk.features.previews.engine.page_source",
        "chatdesk.features.previews.engine.profile",
        "chatdesk.features.previews.engine.page",
        "chatdesk.features.previews.engine.run",
    ),
    *("chatdesk.features.previews.engine.run_view", _EMPTY_PAGE),
)
"""Loaded one at a time, 1 to 15 ms each once the libraries are there."""


def _always() -> bool:
    return True


def _nothing() -> None:
    pass


class Prewarmer(QObject):
    """Loads the engine, starts Chromium and lets it draw an empty page, which then goes. Begin when a page is likely to be opened.

    All but two steps take less than a frame, since the libraries are loaded on a thread (25 ms). The graphics driver is loaded by a context
    of our own (30 ms, which Chromium then need not spend); what remains is Chromium's own start, 60 to 90 ms of work that cannot be
    divided from outside. These two wait for a moment that is `calm`. `load_more` is called on the thread after the libraries are loaded.
    """

    finished = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        calm: Callable[[], bool] = _always,
        load_more: Callable[[], object] = _nothing,
    ) -> None:
        super().__init__(parent)
        self._load_more = load_more
        self._calm = calm
        self._waited = 0
        self._libraries: Thread | None = None
        self._steps: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, interval=_BREATH)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin. Does nothing the second time."""
        if self._libraries is None:
            self._steps.extend(partial(import_module, name) for name in _MODULES)
            self._steps += (_load_graphics_driver, self._start_chromium)
            # A daemon: who quits waits for no library.
            self._libraries = Thread(target=self._load, name="web engine", daemon=True)
            self._libraries.start()
            self._timer.start()

    def stop(self) -> None:
        """Take no further step: the program ends, or a page is opened and takes them all at once."""
        self._timer.stop()
        self._steps.clear()

    def _load(self) -> None:
        load_libraries()
        self._load_more()

    def _look(self) -> None:
        """Take a step if it hurts nobody now."""
        if self._libraries and self._libraries.is_alive():
            return
        if len(self._steps) <= _LONG_STEPS and not self._calm() and self._waited < _LONGEST_WAIT:
            self._waited += 1
            return
        try:
            self._steps.popleft()()
        except ImportError:  # told to whoever opens a page
            self.stop()
        if not self._steps:
            self._timer.stop()

    def _start_chromium(self) -> None:
        import_module(_EMPTY_PAGE).open_empty_page(self, self.finished.emit)


def _load_graphics_driver() -> None:
    """Make a context as Chromium makes one, and drop it: the driver stays loaded."""
    QOpenGLContext().create()
