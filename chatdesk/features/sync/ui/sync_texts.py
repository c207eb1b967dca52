"""How problems of synchronisation are told, each with what can be done."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.sync.services.sync import Problem, ProblemKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.text.safe_text import plain_line

_OF_COMPUTER = {
    ProblemKind.DAMAGED: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "A file from {computer} is damaged or not complete yet. It will be tried again. If this stays, check whether the program that "
        "synchronises the folder has finished on both computers.",
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
        "A file from {computer} is only in the cloud. Tell the program that synchronises the folder to keep it on this computer.",
    ),
}
_OF_FOLDER = {
    ProblemKind.PASSPHRASE: QT_TRANSLATE_NOOP(
        "SyncTexts",
        "The passphrase is no longer in the keyring. Stop, and start again with it. Nothing is lost by that.",
    ),
    ProblemKind.FOLDER: QT_TRANSLATE_NOOP(
        "SyncTexts", "The folder cannot be used at the moment. Changes are kept and shared when it is there again."
    ),
}


def problem_text(problem: Problem) -> str:
    """Return the sentences about a problem."""
    folder = _OF_FOLDER.get(problem.kind)
    if folder and not problem.computer:
        told = QCoreApplication.translate("SyncTexts", folder)
        return (
            f"{in_one_piece(describe_error(problem.error))} {told}"
            if problem.error and not _is_known(problem)
            else told
        )
    computer = plain_line(problem.computer) or QCoreApplication.translate("SyncTexts", "another computer")
    text = QCoreApplication.translate("SyncTexts", _OF_COMPUTER[problem.kind]).format(computer=computer)
    return text[:1].upper() + text[1:]


def _is_known(problem: Problem) -> bool:
    """Return whether the error says no more than the kind of the problem."""
    return problem.kind is ProblemKind.PASSPHRASE
