"""Asks a running page now and then what it has put into its `localStorage`. What comes back is a stranger's text, and read as that.

The question runs in a world of its own, where nothing of the page's is, and reaches the storage (shims.js) by an event of the document
under a name that only this run has. A page that finds the name out can lie about its own storage and nothing else: whatever it says goes
through `read_items`, and longer texts than that reads do not leave the page's process.
"""

import re
import secrets
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.kernel.chat.kept_items import MOST_WRITTEN, KeptItems, read_items

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

    told = Signal(tuple)
    """What the storage holds (`KeptItems`), when that is news."""

    def __init__(self, ask: Ask, kept: KeptItems, parent: QObject | None = None) -> None:
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
                self.told.emit(items)
        self._let_go()

    def _let_go(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
