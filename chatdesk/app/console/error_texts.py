"""Errors on the command line: the exit code, the name for programs, and the sentence.

The texts are those of the table in `ui_kit/errors/wordings.py`, with its advice for a terminal in place of buttons. This table adds how a
run ends. A type without an entry ends like its base class.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import NamedTuple

from chatdesk.app.console.report import Problem
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.errors import (
    application_errors,
    attachment_errors,
    base,
    engine_errors,
    keyring_errors,
    model_errors,
    preset_errors,
    storage_errors,
    translation_errors,
)
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.presets import preset_import
from chatdesk.kernel.text.safe_line import safe_line


class Ending(NamedTuple):
    """How a run ends with an error. `name` is documented in docs/command-line.md and never changes."""

    code: ExitCode
    name: str
    shows_detail: bool = True
    """Whether the server's own text is shown: not where it is a web page."""


ENDINGS: Mapping[type[ChatdeskError], Ending] = {
    base.ChatdeskError: Ending(ExitCode.BUG, "unexpected"),
    base.ProgramClosed: Ending(ExitCode.CUT_OFF, "program_closed"),
    base.ServerError: Ending(ExitCode.NOT_AVAILABLE, "server_unavailable"),
    base.AddressInvalid: Ending(ExitCode.NOT_AVAILABLE, "address_invalid"),
    base.ServerOptionUnusable: Ending(ExitCode.NOT_AVAILABLE, "server_misconfigured"),
    base.ServerUnreachable: Ending(ExitCode.NOT_AVAILABLE, "server_unreachable"),
    base.ServerTimedOut: Ending(ExitCode.NOT_AVAILABLE, "server_timeout"),
    base.RequestTimedOut: Ending(ExitCode.NOT_AVAILABLE, "server_timeout"),
    base.CertificateRefused: Ending(ExitCode.NOT_AVAILABLE, "certificate_untrusted"),
    base.ProxyFailed: Ending(ExitCode.NOT_AVAILABLE, "proxy_failed"),
    base.RedirectRefused: Ending(ExitCode.NOT_AVAILABLE, "server_moved"),
    base.NotAChatServer: Ending(ExitCode.NOT_AVAILABLE, "not_a_chat_server", shows_detail=False),
    base.KeyMissing: Ending(ExitCode.REFUSED, "key_missing"),
    base.KeyRejected: Ending(ExitCode.REFUSED, "key_rejected"),
    base.KeyExposed: Ending(ExitCode.REFUSED, "key_exposed"),
    base.AccessDenied: Ending(ExitCode.REFUSED, "access_denied"),
    base.ModelNotFound: Ending(ExitCode.NOT_AVAILABLE, "model_not_found"),
    base.RateLimited: Ending(ExitCode.REFUSED, "rate_limited"),
    base.QuotaExhausted: Ending(ExitCode.REFUSED, "quota_exhausted"),
    base.ContextTooLong: Ending(ExitCode.REFUSED, "context_too_long"),
    base.PicturesRefused: Ending(ExitCode.REFUSED, "pictures_refused"),
    base.MemoryExceeded: Ending(ExitCode.REFUSED, "out_of_memory"),
    base.RequestRefused: Ending(ExitCode.REFUSED, "request_refused"),
    base.ServerFailed: Ending(ExitCode.REFUSED, "server_failed"),
    base.ModelProcessEnded: Ending(ExitCode.CUT_OFF, "model_crashed"),
    base.ServerLoading: Ending(ExitCode.NOT_AVAILABLE, "server_loading"),
    base.ConnectionLost: Ending(ExitCode.CUT_OFF, "connection_lost"),
    base.AnswerEndedEarly: Ending(ExitCode.CUT_OFF, "answer_incomplete"),
    base.AnswerEmpty: Ending(ExitCode.CUT_OFF, "answer_empty"),
    base.AnswerUndecodable: Ending(ExitCode.NOT_AVAILABLE, "answer_undecodable"),
    base.AnswerTooLarge: Ending(ExitCode.CUT_OFF, "answer_too_large"),
    base.SignInNeeded: Ending(ExitCode.REFUSED, "sign_in_needed"),
    application_errors.ApplicationUnavailable: Ending(ExitCode.NOT_AVAILABLE, "application_failed"),
    application_errors.ApplicationWaits: Ending(ExitCode.REFUSED, "application_failed"),
    application_errors.ApplicationSilent: Ending(ExitCode.CUT_OFF, "answer_empty"),
    application_errors.ConversationForgotten: Ending(ExitCode.REFUSED, "application_failed"),
    attachment_errors.AttachmentError: Ending(ExitCode.USAGE, "file_unusable"),
    engine_errors.EngineError: Ending(ExitCode.NOT_AVAILABLE, "engine_failed"),
    engine_errors.EngineStopped: Ending(ExitCode.CUT_OFF, "engine_failed"),
    keyring_errors.KeyringError: Ending(ExitCode.NOT_AVAILABLE, "keyring_failed"),
    keyring_errors.KeyInvalid: Ending(ExitCode.REFUSED, "key_invalid"),
    keyring_errors.SecretsUnreachable: Ending(ExitCode.NOT_AVAILABLE, "keyring_failed"),
    keyring_errors.HeaderMissing: Ending(ExitCode.REFUSED, "header_missing"),
    model_errors.PullError: Ending(ExitCode.NOT_AVAILABLE, "download_failed"),
    model_errors.ModelNotChanged: Ending(ExitCode.NOT_AVAILABLE, "model_not_changed"),
    model_errors.ModelNameInUse: Ending(ExitCode.USAGE, "model_not_changed"),
    model_errors.ModelFileRefused: Ending(ExitCode.USAGE, "model_not_changed"),
    model_errors.ModelFileUnreadable: Ending(ExitCode.USAGE, "model_not_changed"),
    preset_errors.PresetInvalid: Ending(ExitCode.USAGE, "preset_invalid"),
    preset_import.ImportRefused: Ending(ExitCode.USAGE, "file_unusable"),
    storage_errors.StorageError: Ending(ExitCode.BUG, "storage_failed"),
    storage_errors.AlreadyRunning: Ending(ExitCode.NOT_AVAILABLE, "already_running"),
    storage_errors.FileNotSaved: Ending(ExitCode.BUG, "storage_failed"),
    storage_errors.PdfNotMade: Ending(ExitCode.BUG, "pdf_failed"),
    storage_errors.NotPrinted: Ending(ExitCode.NOT_AVAILABLE, "not_printed"),
    translation_errors.TranslationError: Ending(ExitCode.REFUSED, "translation_failed"),
}
_EXPLANATIONS = ("detail", "reason", "kind")
"""Fields that say what went wrong in the words of the server, the system or Python. The first one that is set is shown."""
_FILES = ("path", "file")
_LONGEST_DETAIL = 1_000
"""Characters."""


