"""The wording of what can go wrong with the database, files and folders, for `errors.py`."""

from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import storage_errors
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import Wording

STORAGE_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    storage_errors.StorageError: Wording(QT_TRANSLATE_NOOP("Errors", "Chats could not be read or saved.")),
    storage_errors.DatabaseNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your chats were saved by a newer version of Chatdesk and have not been changed."),
        QT_TRANSLATE_NOOP("Errors", "Install the newer version to open them."),
    ),
    storage_errors.FileNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your data was saved by a newer version of Chatdesk."),
        QT_TRANSLATE_NOOP("Errors", "This version cannot read it. The file has not been changed: {path}"),
    ),
    storage_errors.DatabaseDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat database is damaged."),
        QT_TRANSLATE_NOOP("Errors", "Chatdesk can repair it or restore a backup."),
    ),
    storage_errors.TextDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "Some characters in your chats are damaged on disk."),
        QT_TRANSLATE_NOOP("Errors", "They are shown as �. A backup may still contain the original text."),
    ),
    storage_errors.DatabaseUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat database cannot be opened."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.FileUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot read or write one of its files."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.FolderInPlaceOfFile: Wording(
        QT_TRANSLATE_NOOP("Errors", "A folder is in the place of a file that Chatdesk needs."),
        QT_TRANSLATE_NOOP("Errors", "Rename or move the folder, then try again: {path}"),
    ),
    storage_errors.DatabaseLocked: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your changes are kept in a separate file next to it, and saved once it is available: {path}"
        ),
    ),
    storage_errors.DatabaseReplaced: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program has moved or replaced the chat database."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Nothing more is written to it. Your changes are kept in a separate file next to it, and restored "
            "when you restart Chatdesk: {path}",
        ),
    ),
    storage_errors.DatabaseMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat database is missing."),
        QT_TRANSLATE_NOOP("Errors", "It was moved or deleted, or its disk is not connected: {path}"),
    ),
    storage_errors.FolderUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot write to its data folder."),
        QT_TRANSLATE_NOOP("Errors", "Check that the folder is writable and its disk is connected: {path}"),
    ),
    storage_errors.AlreadyRunning: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is already running but is not responding."),
        QT_TRANSLATE_NOOP("Errors", "It may be busy. Try again in a moment, or quit it first."),
    ),
    storage_errors.RunningUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is already running and cannot be contacted securely."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Another user of this computer could intercept the data, so nothing was sent. Use the window that is "
            "already open. ({reason})",
        ),
    ),
    storage_errors.DiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk is full."),
        QT_TRANSLATE_NOOP("Errors", "Unsaved changes are kept in memory and saved once there is space."),
    ),
    storage_errors.FileNotSaved: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Choose another folder, or free some disk space. System error: {reason}"),
    ),
}
