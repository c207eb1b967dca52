"""What the tests of backups share: a database with chats, a place for backups, and a clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.features.backups.services.remote_backups import RemoteBackup, RemoteBackups
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import BACKUP_KEY
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.age_encryption import AgeKey
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.local_folder import LocalFolder
from chatdesk.storage.files.user_files import UserFiles, UserFolder
from chatdesk.system.folder_secrets import FolderSecrets
from chatdesk.system.key_store import SessionKeyStore

KEY = AgeKey.of("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")


@dataclass
class Backups:
    """One computer. `stick` is the folder that the user chose."""

    home: Path
    stick: Path
    database: Database
    settings: Settings
    files: AttachmentFiles
    backups: RemoteBackups
    daily: DailyBackups
    moment: datetime = datetime(2026, 11, 24, 12, tzinfo=UTC)

    @property
    def own(self) -> Path:
        """This computer's folder on the stick."""
        return self.stick / "Chatdesk" / self.backups.own

    def names(self) -> list[str]:
        """The files of backups there."""
        return sorted(path.name for path in self.own.iterdir() if path.is_file())

    async def encrypt(self) -> None:
        """Use a key, without the seconds that a passphrase takes."""
        (self.home / "chatdesk-key.age").write_bytes(b"the protected key")
        await self.backups.secrets.save_key(KEY.public, KEY.secret)
        self.settings.set(BACKUP_KEY, KEY.public)

    async def made(self) -> None:
        """Wait until no backup is being made or waits to be made."""
        while self.daily.is_busy:
            await asyncio.sleep(0.01)

    async def newest(self) -> RemoteBackup:
        return (await self.backups.listed())[0]


@asynccontextmanager
async def one_computer(home: Path, stick: Path, settings: Settings | None = None) -> AsyncIterator[Backups]:
    stick.mkdir(exist_ok=True)  # noqa: ASYNC240 - a test
    database = Database(home / "chats.sqlite3")
    await database.open(expected=False)
    settings = settings or Settings({}, lambda _: None)
    files = AttachmentFiles(home / "attachments", database.backups)
    secrets = FolderSecrets(SessionKeyStore(Redactor()), SessionKeyStore(Redactor()), "backups")

    backups = RemoteBackups(settings, secrets, lambda place, _: LocalFolder(place.path), home / "scratch")
    user_files = UserFiles({"presets": UserFolder(home / "presets", ".md")})
    daily = DailyBackups(
        database, settings, backups, files.path, user_files, home / "chatdesk-key.age", lambda: computer.moment
    )
    computer = Backups(home, stick, database, settings, files, backups, daily)
    try:
        yield computer
    finally:
        await daily.close()
        await settings.close()
        await database.close()
