"""Saves what a person wants as a file of their own. Which file is asked by the screen."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from chatdesk.domain.errors import FileNotSaved
from chatdesk.storage.exported_file import write_exported_file
from chatdesk.system.daemon_thread import run_on_daemon_thread

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


async def write_private_file(name: str, content: bytes) -> Path:
    """Write a file that nobody else may read into a new folder for what is needed for a while only. Raises `FileNotSaved`."""

    def write() -> Path:
        try:
            path = Path(tempfile.mkdtemp(prefix="chatdesk-")) / name  # made for its owner alone
            path.touch(mode=0o600)
            path.write_bytes(content)
        except OSError as error:
            raise FileNotSaved(name=name, reason=error.strerror or str(error)) from error
        return path

    return await asyncio.to_thread(write)
