"""Errors of folders outside the program, worded for a server of files instead of one of models."""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.errors.backup_errors import PlaceMissing
from chatdesk.kernel.errors.base import ChatdeskError, KeyExposed, ServerUnreachable
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_error, joined
from chatdesk.ui_kit.text.safe_text import plain_line

_OF_SERVER: tuple[tuple[type[ChatdeskError], str, str], ...] = (
    (
        PlaceMissing,
        QT_TRANSLATE_NOOP("FolderErrors", "The folder does not exist on the server."),
        QT_TRANSLATE_NOOP("FolderErrors", "Create the folder that contains it, or check the address: {path}"),
    ),
    (
        ServerUnreachable,
        QT_TRANSLATE_NOOP("FolderErrors", "{server} does not respond. ({reason})"),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the connection and the address: {address}"),
    ),
    (
        KeyExposed,
        QT_TRANSLATE_NOOP("FolderErrors", "The password was not sent, because the connection would not be encrypted."),
        QT_TRANSLATE_NOOP("FolderErrors", "Use an address that begins with https."),
    ),
)
"""Errors whose usual texts are about disks or models: what happened, and what to do."""


def folder_error_texts(error: ChatdeskError, *, is_remote: bool) -> tuple[str, str]:
    """Return what happened to a folder, on a server if it `is_remote`, and what to do."""
    for kind, *texts in _OF_SERVER if is_remote else ():
        if isinstance(error, kind):
            values = {
                name: plain_line(str(getattr(error, name, ""))) for name in ("path", "server", "reason", "address")
            }
            happened, advice = (QCoreApplication.translate("FolderErrors", text).format(**values) for text in texts)
            return happened, advice
    described = describe_error(error)
    return described.sentence, described.consequence


def folder_error_text(error: ChatdeskError, *, is_remote: bool) -> str:
    """Return both in one text."""
    return joined(*folder_error_texts(error, is_remote=is_remote))
