"""Errors of folders outside the program, worded for a server of files instead of a server of models."""

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.errors.base import ChatdeskError, ServerUnreachable
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.text.safe_text import plain_line

_UNREACHABLE = QT_TRANSLATE_NOOP("FolderErrors", "{server} does not respond. ({reason})")


def folder_error_text(error: ChatdeskError) -> str:
    """Return the sentences about an error of a folder."""
    if isinstance(error, ServerUnreachable):
        text = QCoreApplication.translate("FolderErrors", _UNREACHABLE)
        return text.format(server=plain_line(error.server), reason=plain_line(error.reason))
    return in_one_piece(describe_error(error))
