"""One run of one page: its source, guard, profile, page and watchdog, made together and taken apart in the right order."""

import json
import os
import re
import secrets
import time
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from chatdesk.features.previews.engine.console import Console
from chatdesk.features.previews.engine.page import Page
from chatdesk.features.previews.engine.page_source import PageSource
from chatdesk.features.previews.engine.processes import Processes
from chatdesk.features.previews.engine.profile import IsolatedProfile
from chatdesk.features.previews.engine.request_guard import RequestGuard
from chatdesk.kernel.chat.stored_items import (
    MOST_BYTES,
    MOST_ITEMS,
    MOST_WRITTEN,
    StoredItems,
    read_items,
    write_items,
)

# The script that runs before a page's own: resources/preview/shims.js, called with what the page's last run
# left behind.
#
# That is text from a page. It stands in the script as a string of JSON, written so that none of it can end
# the string, and is read as data.


def shim_call(shims: str, kept: StoredItems, question: str) -> str:
    """Return the whole script. `question` is the name of the event by which the page's storage is asked for."""
    data = f"JSON.parse({_literal(write_items(kept))})"
    return f"{shims.rstrip()}({data}, {_literal(question)}, {MOST_ITEMS}, {MOST_BYTES});\n"


def _literal(text: str) -> str:
    """Return a text as JavaScript writes it: in ASCII, and without what would end a script if it stood in a page."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")


# Looks after a running page: whether it is alive, keeps within its memory, and leaves the computer to others.
#
# It tells; ending the page is the stage's part. A page is not ended for being busy: a simulation on all
# processors is a fair thing to ask for, the window stays alive beside it, and it rests while nobody sees it.
# But the user is told and can stop it.

PING_MILLISECONDS = 1_000
UNRESPONSIVE_SECONDS = 5
HOPELESS_SECONDS = 10
_ASLEEP_SECONDS = 4
"""From one look to the next: so late it comes only when the computer slept, or our own window did; the page could not answer then."""
MOST_MEMORY = 1 << 30
"""Bytes that the page's process may hold, and that ours may grow by while the page runs: there Chromium keeps the textures."""
GREEDY_SHARE = 0.6
"""Of all processors; on a small machine more than one of them, which a game's own thread may take."""
GREEDY_LOOKS = 5
"""In a row, a second each."""


