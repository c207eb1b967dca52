"""Implementation of `PreviewHosts`: loads the web engine for the first preview, and forwards the events of its pages.

If Chromium's sandbox cannot run, there is no preview; it cannot be disabled.
"""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from chatdesk.features.previews.ui.panel.preview_host import (
    NO_MEMORY,
    ConsoleLine,
    DrawingDone,
    Ending,
    Obstacle,
    PageMemory,
    PreviewEvents,
    Severity,
    obstacle_text,
)

if TYPE_CHECKING:
    from chatdesk.features.previews.web_engine.console import ConsoleLine as WrittenLine
    from chatdesk.features.previews.web_engine.prewarm import Prewarmer
    from chatdesk.features.previews.web_engine.run import Processes, Run
    from chatdesk.features.previews.web_engine.run_view import RunView

_COLLECT_INTERVAL = 250
"""Interval for collecting a page's output: a page may write thousands of lines per second."""

_log = logging.getLogger(__name__)


class EnginePreviewHosts:
    """Factory for preview hosts. `resources` is the folder with the scripts that run before a page's own."""

    def __init__(self, resources: Path) -> None:
        self._resources = resources
        self._prewarmer: Prewarmer | None = None
        self._is_loaded = False
        self._waiting: list[Callable[[], None]] = []
        """What is drawn once the engine is warm."""

    def obstacle(self) -> Obstacle | None:
        """See `PreviewHosts`."""
        from chatdesk.features.previews.web_engine.sandbox_probe import (  # noqa: PLC0415 - start-up time
            Sandbox,
            probe_sandbox,
        )

        match probe_sandbox():
            case Sandbox.SUPERUSER:
                return Obstacle.SUPERUSER
            case Sandbox.FORBIDDEN:
                return Obstacle.FORBIDDEN
            case Sandbox.AVAILABLE:
                return None if self._load() else Obstacle.MISSING

    def make(self, parent: QWidget) -> "EnginePreviewHost":
        """See `PreviewHosts`."""
        from chatdesk.features.previews.web_engine.run_view import (  # noqa: PLC0415 - the web engine is loaded for the first page only
            RunView,
        )

        self.stop_warm_up()
        return EnginePreviewHost(RunView(self._shims(), _processes(), parent))

    def draw(self, content: bytes, max_pixels: int, done: DrawingDone, parent: QObject) -> Callable[[], None]:
        """See `PreviewHosts`. The engine is warmed up first, so that the window is not blocked."""
        drawing = _Drawing(self, content, max_pixels, done, parent)
        if not self._is_loaded:
            self.warm_up(parent, lambda: True)
        if self._prewarmer and self._prewarmer.is_running:
            self._waiting.append(drawing.begin)
            self._prewarmer.skip_idle_wait()
        else:
            drawing.begin()
        return drawing.cancel

    def draw_now(self, content: bytes, max_pixels: int, done: DrawingDone, parent: QObject) -> Callable[[], None]:
        """Draw with the engine that is loaded by now."""
        from chatdesk.features.previews.web_engine.diagram_run import (  # noqa: PLC0415 - the web engine is loaded on demand
            DiagramRun,
        )

        run = DiagramRun(content, self._shims(), _processes(), max_pixels, parent)
        run.finished.connect(done)
        run.begin()
        return run.cancel

    def _shims(self) -> str:
        return (self._resources / "shims.js").read_text("utf-8")

    def warm_up(self, parent: QObject, is_idle: Callable[[], bool]) -> None:
        """See `PreviewHosts`. If the sandbox cannot run, nothing is loaded."""
        if self._is_loaded:
            return
        from chatdesk.features.previews.web_engine.chromium import (  # noqa: PLC0415 - start-up time
            prepare_environment,
        )
        from chatdesk.features.previews.web_engine.prewarm import Prewarmer  # noqa: PLC0415 - likewise
        from chatdesk.features.previews.web_engine.sandbox_probe import (  # noqa: PLC0415 - likewise
            Sandbox,
            probe_sandbox,
        )
        from chatdesk.system.processes import load_psutil  # noqa: PLC0415 - likewise

        self._is_loaded = True
        if probe_sandbox() is Sandbox.AVAILABLE:
            prepare_environment(os.environ)
            self._prewarmer = Prewarmer(parent, is_idle, load_psutil)
            self._prewarmer.steps_done.connect(self._begin_waiting)
            self._prewarmer.start()

    def stop_warm_up(self) -> None:
        """See `PreviewHosts`."""
        if self._prewarmer:
            self._prewarmer.stop()
        self._begin_waiting()

    def _begin_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for begin in waiting:
            begin()

    def _load(self) -> bool:
        from chatdesk.features.previews.web_engine.chromium import (  # noqa: PLC0415 - start-up time
            prepare_environment,
        )

        self._is_loaded = True
        prepare_environment(os.environ)
        try:
            from chatdesk.features.previews.web_engine.installation import (  # noqa: PLC0415 - start-up time
                missing_files,
            )

            if parts := missing_files():
                _log.error("The web engine is not complete: %s", ", ".join(map(str, parts)))
                return False
            import chatdesk.features.previews.web_engine.run_view  # noqa: F401, PLC0415 - the web engine is loaded for the first page only
        except ImportError:
            _log.exception("The web engine cannot be loaded")
            return False
        return True


