"""Tells a person something through the desktop while there is no window."""

from functools import partial

from chatdesk.kernel.aio.daemon_thread import run_on_daemon_thread
from chatdesk.system.desktop_notification import show_notification

_PATIENCE = 2.0
"""Seconds after which a desktop that does not answer is given up."""


async def notify(title: str, text: str) -> bool:
    """Show a notification. False where the desktop has none, or does not answer."""
    try:
        return await run_on_daemon_thread(partial(show_notification, title, text), _PATIENCE, "show a notification")
    except TimeoutError:
        return False
