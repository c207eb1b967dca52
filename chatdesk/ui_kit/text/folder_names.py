"""The names of folders for display."""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.text.safe_text import plain_line

QUICK_QUESTIONS = QT_TRANSLATE_NOOP("FolderNames", "Quick questions")
"""The stored name of the folder for quick questions. Until the user renames it, it is shown in the language of the window."""
_NAMES_OF_QUICK_QUESTIONS = frozenset({QUICK_QUESTIONS, "快速提问"})
"""Older versions stored the name in the language of the window."""


def shown_folder_name(name: str) -> str:
    """Return a stored name for display, or a placeholder for a folder without a name."""
    if name in _NAMES_OF_QUICK_QUESTIONS:
        return QCoreApplication.translate("FolderNames", QUICK_QUESTIONS)
    return plain_line(name) or QCoreApplication.translate("FolderNames", "Folder")
