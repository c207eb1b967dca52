"""What a person wants of folders in the list of chats: signals, for the shell to do."""

from PySide6.QtCore import QObject, QRect, Signal


class FolderWishes(QObject):
    """Chats and folders are named by their ids."""

    new_wanted = Signal(list)
    """A new folder with these chats in it, maybe none."""
    rename_wanted = Signal(str, str)
    fold_wanted = Signal(str, bool)
    """Fold, or unfold if False."""
    delete_wanted = Signal(str)
    """Delete a folder and leave its chats."""
    delete_all_wanted = Signal(str)
    """Delete a folder with its chats."""
    step_wanted = Signal(str, int)
    """Up (-1) or down (1) among the folders."""
    place_wanted = Signal(str, str)
    """Put the first folder where the second one is."""
    move_wanted = Signal(list, str)
    """Put chats in a folder; "" takes them out of theirs."""
    new_chat_wanted = Signal(str)
    """A new chat in a folder."""
    defaults_wanted = Signal(str, QRect)
    """Show what new chats in a folder begin with, beside a place on the screen."""
