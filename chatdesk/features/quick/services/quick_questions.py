"""Storage of quick questions: ordinary chats in a separate folder, until the user moves one to the other chats."""

from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.kernel.settings.declarations import QUICK_FOLDER
from chatdesk.kernel.settings.store import Settings


class QuickQuestions:
    """Remembers the folder. The user may rename, move and delete it; after a deletion, the next question creates a new one."""

    def __init__(self, folders: ChatFolders, settings: Settings) -> None:
        self._folders = folders
        self._settings = settings

    async def folder(self, name: str) -> str:
        """Return the folder's ID. If it does not exist, one with this name is used, or created collapsed.

        Another computer may have made it, whose chats are merged with those here.
        """
        if folder := self._folders.find(self._settings.get(QUICK_FOLDER)):
            return folder.id
        same_name = next((folder for folder in self._folders.all() if folder.name == name), None)
        folder = same_name or await self._folders.create(name, collapsed=True)
        self._settings.set(QUICK_FOLDER, folder.id)
        return folder.id

    @property
    def folder_name(self) -> str:
        """Current name of the folder; empty if there is none."""
        folder = self._folders.find(self._settings.get(QUICK_FOLDER))
        return folder.name if folder else ""

    async def move_to_chats(self, conversation_id: str) -> None:
        """Move a question out of the folder."""
        await self._folders.move_chats([conversation_id], "")
