"""What rows of the list say, to the eye and to a screen reader."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.conversations.ui.sidebar.list.chat_groups import ChatGroup
from chatdesk.features.conversations.ui.sidebar.list.rows import ChatRow, FolderRow, HeadRow, HitRow, Row, TrashRow

translate = QCoreApplication.translate


def head_words(group: ChatGroup) -> str:
    """Return the name of a group."""
    match group:
        case ChatGroup.PINNED:
            return translate("ConversationModel", "Pinned")
        case ChatGroup.FOLDERS:
            return translate("ConversationModel", "Folders")
        case ChatGroup.TODAY:
            return translate("ConversationModel", "Today")
        case ChatGroup.YESTERDAY:
            return translate("ConversationModel", "Yesterday")
        case ChatGroup.THIS_WEEK:
            return translate("ConversationModel", "This week")
        case ChatGroup.OLDER:
            return translate("ConversationModel", "Older")
        case ChatGroup.IN_MESSAGES:
            return translate("ConversationModel", "In messages")
        case ChatGroup.DELETED:
            return recently_deleted()


def untitled_chat() -> str:
    """Return what a chat without a title is called."""
    return translate("ConversationModel", "New chat")


def recently_deleted() -> str:
    """Return what the trash is called."""
    return translate("ConversationModel", "Recently deleted")


def untitled_folder() -> str:
    """Return what a folder without a name is called."""
    return translate("ConversationModel", "Folder")


def spoken(row: Row | None, chats: str) -> str:
    """Return what a screen reader says of a row; `chats` is how many are in a folder, in words."""
    match row:
        case FolderRow(title=title, unfolded=unfolded):
            if unfolded:
                words = translate("ConversationModel", "{folder}, folder, {chats}, unfolded")
            else:
                words = translate("ConversationModel", "{folder}, folder, {chats}, folded")
            return words.format(folder=title, chats=chats)
        case HitRow(hit, title):
            return f"{title}: {hit.snippet}"
        case ChatRow(streaming=True):
            return translate("ConversationModel", "{title}, answering").format(title=row.title)
        case ChatRow(unread=True):
            return translate("ConversationModel", "{title}, new answer").format(title=row.title)
        case TrashRow(count, title):
            return f"{title}, {count}"
        case HeadRow() | ChatRow():
            return row.title
        case None:
            return ""
