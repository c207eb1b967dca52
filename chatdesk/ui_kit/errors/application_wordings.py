"""The wording of what can go wrong with applications, for `errors.py`."""

from chatdesk.kernel.errors import application_errors
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

APPLICATION_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    application_errors.ApplicationUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} is not published, or it is switched off."),
        QT_TRANSLATE_NOOP("Errors", "Publish it there, or switch its workflow on. Then try again."),
        (NextStep.SERVER_SETTINGS, NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.NotAChatApplication: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} answers no chats: it is of another kind."),
        QT_TRANSLATE_NOOP("Errors", "Enter the key of a chat app, an agent or a chatflow."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    application_errors.ApplicationLacksModel: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model that the application at {server} asks is not set up there."),
        QT_TRANSLATE_NOOP(
            "Errors", "Whoever looks after the application has to choose one, or to enter its key there."
        ),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.ApplicationWaits: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} waits for a form that only its own page can show."),
        QT_TRANSLATE_NOOP("Errors", "Fill it in there, then ask again here."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.ApplicationSilent: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} ran, and said nothing."),
        QT_TRANSLATE_NOOP(
            "Errors", "In n8n, the Chat Trigger and the node that answers must both stream, or neither of them."
        ),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.ConversationForgotten: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} no longer knows this conversation."),
        QT_TRANSLATE_NOOP("Errors", "Try again: it is told what was said so far."),
        (NextStep.NEW_CHAT, NextStep.RETRY),
    ),
}
