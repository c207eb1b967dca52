"""The files of daily backups: their names, and the manifest of each.

chatdesk-000012-20261128-daily.sqlite3      the database; with a passphrase it ends in .age, like the two others
chatdesk-000012-20261128-daily.json         its manifest; written last, so that it marks a complete and verified backup
chatdesk-000012-20261128-daily.attachments  the names of its attachments, one a line
attachments/ab/abcd…                        attachments of all backups, each once, by the hash of their content; and archives of presets
                                            and glossaries
"""

import json
import re
from datetime import UTC, date, datetime

from chatdesk.kernel.fast_dataclass import dataclass

ATTACHMENTS = "attachments"
_NAME = re.compile(
    r"chatdesk-(?P<number>\d{6,12})-(?P<day>\d{8})-(?P<reason>[a-z0-9-]{1,40})"
    r"\.(?P<kind>sqlite3|json|attachments)(?P<encrypted>\.age)?"
)
_VERSION = 1
_MAX_TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class BackupName:
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
    def manifest(self) -> str:
        """The name of the manifest."""
        return f"{self.stem}.json{self._ending}"

    @property
    def attachments(self) -> str:
        """The name of the list of attachments."""
        return f"{self.stem}.attachments{self._ending}"

    @property
    def _ending(self) -> str:
        return ".age" if self.is_encrypted else ""

    @classmethod
    def of(cls, file_name: str) -> "BackupName | None":
        """Return the backup whose database has this name; None for other files."""
        name = cls.of_any_file(file_name)
        return name if name and name.database == file_name else None

    @classmethod
    def of_any_file(cls, file_name: str) -> "BackupName | None":
        """Return the backup of which one of the three files has this name; None for other files."""
        match = _NAME.fullmatch(file_name)
        if not match:
            return None
        try:
            day = datetime.strptime(match["day"], "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError:
            return None
        return cls(int(match["number"]), day, match["reason"], bool(match["encrypted"]))


class ManifestNewer(ValueError):
    """A manifest has a format of a newer version of Chatdesk."""


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What is known of a backup without opening it. `size` (bytes) and `sha256` are those of the database file as it is stored."""

    made_at: datetime
    size: int
    sha256: str
    chats: int
    newest: str
    """Title of the chat with the newest message."""
    newest_at: datetime | None
    files: str = ""
    """SHA-256 of the archive with presets and glossaries, which is stored like an attachment; empty if there are none."""
    database: int = 0
    """Format of the database, as the number of its migrations; 0 if that is not known."""

    def to_json(self) -> bytes:
        """Return the content of the file."""
        record = {
            "version": _VERSION,
            "made_at": self.made_at.isoformat(),
            "size": self.size,
            "sha256": self.sha256,
            "chats": self.chats,
            "newest": self.newest,
            "newest_at": self.newest_at.isoformat() if self.newest_at else None,
            "files": self.files,
            "database": self.database,
        }
        return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    @classmethod
    def from_json(cls, content: bytes) -> "BackupManifest":
        """Return the manifest in a file. Raise `ValueError` if it is not valid, `ManifestNewer` if its format is not known here."""
        try:
            record = json.loads(content)
            version = record["version"]
            if type(version) is int and version > _VERSION:
                raise ManifestNewer("the manifest of a newer version")
            newest_at = record["newest_at"]
            manifest = cls(
                _time(record["made_at"]),
                int(record["size"]),
                str(record["sha256"]),
                int(record["chats"]),
                str(record["newest"])[:_MAX_TITLE_LENGTH],
                _time(newest_at) if newest_at else None,
                str(record.get("files", "")),
                int(record.get("database", 0)),
            )
        except (TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
            raise ValueError("not the manifest of a backup") from error
        if version != _VERSION or min(manifest.size, manifest.chats) < 0:
            raise ValueError("not the manifest of a backup")
        return manifest


def _time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
