"""What the panel needs of whatever runs pages. The screen knows no web engine: app/ gives it something that is like this."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.chat.stored_items import StoredItems
from chatdesk.kernel.fast_dataclass import dataclass


class Severity(Enum):
    """How grave a line of the console is."""

    INFO = auto()
    WARNING = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """One line, or several equal ones in a row. `line` is the page's line, from 1; `script` the address of a script beside it."""

    severity: Severity
    text: str
    line: int | None = None
    times: int = 1
    script: str = ""


class Ending(Enum):
    """Why a page runs no more."""

    STOPPED = auto()
    """The user stopped it."""
    UNRESPONSIVE = auto()
    MEMORY = auto()
    FLOOD = auto()
    """It wrote more on its console than the window could take."""
    GONE_AWAY = auto()
    """It went to an empty page again and again."""
    CRASHED = auto()


class Obstacle(Enum):
    """Why no page can run on this machine."""

    SUPERUSER = auto()
    FORBIDDEN = auto()
    """The system forbids what the sandbox is made of."""
    MISSING = auto()
    """The web engine is not installed, or cannot be loaded."""


@dataclass(frozen=True, slots=True)
class PageMemory:
    """What a page is given of its last run. `key` names the page where it tells what it has stored since."""

    key: str = ""
    items: StoredItems = ()
    keeps: bool = False
    """Whether what it stores is to be kept: then it is asked once more before it goes."""


NO_MEMORY = PageMemory()


class PreviewEvents(QObject):
    """What a stage tells of the page that runs on it."""

    console_changed = Signal()
    blocked_changed = Signal()
    unresponsive = Signal(bool)
    """True when the page has given no sign of life for seconds, false when it did again."""
    greedy = Signal(bool)
    """True when the page has taken most of the computer for seconds, false when it has not for as long."""
    ended = Signal(Ending)
    graphics_missing = Signal()
    """The page wants graphics (WebGL) that are not to be had here."""
    dialog_refused = Signal()
    """The page wanted a dialog of the system, of colours for example, and got none."""
    spoke = Signal(str)
    """The first message (alert and its like) of a run."""
    pointer_requested = Signal()
    """The page asks for the mouse pointer for itself."""
    stored = Signal(str, tuple)
    """A page, by its memory's key, has stored this (`StoredItems`). Told now and then, and only what is news."""
    escape_pressed = Signal()
    focus_changed = Signal(bool)
    """Whether the page has the keyboard."""


class PreviewHost(Protocol):
    """Runs one page at a time, seen in its widget. Nothing a page says is to be trusted."""

    @property
    def widget(self) -> QWidget:
        """Where the page is seen."""

    @property
    def events(self) -> PreviewEvents:
        """What is told."""

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """What the page that runs, or ran last, has written: the newest lines, few enough to show."""

    @property
    def errors(self) -> int:
        """How many errors it has had."""

    @property
    def blocked(self) -> Mapping[str, int]:
        """How often it asked for which host, in vain."""

    def open(self, content: bytes, memory: PageMemory = NO_MEMORY) -> None:
        """Run a page in place of what ran."""

    def ask_stored(self, then: Callable[[], None]) -> None:
        """Have `stored` tell what the page has stored until now, and go on: after a fraction of a second, whatever the page does."""

    def close_page(self) -> None:
        """Run nothing."""

    def stop(self) -> None:
        """End the page at once: `ended` follows."""

    def set_paused(self, *, paused: bool) -> None:
        """Freeze the page while nobody sees it, or let it go on."""

    def set_zoom(self, factor: float) -> None:
        """Show it larger or smaller; 1 is its own size."""

    def grant_pointer(self) -> None:
        """Let the page have the pointer it asked for."""

    def clear_console(self) -> None:
        """Forget what it has written so far."""

    def picture(self) -> QPixmap:
        """Return what is seen of it."""


class PreviewHosts(Protocol):
    """Makes stages, and says whether there can be any."""

    def obstacle(self) -> Obstacle | None:
        """Return why no page can run here; None if one can."""

    def make(self, parent: QWidget) -> PreviewHost:
        """Make a stage. The first takes a few hundred milliseconds, unless it was warmed up: the web engine is loaded."""

    def warm_up(self, parent: QObject, calm: Callable[[], bool]) -> None:
        """Get ready for the first stage, a little at a time, what takes longer when it is `calm`. Nothing to do the second time."""

    def stop_warming(self) -> None:
        """Leave it at what is done: the program ends."""
