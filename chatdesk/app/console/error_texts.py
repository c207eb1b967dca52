"""How the command line tells of an error: its exit code, its name for programs, and a sentence.

The sentences are those of the window (`ui_kit/errors/errors.py`, which is read without Qt). Here is what differs: advice for a terminal instead of
buttons, and a sentence of its own where the window's speaks of chats. A type without an entry is told as its parent.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import NamedTuple

from chatdesk.app.console.problem import Problem
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.errors import (
    application_errors,
    attachment_errors,
    engine_errors,
    keyring_errors,
    storage_errors,
    translation_errors,
)
from chatdesk.kernel.errors import (
    base as cloud_errors,
)
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import (
    model_errors as model_management_errors,
)
from chatdesk.kernel.errors import (
    model_errors as pull_errors,
)
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_IN_THE_WINDOW = QT_TRANSLATE_NOOP("Console", "Enter it in Settings, in the Chatdesk window.")
_ANOTHER = QT_TRANSLATE_NOOP("Console", "Start it, or choose another server with --server.")


class Ending(NamedTuple):
    """How a run ends with an error. `name` is documented in docs/command-line.md and never changes."""

    code: ExitCode
    name: str
    advice: str = ""
    sentence: str = ""
    """In place of the window's."""
    tells_detail: bool = True
    """Whether the server's own words are shown: not where they are a web page."""


