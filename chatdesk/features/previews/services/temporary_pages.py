"""Pages written for the system browser, in a folder of their own. They are deleted when the program closes or at its next start."""

import asyncio
import contextlib
import shutil
import tempfile
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.storage_errors import FileNotSaved

_TIMEOUT = 2.0
"""Maximum seconds for deleting the folder when the program closes."""


class TemporaryPages:
    """`folder` contains only these files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write(self, name: str, content: bytes) -> Path:
        """Write a file that only its owner can read. Raises `FileNotSaved`."""

        def write() -> Path:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                path = Path(tempfile.mkdtemp(dir=self._folder)) / name  # accessible only to its owner
                path.touch(mode=0o600)
                path.write_bytes(content)
            except OSError as error:
                raise FileNotSaved(name=name, reason=error.strerror or str(error)) from error
            return path

        return await asyncio.to_thread(write)

    async def forget(self) -> None:
        """Delete all pages. Files that cannot be deleted are tried again next time."""
        with contextlib.suppress(TimeoutError):
            await run_in_daemon_thread(
                lambda: shutil.rmtree(self._folder, ignore_errors=True), "delete pages", _TIMEOUT
            )
