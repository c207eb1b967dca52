"""A run of a page: its source, guard, profile, page and watchdog, created together and deleted in the right order."""

import json
import os
import re
import secrets
import time
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from chatdesk.features.previews.web_engine.console import Console
from chatdesk.features.previews.web_engine.page import Page
from chatdesk.features.previews.web_engine.page_source import PageSource
from chatdesk.features.previews.web_engine.profile import IsolatedProfile
from chatdesk.features.previews.web_engine.request_guard import RequestGuard
from chatdesk.kernel.chat.stored_items import (
    MAX_BYTES,
    MAX_ITEMS,
    MAX_JSON_LENGTH,
    StoredItems,
    read_items,
    write_items,
)
from chatdesk.kernel.fast_dataclass import dataclass

# Process functions that a preview needs. The system package implements them; the caller passes them in.


@dataclass(frozen=True, slots=True)
class Processes:
    """Functions for processes, which are identified by their PID."""

    memory_of: Callable[[int], int]
    """Returns the memory of a process in bytes; 0 if it does not exist."""
    processor_time_of: Callable[[int], float]
    """Returns the CPU time of a process in seconds, for all of its threads."""
    end: Callable[[int], None]
    """Kills a process."""
    release_memory: Callable[[], None]
    """Returns freed memory of this process to the system. May take longer than a frame; can be called on any thread."""


# The stored items are text from a page. They are passed as a JSON string, escaped so that no part of them can end the string, and are
# parsed as data.


def shim_call(shims: str, kept: StoredItems, event_name: str) -> str:
    """Return the script to inject: resources/preview/shims.js, called with the stored items. `event_name` names the storage event."""
    data = f"JSON.parse({_js_literal(write_items(kept))})"
    return f"{shims.rstrip()}({data}, {_js_literal(event_name)}, {MAX_ITEMS}, {MAX_BYTES});\n"


def _js_literal(text: str) -> str:
    """Return a JavaScript literal in ASCII that cannot end a script element."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")


PING_MILLISECONDS = 1_000
UNRESPONSIVE_SECONDS = 5
MAX_UNRESPONSIVE_SECONDS = 10
_SUSPENDED_SECONDS = 4
"""Interval between two checks that means that the computer or this process was suspended, so the page could not answer."""
MAX_MEMORY = 1 << 30
"""Maximum bytes for the page process, and for the growth of this process during the run, where Chromium keeps the textures."""
HIGH_LOAD_SHARE = 0.6
"""Share of all CPUs; on a small computer, more than the one CPU that the main thread of a game may use."""
HIGH_LOAD_CHECKS = 5
"""Number of consecutive checks, one per second."""


class Watchdog(QObject):
    """Monitors a running page once per second: whether it responds, its memory and its CPU load. Stopped while the page is paused.

    It only emits signals; the owner ends the page. A busy page is not ended: a simulation may use all CPUs, the window stays responsive,
    and the page is paused while invisible. But the user is informed and can stop it.
    """

    unresponsive = Signal(bool)
    """True after 5 s without an answer; False when the page answers again."""
    unresponsive_too_long = Signal()
    """The page has not answered for 10 s."""
    memory_exceeded = Signal()
    high_load = Signal(bool)
    """True after 5 s of high CPU load; False after 5 s without."""

    def __init__(
        self,
        ping: Callable[[Callable[[object], None]], None],
        memory: Callable[[], int],
        processor_time: Callable[[], float],
        clock: Callable[[], float],
        processors: int,
        parent: QObject | None = None,
    ) -> None:
        """`ping` calls back once the page has answered; `memory` is in bytes; `clock` and `processor_time` are in seconds."""
        super().__init__(parent)
        self._ping = ping
        self._memory = memory
        self._processor_time = processor_time
        self._clock = clock
        self._max_processors = max(1.1, HIGH_LOAD_SHARE * processors)
        self._last_load: tuple[float, float] | None = None
        self._high_load = False
        self._checks_to_change = HIGH_LOAD_CHECKS
        self._asked_at: float | None = None
        self._last_check: float | None = None
        self._unresponsive = False
        self._generation = 0
        self._timer = QTimer(self, interval=PING_MILLISECONDS)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Start the checks, as if the page had just answered."""
        self._generation += 1
        self._asked_at = None
        self._last_load = None
        self._last_check = None
        self._set_unresponsive(unresponsive=False)
        self._timer.start()

    def stop(self) -> None:
        """Stop the checks."""
        self._generation += 1
        self._timer.stop()

    def check(self) -> None:
        """Check the page once, and ping it again if it has answered."""
        if self._memory() > MAX_MEMORY:
            self.stop()
            self.memory_exceeded.emit()
            return
        self._check_processor_time()
        now = self._clock()
        slept = self._last_check is not None and now - self._last_check > _SUSPENDED_SECONDS
        self._last_check = now
        if slept and self._asked_at is not None:
            self._asked_at = now
        if self._asked_at is None:
            self._asked_at = now
            generation = self._generation
            self._ping(lambda _: self._on_ping_answered(generation))
            return
        silence = now - self._asked_at
        if silence >= MAX_UNRESPONSIVE_SECONDS:
            self.stop()
            self.unresponsive_too_long.emit()
        elif silence >= UNRESPONSIVE_SECONDS:
            self._set_unresponsive(unresponsive=True)

    def _check_processor_time(self) -> None:
        """Change the load state after enough consecutive checks with the opposite result."""
        before, now = self._last_load, (self._clock(), self._processor_time())
        self._last_load = now
        if before is None or now[0] <= before[0]:
            return
        high_load = (now[1] - before[1]) / (now[0] - before[0]) > self._max_processors
        self._checks_to_change = HIGH_LOAD_CHECKS if high_load is self._high_load else self._checks_to_change - 1
        if not self._checks_to_change:
            self._checks_to_change = HIGH_LOAD_CHECKS
            self._high_load = high_load
            self.high_load.emit(high_load)

    def _on_ping_answered(self, generation: int) -> None:
        if generation == self._generation:
            self._asked_at = None
            self._set_unresponsive(unresponsive=False)

    def _set_unresponsive(self, *, unresponsive: bool) -> None:
        if unresponsive is not self._unresponsive:
            self._unresponsive = unresponsive
            self.unresponsive.emit(unresponsive)


