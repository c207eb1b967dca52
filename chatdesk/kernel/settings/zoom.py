"""Zooming in and out by shortcuts, in steps of the list of zoom levels."""

from chatdesk.kernel.settings.declarations import ZOOM, ZOOM_STEPS
from chatdesk.kernel.settings.store import Settings


def step_zoom(settings: Settings, step: int) -> None:
    """Set the next (1) or previous (-1) zoom level, starting from the nearest one in the list; unchanged at its ends."""
    now = settings.get(ZOOM)
    nearest = min(range(len(ZOOM_STEPS)), key=lambda index: abs(ZOOM_STEPS[index] - now))
    settings.set(ZOOM, ZOOM_STEPS[min(max(nearest + step, 0), len(ZOOM_STEPS) - 1)])
