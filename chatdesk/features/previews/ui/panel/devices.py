"""Sizes in which a page can be shown."""

from enum import StrEnum

from PySide6.QtCore import QSize

from chatdesk.kernel.fast_dataclass import dataclass


class Device(StrEnum):
    """The device that is simulated."""

    FIT = "fit"
    """The size of the panel."""
    PHONE = "phone"
    TABLET = "tablet"
    DESKTOP = "desktop"


_ROUNDING_MARGIN = 0.99999
"""Scale factor that keeps a width of 768 from becoming 767.999…"""
_SIZES = {Device.PHONE: (390, 844), Device.TABLET: (768, 1024), Device.DESKTOP: (1280, 800)}


@dataclass(frozen=True, slots=True)
class ViewSize:
    """How the page is shown. `zoom` multiplies the factor that fits the device into the panel."""

    device: Device = Device.FIT
    rotated: bool = False
    zoom: float = 1.0

    def fit_into(self, available: QSize) -> tuple[QSize, float]:
        """Return the size of the page within `available`, in px, and its zoom factor."""
        if self.device is Device.FIT:
            return available, self.zoom
        width, height = _SIZES[self.device]
        if self.rotated:
            width, height = height, width
        shrink = min(1.0, available.width() / width, available.height() / height)
        size = QSize(round(width * shrink), round(height * shrink))
        # Sizes are whole pixels: with one factor for both, the page could be 1 px narrower than a breakpoint of its layout.
        factor = min(size.width() / width, size.height() / height) * _ROUNDING_MARGIN
        return size, factor * self.zoom
