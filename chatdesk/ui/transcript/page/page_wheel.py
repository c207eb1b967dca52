"""Wheel and touchpad over the transcript: the page up and down, or what is under the pointer sideways."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent

from chatdesk.ui.transcript.page.page_scroller import PageScroller
from chatdesk.ui.transcript.page.page_surface import PageSurface


def turn_wheel(event: QWheelEvent, surface: PageSurface, scroller: PageScroller) -> bool:
    """Scroll by what the event says. False with Ctrl: that is for zooming, which is the window's."""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    # A touchpad tells pixels. A wheel tells eighths of a degree, 120 for a notch: 60 px.
    delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if shift or abs(delta.x()) > abs(delta.y()):
        surface.scroll_sideways(event.position().toPoint(), -(delta.x() or delta.y()))
    elif delta.y():
        scroller.scroll_to(scroller.value - delta.y())
    return True