class _Drawing:
    """A picture that is drawn once the engine is warm, unless it is cancelled before."""

    def __init__(
        self, hosts: EnginePreviewHosts, content: bytes, max_pixels: int, done: DrawingDone, parent: QObject
    ) -> None:
        self._hosts = hosts
        self._content = content
        self._max_pixels = max_pixels
        self._done = done
        self._parent = parent
        self._cancelled = False
        self._cancel_run: Callable[[], None] | None = None

    def begin(self) -> None:
        """Draw, or report that nothing can be drawn here."""
        if self._cancelled:
            return
        if obstacle := self._hosts.obstacle():
            QTimer.singleShot(0, self._parent, lambda: self._report(obstacle))
        else:
            self._cancel_run = self._hosts.draw_now(self._content, self._max_pixels, self._done, self._parent)

    def cancel(self) -> None:
        """Draw no longer."""
        self._cancelled = True
        if self._cancel_run:
            self._cancel_run()

    def _report(self, obstacle: Obstacle) -> None:
        if not self._cancelled:
            self._done(b"", 0, obstacle_text(obstacle))


class EnginePreviewHost:
    """Implementation of `PreviewHost` with a `RunView` of the web engine."""

    def __init__(self, host: "RunView") -> None:
        self._host = host
        self._events = PreviewEvents(host)
        self._run: Run | None = None
        self._console: tuple[ConsoleLine, ...] = ()
        self._errors = 0
        self._blocked: Mapping[str, int] = {}
        self._collect_timer = QTimer(host, interval=_COLLECT_INTERVAL)
        self._collect_timer.timeout.connect(self._collect)
        host.escape_pressed.connect(self._events.escape_pressed)
        host.focus_changed.connect(self._events.focus_changed)
        host.dialog_refused.connect(self._events.dialog_refused)

    @property
    def widget(self) -> QWidget:
        """See `PreviewHost`."""
        return self._host

    @property
    def events(self) -> PreviewEvents:
        """See `PreviewHost`."""
        return self._events

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """See `PreviewHost`."""
        return self._console

    @property
    def errors(self) -> int:
        """See `PreviewHost`."""
        return self._errors

    @property
    def blocked(self) -> Mapping[str, int]:
        """See `PreviewHost`."""
        return self._blocked

    def open(self, content: bytes, memory: PageMemory = NO_MEMORY) -> None:
        """See `PreviewHost`."""
        self._forget()
        run = self._run = self._host.open(content, kept=memory.items)
        run.storage.changed.connect(lambda items: self._events.stored.emit(memory.key, items))
        run.ended.connect(lambda why: self._ended(run, Ending[why.name]))
        run.watchdog.unresponsive.connect(self._events.unresponsive)
        run.watchdog.high_load.connect(self._events.high_load)
        if run.page is not None:
            run.page.message_shown.connect(self._events.message_shown)
            run.page.graphics_missing.connect(self._events.graphics_missing)
            run.page.pointer_requested.connect(self._events.pointer_requested)
        self._collect_timer.start()

    def request_stored_items(self, then: Callable[[], None]) -> None:
        """See `PreviewHost`."""
        if self._run:
            self._run.storage.query(then)
        else:
            then()

    def close_page(self) -> None:
        """See `PreviewHost`."""
        self._run = None
        self._collect_timer.stop()
        self._host.close_run()
        self._forget()

    def stop(self) -> None:
        """See `PreviewHost`."""
        if self._run:
            from chatdesk.features.previews.web_engine.run import End  # noqa: PLC0415 - already loaded

            self._run.end(End.STOPPED)

    def set_paused(self, *, paused: bool) -> None:
        """See `PreviewHost`."""
        if self._run and self._run.page is not None:
            self._run.page.setVisible(not paused)  # a page that counts as visible cannot be frozen
            self._run.set_paused(paused=paused)

    def set_zoom(self, factor: float) -> None:
        """See `PreviewHost`."""
        self._host.set_zoom(factor)

    def grant_pointer(self) -> None:
        """See `PreviewHost`."""
        if self._run and self._run.page is not None:
            self._run.page.grant_pointer()

    def clear_console(self) -> None:
        """See `PreviewHost`."""
        if self._run:
            self._run.console.clear()
        self._console, self._errors = (), 0

    def picture(self) -> QPixmap:
        """See `PreviewHost`."""
        return self._host.picture()

    def _forget(self) -> None:
        self._console, self._errors, self._blocked = (), 0, {}

    def _ended(self, run: "Run", why: Ending) -> None:
        if run is self._run:
            self._collect()
            self._collect_timer.stop()
            self._events.ended.emit(why)

    def _collect(self) -> None:
        """Collect the page's output and blocked requests since the last time."""
        run = self._run
        if run is None:
            return
        console = tuple(_line(line) for line in run.console.lines)
        if console != self._console:
            self._console, self._errors = console, run.console.errors
            self._events.console_changed.emit()
        if (blocked := run.guard.blocked) != self._blocked:
            self._blocked = blocked
            self._events.blocked_changed.emit()


def _line(line: "WrittenLine") -> ConsoleLine:
    return ConsoleLine(Severity[line.level.name], line.text, line.line, line.times, line.script)


def _processes() -> "Processes":
    """Return the functions for processes that the engine needs."""
    from chatdesk.features.previews.web_engine.run import Processes  # noqa: PLC0415 - start-up time
    from chatdesk.system import processes  # noqa: PLC0415 - start-up time

    return Processes(processes.memory_of, processes.processor_time_of, processes.end_process, processes.release_memory)