class Watchdog(QObject):
    """Asks the page for a sign of life each second. All of it rests while the page does."""

    unresponsive = Signal(bool)
    """True after 5 s without a sign; false when there was one again."""
    hopeless = Signal()
    """10 s without a sign."""
    memory_exceeded = Signal()
    greedy = Signal(bool)
    """True when it has taken most of the computer for 5 s; false when it has left it alone for as long."""

    def __init__(
        self,
        ping: Callable[[Callable[[object], None]], None],
        memory: Callable[[], int],
        processor_time: Callable[[], float],
        clock: Callable[[], float],
        processors: int,
        parent: QObject | None = None,
    ) -> None:
        """`ping` calls back once the page answered; `memory` is what it costs in bytes; `clock` and `processor_time` count seconds."""
        super().__init__(parent)
        self._ping = ping
        self._memory = memory
        self._processor_time = processor_time
        self._clock = clock
        self._most_processors = max(1.1, GREEDY_SHARE * processors)
        self._looked: tuple[float, float] | None = None
        self._greedy = False
        self._looks_to_change = GREEDY_LOOKS
        self._asked_at: float | None = None
        self._last_look: float | None = None
        self._unresponsive = False
        self._generation = 0
        self._timer = QTimer(self, interval=PING_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, as if the page had just answered."""
        self._generation += 1
        self._asked_at = None
        self._looked = None
        self._last_look = None
        self._tell(unresponsive=False)
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._generation += 1
        self._timer.stop()

    def look(self) -> None:
        """Judge the page once and ask again if it has answered."""
        if self._memory() > MOST_MEMORY:
            self.stop()
            self.memory_exceeded.emit()
            return
        self._look_at_processors()
        now = self._clock()
        slept = self._last_look is not None and now - self._last_look > _ASLEEP_SECONDS
        self._last_look = now
        if slept and self._asked_at is not None:
            self._asked_at = now
        if self._asked_at is None:
            self._asked_at = now
            generation = self._generation
            self._ping(lambda _: self._answered(generation))
            return
        silence = now - self._asked_at
        if silence >= HOPELESS_SECONDS:
            self.stop()
            self.hopeless.emit()
        elif silence >= UNRESPONSIVE_SECONDS:
            self._tell(unresponsive=True)

    def _look_at_processors(self) -> None:
        """Change the mind about the page after as many looks in a row that say so."""
        before, now = self._looked, (self._clock(), self._processor_time())
        self._looked = now
        if before is None or now[0] <= before[0]:
            return
        greedy = (now[1] - before[1]) / (now[0] - before[0]) > self._most_processors
        self._looks_to_change = GREEDY_LOOKS if greedy is self._greedy else self._looks_to_change - 1
        if not self._looks_to_change:
            self._looks_to_change = GREEDY_LOOKS
            self._greedy = greedy
            self.greedy.emit(greedy)

    def _answered(self, generation: int) -> None:
        if generation == self._generation:
            self._asked_at = None
            self._tell(unresponsive=False)

    def _tell(self, *, unresponsive: bool) -> None:
        if unresponsive is not self._unresponsive:
            self._unresponsive = unresponsive
            self.unresponsive.emit(unresponsive)


# Asks a running page now and then what it has put into its `localStorage`. What comes back is a stranger's
# text, and read as that.
#
# The question runs in a world of its own, where nothing of the page's is, and reaches the storage (shims.js)
# by an event of the document under a name that only this run has. A page that finds the name out can lie
# about its own storage and nothing else: whatever it says goes through `read_items`, and longer texts than
# that reads do not leave the page's process.

EVERY_MILLISECONDS = 3_000
PATIENCE_MILLISECONDS = 300
"""How long the last question before a page goes waits for its answer."""
_ANSWER = re.compile(r"(\d{1,15}) (.*)", re.DOTALL)
_QUESTION = """
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

Ask = Callable[[str, Callable[[object], None]], None]
"""Runs a script in the world of its own and hands on what it comes to."""


class StorageWatch(QObject):
    """One per run. `question` is the name of the event."""

    changed = Signal(tuple)
    """What the storage holds (`StoredItems`), when that is news."""

    def __init__(self, ask: Ask, kept: StoredItems, parent: QObject | None = None) -> None:
        """`kept` is what the page began with."""
        super().__init__(parent)
        self.question = f"chatdesk-{secrets.token_hex(8)}"
        self._ask = ask
        self._items = kept
        self._known = 0
        self._waiting: list[Callable[[], None]] = []
        self._asking = False
        self._over = False
        self._timer = QTimer(self, interval=EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Ask from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Ask no more for now. A page that is frozen still answers what it was asked before."""
        self._timer.stop()

    def end(self) -> None:
        """Hear nothing any more: the page is gone. Whoever waits for an answer goes on without."""
        self._over = True
        self._timer.stop()
        self._let_go()

    def look(self) -> None:
        """Ask once, unless an answer is still to come."""
        if not self._asking and not self._over:
            self._asking = True
            script = _QUESTION % {"most": MOST_WRITTEN + 20, "name": self.question, "known": self._known}
            self._ask(script, self._hear)

    def ask_now(self, then: Callable[[], None]) -> None:
        """Ask, and go on when the answer was told, or has not come for too long."""
        if self._over:
            then()
            return
        self._waiting.append(then)
        QTimer.singleShot(PATIENCE_MILLISECONDS, self, self._let_go)
        self.look()

    def _hear(self, said: object) -> None:
        if self._over:
            return
        self._asking = False
        match = _ANSWER.fullmatch(said) if isinstance(said, str) else None
        if match:
            self._known = int(match[1])
            items = read_items(match[2])
            if items is not None and items != self._items:
                self._items = items
                self.changed.emit(items)
        self._let_go()

    def _let_go(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()


class End(Enum):
    """Why a run is over."""

    STOPPED = auto()
    """The user wanted it."""
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
        kept: StoredItems = (),
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
