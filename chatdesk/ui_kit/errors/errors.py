"""The wording of errors: what happened, what it means for the user, and the next step as a button.

The only place that turns error types into sentences; the command line reads them here without Qt and adds advice of its own
(app/console/error_texts.py). A test keeps them complete. A server's own words are only ever inserted as values and shown as plain text.
"""

from dataclasses import fields
from functools import cache

from chatdesk.kernel.errors import attachment_errors, keyring_errors
from chatdesk.kernel.errors import base as cloud_errors
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import FailureAction, FailureText, NextStep, Wording

_STEP_WORDS = {
    NextStep.RETRY: QT_TRANSLATE_NOOP("Errors", "Try again"),
    NextStep.CONTINUE: QT_TRANSLATE_NOOP("Errors", "Continue"),
    NextStep.SERVER_SETTINGS: QT_TRANSLATE_NOOP("Errors", "Server settings"),
    NextStep.CHOOSE_MODEL: QT_TRANSLATE_NOOP("Errors", "Choose a model"),
    NextStep.USE_BUILT_IN: QT_TRANSLATE_NOOP("Errors", "Use the built-in model"),
    NextStep.NEW_CHAT: QT_TRANSLATE_NOOP("Errors", "New chat"),
    NextStep.ENGINE_SETTINGS: QT_TRANSLATE_NOOP("Errors", "Engine settings"),
    NextStep.MORE_CONTEXT: QT_TRANSLATE_NOOP("Errors", "Use a {size} context"),
    NextStep.LEAVE_OUT: QT_TRANSLATE_NOOP("Errors", "Leave out oldest"),
    NextStep.SUMMARISE: QT_TRANSLATE_NOOP("Errors", "Summarise oldest"),
    NextStep.SEND_ANYWAY: QT_TRANSLATE_NOOP("Errors", "Send anyway"),
    NextStep.DIAGNOSE: QT_TRANSLATE_NOOP("Errors", "Troubleshoot"),
    NextStep.USE_TLS: QT_TRANSLATE_NOOP("Errors", "Use https"),
    NextStep.SIGN_IN: QT_TRANSLATE_NOOP("Errors", "Sign in…"),
}
_TWO_SENTENCES = QT_TRANSLATE_NOOP("Errors", "{first} {second}")

