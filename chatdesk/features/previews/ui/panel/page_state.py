"""State of the page in the panel."""

from enum import Enum, auto


class PageState(Enum):
    """The page is in one of these states at any time."""

    EMPTY = auto()
    """No page was opened."""
    WAITING = auto()
    """The code is still being written."""
    RUNNING = auto()
    PAUSED = auto()
    """Frozen while it is invisible."""
    ENDED = auto()
    UNLOADED = auto()
    """Unloaded to save memory while its tab was in the background. It starts again when shown."""
    BLOCKED = auto()
    """Pages cannot run on this machine."""
