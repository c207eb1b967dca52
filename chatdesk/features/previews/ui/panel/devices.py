"""The sizes a page can be looked at in."""

from enum import StrEnum

from PySide6.QtCore import QSize

from chatdesk.kernel.fast_dataclass import dataclass


class Device(StrEnum):
    """What the page is shown as if it were on."""

    FIT = "fit"
    """As large as the panel."""
    PHONE = "phone"
    TABLET = "tablet"
    DESKTOP = "desktop"


_LESS = 0.99999
"""Keeps a width of 768 from becoming 767.999…"""
_SIZES = {Device.PHONE: (390, 844), Device.TABLET: (768, 1024), Device.DESKTOP: (1280, 800)}


@dataclass(frozen=True, slots=True)
class ViewSize:
    """How the page is shown. `zoom` is on top of what makes a device fit into the panel."""

    device: Device = Device.FIT
    rotated: bool = False
    zoom: float = 1.0

    def place(self, room: QSize) -> tuple[QSize, float]:
        """Return how large the page is in the room for it, in px, and how much it is magnified."""
        if self.device is Device.FIT:
            return room, self.zoom
        width, height = _SIZES[self.device]
        if self.rotated:
            width, height = height, width
        shrink = min(1.0, room.width() / width, room.height() / height)
        size = QSize(round(width * shrink), round(height * shrink))
        # Pixels are whole: with the same factor for both a page could be one px too narrow for what it does from a width on.
        factor = min(size.width() / width, size.height() / height) * _LESS
        return size, factor * self.zoom
