"""The destination of daily backups: a folder, or a WebDAV server. Each computer has a folder of its own there."""

import hashlib
import re
import secrets
import socket
from collections.abc import Callable
from pathlib import Path, PurePath

from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.remote_folder import RemoteFolder

FOLDER_NAME = "Chatdesk"
_COMPUTER = re.compile(r"[^\w-]+")
_CHUNK_SIZE = 1024 * 1024


def folder_within(chosen: Path) -> Path:
    """Return the folder for backups within one that the user chose: the root of a stick is not filled with files."""
    return chosen if chosen.name == FOLDER_NAME else chosen / FOLDER_NAME


def name_of_this_computer() -> str:
    """Return a new name for this computer's folder. It is unique, so that two computers never replace each other's backups."""
    host = _COMPUTER.sub("-", PurePath(socket.gethostname()).name.partition(".")[0]).strip("-")[:30]
    return f"{host or 'computer'}-{secrets.token_hex(2)}"


async def read_small(folder: RemoteFolder, name: str, scratch: Path, limit: int) -> bytes:
    """Return the content of a small file, through the file `scratch`. Raise what `RemoteFolder.read` raises."""
    await folder.read(name, scratch, limit)
    try:
        return scratch.read_bytes()  # noqa: ASYNC240 - a small file on a local disk
    finally:
        scratch.unlink(missing_ok=True)  # noqa: ASYNC240 - likewise


def check_hash(path: Path, sha256: str, check: Callable[[], object] = lambda: None) -> None:
    """Raise `BackupDamaged` if a file does not have this SHA-256. Blocks; `check` is called often and can end it with an exception."""
    summed = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_SIZE):
            check()
            summed.update(chunk)
    if summed.hexdigest() != sha256:
        raise BackupDamaged(path=str(path), reason="its content has changed")
