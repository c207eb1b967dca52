"""The wording for a chat that exceeds the context window: the next steps depend on its length and on who found it."""

from PySide6.QtCore import QLocale

from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.wording_types import NextStep, Wording

_KIBI = 1024


def too_long_wording(error: ContextTooLong) -> Wording:
    """Return the texts, and the next steps that help."""
    sentence = QT_TRANSLATE_NOOP("Errors", "This chat does not fit the model's context window.")
    if not error.can_leave_out:
        sentence = QT_TRANSLATE_NOOP(
            "Errors", "Even without older messages, this does not fit the model's context window."
        )
    steps = [NextStep.CHOOSE_MODEL, NextStep.SEND_ANYWAY]
    if error.can_leave_out:
        steps += (NextStep.SUMMARISE, NextStep.LEAVE_OUT)
    if error.enough:
        steps.append(NextStep.MORE_CONTEXT)
    if error.has_documents:
        steps.append(NextStep.USE_PASSAGES)
    return Wording(sentence, _consequence(error), tuple(steps))


def too_long_values(error: ContextTooLong) -> dict[str, object]:
    """Return the values of the placeholders, formatted for the language."""
    exactly = QLocale().toString
    return {
        "prompt_tokens": exactly(error.prompt_tokens or 0),
        "limit": exactly(error.limit or 0),
        "size": size_name(error.enough or 0),
    }


def size_name(tokens: int) -> str:
    """Return the usual name of a context size: 8K for 8,192 tokens."""
    return f"{tokens // _KIBI}K" if tokens >= _KIBI and tokens % _KIBI == 0 else QLocale().toString(tokens)


def _consequence(error: ContextTooLong) -> str:
    if error.server and error.prompt_tokens and error.limit:
        return QT_TRANSLATE_NOOP(
            "Errors", "{server} counted {prompt_tokens} tokens; its context window is {limit}. Nothing was left out."
        )
    if error.enough and not error.server:
        return QT_TRANSLATE_NOOP("Errors", "Nothing has been sent yet. A larger context window uses more memory.")
    return QT_TRANSLATE_NOOP(
        "Errors", "Nothing was left out. Choose an action, or a model with a larger context window."
    )