_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    errors.ServerError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not answer."), steps=(NextStep.SERVER_SETTINGS, NextStep.RETRY)
    ),
    errors.AddressInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "Not a valid server address: {address}"),
        QT_TRANSLATE_NOOP("Errors", "It must start with http:// or https:// and must not contain a user name or key."),
        (NextStep.SERVER_SETTINGS,),
    ),
    errors.ServerUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not respond at {address}."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. Start the server, or check its address and your connection."
        ),
        (NextStep.USE_BUILT_IN, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    errors.ServerTimedOut: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} did not respond within {seconds:.0f} s."),
        QT_TRANSLATE_NOOP("Errors", "It may be loading a large model or handling another request."),
        (NextStep.CHOOSE_MODEL, NextStep.DIAGNOSE, NextStep.RETRY),
    ),
    errors.RequestTimedOut: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} timed out (408)."),
        QT_TRANSLATE_NOOP("Errors", "Your message is saved. The connection may be slow, or the server busy."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    errors.CertificateRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its certificate is not trusted."),
        QT_TRANSLATE_NOOP("Errors", "The address may be wrong, or someone may be intercepting the connection."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    errors.ProxyFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The proxy refused the request to {server}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check the proxy in the server settings and in the system settings. You can turn off the system "
            "proxy for Chatdesk.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    errors.ProxyLoginRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "The proxy for {server} requires a valid user name and password (407)."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Enter them in the server settings, next to the proxy. For the system proxy, enter them in the "
            "system settings.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    keyring_errors.SecretsUnreachable: Wording(
        QT_TRANSLATE_NOOP(
            "Errors",
            "Nothing was sent to {server}: the system keyring, which stores its headers, is locked or not responding.",
        ),
        QT_TRANSLATE_NOOP("Errors", "Unlock it and try again."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    keyring_errors.HeaderMissing: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "Nothing was sent to {server}: the value of its header {header} is not in the keyring."
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Enter it again in the server settings. Values are saved for one address only. Without a system "
            "keyring, they are kept only until you quit Chatdesk.",
        ),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.ServerOptionUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: one of its settings is not valid."),
        steps=(NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.ProxyUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its proxy address is not valid."),
        QT_TRANSLATE_NOOP("Errors", "It must start with http://, https:// or socks5:// and must not contain a path."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.AuthoritiesUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its CA file is not valid."),
        QT_TRANSLATE_NOOP("Errors", "The file must be in PEM format and contain at least one certificate."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.ExtraBodyUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its extra JSON is not valid."),
        QT_TRANSLATE_NOOP("Errors", "The server settings show the line with the error."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.RedirectRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has moved to {location}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Chatdesk does not send an API key to a new address automatically. If the address is correct, enter "
            "it in the server settings.",
        ),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.MovedToTls: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} requires an encrypted connection."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Change its address to {address_there}. Then enter the API key again, because the saved key belongs "
            "to the old address.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.USE_TLS),
    ),
    errors.NotAChatServer: Wording(
        QT_TRANSLATE_NOOP("Errors", "The server at {url} is not a chat API."),
        QT_TRANSLATE_NOOP("Errors", "The port may be wrong, or /v1 may be missing at the end of the address."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS, NextStep.DIAGNOSE),
    ),
    errors.KeyMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} requires an API key, but none is saved."),
        QT_TRANSLATE_NOOP("Errors", "Paste the API key from your account. It is stored only in the system keyring."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    errors.KeyRejected: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} rejected the API key (401)."),
        QT_TRANSLATE_NOOP("Errors", "It may have expired, or belong to another server or region."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    cloud_errors.SignInNeeded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} requires you to sign in to use this model."),
        QT_TRANSLATE_NOOP("Errors", "Sign in on the page that opens in your browser, then try again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.SIGN_IN),
    ),
    errors.KeyExposed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The API key for {server} was not sent, because {address} is not encrypted."),
        QT_TRANSLATE_NOOP("Errors", "Use an https address, or allow sending it in the server settings."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    errors.AccessDenied: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} denied access (403)."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Your account may not have access to this model, or a reverse proxy may not accept the host name.",
        ),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS, NextStep.DIAGNOSE),
    ),
    errors.ModelNotFound: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has no model named {model}."),
        QT_TRANSLATE_NOOP("Errors", "It may have been removed or renamed."),
        (NextStep.RETRY, NextStep.DIAGNOSE, NextStep.CHOOSE_MODEL),
    ),
    errors.RateLimited: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} received too many requests (429). Wait before trying again."),
        QT_TRANSLATE_NOOP("Errors", "Your message is saved. Try again in a moment."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    errors.QuotaExhausted: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your account at {server} has no credit left."),
        QT_TRANSLATE_NOOP("Errors", "Add credit to the account, or choose another model."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    errors.ContextTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "This chat does not fit the model's context window."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was left out. Choose an action, or a model with a larger context window."),
        (NextStep.CHOOSE_MODEL, NextStep.SEND_ANYWAY, NextStep.SUMMARISE, NextStep.LEAVE_OUT),
    ),
    errors.PicturesRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} does not support pictures."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model with vision, or send without the pictures."),
        (NextStep.CHOOSE_MODEL,),
    ),
    errors.MemoryExceeded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not have enough memory for {model}."),
        QT_TRANSLATE_NOOP("Errors", "Use a smaller context window, unload other models, or choose a smaller model."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    errors.RequestRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} rejected the request ({status})."),
        "{detail}",
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    errors.ServerFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} reported an internal error."),
        "{detail}",
        (NextStep.CHOOSE_MODEL, NextStep.CONTINUE, NextStep.RETRY),
    ),
    errors.ModelProcessEnded: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model process on {server} ended."),
        QT_TRANSLATE_NOOP("Errors", "It may have run out of memory. The model is reloaded with the next question."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.ServerLoading: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} is still loading its model."),
        QT_TRANSLATE_NOOP("Errors", "Large models can take a few minutes to load."),
        (NextStep.RETRY,),
    ),
    errors.ConnectionLost: Wording(
        QT_TRANSLATE_NOOP("Errors", "The connection to {server} was lost. The text received so far is kept."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.AnswerEmpty: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} returned an empty answer."),
        QT_TRANSLATE_NOOP("Errors", "Try again, or send it a message in a chat to see whether it answers."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    errors.AnswerEndedEarly: Wording(
        QT_TRANSLATE_NOOP("Errors", "The connection ended before the answer was complete."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.AnswerUndecodable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The compressed response from {server} could not be decoded."),
        QT_TRANSLATE_NOOP("Errors", "Chatdesk does not request compression. A proxy may have changed the response."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    errors.AnswerTooLarge: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "The answer exceeded the size limit and was cut off. The text received so far is kept."
        ),
        steps=(NextStep.RETRY,),
    ),
    errors.ProgramClosed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk was closed while this answer was being written."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.UnexpectedFailure: Wording(
        QT_TRANSLATE_NOOP("Errors", "An internal error occurred in Chatdesk. The text received so far is kept."),
        QT_TRANSLATE_NOOP("Errors", "Your message is saved. Try again, or see the log for details."),
        (NextStep.CONTINUE, NextStep.RETRY),
    ),
    keyring_errors.KeyringError: Wording(QT_TRANSLATE_NOOP("Errors", "The system keyring could not be used.")),
    keyring_errors.KeyringUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "This system has no secure keyring."),
        QT_TRANSLATE_NOOP("Errors", "The API key is used until you quit Chatdesk, and is not saved."),
    ),
    keyring_errors.KeyringLocked: Wording(
        QT_TRANSLATE_NOOP("Errors", "The system keyring is locked."),
        QT_TRANSLATE_NOOP(
            "Errors", "Unlock it and try again. Until then, the API key is used only until you quit Chatdesk."
        ),
    ),
    keyring_errors.KeyringFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The system keyring did not respond or reported an error."),
        QT_TRANSLATE_NOOP(
            "Errors", "Try again. Saved keys are unchanged, and a new API key is used only until you quit Chatdesk."
        ),
    ),
    keyring_errors.KeyInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "This does not look like an API key."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "An API key is a single line of letters, digits and symbols. Copy it again without any surrounding text.",
        ),
    ),
    PresetInvalid: Wording(QT_TRANSLATE_NOOP("Errors", "This is not a valid preset. See line {line}.")),
    attachment_errors.AttachmentError: Wording(QT_TRANSLATE_NOOP("Errors", "{name} cannot be attached.")),
    attachment_errors.AttachmentUnreadable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be read."),
        QT_TRANSLATE_NOOP("Errors", "It may have been moved, or you may not have permission to open it."),
    ),
    attachment_errors.AttachmentNotAFile: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is a folder or a device, not a file.")
    ),
    attachment_errors.AttachmentTooLarge: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is larger than {megabytes} MB, the maximum size for attachments.")
    ),
    attachment_errors.AttachmentNotAPicture: Wording(
        QT_TRANSLATE_NOOP("Errors", "This file type is not supported yet: {name}")
    ),
    attachment_errors.AttachmentNotAText: Wording(QT_TRANSLATE_NOOP("Errors", "“{name}” is not a text file.")),
    attachment_errors.AttachmentNotATable: Wording(
        QT_TRANSLATE_NOOP("Errors", "“{name}” is not a table with column headings. See line {line}.")
    ),
    attachment_errors.TooManyRows: Wording(
        QT_TRANSLATE_NOOP("Errors", "A batch run can have at most {limit} rows or files.")
    ),
    attachment_errors.PictureDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is damaged or incomplete and cannot be shown.")
    ),
    attachment_errors.PictureTooManyPixels: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} has more than {megapixels} megapixels. Resize it, then try again.")
    ),
    attachment_errors.TooManyPictures: Wording(
        QT_TRANSLATE_NOOP("Errors", "A message can have at most {limit} pictures. Send the rest in another message.")
    ),
    errors.ChatdeskError: Wording(QT_TRANSLATE_NOOP("Errors", "Something went wrong.")),
}


