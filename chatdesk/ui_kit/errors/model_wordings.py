"""The wording of what can go wrong with models: downloads, management, the built-in engine."""

from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import engine_errors
from chatdesk.kernel.errors import model_errors as model_management_errors
from chatdesk.kernel.errors import model_errors as pull_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

# The wording of what can go wrong when models are copied, deleted, loaded or made, beside those of downloads.

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


# The wording of what goes wrong with the built-in engine, for the table in `errors.py`.

ENGINE_WORDINGS: dict[type[ChatdeskError], Wording] = {
    engine_errors.EngineError: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine could not start."),
        steps=(NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    engine_errors.EngineNotInstalled: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Connect Ollama or another server in the settings instead."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.StarterModelMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file of the built-in model is missing."),
        QT_TRANSLATE_NOOP("Errors", "Connect Ollama or another server in the settings instead."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.ModelFileMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file of {model} is no longer there."),
        QT_TRANSLATE_NOOP("Errors", "It was moved or deleted, or its disk is not connected. Your message is saved."),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.ModelNotLoaded: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine could not load {model}."),
        QT_TRANSLATE_NOOP(
            "Errors", "It says: {reason}. Your message is saved; choose another model, or look at the log."
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.LoadBrokenOff: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine ended while it loaded {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "The computer may not have enough memory. Choose a smaller model, or less context in the settings.",
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.ProcessorUnsupported: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine needs a processor with {feature}, which this one lacks."),
        QT_TRANSLATE_NOOP("Errors", "You can still use Ollama or a server on the network."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.LibraryMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine needs the system library {library}, which is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Install it with your system's package manager, then try again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    engine_errors.EngineStopped: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine stopped. What arrived is kept."),
        QT_TRANSLATE_NOOP(
            "Errors", "The computer may have run out of memory. The engine starts again with the next question."
        ),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.CONTINUE),
    ),
}


# The wording of what can go wrong with downloads of models, for `errors.py`; with it go those of
# `model_wordings.py`.

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
