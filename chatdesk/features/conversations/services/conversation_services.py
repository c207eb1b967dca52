"""Services of the conversation list, and their creation."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.services.request.formulas import Formulas
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.files.exporting import Exporting
from chatdesk.features.conversations.services.list_editing import ListEditing
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.database import Database

if TYPE_CHECKING:
    from chatdesk.features.chat.services.store.message_search import MessageSearch
    from chatdesk.features.conversations.services.files.chat_imports import ChatImports, ChatReaders
    from chatdesk.features.conversations.services.files.imported_glossaries import ImportedGlossaries
    from chatdesk.storage.files.user_files import UserFiles


@dataclass(frozen=True, slots=True)
class ConversationServices:
    """The services that the user interface of the conversation list uses."""

    settings: Settings
    conversations: Conversations
    branches: Branches
    folders: ChatFolders
    trash: Trash
    list_editing: ListEditing
    exporting: Exporting
    search: "Callable[[str], MessageSearch]"
    """Returns a search in all messages and their documents."""
    imports: "Lazy[ChatImports]"
    """The import of chats from files of all programs."""
    glossaries: "Lazy[ImportedGlossaries]"
    """The import of glossaries that were exported with chats."""
    formulas: Formulas
    presets: Presets
    models: Models
    servers: Servers


@asynccontextmanager
async def open_conversation_services(
    chat: ChatServices,
    folders: ChatFolders,
    database: Database,
    presets: Presets,
    make_readers: "Callable[[], ChatReaders]",
    make_user_files: "Callable[[], UserFiles]",
    now: Callable[[], datetime],
    work: RunningWork,
) -> AsyncGenerator[ConversationServices, None]:
    """Create the services, and close them on exit. `make_readers` creates what reads the files of an import.

    `make_user_files` creates the access to presets and glossaries.
    """
    conversations, attachments = chat.conversations, chat.attachments
    trash = Trash(database, conversations, folders, chat.chat, now, attachments.tidy_up)

    def make_imports() -> "ChatImports":
        from chatdesk.features.conversations.services.files.chat_imports import (  # noqa: PLC0415 - start-up time
            ChatImports,
        )

        return ChatImports(make_readers(), database, chat.chat, conversations, folders, trash, attachments, now, work)

    user_files = Lazy(make_user_files)

    def make_glossaries() -> "ImportedGlossaries":
        from chatdesk.features.conversations.services.files.imported_glossaries import (  # noqa: PLC0415 - start-up time
            ImportedGlossaries,
        )

        return ImportedGlossaries(user_files.get())

    imports = Lazy(make_imports, lambda made: made.close())
    try:
        yield ConversationServices(
            chat.settings,
            conversations,
            chat.branches,
            folders,
            trash,
            ListEditing(conversations, folders, trash),
            Exporting(
                conversations,
                chat.chat,
                now,
                attachments,
                chat.formulas,
                chat.servers.find,
                lambda each: folder.name if (folder := folders.find(each.folder_id)) else "",
                user_files,
            ),
            lambda text: conversations.search(text, lambda: attachments.documents),
            imports,
            Lazy(make_glossaries),
            chat.formulas,
            presets,
            chat.models,
            chat.servers,
        )
    finally:
        await imports.close()
        await trash.close()
