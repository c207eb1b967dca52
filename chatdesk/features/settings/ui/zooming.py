"""Larger and smaller text, by the keys: one step further in the list of sizes."""

from chatdesk.kernel.settings.declarations import ZOOM, ZOOM_STEPS
from chatdesk.kernel.settings.store import Settings


def step_zoom(settings: Settings, step: int) -> None:
    """Take the next size (1) or the one before (-1), from whichever of the list is nearest now; at the ends nothing changes."""
    now = settings.get(ZOOM)
    nearest = min(range(len(ZOOM_STEPS)), key=lambda index: abs(ZOOM_STEPS[index] - now))
    settings.set(ZOOM, ZOOM_STEPS[min(max(nearest + step, 0), len(ZOOM_STEPS) - 1)])
