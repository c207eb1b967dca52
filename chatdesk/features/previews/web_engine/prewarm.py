"""Warm-up of the web engine in steps before the first preview, so that opening it takes hardly any time.

Importing this module loads nothing. The environment must be prepared (`chromium.py`) and the sandbox must be known to work.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QOpenGLContext

from chatdesk.features.previews.web_engine.library_loading import load_libraries

_STEP_INTERVAL = 20
"""Milliseconds between two steps, for the event loop of the window."""
_MAX_WAIT_TICKS = 500
"""Number of timer ticks (10 s) after which the long steps run even if the user is not idle."""
_LONG_STEPS = 2
"""The last steps: graphics driver and Chromium."""
_EMPTY_PAGE = "chatdesk.features.previews.web_engine.empty_page"
_MODULES = (
    *("PySide6.QtQuick", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets"),
    *(
        "chatdesk.features.previews.web_engine.page_source",
        "chatdesk.features.previews.web_engine.profile",
        "chatdesk.features.previews.web_engine.page",
        "chatdesk.features.previews.web_engine.run",
    ),
    *("chatdesk.features.previews.web_engine.run_view", _EMPTY_PAGE),
)
"""Imported one at a time; each takes 1 to 15 ms once the libraries are loaded."""


def _always_idle() -> bool:
    return True


def _do_nothing() -> None:
    pass


class Prewarmer(QObject):
    """Loads the engine, starts Chromium and draws an empty page, which is then deleted. Start it when a page is likely to be opened.

    All steps but two take less than a frame because the libraries are loaded on a thread (25 ms). The graphics driver is loaded by
    creating an OpenGL context (30 ms, which Chromium then saves); the start of Chromium itself takes 60 to 90 ms and cannot be divided.

    These two steps wait until `is_idle` returns True. `load_more` is called on the thread after the libraries are loaded.
    """

    finished = Signal()
    """The empty page is drawn."""
    steps_done = Signal()
    """Nothing remains that a page would have to wait for, or a step has failed."""

    def __init__(
        self,
        parent: QObject | None = None,
        is_idle: Callable[[], bool] = _always_idle,
        load_more: Callable[[], object] = _do_nothing,
    ) -> None:
        super().__init__(parent)
        self._load_more = load_more
        self._is_idle = is_idle
        self._waited = 0
        self._libraries: Thread | None = None
        self._steps: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, interval=_STEP_INTERVAL)
        self._timer.timeout.connect(self._run_next_step)

    @property
    def is_running(self) -> bool:
        """Whether steps remain."""
        return bool(self._steps)

    def skip_idle_wait(self) -> None:
        """Run the long steps even if the user is not idle, because a page is waited for."""
        self._is_idle = _always_idle

    def start(self) -> None:
        """Start the warm-up. Further calls do nothing."""
        if self._libraries is None:
            self._steps.extend(partial(import_module, name) for name in _MODULES)
            self._steps += (_load_graphics_driver, self._start_chromium)
            # A daemon thread, so that closing the program does not wait for a library.
            self._libraries = Thread(target=self._load, name="web engine", daemon=True)
            self._libraries.start()
            self._timer.start()

    def stop(self) -> None:
        """Stop: the program is closing, or a page is opened and performs the remaining steps at once."""
        self._timer.stop()
        self._steps.clear()

    def _load(self) -> None:
        load_libraries()
        self._load_more()

    def _run_next_step(self) -> None:
        """Run the next step unless it is a long one and the user is busy."""
        if self._libraries and self._libraries.is_alive():
            return
        if len(self._steps) <= _LONG_STEPS and not self._is_idle() and self._waited < _MAX_WAIT_TICKS:
            self._waited += 1
            return
        try:
            self._steps.popleft()()
        except ImportError:  # reported when a page is opened
            self.stop()
        if not self._steps:
            self._timer.stop()
            self.steps_done.emit()

    def _start_chromium(self) -> None:
        import_module(_EMPTY_PAGE).open_empty_page(self, self.finished.emit)


def _load_graphics_driver() -> None:
    """Create a context as Chromium does and drop it: the driver stays loaded."""
    QOpenGLContext().create()
