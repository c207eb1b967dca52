"""Errors in the language of the window: what happened, what it means for the user, and the next step as a button.

The English texts are data in `wordings.py`; the command line renders the same table without Qt (`app/console/error_texts.py`).
"""

from dataclasses import fields

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.errors.base import ChatdeskError, ContextTooLong
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP, TWO_SENTENCES
from chatdesk.ui_kit.errors.wording_types import FailureAction, FailureText, NextStep

_STEP_LABELS = {
    NextStep.RETRY: QT_TRANSLATE_NOOP("Errors", "Try again"),
    NextStep.CONTINUE: QT_TRANSLATE_NOOP("Errors", "Continue"),
    NextStep.SERVER_SETTINGS: QT_TRANSLATE_NOOP("Errors", "Provider settings"),
    NextStep.CHOOSE_MODEL: QT_TRANSLATE_NOOP("Errors", "Choose a model"),
    NextStep.USE_BUILT_IN: QT_TRANSLATE_NOOP("Errors", "Use the built-in model"),
    NextStep.NEW_CHAT: QT_TRANSLATE_NOOP("Errors", "New chat"),
    NextStep.ENGINE_SETTINGS: QT_TRANSLATE_NOOP("Errors", "Engine settings"),
    NextStep.MORE_CONTEXT: QT_TRANSLATE_NOOP("Errors", "Use a {size} context"),
    NextStep.LEAVE_OUT: QT_TRANSLATE_NOOP("Errors", "Leave out oldest"),
    NextStep.SUMMARISE: QT_TRANSLATE_NOOP("Errors", "Summarise oldest"),
    NextStep.SEND_ANYWAY: QT_TRANSLATE_NOOP("Errors", "Send anyway"),
    NextStep.USE_PASSAGES: QT_TRANSLATE_NOOP("Errors", "Use the relevant passages"),
    NextStep.SEND_WITHOUT_PASSAGES: QT_TRANSLATE_NOOP("Errors", "Send anyway"),
    NextStep.DIAGNOSE: QT_TRANSLATE_NOOP("Errors", "Troubleshoot"),
    NextStep.USE_TLS: QT_TRANSLATE_NOOP("Errors", "Use https"),
    NextStep.SIGN_IN: QT_TRANSLATE_NOOP("Errors", "Sign in…"),
    NextStep.MODEL_SOURCES: QT_TRANSLATE_NOOP("Errors", "Model sources"),
    NextStep.MODEL_PAGE: QT_TRANSLATE_NOOP("Errors", "Open its page"),
}


def describe_failure(failure: Failure) -> FailureText:
    """Return the texts for a failure stored with a message."""
    from chatdesk.kernel.errors.registry import from_failure  # noqa: PLC0415 - start-up time: needed for errors only

    return describe_error(from_failure(failure))


def describe_error(error: ChatdeskError) -> FailureText:
    """Return the texts for an error. A type without an entry in the table has the wording of its base class."""
    from chatdesk.ui_kit.errors.wordings import wording_of  # noqa: PLC0415 - start-up time: needed for errors only

    wording = wording_of(type(error))
    known = {field.name: getattr(error, field.name) for field in fields(error)}
    values = known
    if isinstance(error, ContextTooLong):
        from chatdesk.ui_kit.errors.context_wordings import (  # noqa: PLC0415 - start-up time
            too_long_values,
            too_long_wording,
        )

        wording, values = too_long_wording(error), {**known, **too_long_values(error)}
    best = len(wording.steps) - 1
    return FailureText(
        sentence=_translated(wording.sentence, values),
        consequence=_translated(wording.consequence, values),
        actions=tuple(
            FailureAction(
                step.value,
                _translated(_STEP_LABELS[step], values),
                primary=index == best,
                continues_answer=step is NextStep.CONTINUE,
            )
            for index, step in enumerate(wording.steps)
        ),
        details=_details(error, known),
    )


def sentence_and_consequence(text: FailureText) -> str:
    """Return the sentence and the consequence, joined as the language joins sentences."""
    return joined(text.sentence, text.consequence)


def joined(first: str, second: str) -> str:
    """Return two sentences, joined as the language joins sentences. Either may be empty."""
    if not (first and second):
        return first or second
    return _in_language(TWO_SENTENCES).format(first=first, second=second)


def _translated(source: str, values: dict[str, object]) -> str:
    return _in_language(source).format_map(values) if source else ""


def _in_language(source: str) -> str:
    return QCoreApplication.translate("Errors", source)


def _details(error: ChatdeskError, values: dict[str, object]) -> str:
    """Return the text under "More": the type and all fields, untranslated because it is meant for bug reports. The reply comes last."""
    shown = {name: value for name, value in values.items() if value not in {"", None, 0}}
    reply = shown.pop("reply", "")
    lines = (f"{name}: {value}" for name, value in shown.items())
    return "\n".join((type(error).__name__, *lines, *(("", str(reply)) if reply else ())))
