"""The files of daily backups: their names, the facts stored next to each, and which of them are kept.

chatdesk-000012-20261128-daily.sqlite3      the database; with a passphrase it ends in .age, like the two others
chatdesk-000012-20261128-daily.json         its facts; written last, so that it marks a complete and verified backup
chatdesk-000012-20261128-daily.attachments  the names of its attachments, one a line
attachments/ab/abcd…                        attachments of all of them, by the hash of their content
"""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from chatdesk.kernel.fast_dataclass import dataclass

DAYS_KEPT, WEEKS_KEPT, MONTHS_KEPT = 7, 4, 12
ATTACHMENTS = "attachments"
_NAME = re.compile(
    r"chatdesk-(?P<number>\d{6,12})-(?P<day>\d{8})-(?P<reason>[a-z0-9-]{1,40})\.sqlite3(?P<encrypted>\.age)?"
)
_VERSION = 1
_MAX_TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class CopyName:
    """The name of a backup. Numbers order backups, because the clock may have been changed between them."""

    number: int
    day: date
    reason: str = "daily"
    is_encrypted: bool = False

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return f"chatdesk-{self.number:06}-{self.day:%Y%m%d}-{self.reason}"

    @property
    def database(self) -> str:
        """The name of the database."""
        return f"{self.stem}.sqlite3{self._ending}"

    @property
    def facts(self) -> str:
        """The name of the file with the facts."""
        return f"{self.stem}.json{self._ending}"

    @property
    def attachments(self) -> str:
        """The name of the list of attachments."""
        return f"{self.stem}.attachments{self._ending}"

    @property
    def _ending(self) -> str:
        return ".age" if self.is_encrypted else ""

    @classmethod
    def of(cls, file_name: str) -> "CopyName | None":
        """Return the backup whose database has this name; None for other files."""
        match = _NAME.fullmatch(file_name)
        if not match:
            return None
        try:
            day = datetime.strptime(match["day"], "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError:
            return None
        return cls(int(match["number"]), day, match["reason"], bool(match["encrypted"]))


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What is known of a backup without opening it. `size` (bytes) and `sha256` are those of the database file as it is stored."""

    made_at: datetime
    size: int
    sha256: str
    chats: int
    newest: str
    """Title of the chat with the newest message."""
    newest_at: datetime | None

    def to_json(self) -> bytes:
        """Return the content of the file with the facts."""
        record = {
            "version": _VERSION,
            "made_at": self.made_at.isoformat(),
            "size": self.size,
            "sha256": self.sha256,
            "chats": self.chats,
            "newest": self.newest,
            "newest_at": self.newest_at.isoformat() if self.newest_at else None,
        }
        return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    @classmethod
    def from_json(cls, content: bytes) -> "CopyFacts":
        """Return the facts in a file. Raise `ValueError` if they are not valid."""
        try:
            record = json.loads(content)
            newest_at = record["newest_at"]
            facts = cls(
                _time(record["made_at"]),
                int(record["size"]),
                str(record["sha256"]),
                int(record["chats"]),
                str(record["newest"])[:_MAX_TITLE_LENGTH],
                _time(newest_at) if newest_at else None,
            )
            version = record["version"]
        except (TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise ValueError("not the facts of a backup") from error
        if version != _VERSION or min(facts.size, facts.chats) < 0:
            raise ValueError("not the facts of a backup")
        return facts


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def superseded(names: Sequence[CopyName]) -> tuple[CopyName, ...]:
    """Return the backups that need not be kept.

    Kept are the newest of each of the last 7 days, 4 weeks and 12 months that have one. Days without a backup do not count, and the
    numbers tell which is newest, so that a clock that was wrong cannot empty the folder. The newest backup is always kept.
    """
    newest_first = sorted(names, key=lambda name: name.number, reverse=True)
    kept: set[CopyName] = set(newest_first[:1])
    spans: tuple[tuple[Callable[[date], object], int], ...] = (
        (lambda day: day, DAYS_KEPT),
        (lambda day: day.isocalendar()[:2], WEEKS_KEPT),
        (lambda day: (day.year, day.month), MONTHS_KEPT),
    )
    for span_of, most in spans:
        seen: set[object] = set()
        for name in newest_first:
            span = span_of(name.day)
            if span not in seen and len(seen) < most:
                seen.add(span)
                kept.add(name)
    return tuple(name for name in newest_first if name not in kept)
