"""The wording of errors: what happened, what it means for the person, and the next step as a button.

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
    NextStep.MORE_CONTEXT: QT_TRANSLATE_NOOP("Errors", "Read it with {size} context"),
    NextStep.LEAVE_OUT: QT_TRANSLATE_NOOP("Errors", "Leave out the oldest"),
    NextStep.SUMMARISE: QT_TRANSLATE_NOOP("Errors", "Summarise the oldest"),
    NextStep.SEND_ANYWAY: QT_TRANSLATE_NOOP("Errors", "Send anyway"),
    NextStep.DIAGNOSE: QT_TRANSLATE_NOOP("Errors", "Find out why"),
    NextStep.USE_TLS: QT_TRANSLATE_NOOP("Errors", "Use https"),
    NextStep.SIGN_IN: QT_TRANSLATE_NOOP("Errors", "Sign in…"),
}
_TWO_SENTENCES = QT_TRANSLATE_NOOP("Errors", "{first} {second}")

_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    errors.ServerError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not answer."), steps=(NextStep.SERVER_SETTINGS, NextStep.RETRY)
    ),
    errors.AddressInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "This is not the address of a server: {address}"),
        QT_TRANSLATE_NOOP("Errors", "It starts with http:// or https:// and has no user name or key before the host."),
        (NextStep.SERVER_SETTINGS,),
    ),
    errors.ServerUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not answer at {address}."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. Start the server, or check the address and your connection."
        ),
        (NextStep.USE_BUILT_IN, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    errors.ServerTimedOut: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} did not answer within {seconds:.0f} s."),
        QT_TRANSLATE_NOOP("Errors", "It may be loading a large model, or busy with another request."),
        (NextStep.CHOOSE_MODEL, NextStep.DIAGNOSE, NextStep.RETRY),
    ),
    errors.RequestTimedOut: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} gave up waiting before it answered (408)."),
        QT_TRANSLATE_NOOP("Errors", "The connection may be slow, or the server busy. Your message is saved."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    errors.CertificateRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "The certificate of {server} cannot be trusted, so nothing was sent."),
        QT_TRANSLATE_NOOP("Errors", "The address may be wrong, or someone may be intercepting the connection."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    errors.ProxyFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The proxy on the way to {server} did not let the request through."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check the proxy in the server's settings, or the system's, which can be switched off for Chatdesk.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    errors.ProxyLoginRefused: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "The proxy on the way to {server} wants a user name and a password, or others (407)."
        ),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Enter them with the proxy in the server's settings. Those of the system's proxy belong into the system's settings.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    keyring_errors.SecretsUnreachable: Wording(
        QT_TRANSLATE_NOOP(
            "Errors",
            "{server} was not asked: the system keyring, which holds its headers, is locked or does not answer.",
        ),
        QT_TRANSLATE_NOOP("Errors", "Unlock it and try again."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    keyring_errors.HeaderMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} was not asked: the value of its header {header} is not in the keyring."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Type it again in the server's settings. Values are kept for one address, and without a system keyring for one run.",
        ),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.ServerOptionUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} was not asked: a setting of it cannot be used."),
        steps=(NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.ProxyUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} was not asked: the address of its proxy cannot be used."),
        QT_TRANSLATE_NOOP("Errors", "It starts with http://, https:// or socks5:// and has no path."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.AuthoritiesUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} was not asked: its CA file cannot be used."),
        QT_TRANSLATE_NOOP("Errors", "It must be a PEM file with at least one certificate in it."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.ExtraBodyUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} was not asked: its extra JSON cannot be used."),
        QT_TRANSLATE_NOOP("Errors", "The form of the server says in which line the mistake is."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.RedirectRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has moved to {location}."),
        QT_TRANSLATE_NOOP(
            "Errors", "Chatdesk sends no key to a new address by itself. If it is right, enter it in the settings."
        ),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    errors.MovedToTls: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} wants to be asked over an encrypted connection."),
        QT_TRANSLATE_NOOP(
            "Errors", "Its address can become {address_there}. A saved key belongs to the old one: enter it again then."
        ),
        (NextStep.SERVER_SETTINGS, NextStep.USE_TLS),
    ),
    errors.NotAChatServer: Wording(
        QT_TRANSLATE_NOOP("Errors", "Something answers at {url}, but it is not the API of a chat server."),
        QT_TRANSLATE_NOOP("Errors", "The port may be wrong, or /v1 may be missing at the end of the address."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS, NextStep.DIAGNOSE),
    ),
    errors.KeyMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} needs a key, but none is saved."),
        QT_TRANSLATE_NOOP("Errors", "Paste the key from your account there; it is kept in the system keyring only."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    errors.KeyRejected: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} did not accept the key (401)."),
        QT_TRANSLATE_NOOP("Errors", "It may have expired, or belong to another server or region."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    cloud_errors.SignInNeeded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} wants you to sign in for this model."),
        QT_TRANSLATE_NOOP("Errors", "The page opens in your browser. Then try again here."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.SIGN_IN),
    ),
    errors.KeyExposed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The key for {server} was not sent: {address} is not encrypted."),
        QT_TRANSLATE_NOOP("Errors", "Use an https address, or allow sending it in the server settings."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    errors.AccessDenied: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} refused access (403)."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "The account may not be allowed to use this model, or a proxy in front of the server does not know the server's host name.",
        ),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS, NextStep.DIAGNOSE),
    ),
    errors.ModelNotFound: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has no model named {model}."),
        QT_TRANSLATE_NOOP("Errors", "It may have been removed or renamed."),
        (NextStep.RETRY, NextStep.DIAGNOSE, NextStep.CHOOSE_MODEL),
    ),
    errors.RateLimited: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} asks you to wait: too many requests (429)."),
        QT_TRANSLATE_NOOP("Errors", "Nothing is lost. Try again in a moment."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    errors.QuotaExhausted: Wording(
        QT_TRANSLATE_NOOP("Errors", "The account at {server} has no credit left."),
        QT_TRANSLATE_NOOP("Errors", "Add credit there, or choose another model."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    errors.ContextTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "This chat is longer than the model can read at once."),
        QT_TRANSLATE_NOOP(
            "Errors", "Nothing was left out. Say what shall be done, or choose a model with a larger context."
        ),
        (NextStep.CHOOSE_MODEL, NextStep.SEND_ANYWAY, NextStep.SUMMARISE, NextStep.LEAVE_OUT),
    ),
    errors.PicturesRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} cannot see pictures."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model that can, or ask without pictures."),
        (NextStep.CHOOSE_MODEL,),
    ),
    errors.MemoryExceeded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has not enough memory for {model}."),
        QT_TRANSLATE_NOOP("Errors", "Give it less context, unload other models, or choose a smaller one."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    errors.RequestRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} did not accept the request ({status})."),
        "{detail}",
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    errors.ServerFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} reported an error of its own."),
        "{detail}",
        (NextStep.CHOOSE_MODEL, NextStep.CONTINUE, NextStep.RETRY),
    ),
    errors.ModelProcessEnded: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model's process at {server} ended."),
        QT_TRANSLATE_NOOP("Errors", "It may have run out of memory. The next question loads the model again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.ServerLoading: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} is still loading its model."),
        QT_TRANSLATE_NOOP("Errors", "Large models can take a minute or two."),
        (NextStep.RETRY,),
    ),
    errors.ConnectionLost: Wording(
        QT_TRANSLATE_NOOP("Errors", "The connection to {server} broke. What arrived is kept."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.AnswerEmpty: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} said nothing at all."),
        QT_TRANSLATE_NOOP("Errors", "Ask it something in a chat to see whether it answers there, or try again."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    errors.AnswerEndedEarly: Wording(
        QT_TRANSLATE_NOOP("Errors", "The connection ended before the answer was finished, so it may be incomplete."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.AnswerUndecodable: Wording(
        QT_TRANSLATE_NOOP("Errors", "What {server} sent came compressed and could not be unpacked."),
        QT_TRANSLATE_NOOP("Errors", "Something on the way may have changed it. Chatdesk does not ask for compression."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    errors.AnswerTooLarge: Wording(
        QT_TRANSLATE_NOOP("Errors", "The answer grew past the limit and was cut off. What arrived is kept."),
        steps=(NextStep.RETRY,),
    ),
    errors.ProgramClosed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk was closed while this answer was being written."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    errors.UnexpectedFailure: Wording(
        QT_TRANSLATE_NOOP("Errors", "Something went wrong in Chatdesk itself. What arrived is kept."),
        QT_TRANSLATE_NOOP("Errors", "The log tells more. Your message is saved, and trying again may help."),
        (NextStep.CONTINUE, NextStep.RETRY),
    ),
    keyring_errors.KeyringError: Wording(QT_TRANSLATE_NOOP("Errors", "The system keyring could not be used.")),
    keyring_errors.KeyringUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "This system has no keyring Chatdesk can trust."),
        QT_TRANSLATE_NOOP("Errors", "The key is used for this run only and is not saved."),
    ),
    keyring_errors.KeyringLocked: Wording(
        QT_TRANSLATE_NOOP("Errors", "The system keyring is locked."),
        QT_TRANSLATE_NOOP("Errors", "Unlock it and try again; until then the key is used for this run only."),
    ),
    keyring_errors.KeyringFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The system keyring did not answer, or failed."),
        QT_TRANSLATE_NOOP(
            "Errors", "Try again; until then it holds what it held, and a new key is used for this run only."
        ),
    ),
    keyring_errors.KeyInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "This does not look like a key."),
        QT_TRANSLATE_NOOP(
            "Errors", "A key is one line of letters, digits and symbols. Copy it again, without the text around it."
        ),
    ),
    PresetInvalid: Wording(QT_TRANSLATE_NOOP("Errors", "This cannot be read as a preset. Look at line {line}.")),
    attachment_errors.AttachmentError: Wording(QT_TRANSLATE_NOOP("Errors", "{name} cannot be attached.")),
    attachment_errors.AttachmentUnreadable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be read."),
        QT_TRANSLATE_NOOP("Errors", "It may have been moved, or you may not be allowed to open it."),
    ),
    attachment_errors.AttachmentNotAFile: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is not a file, but a folder or a device. Nothing was read.")
    ),
    attachment_errors.AttachmentTooLarge: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is larger than {megabytes} MB, the most that can be attached.")
    ),
    attachment_errors.AttachmentNotAPicture: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is not a PNG, JPEG, WebP or GIF picture, whatever its name says.")
    ),
    attachment_errors.AttachmentNotAText: Wording(QT_TRANSLATE_NOOP("Errors", "“{name}” is not a text file.")),
    attachment_errors.AttachmentNotATable: Wording(
        QT_TRANSLATE_NOOP("Errors", "“{name}” is not a table with named columns. Look at line {line}.")
    ),
    attachment_errors.TooManyRows: Wording(QT_TRANSLATE_NOOP("Errors", "At most {limit} rows or files at once.")),
    attachment_errors.PictureDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is damaged or incomplete and cannot be shown.")
    ),
    attachment_errors.PictureTooManyPixels: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} has more than {megapixels} megapixels. Make it smaller first.")
    ),
    attachment_errors.TooManyPictures: Wording(
        QT_TRANSLATE_NOOP("Errors", "A message takes {limit} pictures. Send the others with the next one.")
    ),
    errors.ChatdeskError: Wording(QT_TRANSLATE_NOOP("Errors", "Something went wrong.")),
}


def describe_failure(failure: Failure) -> FailureText:
    """Return the words for a failure kept with a message."""
    from chatdesk.kernel.errors.kept_errors import from_failure  # noqa: PLC0415 - start-up time: a start has none

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
    from chatdesk.ui_kit.errors.application_wordings import (  # noqa: PLC0415 - start-up time: see above
        APPLICATION_WORDINGS,
    )
    from chatdesk.ui_kit.errors.model_wordings import (  # noqa: PLC0415 - the same
        ENGINE_WORDINGS,
        PULL_WORDINGS,
    )
    from chatdesk.ui_kit.errors.storage_wordings import STORAGE_WORDINGS  # noqa: PLC0415 - likewise
    from chatdesk.ui_kit.errors.translation_wordings import TRANSLATION_WORDINGS  # noqa: PLC0415 - likewise

    of_subjects = (APPLICATION_WORDINGS, ENGINE_WORDINGS, PULL_WORDINGS, STORAGE_WORDINGS, TRANSLATION_WORDINGS)
    return _WORDINGS | {kind: wording for subject in of_subjects for kind, wording in subject.items()}


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
