"""Values of a start that went wrong: what there is to go back to, and what came of it. The work: app/recovering.py."""

from datetime import datetime
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """A copy of all chats that has just passed its check. `made_at` is aware; `chats` are those not in the trash.

    `newest` is the title of the chat that was last spoken in, `newest_at` when that was, if it is known.
    """

    path: Path
    made_at: datetime
    chats: int
    newest: str = ""
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many chats there are now. `kept` is the file that was there before, under its new name; None if there was none."""

    chats: int
    kept: Path | None
