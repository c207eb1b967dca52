"""Where quick questions are kept: as chats like others, in a folder of their own, until the user wants one among the chats."""

from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.kernel.settings.declarations import QUICK_FOLDER
from chatdesk.kernel.settings.store import Settings


class QuickQuestions:
    """Remembers which folder it is. The user may rename, move and delete it like any other; then the next question makes another."""

    def __init__(self, folders: ChatFolders, settings: Settings) -> None:
        self._folders = folders
        self._settings = settings

    async def folder(self, name: str) -> str:
        """Return the folder's id. If there is none, it is made, folded and with this name."""
        if folder := self._folders.find(self._settings.get(QUICK_FOLDER)):
            return folder.id
        made = await self._folders.create(name, collapsed=True)
        self._settings.set(QUICK_FOLDER, made.id)
        return made.id

    @property
    def folder_name(self) -> str:
        """What the folder is called now; empty if there is none."""
        folder = self._folders.find(self._settings.get(QUICK_FOLDER))
        return folder.name if folder else ""

    async def put_among_chats(self, conversation_id: str) -> None:
        """Take a question out of the folder."""
        await self._folders.put_chats([conversation_id], "")