ENDINGS: Mapping[type[errors.ChatdeskError], Ending] = {
    errors.ChatdeskError: Ending(ExitCode.BUG, "unexpected"),
    errors.UnexpectedFailure: Ending(
        ExitCode.BUG,
        "unexpected",
        QT_TRANSLATE_NOOP("Console", "See the log for details."),
        QT_TRANSLATE_NOOP("Console", "An internal error occurred in Chatdesk ({kind})."),
    ),
    errors.ServerError: Ending(ExitCode.NOT_AVAILABLE, "server_unavailable"),
    errors.AddressInvalid: Ending(ExitCode.NOT_AVAILABLE, "address_invalid"),
    errors.ServerOptionUnusable: Ending(ExitCode.NOT_AVAILABLE, "server_misconfigured"),
    errors.ServerUnreachable: Ending(ExitCode.NOT_AVAILABLE, "server_unreachable", _ANOTHER),
    errors.ServerTimedOut: Ending(ExitCode.NOT_AVAILABLE, "server_timeout"),
    errors.RequestTimedOut: Ending(ExitCode.NOT_AVAILABLE, "server_timeout"),
    errors.CertificateRefused: Ending(ExitCode.NOT_AVAILABLE, "certificate_untrusted"),
    errors.ProxyFailed: Ending(ExitCode.NOT_AVAILABLE, "proxy_failed"),
    errors.RedirectRefused: Ending(
        ExitCode.NOT_AVAILABLE,
        "server_moved",
        QT_TRANSLATE_NOOP("Console", "If that address is correct, enter it in Settings, in the Chatdesk window."),
    ),
    errors.MovedToTls: Ending(
        ExitCode.NOT_AVAILABLE,
        "server_moved",
        QT_TRANSLATE_NOOP("Console", "Enter {address_there} in Settings, in the Chatdesk window."),
    ),
    errors.NotAChatServer: Ending(
        ExitCode.NOT_AVAILABLE,
        "not_a_chat_server",
        QT_TRANSLATE_NOOP("Console", "Check the port, and whether /v1 is missing at the end."),
        tells_detail=False,
    ),
    errors.KeyMissing: Ending(ExitCode.REFUSED, "key_missing", _IN_THE_WINDOW),
    errors.KeyRejected: Ending(ExitCode.REFUSED, "key_rejected"),
    cloud_errors.SignInNeeded: Ending(
        ExitCode.REFUSED, "sign_in_needed", QT_TRANSLATE_NOOP("Console", "Sign in here: {sign_in_url}")
    ),
    errors.KeyExposed: Ending(
        ExitCode.REFUSED,
        "key_exposed",
        QT_TRANSLATE_NOOP("Console", "Use https, or allow it in Settings, in the Chatdesk window."),
    ),
    errors.AccessDenied: Ending(ExitCode.REFUSED, "access_denied"),
    errors.ModelNotFound: Ending(
        ExitCode.NOT_AVAILABLE,
        "model_not_found",
        QT_TRANSLATE_NOOP("Console", "Run `chatdesk models` to list the available models."),
    ),
    errors.RateLimited: Ending(ExitCode.REFUSED, "rate_limited"),
    errors.QuotaExhausted: Ending(ExitCode.REFUSED, "quota_exhausted"),
    errors.ContextTooLong: Ending(
        ExitCode.REFUSED,
        "context_too_long",
        sentence=QT_TRANSLATE_NOOP("Console", "The question does not fit the model's context window."),
    ),
    errors.PicturesRefused: Ending(ExitCode.REFUSED, "pictures_refused"),
    errors.MemoryExceeded: Ending(ExitCode.REFUSED, "out_of_memory"),
    errors.RequestRefused: Ending(ExitCode.REFUSED, "request_refused"),
    errors.ServerFailed: Ending(ExitCode.REFUSED, "server_failed"),
    errors.ModelProcessEnded: Ending(
        ExitCode.CUT_OFF,
        "model_crashed",
        QT_TRANSLATE_NOOP("Console", "{model} will be reloaded for the next question."),
    ),
    errors.AnswerUndecodable: Ending(ExitCode.NOT_AVAILABLE, "answer_undecodable"),
    errors.ServerLoading: Ending(
        ExitCode.NOT_AVAILABLE, "server_loading", QT_TRANSLATE_NOOP("Console", "Try again in a moment.")
    ),
    errors.ConnectionLost: Ending(
        ExitCode.CUT_OFF,
        "connection_lost",
        sentence=QT_TRANSLATE_NOOP("Console", "The connection to {server} was lost."),
    ),
    errors.AnswerEndedEarly: Ending(ExitCode.CUT_OFF, "answer_incomplete"),
    errors.AnswerEmpty: Ending(ExitCode.CUT_OFF, "answer_empty"),
    errors.AnswerTooLarge: Ending(
        ExitCode.CUT_OFF,
        "answer_too_large",
        sentence=QT_TRANSLATE_NOOP("Console", "The answer exceeded {limit_bytes} bytes and was cut off."),
    ),
    errors.ProgramClosed: Ending(ExitCode.CUT_OFF, "program_closed"),
    application_errors.ApplicationUnavailable: Ending(ExitCode.NOT_AVAILABLE, "application_failed"),
    application_errors.NotAChatApplication: Ending(ExitCode.NOT_AVAILABLE, "application_failed"),
    application_errors.ApplicationLacksModel: Ending(ExitCode.NOT_AVAILABLE, "application_failed"),
    application_errors.ApplicationWaits: Ending(ExitCode.REFUSED, "application_failed"),
    application_errors.ApplicationSilent: Ending(ExitCode.CUT_OFF, "answer_empty"),
    application_errors.ConversationForgotten: Ending(ExitCode.REFUSED, "application_failed"),
    engine_errors.EngineError: Ending(ExitCode.NOT_AVAILABLE, "engine_failed"),
    engine_errors.EngineNotInstalled: Ending(ExitCode.NOT_AVAILABLE, "engine_failed", _ANOTHER),
    engine_errors.StarterModelMissing: Ending(ExitCode.NOT_AVAILABLE, "engine_failed", _ANOTHER),
    engine_errors.EngineStopped: Ending(
        ExitCode.CUT_OFF, "engine_failed", sentence=QT_TRANSLATE_NOOP("Console", "The built-in engine stopped.")
    ),
    keyring_errors.KeyringError: Ending(ExitCode.NOT_AVAILABLE, "keyring_failed"),
    keyring_errors.SecretsUnreachable: Ending(ExitCode.NOT_AVAILABLE, "keyring_failed"),
    keyring_errors.HeaderMissing: Ending(ExitCode.REFUSED, "header_missing", _IN_THE_WINDOW),
    keyring_errors.KeyInvalid: Ending(
        ExitCode.REFUSED,
        "key_invalid",
        sentence=QT_TRANSLATE_NOOP("Console", "The API key contains an invalid character."),
    ),
    PresetInvalid: Ending(
        ExitCode.USAGE,
        "preset_invalid",
        sentence=QT_TRANSLATE_NOOP("Console", "{file} is not a valid preset. See line {line}."),
    ),
    storage_errors.StorageError: Ending(
        ExitCode.BUG,
        "storage_failed",
        sentence=QT_TRANSLATE_NOOP("Console", "Chatdesk cannot read or write one of its files: {path}"),
    ),
    **dict.fromkeys(
        (
            storage_errors.DatabaseNewer,
            storage_errors.DatabaseDamaged,
            storage_errors.DatabaseLocked,
            storage_errors.DatabaseReplaced,
            storage_errors.DatabaseMissing,
            storage_errors.TextDamaged,
            storage_errors.FolderInPlaceOfFile,
        ),
        Ending(ExitCode.BUG, "storage_failed"),
    ),
    storage_errors.FileNewer: Ending(
        ExitCode.BUG,
        "storage_failed",
        sentence=QT_TRANSLATE_NOOP("Console", "This file was written by a newer version of Chatdesk: {path}"),
    ),
    storage_errors.FolderUnavailable: Ending(
        ExitCode.BUG,
        "storage_failed",
        QT_TRANSLATE_NOOP("Console", "Set CHATDESK_HOME to use another folder."),
        QT_TRANSLATE_NOOP("Console", "Cannot create, read or write the folder {path}."),
    ),
    storage_errors.AlreadyRunning: Ending(
        ExitCode.NOT_AVAILABLE,
        "already_running",
        QT_TRANSLATE_NOOP("Console", "Quit it, then start it again."),
        QT_TRANSLATE_NOOP("Console", "Chatdesk is already running but is not responding."),
    ),
    storage_errors.RunningUnreachable: Ending(
        ExitCode.NOT_AVAILABLE,
        "already_running",
        QT_TRANSLATE_NOOP("Console", "Nothing was sent to it."),
        QT_TRANSLATE_NOOP("Console", "Chatdesk is already running and cannot be contacted securely."),
    ),
    storage_errors.DiskFull: Ending(
        ExitCode.BUG, "storage_failed", sentence=QT_TRANSLATE_NOOP("Console", "The disk is full: {path}")
    ),
    storage_errors.FileNotSaved: Ending(ExitCode.BUG, "storage_failed"),
    attachment_errors.AttachmentError: Ending(ExitCode.USAGE, "file_unusable"),
    pull_errors.PullError: Ending(ExitCode.NOT_AVAILABLE, "download_failed"),
    model_management_errors.ModelNotChanged: Ending(ExitCode.NOT_AVAILABLE, "model_not_changed"),
    model_management_errors.ModelNameTaken: Ending(ExitCode.USAGE, "model_not_changed"),
    model_management_errors.ModelFileRefused: Ending(ExitCode.USAGE, "model_not_changed"),
    model_management_errors.ModelFileUnreadable: Ending(ExitCode.USAGE, "model_not_changed"),
    translation_errors.TranslationError: Ending(ExitCode.REFUSED, "translation_failed"),
}
_OWN_WORDS = ("detail", "reason", "path")
"""Fields of errors in which the server or the system speaks; of the last resort, which file it is about."""
_LONGEST_DETAIL = 1_000
"""Characters."""


def describe(error: errors.ChatdeskError, words: ConsoleTexts) -> Problem:
    """Return what is told of an error."""
    from chatdesk.ui_kit.errors.errors import wording_of  # noqa: PLC0415 - start-up time: most runs have no error

    ending = next(ENDINGS[kind] for kind in type(error).__mro__ if kind in ENDINGS)
    values = {field.name: getattr(error, field.name) for field in fields(error)}
    own = words.say(ending.sentence, **values) if ending.sentence else ""
    sentence = own or words.translated("Errors", wording_of(error).sentence, values)
    advice = words.say(ending.advice, **values) if ending.advice else ""
    told = next(
        (str(values[name]) for name in _OWN_WORDS if values.get(name) and str(values[name]) not in sentence), ""
    )
    detail = safe_line(told, _LONGEST_DETAIL, ellipsis="") if ending.tells_detail else ""
    return Problem(ending.code, ending.name, words.together(sentence, advice), detail)
