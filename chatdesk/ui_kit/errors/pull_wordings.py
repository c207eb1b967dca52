"""The wording of what can go wrong with downloads of models, for `errors.py`; with it go those of `management_wordings.py`."""

from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import pull_errors
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording
from chatdesk.ui_kit.errors.management_wordings import MANAGEMENT_WORDINGS

PULL_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    **MANAGEMENT_WORDINGS,
    pull_errors.PullError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."), steps=(NextStep.RETRY,)
    ),
    pull_errors.PullNameUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is no model named {model} in the library."),
        QT_TRANSLATE_NOOP("Errors", "Look for its exact name, with what stands behind the colon, at ollama.com."),
    ),
    pull_errors.PullNameMistyped: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is no model named {model} in the library."),
        QT_TRANSLATE_NOOP("Errors", "Names like it: {near}."),
    ),
    pull_errors.PullTagUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} is not there in this quantisation."),
        QT_TRANSLATE_NOOP("Errors", "Look on its page which ones it has, or leave out what stands behind the colon."),
    ),
    pull_errors.PullNotAllowed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The library does not give {model} to everyone."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "It may be private, or have terms to agree to on its page. Sign in there, and in {server}, then try again.",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PullDiskShort: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough room on the disk for {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "{needed_gigabytes:.1f} GB are still to come, {free_gigabytes:.1f} GB are free. Make room, or get it anyway if {server} "
            "keeps its models elsewhere.",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PullDiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk where {server} keeps its models is full."),
        QT_TRANSLATE_NOOP("Errors", "Make room, or remove a model you do not need. What has come is kept."),
        (NextStep.RETRY,),
    ),
    pull_errors.RegistryUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not reach the library of models."),
        QT_TRANSLATE_NOOP("Errors", "Is it connected to the Internet? What has come is kept."),
        (NextStep.RETRY,),
    ),
    pull_errors.RegistryUntrusted: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not trust the certificate of the library of models."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "A proxy of your network may be opening encrypted connections: {server} needs its certificate authority. A wrong date of the "
            "computer has the same effect. It says: {reason}",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PartDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "What {server} kept of an earlier download of {model} is damaged."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Every try ends at once until the damaged files are removed from the folder “blobs” of {server}: their names contain "
            "“-partial”. {files}",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.ServerTooOld: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} needs a newer version of {server}."),
        QT_TRANSLATE_NOOP("Errors", "Update it, then try again."),
        (NextStep.RETRY,),
    ),
    pull_errors.PullBrokenOff: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} stopped downloading {model}."),
        QT_TRANSLATE_NOOP("Errors", "What has come is kept; another try goes on from there."),
        (NextStep.RETRY,),
    ),
    pull_errors.PullFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."),
        QT_TRANSLATE_NOOP("Errors", "It says: {detail}"),
        (NextStep.RETRY,),
    ),
}
