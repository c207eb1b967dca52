"""The wording of what can go wrong when models are copied, deleted, loaded or made, beside those of downloads."""

from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import model_management_errors
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

MANAGEMENT_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    model_management_errors.ModelNotChanged: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not do this with {model}."),
        QT_TRANSLATE_NOOP("Errors", "It says: {detail}"),
        (NextStep.RETRY,),
    ),
    model_management_errors.ModelNameTaken: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has a model named {model} already."),
        QT_TRANSLATE_NOOP("Errors", "Choose another name, or delete that one first."),
    ),
    model_management_errors.ModelFileRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{file} is no model that {server} can read."),
        QT_TRANSLATE_NOOP("Errors", "It takes GGUF files that are whole and of a kind it knows. {detail}"),
    ),
    model_management_errors.ModelFileUnreadable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be read."),
        QT_TRANSLATE_NOOP("Errors", "Is it still there, and may you read it? ({reason})"),
        (NextStep.RETRY,),
    ),
}