def describe_failure(failure: Failure) -> FailureText:
    """Return the words for a failure kept with a message."""
    from chatdesk.kernel.errors.stored_errors import (  # noqa: PLC0415 - start-up time: a start has none
        from_failure,
    )

    return describe_error(from_failure(failure))


def describe_error(error: errors.ChatdeskError) -> FailureText:
    """Return the words for an error. A type without an entry of its own is worded by its parent's."""
    wording = wording_of(error)
    known = {field.name: getattr(error, field.name) for field in fields(error)}
    values = known
    if isinstance(error, errors.ContextTooLong):
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
                _translated(_STEP_WORDS[step], values),
                primary=index == best,
                goes_on=step is NextStep.CONTINUE,
            )
            for index, step in enumerate(wording.steps)
        ),
        details=_details(error, known),
    )


def wording_of(error: errors.ChatdeskError) -> Wording:
    """Return the English sources of an error's words."""
    wordings = _all_wordings()
    return next(wordings[kind] for kind in type(error).__mro__ if kind in wordings)


@cache
def _all_wordings() -> dict[type[errors.ChatdeskError], Wording]:
    """Return the table with those of other subjects. They are loaded with the first error: a start has none."""
    from chatdesk.ui_kit.errors.wordings import WORDINGS  # noqa: PLC0415 - start-up time: see above

    return _WORDINGS | WORDINGS


def in_one_piece(text: FailureText) -> str:
    """Return sentence and consequence one after the other, as the language joins sentences."""
    return joined(text.sentence, text.consequence)


def joined(first: str, second: str) -> str:
    """Return two sentences one after the other, as the language joins them. Either may be empty."""
    if not (first and second):
        return first or second
    return _in_language(_TWO_SENTENCES).format(first=first, second=second)


def _translated(source: str, values: dict[str, object]) -> str:
    return _in_language(source).format_map(values) if source else ""


def _in_language(source: str) -> str:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - the command line reads the table where there is no Qt

    return QCoreApplication.translate("Errors", source)


def _details(error: errors.ChatdeskError, values: dict[str, object]) -> str:
    """For "More": the error's name and everything it knows, untranslated on purpose: it is for a report. Last what was answered."""
    told = {name: value for name, value in values.items() if value not in {"", None, 0}}
    reply = told.pop("reply", "")
    known = (f"{name}: {value}" for name, value in told.items())
    return "\n".join((type(error).__name__, *known, *(("", str(reply)) if reply else ())))
