"""Versions of the web engine that shows generated pages."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WebEngineVersions:
    """Versions in a PySide6 release: the Chromium it is based on, and the newest Chromium whose security fixes it includes."""

    pyside: str
    chromium: str
    fixes_up_to: str


PINNED = WebEngineVersions(pyside="6.11.3", chromium="140.0.7339.264", fixes_up_to="155.0.8059.85")
"""Stored here because querying the engine would load it (a tenth of a second); tests/preview compares both."""
