"""The services of backups and the data folder, and their creation."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.backups.services.maintenance import Maintenance
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.storage.database.database import Database

if TYPE_CHECKING:
    from chatdesk.features.backups.services.daily_backups import DailyBackups
    from chatdesk.features.backups.services.data_folder import DataFolder
    from chatdesk.features.backups.services.diagnostics import Diagnostics
    from chatdesk.features.backups.services.restoring import Restoring
    from chatdesk.storage.files.user_files import UserFiles


@dataclass(frozen=True, slots=True)
class BackupServices:
    """The services that the user interface of the feature uses."""

    maintenance: Maintenance
    daily: "Lazy[DailyBackups]"
    restoring: "Lazy[Restoring]"
    data_folder: "Lazy[DataFolder]"
    diagnostics: "Lazy[Diagnostics]"
    conversations: ConversationServices

    @property
    def can_encrypt(self) -> bool:
        """Whether the library for passphrases exists for this system."""
        return find_spec("pyrage") is not None


@asynccontextmanager
async def open_backup_services(
    chat: ChatServices,
    conversations: ConversationServices,
    database: Database,
    make_daily: "Callable[[], DailyBackups]",
    make_restoring: "Callable[[DailyBackups], Restoring]",
    make_data_folder: "Callable[[], DataFolder]",
    make_diagnostics: "Callable[[], Diagnostics]",
    make_user_files: "Callable[[], UserFiles]",
    scratch: Path,
    now: Callable[[], datetime],
) -> AsyncGenerator[BackupServices, None]:
    """Create the services, and close them on exit. `scratch` is the folder for temporary files; what a crash left in it is removed."""
    removing = _remove_left(scratch)
    daily = Lazy(make_daily, lambda made: made.close())
    data_folder = Lazy(make_data_folder)
    maintenance = Maintenance(
        database,
        chat.conversations,
        chat.settings,
        now,
        chat.attachments,
        daily,
        data_folder,
        Lazy(make_user_files),
    )
    maintenance.begin()
    try:
        yield BackupServices(
            maintenance,
            daily,
            Lazy(lambda: make_restoring(daily.get())),
            data_folder,
            Lazy(make_diagnostics),
            conversations,
        )
    finally:
        await maintenance.close()
        await daily.close()
        if removing:
            await asyncio.wait([removing])


def _remove_left(scratch: Path) -> "asyncio.Task[None] | None":
    """Remove the temporary files of the last run, which can be as large as all chats. They get another name first."""
    left = scratch.with_name(f"{scratch.name}-left")
    with suppress(OSError):
        if scratch.exists() and not left.exists():
            scratch.rename(left)
    if not left.exists():
        return None
    return asyncio.create_task(
        asyncio.to_thread(shutil.rmtree, left, ignore_errors=True), name="remove temporary files"
    )
