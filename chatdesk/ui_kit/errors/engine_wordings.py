"""The wording of what goes wrong with the built-in engine, for the table in `errors.py`."""

from chatdesk.kernel.errors import engine_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

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
