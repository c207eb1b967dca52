"""Saves what a person wants as a file of their own. Which file is asked by the screen."""

from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_on_daemon_thread
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.storage.files.exported_file import write_exported_file

_PATIENCE = 60.0
"""Seconds after which a drive that does not answer is given up."""


async def save_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, byte for byte. Raises `FileNotSaved`; an old file is as it was then."""
    # Half of a pair of surrogates cannot be written.
    await save_bytes(path, text.encode("utf-8", "replace"))


async def save_bytes(path: Path, content: bytes) -> None:
    """Write a file. Raises `FileNotSaved`; an old file is as it was then."""
    try:
        await run_on_daemon_thread(partial(write_exported_file, path, content), _PATIENCE, "save a file")
    except TimeoutError as error:
        raise FileNotSaved(name=path.name, reason="timeout") from error