def describe(error: ChatdeskError, texts: ConsoleTexts) -> Problem:
    """Return what the command line reports about an error."""
    from chatdesk.ui_kit.errors.wordings import wording_of  # noqa: PLC0415 - start-up time: most runs have no error

    wording = wording_of(type(error))
    ending = next(ENDINGS[kind] for kind in type(error).__mro__ if kind in ENDINGS)
    values = {field.name: getattr(error, field.name) for field in fields(error)}
    sentence = texts.translated("Errors", wording.sentence, values)
    advice = texts.render(wording.advice, **values) if wording.advice else ""
    return Problem(
        ending.code,
        ending.name,
        texts.join(sentence, advice),
        _detail(values, sentence) if ending.shows_detail else "",
    )


def _detail(values: Mapping[str, object], sentence: str) -> str:
    """Return the technical line below the sentence: which file, and why. It repeats nothing that the sentence names."""
    why = _first_set(values, _EXPLANATIONS, sentence)
    file = _first_set(values, _FILES, f"{sentence} {why}")
    return safe_line(": ".join(filter(None, (file, why))), _LONGEST_DETAIL, ellipsis="")


def _first_set(values: Mapping[str, object], names: tuple[str, ...], shown: str) -> str:
    return next((str(values[name]) for name in names if values.get(name) and str(values[name]) not in shown), "")
