"""Values for recovery at startup: available backups, and the result of a restore. app/recovery_options.py performs the recovery."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """A backup of all chats that has just been verified. `made_at` is timezone-aware; `chats` does not count chats in the trash.

    `newest` is the title of the chat with the latest message, `newest_at` the time of that message, if known.
    """

    path: Path
    made_at: datetime
    chats: int
    newest: str = ""
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recovered:
    """Result of a restore: the number of chats now. `set_aside` is the previous file under its new name; None if there was none."""

    chats: int
    set_aside: Path | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Result of a move of the data folder: where it is now."""

    folder: Path


@dataclass(frozen=True, slots=True)
class ClosedWork:
    """Work for which the chats have to be closed: the window closes, `run` does it on a thread, and the window opens again.

    `name` is `restore` or `move`. `run` gets a function that receives the completed share, from 0 to 1. It raises `StorageError` with
    nothing changed.
    """

    name: str
    run: Callable[[Callable[[float], None]], Recovered | Moved]
