"""The wording of what can go wrong with downloads of models, for `errors.py`."""

from chatdesk.domain import errors, pull_errors
from chatdesk.domain.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui.error_wording import NextStep, Wording

PULL_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    pull_errors.PullError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."), steps=(NextStep.RETRY,)
    ),
    pull_errors.PullNameUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is no model named {model} in the library."),
        QT_TRANSLATE_NOOP("Errors", "Look for its exact name, with what stands behind the colon, at ollama.com."),
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
