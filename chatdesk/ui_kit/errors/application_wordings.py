"""The wording of what can go wrong with applications, for `errors.py`."""

from chatdesk.kernel.errors import application_errors
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

APPLICATION_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    application_errors.ApplicationUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} is not published, or is turned off."),
        QT_TRANSLATE_NOOP("Errors", "Publish it, or turn on its workflow, then try again."),
        (NextStep.SERVER_SETTINGS, NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.NotAChatApplication: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} is not a chat application."),
        QT_TRANSLATE_NOOP("Errors", "Enter the API key of a chat app, an agent or a chatflow."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    application_errors.ApplicationLacksModel: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} has no model set up."),
        QT_TRANSLATE_NOOP("Errors", "Its administrator needs to choose a model or enter the API key for it."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.ApplicationWaits: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "The application at {server} is waiting for a form that can only be filled in on its own page."
        ),
        QT_TRANSLATE_NOOP("Errors", "Fill in the form there, then send your message again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.ApplicationSilent: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} finished without an answer."),
        QT_TRANSLATE_NOOP(
            "Errors", "In n8n, turn on streaming for both the Chat Trigger and the node that answers, or for neither."
        ),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    application_errors.ConversationForgotten: Wording(
        QT_TRANSLATE_NOOP("Errors", "The application at {server} no longer knows this conversation."),
        QT_TRANSLATE_NOOP("Errors", "Try again. The earlier messages are then sent with your message."),
        (NextStep.NEW_CHAT, NextStep.RETRY),
    ),
}
