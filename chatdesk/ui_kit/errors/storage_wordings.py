"""The wording of what can go wrong with the database, files and folders, for `errors.py`."""

from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import storage_errors
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import Wording

STORAGE_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    storage_errors.StorageError: Wording(QT_TRANSLATE_NOOP("Errors", "The chats could not be read or written.")),
    storage_errors.DatabaseNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "These chats were written by a newer version of Chatdesk and are left untouched."),
        QT_TRANSLATE_NOOP("Errors", "Install the newer version to open them."),
    ),
    storage_errors.FileNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "What is kept here was written by a newer version of Chatdesk."),
        QT_TRANSLATE_NOOP("Errors", "This version cannot read it. The file is kept for the newer one: {path}"),
    ),
    storage_errors.DatabaseDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file with your chats is damaged."),
        QT_TRANSLATE_NOOP("Errors", "Chatdesk can repair it or go back to a backup."),
    ),
    storage_errors.TextDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "A few characters in your chats are damaged on the disk."),
        QT_TRANSLATE_NOOP("Errors", "They are shown as �. A backup may still have them."),
    ),
    storage_errors.DatabaseUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file with your chats cannot be opened."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.FileUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "A file of Chatdesk cannot be read or written."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.FolderInPlaceOfFile: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is a folder where a file of Chatdesk belongs."),
        QT_TRANSLATE_NOOP("Errors", "Rename it or move it away, then try again: {path}"),
    ),
    storage_errors.DatabaseLocked: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is holding the file with your chats."),
        QT_TRANSLATE_NOOP("Errors", "What you see is kept in a file beside it and saved as soon as it is free: {path}"),
    ),
    storage_errors.DatabaseReplaced: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program has moved or replaced the file with your chats."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Nothing more is written to it. What you see is kept in a file beside it and comes back when you start Chatdesk again: {path}",
        ),
    ),
    storage_errors.DatabaseMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file with your chats is not where it was."),
        QT_TRANSLATE_NOOP("Errors", "It was moved or removed, or its disk is not connected: {path}"),
    ),
    storage_errors.FolderUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot write to its folder."),
        QT_TRANSLATE_NOOP("Errors", "Check that it is writable and that its disk is connected: {path}"),
    ),
    storage_errors.AlreadyRunning: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is running already and does not answer."),
        QT_TRANSLATE_NOOP("Errors", "It may be busy: try again in a moment. Otherwise end it first."),
    ),
    storage_errors.RunningUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is running already and cannot be reached safely."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Another user of this computer could listen, so nothing was handed over. Use the window that is open. ({reason})",
        ),
    ),
    storage_errors.DiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk is full."),
        QT_TRANSLATE_NOOP("Errors", "What is not saved yet is kept in memory and saved when there is space."),
    ),
    storage_errors.FileNotSaved: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Save it in another folder, or make room there. The system says: {reason}"),
    ),
}
