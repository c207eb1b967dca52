"""Interface between the panel and whatever runs pages. The panel knows no web engine: `app/` passes in an implementation."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.chat.stored_items import StoredItems
from chatdesk.kernel.fast_dataclass import dataclass


class Severity(Enum):
    """Severity of a console line."""

    INFO = auto()
    WARNING = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A console line, or several equal ones in a row. `line` counts from 1; `script` is the address of an external script."""

    severity: Severity
    text: str
    line: int | None = None
    times: int = 1
    script: str = ""


class Ending(Enum):
    """Why a page stopped running."""

    STOPPED = auto()
    """The user stopped it."""
    UNRESPONSIVE = auto()
    MEMORY = auto()
    FLOOD = auto()
    """It wrote more to its console than the window could handle."""
    EMPTY_PAGE_LOOP = auto()
    """It navigated to an empty page again and again."""
    CRASHED = auto()


class Obstacle(Enum):
    """Why pages cannot run on this machine."""

    SUPERUSER = auto()
    FORBIDDEN = auto()
    """The system forbids what the sandbox needs."""
    MISSING = auto()
    """The web engine is not installed or cannot be loaded."""


def obstacle_text(obstacle: Obstacle | None) -> str:
    """Return an explanation of an obstacle."""
    match obstacle:
        case Obstacle.SUPERUSER:
            return QCoreApplication.translate(
                "PreviewHost",
                "Previews run only in a sandbox, which does not work for the system administrator (root). Start "
                "Chatdesk as a regular user.",
            )
        case Obstacle.FORBIDDEN:
            return QCoreApplication.translate(
                "PreviewHost",
                "Previews run only in a sandbox, which this system does not allow (unprivileged user namespaces are "
                "disabled).",
            )
        case _:
            return QCoreApplication.translate(
                "PreviewHost", "The Qt component for web pages (QtWebEngine) is missing or cannot be loaded."
            )


@dataclass(frozen=True, slots=True)
class PageMemory:
    """What a page stored in its last run. `key` identifies the page when it reports what it has stored since."""

    key: str = ""
    items: StoredItems = ()
    is_persistent: bool = False
    """Whether the stored data is kept: then the page is asked for it once more before it closes."""


NO_MEMORY = PageMemory()


class PreviewEvents(QObject):
    """Events of the page in a preview host."""

    console_changed = Signal()
    blocked_changed = Signal()
    unresponsive = Signal(bool)
    """True when the page has not responded for several seconds, False when it responds again."""
    high_load = Signal(bool)
    """True when the page has used most of the CPU for several seconds, False when it has not for as long."""
    ended = Signal(Ending)
    graphics_missing = Signal()
    """The page needs graphics (WebGL) that are not available here."""
    dialog_refused = Signal()
    """The page requested a system dialog, such as a color picker, and was refused."""
    message_shown = Signal(str)
    """The text of the first message (`alert` and similar) of a run."""
    pointer_requested = Signal()
    """The page requests to lock the mouse pointer."""
    stored = Signal(str, tuple)
    """The page with this memory key has stored these items (`StoredItems`). Emitted from time to time and only after changes."""
    escape_pressed = Signal()
    focus_changed = Signal(bool)
    """Whether the page has the keyboard focus."""


class PreviewHost(Protocol):
    """Runs one page at a time and shows it in its widget. Nothing that comes from a page can be trusted."""

    @property
    def widget(self) -> QWidget:
        """The widget that shows the page."""

    @property
    def events(self) -> PreviewEvents:
        """The events of the page."""

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """The newest console lines of the current or last page, few enough to be shown."""

    @property
    def errors(self) -> int:
        """The number of errors of the page."""

    @property
    def blocked(self) -> Mapping[str, int]:
        """The number of blocked requests by host."""

    def open(self, content: bytes, memory: PageMemory = NO_MEMORY) -> None:
        """Run a page and replace the current one."""

    def request_stored_items(self, then: Callable[[], None]) -> None:
        """Let `stored` report what the page has stored, then call `then`: after a fraction of a second, whatever the page does."""

    def close_page(self) -> None:
        """Close the page."""

    def stop(self) -> None:
        """End the page immediately. `ended` is emitted afterwards."""

    def set_paused(self, *, paused: bool) -> None:
        """Pause the page while it is invisible, or resume it."""

    def set_zoom(self, factor: float) -> None:
        """Set the zoom factor; 1 is the original size."""

    def grant_pointer(self) -> None:
        """Grant the page the pointer lock that it requested."""

    def clear_console(self) -> None:
        """Delete the console lines so far."""

    def picture(self) -> QPixmap:
        """Return a picture of the visible part of the page."""


DrawingDone = Callable[[bytes, float, str], None]
"""Called with a PNG and its pixels for each of the page, or with no bytes and the reason, which may be empty."""


class PreviewHosts(Protocol):
    """Creates preview hosts and says whether pages can run at all."""

    def obstacle(self) -> Obstacle | None:
        """Return why pages cannot run here; None if they can."""

    def make(self, parent: QWidget) -> PreviewHost:
        """Create a host. The first takes a few hundred milliseconds to load the web engine, unless `warm_up` has done so."""

    def draw(self, content: bytes, max_pixels: int, done: "DrawingDone", parent: QObject) -> Callable[[], None]:
        """Open a page that draws a picture, without showing it. Return a function that cancels it, after which `done` is not called."""

    def warm_up(self, parent: QObject, is_idle: Callable[[], bool]) -> None:
        """Prepare for the first host in small steps; the long ones only while `is_idle` returns True. Further calls do nothing."""

    def stop_warm_up(self) -> None:
        """Stop the preparation because the program is closing."""