QUERY_INTERVAL_MILLISECONDS = 3_000
ANSWER_TIMEOUT_MILLISECONDS = 300
"""Milliseconds to wait for the last answer before a page is closed."""
_ANSWER = re.compile(r"(\d{1,15}) (.*)", re.DOTALL)
_QUERY_SCRIPT = """
(() => {
  let answer = null;
  const take = (event) => { if (typeof event.detail === "string" && event.detail.length <= %(most)d) answer = event.detail; };
  const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;
  addEventListener.call(document, "%(name)s!", take);
  dispatchEvent.call(document, new CustomEvent("%(name)s", { detail: %(known)d }));
  removeEventListener.call(document, "%(name)s!", take);
  return answer;
})()
"""

RunScript = Callable[[str, Callable[[object], None]], None]
"""Runs a script in an isolated world and passes its result to the callback."""


class StorageWatch(QObject):
    """Reads the `localStorage` of a running page at intervals. The result is untrusted text.

    The script runs in an isolated world without access to objects of the page. It queries the storage (shims.js) with a DOM event under a
    name unique to this run. A page that finds out the name can only falsify its own storage: the answer is parsed by `read_items`, and
    texts longer than its limit do not leave the process of the page.

    One instance per run. `event_name` is the name of the event.
    """

    changed = Signal(tuple)
    """The items in the storage (`StoredItems`), emitted when they have changed."""

    def __init__(self, ask: RunScript, kept: StoredItems, parent: QObject | None = None) -> None:
        """`kept` is the storage at the start of the page."""
        super().__init__(parent)
        self.event_name = f"chatdesk-{secrets.token_hex(8)}"
        self._run_script = ask
        self._items = kept
        self._known_revision = 0
        self._waiting: list[Callable[[], None]] = []
        self._is_pending = False
        self._is_closed = False
        self._timer = QTimer(self, interval=QUERY_INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Start the queries."""
        self._timer.start()

    def stop(self) -> None:
        """Pause the queries. A frozen page still answers a query that was sent before."""
        self._timer.stop()

    def end(self) -> None:
        """Stop for good because the page is gone. Pending callbacks are called without an answer."""
        self._is_closed = True
        self._timer.stop()
        self._call_waiting()

    def check(self) -> None:
        """Send a query unless one is pending."""
        if not self._is_pending and not self._is_closed:
            self._is_pending = True
            script = _QUERY_SCRIPT % {
                "most": MAX_JSON_LENGTH + 20,
                "name": self.event_name,
                "known": self._known_revision,
            }
            self._run_script(script, self._on_answer)

    def query(self, then: Callable[[], None]) -> None:
        """Send a query, and call `then` after its answer or a timeout."""
        if self._is_closed:
            then()
            return
        self._waiting.append(then)
        QTimer.singleShot(ANSWER_TIMEOUT_MILLISECONDS, self, self._call_waiting)
        self.check()

    def _on_answer(self, said: object) -> None:
        if self._is_closed:
            return
        self._is_pending = False
        match = _ANSWER.fullmatch(said) if isinstance(said, str) else None
        if match:
            self._known_revision = int(match[1])
            items = read_items(match[2])
            if items is not None and items != self._items:
                self._items = items
                self.changed.emit(items)
        self._call_waiting()

    def _call_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()


class End(Enum):
    """Why a run ended."""

    STOPPED = auto()
    """The user stopped it."""
    UNRESPONSIVE = auto()
    MEMORY = auto()
    FLOOD = auto()
    """It wrote more console lines than the window could handle."""
    EMPTY_PAGE_LOOP = auto()
    """It navigated to an empty page again and again."""
    CRASHED = auto()


class Run(QObject):
    """A page that runs from `begin` until `ended`. Its console and blocked requests stay available afterwards."""

    loaded = Signal(bool)
    ended = Signal(End)

    def __init__(
        self,
        content: bytes,
        content_type: str,
        shims: str,
        processes: Processes,
        parent: QObject | None = None,
        kept: StoredItems = (),
    ) -> None:
        """`kept` is the initial content of its storage."""
        super().__init__(parent)
        self._processes = processes
        self._memory_before = processes.memory_of(os.getpid())
        self._end: End | None = None
        self._paused = False
        self.console = Console(time.monotonic)
        self._source = PageSource(content, content_type, self)
        self.guard = RequestGuard(self._source.url, self)
        # Children are deleted in order of creation: the page before its profile, also when the program closes.
        pages = QObject(self)
        self.storage = StorageWatch(self.evaluate, kept, self)
        profile = IsolatedProfile(self._source, self.guard, shim_call(shims, kept, self.storage.event_name), self)
        self.page: Page | None = Page(profile, self._source.url, self.guard, self.console, pages)
        self.watchdog = Watchdog(
            self._ping, self._memory, self.processor_time, time.monotonic, os.cpu_count() or 1, self
        )
        self.watchdog.unresponsive_too_long.connect(lambda: self.end(End.UNRESPONSIVE))
        self.watchdog.memory_exceeded.connect(lambda: self.end(End.MEMORY))
        self.page.flooding.connect(lambda: self.end(End.FLOOD))
        self.page.empty_page_loop.connect(lambda: self.end(End.EMPTY_PAGE_LOOP))
        self.page.loadFinished.connect(self.loaded)
        self.page.renderProcessTerminated.connect(self._process_ended)

    @property
    def url(self) -> QUrl:
        """The address of the page."""
        return self._source.url

    @property
    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self._end is not None

    def begin(self) -> None:
        """Load the page and start monitoring it."""
        if self.page is not None:
            self.page.begin()
            self.watchdog.start()
            self.storage.start()

    def set_paused(self, *, paused: bool) -> None:
        """Pause the page, which must be invisible, or resume it.

        A page in an endless loop cannot be frozen and would keep a CPU busy, so it is monitored until it has answered.
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
        """Kill the process of the page: a page in an endless loop would not react to anything less."""
        if self._end is not None:
            return
        self._end = why
        self.watchdog.stop()
        self.storage.end()
        if process := self._process():
            self._processes.end(process)
        self.ended.emit(why)

    def close(self) -> None:
        """End the run and delete everything."""
        self.end(End.STOPPED)
        self.page = None
        self.deleteLater()

    def _ping(self, answered: Callable[[object], None]) -> None:
        self.evaluate("1", answered)

    def evaluate(self, script: str, answered: Callable[[object], None]) -> None:
        """Run a script in the document of the page and pass its result, which is untrusted, to the callback."""
        if self.page is not None:
            # In an isolated world, where the page cannot change the result.
            self.page.runJavaScript(script, QWebEngineScript.ScriptWorldId.ApplicationWorld.value, answered)

    def _memory(self) -> int:
        ours = self._processes.memory_of(os.getpid())
        # Memory that other parts have freed must not extend the limit of the page.
        self._memory_before = min(self._memory_before, ours)
        process = self._process()
        return max(ours - self._memory_before, self._processes.memory_of(process) if process else 0)

    def processor_time(self) -> float:
        """Return the seconds of processor time used by the process of the page; 0 before it has started and after it has ended."""
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
