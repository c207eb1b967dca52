"""One run of one page: its source, guard, profile, page and watchdog, made together and taken apart in the right order."""

import os
import time
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from chatdesk.features.previews.engine.console import Console
from chatdesk.features.previews.engine.page import Page
from chatdesk.features.previews.engine.page_source import PageSource
from chatdesk.features.previews.engine.processes import Processes
from chatdesk.features.previews.engine.profile import IsolatedProfile
from chatdesk.features.previews.engine.request_guard import RequestGuard
from chatdesk.features.previews.engine.shims import shim_call
from chatdesk.features.previews.engine.storage_watch import StorageWatch
from chatdesk.features.previews.engine.watchdog import Watchdog
from chatdesk.kernel.chat.kept_items import KeptItems


class End(Enum):
    """Why a run is over."""

    STOPPED = auto()
    """A person wanted it."""
    UNRESPONSIVE = auto()
    MEMORY = auto()
    FLOOD = auto()
    """More console lines than the window could take."""
    GONE_AWAY = auto()
    """It went to an empty page again and again."""
    CRASHED = auto()


class Run(QObject):
    """A page that is alive from `begin` until `ended`. What it was stays readable: console, blocked requests."""

    loaded = Signal(bool)
    ended = Signal(End)

    def __init__(
        self,
        content: bytes,
        content_type: str,
        shims: str,
        processes: Processes,
        parent: QObject | None = None,
        kept: KeptItems = (),
    ) -> None:
        """`kept` is what its storage begins with."""
        super().__init__(parent)
        self._processes = processes
        self._memory_before = processes.memory_of(os.getpid())
        self._end: End | None = None
        self._paused = False
        self.console = Console(time.monotonic)
        self._source = PageSource(content, content_type, self)
        self.guard = RequestGuard(self._source.url, self)
        pages = QObject(
            self
        )  # children go in the order in which they came: the page before its profile, also when the program ends
        self.storage = StorageWatch(self._ask, kept, self)
        profile = IsolatedProfile(self._source, self.guard, shim_call(shims, kept, self.storage.question), self)
        self.page: Page | None = Page(profile, self._source.url, self.guard, self.console, pages)
        self.watchdog = Watchdog(
            self._ping, self._memory, self._processor_time, time.monotonic, os.cpu_count() or 1, self
        )
        self.watchdog.hopeless.connect(lambda: self.end(End.UNRESPONSIVE))
        self.watchdog.memory_exceeded.connect(lambda: self.end(End.MEMORY))
        self.page.flooding.connect(lambda: self.end(End.FLOOD))
        self.page.gone_away.connect(lambda: self.end(End.GONE_AWAY))
        self.page.loadFinished.connect(self.loaded)
        self.page.renderProcessTerminated.connect(self._process_ended)

    @property
    def url(self) -> QUrl:
        """Where the page stands."""
        return self._source.url

    @property
    def is_over(self) -> bool:
        """Whether the page has ended."""
        return self._end is not None

    def begin(self) -> None:
        """Load the page and look after it."""
        if self.page is not None:
            self.page.begin()
            self.watchdog.start()
            self.storage.start()

    def set_paused(self, *, paused: bool) -> None:
        """Freeze the page while nobody sees it, or let it go on. Freezing needs a page that is not visible.

        One in an endless loop cannot be frozen: it would keep a processor busy unseen. So it is looked after until it has answered.
        """
        if self.page is None or self.is_over:
            return
        self._paused = paused
        if paused:
            self.storage.stop()
            self._ping(lambda _: self._freeze())
        else:
            self.page.setLifecycleState(QWebEnginePage.LifecycleState.Active)
            self.watchdog.start()
            self.storage.start()

    def _freeze(self) -> None:
        if self._paused and self.page is not None and not self.is_over:
            self.page.setLifecycleState(QWebEnginePage.LifecycleState.Frozen)
            self.watchdog.stop()

    def end(self, why: End) -> None:
        """End the page's process at once; a page in an endless loop would not hear anything gentler."""
        if self._end is not None:
            return
        self._end = why
        self.watchdog.stop()
        self.storage.end()
        if process := self._process():
            self._processes.end(process)
        self.ended.emit(why)

    def close(self) -> None:
        """End and take everything apart."""
        self.end(End.STOPPED)
        self.page = None
        self.deleteLater()

    def _ping(self, answered: Callable[[object], None]) -> None:
        self._ask("1", answered)

    def _ask(self, script: str, answered: Callable[[object], None]) -> None:
        if self.page is not None:
            # In a world of its own: the page cannot change what is asked there.
            self.page.runJavaScript(script, QWebEngineScript.ScriptWorldId.ApplicationWorld.value, answered)

    def _memory(self) -> int:
        ours = self._processes.memory_of(os.getpid())
        self._memory_before = min(self._memory_before, ours)  # what others give back is not the page's to take
        process = self._process()
        return max(ours - self._memory_before, self._processes.memory_of(process) if process else 0)

    def _processor_time(self) -> float:
        process = self._process()
        return self._processes.processor_time_of(process) if process else 0

    def _process(self) -> int:
        return self.page.renderProcessPid() if self.page is not None else 0

    def _process_ended(self, _status: QWebEnginePage.RenderProcessTerminationStatus, _code: int) -> None:
        if self._end is None:
            self._end = End.CRASHED
            self.watchdog.stop()
            self.storage.end()
            self.ended.emit(End.CRASHED)
