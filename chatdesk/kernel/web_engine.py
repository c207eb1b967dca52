"""The versions of the web engine that shows generated pages."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WebEngineVersions:
    """What a PySide6 brings: the Chromium it was made from, and the newest Chromium whose security fixes are in it."""

    pyside: str
    chromium: str
    fixes_up_to: str


PINNED = WebEngineVersions(pyside="6.11.3", chromium="140.0.7339.264", fixes_up_to="155.0.8059.85")
"""Kept here because asking the engine would load it (a tenth of a second); tests/preview compares both."""
