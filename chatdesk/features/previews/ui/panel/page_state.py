"""How it stands with the page in the panel."""

from enum import Enum, auto


class PageState(Enum):
    """One of these at any time."""

    NOTHING = auto()
    """Nothing was opened."""
    WAITS = auto()
    """Its code is still being written."""
    RUNS = auto()
    PAUSED = auto()
    """Frozen while nobody sees it."""
    ENDED = auto()
    AWAY = auto()
    """Put away to save memory, while its tab was behind others. Shown again it starts again."""
    BLOCKED = auto()
    """No page can run here."""
