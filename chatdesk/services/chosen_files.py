"""Reads a file that a person chose.

It may lie on a share that is gone: nobody waits for it longer than `PATIENCE`, and the end of the program does not at all.
"""

from functools import partial
from pathlib import Path

from chatdesk.attachments.incoming import read_file
from chatdesk.attachments.names import shown_name
from chatdesk.domain.attachment_errors import AttachmentUnreadable
from chatdesk.system.daemon_thread import run_on_daemon_thread

PATIENCE = 30.0
"""Seconds."""


async def read_chosen_file(path: Path) -> bytes:
    """Return what is in it, bounded. Raises an `AttachmentError`."""
    try:
        return await run_on_daemon_thread(partial(read_file, path), PATIENCE, "read a file")
    except TimeoutError as error:
        raise AttachmentUnreadable(shown_name(path.name), "timeout") from error
