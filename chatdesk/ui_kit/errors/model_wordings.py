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
        QT_TRANSLATE_NOOP("Errors", "{server} could not complete the action for {model}."),
        QT_TRANSLATE_NOOP("Errors", "Server message: {detail}"),
        (NextStep.RETRY,),
    ),
    model_management_errors.ModelNameTaken: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} already has a model named {model}."),
        QT_TRANSLATE_NOOP("Errors", "Choose another name, or delete the existing model first."),
    ),
    model_management_errors.ModelFileRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} cannot read the model file {file}."),
        QT_TRANSLATE_NOOP("Errors", "The GGUF file must be complete and of a supported architecture. {detail}"),
    ),
    model_management_errors.ModelFileUnreadable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be read."),
        QT_TRANSLATE_NOOP("Errors", "Check that the file exists and that you have permission to read it ({reason})."),
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
        QT_TRANSLATE_NOOP("Errors", "The built-in model file is missing."),
        QT_TRANSLATE_NOOP("Errors", "Connect Ollama or another server in the settings instead."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.ModelFileMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file of {model} is missing."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. The file was moved or deleted, or its disk is not connected."
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.ModelNotLoaded: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine could not load {model}."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. Choose another model, or see the log. Engine error: {reason}"
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.LoadBrokenOff: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine stopped while loading {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "The computer may not have enough memory. Choose a smaller model, or reduce the context window in "
            "the settings.",
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.ProcessorUnsupported: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "The built-in engine needs a processor with {feature}, which this computer does not have."
        ),
        QT_TRANSLATE_NOOP("Errors", "You can still use Ollama or a server on the network."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.LibraryMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine needs the system library {library}, which is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Install it with your system's package manager, then try again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    engine_errors.EngineStopped: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine stopped. The text received so far is kept."),
        QT_TRANSLATE_NOOP(
            "Errors", "The computer may have run out of memory. The engine restarts with the next question."
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
        QT_TRANSLATE_NOOP("Errors", "{model} was not found in the model library."),
        QT_TRANSLATE_NOOP("Errors", "Look up the exact name, including the tag after the colon, at ollama.com."),
    ),
    pull_errors.PullNameMistyped: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} was not found in the model library."),
        QT_TRANSLATE_NOOP("Errors", "Similar names: {near}."),
    ),
    pull_errors.PullTagUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} is not available in this quantisation."),
        QT_TRANSLATE_NOOP(
            "Errors", "See the available quantisations on the model's page, or leave out the tag after the colon."
        ),
    ),
    pull_errors.PullNotAllowed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Access to {model} is restricted."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "It may be private, or you may need to accept its terms on the model's page. Sign in there and in "
            "{server}, then try again.",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PullDiskShort: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough disk space for {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB free. Free some disk space, or "
            "download anyway if {server} stores its models on another disk.",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PullDiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk where {server} stores its models is full."),
        QT_TRANSLATE_NOOP(
            "Errors", "Free some disk space, or delete a model you do not need. The part downloaded so far is kept."
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.RegistryUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not reach the model library."),
        QT_TRANSLATE_NOOP("Errors", "Check its internet connection. The part downloaded so far is kept."),
        (NextStep.RETRY,),
    ),
    pull_errors.RegistryUntrusted: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not trust the certificate of the model library."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "A proxy on your network may be inspecting encrypted connections. If so, {server} needs its CA "
            "certificate. Also check the date and time of the computer. Error: {reason}",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PartDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The partial download of {model} on {server} is damaged."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Downloads fail until you delete the damaged files from the “blobs” folder of {server}. Their names "
            "contain “-partial”. {files}",
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
        QT_TRANSLATE_NOOP("Errors", "The part downloaded so far is kept. Try again to resume."),
        (NextStep.RETRY,),
    ),
    pull_errors.PullFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."),
        QT_TRANSLATE_NOOP("Errors", "Server message: {detail}"),
        (NextStep.RETRY,),
    ),
}
