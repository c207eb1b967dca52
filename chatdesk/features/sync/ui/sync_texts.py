"""The wording of problems of synchronisation, each with its next step."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.sync.services.sync_status import Problem, ProblemKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.errors.folder_errors import folder_error_texts
from chatdesk.ui_kit.text.safe_text import plain_line

_OF_COMPUTER = {
    ProblemKind.DAMAGED: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "A file from {computer} is damaged or not complete yet. It will be tried again. If this stays, check whether the program that "
        "synchronises the folder has finished on both computers.",
    ),
    ProblemKind.NOT_READ: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "A file from {computer} could not be read here, because there was not enough memory, time or space for temporary files. It will be "
        "tried again, and nothing is lost. If this stays, close other programs.",
    ),
    ProblemKind.NEWER: QT_TRANSLATE_NOOP(
        "SyncTexts", "{computer} has a newer version of Chatdesk. Update Chatdesk on this computer to get its changes."
    ),
    ProblemKind.TOO_LARGE: QT_TRANSLATE_NOOP("SyncTexts", "A change from {computer} is too large to be shared."),
    ProblemKind.UNENCRYPTED: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "{computer} does not use the same encryption as this computer, so its changes are not read. Stop here or there, and start "
        "again with the same passphrase.",
    ),
    ProblemKind.PASSPHRASE: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "{computer} has another passphrase. Stop there, and start again with the passphrase of this folder.",
    ),
    ProblemKind.NOT_DOWNLOADED: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "A file from {computer} is only in the cloud. Let the program that synchronises the folder keep it on this computer.",
    ),
}
_WITHOUT_COMPUTER = {
    ProblemKind.PASSPHRASE: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "The passphrase of the folder is not in the system keyring. Enter it again to continue. Nothing is lost.",
    ),
    ProblemKind.FOLDER: QT_TRANSLATE_NOOP(
        "SyncTexts", "The folder cannot be used at the moment. Changes are kept and shared when it is there again."
    ),
    ProblemKind.COMPUTER: QT_TRANSLATE_NOOP("SyncTexts", "Nothing is lost: changes are shared when this works again."),
    ProblemKind.LOGIN: QT_TRANSLATE_NOOP(
        "SyncTexts", "Sign in with the right user name and password. Everything else stays as it is."
    ),
    ProblemKind.TOO_LARGE: QT_TRANSLATE_NOOP(
        "SyncTexts", "A change of this computer is too large to be shared. The other computers do not get it."
    ),
    ProblemKind.LISTING_CUT: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "The server does not list all files of the folder. Chatdesk asks for the others by name, so changes of other computers may arrive "
        "late; nothing is lost. If this stays, stop on all computers, and start again with a new folder.",
    ),
    ProblemKind.SETTINGS_DAMAGED: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "The settings of synchronisation were damaged, so it is off. Set it up again with the same folder: no chat is lost by that. The "
        "damaged file is kept in the data folder.",
    ),
    ProblemKind.SETTINGS_NEWER: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "A newer version of Chatdesk has written the settings of synchronisation, so it is off. Update Chatdesk, or set it up again here "
        "with the same folder. The newer file is kept in the data folder.",
    ),
    ProblemKind.UNEXPECTED: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "Synchronisation was interrupted by an error in Chatdesk. It is tried again every minute, and nothing is lost. If this stays, "
        "please report it: Settings → Data → Diagnostics.",
    ),
}


def problem_text(problem: Problem, *, is_remote: bool, beside_fields: bool = False) -> str:
    """Return the sentences about a problem. `is_remote` is whether the shared folder is on a server.

    `beside_fields` is as in `folder_error_texts`.
    """
    text = _WITHOUT_COMPUTER.get(problem.kind)
    if text and not problem.computer:
        next_step = QCoreApplication.translate("SyncTexts", text)
        if problem.error is None:
            return next_step
        happened, advice = folder_error_texts(problem.error, is_remote=is_remote, beside_fields=beside_fields)
        return joined(
            joined(happened, next_step), advice
        )  # advice may end with an address, which no sentence can follow
    computer = plain_line(problem.computer) or QCoreApplication.translate("SyncTexts", "another computer")
    text = QCoreApplication.translate("SyncTexts", _OF_COMPUTER[problem.kind]).format(computer=computer)
    return text[:1].upper() + text[1:]
