"""The wording of errors on the command line, and the exit code each ends with. The window's words are in ui/errors.py.

A test keeps both complete. English only: the command line loads no Qt, and so no translations.
"""

from dataclasses import fields

from chatdesk.app.exit_code import ExitCode
from chatdesk.domain import (
    application_errors,
    attachment_errors,
    cloud_errors,
    engine_errors,
    errors,
    keyring_errors,
    model_management_errors,
    pull_errors,
    storage_errors,
)
from chatdesk.domain.presets.preset_errors import PresetInvalid
from chatdesk.domain.request import Thinking
from chatdesk.domain.translation import translation_errors

TEXTS: dict[type[errors.ChatdeskError], tuple[ExitCode, str]] = {
    errors.ServerError: (ExitCode.NOT_AVAILABLE, "{server} could not answer."),
    errors.AddressInvalid: (ExitCode.NOT_AVAILABLE, "This is not the address of a server: {address}"),
    errors.ServerUnreachable: (
        ExitCode.NOT_AVAILABLE,
        "{server} does not answer at {address}. Start it, or choose another with --server.",
    ),
    errors.ServerTimedOut: (ExitCode.NOT_AVAILABLE, "{server} did not answer within {seconds:.0f} s."),
    errors.RequestTimedOut: (ExitCode.NOT_AVAILABLE, "{server} gave up waiting before it answered (408)."),
    errors.CertificateRefused: (ExitCode.NOT_AVAILABLE, "The certificate of {server} cannot be trusted: {reason}"),
    errors.ProxyFailed: (ExitCode.NOT_AVAILABLE, "The proxy on the way to {server} failed: {reason}"),
    errors.ProxyLoginRefused: (
        ExitCode.NOT_AVAILABLE,
        "The proxy on the way to {server} wants a user name and a password, or others: {reason}",
    ),
    keyring_errors.SecretsUnreachable: (
        ExitCode.NOT_AVAILABLE,
        "{server} was not asked: the system keyring, which holds its headers, is locked or does not answer.",
    ),
    keyring_errors.HeaderMissing: (
        ExitCode.REFUSED,
        "{server} was not asked: the value of its header {header} is not in the keyring. Enter it in the settings of the window.",
    ),
    errors.ServerOptionUnusable: (
        ExitCode.NOT_AVAILABLE,
        "{server} was not asked: a setting of it cannot be used ({reason}).",
    ),
    errors.ProxyUnusable: (
        ExitCode.NOT_AVAILABLE,
        "{server} was not asked: the address of its proxy cannot be used ({reason}).",
    ),
    errors.AuthoritiesUnusable: (
        ExitCode.NOT_AVAILABLE,
        "{server} was not asked: its CA file cannot be used ({reason}).",
    ),
    errors.ExtraBodyUnusable: (
        ExitCode.NOT_AVAILABLE,
        "{server} was not asked: its extra JSON cannot be used ({reason}).",
    ),
    errors.RedirectRefused: (
        ExitCode.NOT_AVAILABLE,
        "{server} has moved to {location}. Enter that address in the settings if it is right.",
    ),
    errors.MovedToTls: (
        ExitCode.NOT_AVAILABLE,
        "{server} wants to be asked over TLS. Enter {address_there} in the settings.",
    ),
    errors.NotAChatServer: (
        ExitCode.NOT_AVAILABLE,
        "What answers at {url} is not a chat server. Check the port, and whether /v1 is missing.",
    ),
    errors.KeyMissing: (ExitCode.REFUSED, "{server} needs a key. Enter it in the settings of the window."),
    cloud_errors.SignInNeeded: (ExitCode.REFUSED, "{server} wants you to sign in for this model: {sign_in_url}"),
    errors.KeyRejected: (ExitCode.REFUSED, "{server} did not accept the key (401). {detail}"),
    errors.KeyExposed: (
        ExitCode.REFUSED,
        "The key for {server} was not sent: {address} is not encrypted. Use https, or allow it in the settings of the window.",
    ),
    errors.AccessDenied: (ExitCode.REFUSED, "{server} refused access (403). {detail}"),
    errors.ModelNotFound: (
        ExitCode.NOT_AVAILABLE,
        "{server} has no model named {model}. `chatdesk models` lists what there is.",
    ),
    errors.RateLimited: (ExitCode.REFUSED, "{server} asks you to wait: too many requests (429). {detail}"),
    errors.QuotaExhausted: (ExitCode.REFUSED, "The account at {server} has no credit left. {detail}"),
    errors.ContextTooLong: (ExitCode.REFUSED, "The question is longer than the model can read at once. {detail}"),
    errors.PicturesRefused: (ExitCode.REFUSED, "{model} cannot see pictures. {detail}"),
    errors.MemoryExceeded: (ExitCode.REFUSED, "{server} has not enough memory for {model}. {detail}"),
    errors.RequestRefused: (ExitCode.REFUSED, "{server} did not accept the request ({status}): {detail}"),
    errors.ServerFailed: (ExitCode.REFUSED, "{server} reported an error of its own: {detail}"),
    errors.ModelProcessEnded: (
        ExitCode.CUT_OFF,
        "The model's process at {server} ended. The next question loads {model} again.",
    ),
    errors.ServerLoading: (ExitCode.NOT_AVAILABLE, "{server} is still loading its model. Try again in a moment."),
    application_errors.ApplicationUnavailable: (
        ExitCode.NOT_AVAILABLE,
        "The application at {server} is not published, or it is switched off. {detail}",
    ),
    application_errors.NotAChatApplication: (
        ExitCode.NOT_AVAILABLE,
        "The application at {server} answers no chats. Use the key of a chat app. {detail}",
    ),
    application_errors.ApplicationLacksModel: (
        ExitCode.NOT_AVAILABLE,
        "The model that the application at {server} asks is not set up there. {detail}",
    ),
    application_errors.ApplicationWaits: (
        ExitCode.REFUSED,
        "The application at {server} waits for a form that only its own page can show. {detail}",
    ),
    application_errors.ApplicationSilent: (ExitCode.CUT_OFF, "The application at {server} ran, and said nothing."),
    application_errors.ConversationForgotten: (
        ExitCode.REFUSED,
        "The application at {server} no longer knows this conversation. Ask again.",
    ),
    errors.ConnectionLost: (ExitCode.CUT_OFF, "The connection to {server} broke: {reason}"),
    errors.AnswerEndedEarly: (ExitCode.CUT_OFF, "The answer ended without its closing mark and may be incomplete."),
    errors.AnswerEmpty: (ExitCode.CUT_OFF, "{model} said nothing at all."),
    errors.AnswerUndecodable: (
        ExitCode.NOT_AVAILABLE,
        "What {server} sent came compressed ({encoding}) and could not be unpacked: {reason}",
    ),
    errors.AnswerTooLarge: (ExitCode.CUT_OFF, "The answer grew past {limit_bytes} bytes and was cut off."),
    engine_errors.EngineError: (ExitCode.NOT_AVAILABLE, "The built-in engine could not start."),
    engine_errors.EngineNotInstalled: (
        ExitCode.NOT_AVAILABLE,
        "The built-in engine is not installed. Start Ollama, or name a server with --server.",
    ),
    engine_errors.StarterModelMissing: (
        ExitCode.NOT_AVAILABLE,
        "The file of the built-in model is missing. Start Ollama, or name a server with --server.",
    ),
    engine_errors.ModelFileMissing: (ExitCode.NOT_AVAILABLE, "The file of {model} is no longer there: {path}"),
    engine_errors.ModelNotLoaded: (ExitCode.NOT_AVAILABLE, "The built-in engine could not load {model}: {reason}"),
    engine_errors.LoadBrokenOff: (
        ExitCode.NOT_AVAILABLE,
        "The built-in engine ended while it loaded {model}: too little memory?",
    ),
    engine_errors.ProcessorUnsupported: (
        ExitCode.NOT_AVAILABLE,
        "The built-in engine needs a processor with {feature}.",
    ),
    engine_errors.LibraryMissing: (ExitCode.NOT_AVAILABLE, "The built-in engine needs the system library {library}."),
    engine_errors.EngineStopped: (ExitCode.CUT_OFF, "The built-in engine stopped: {detail}"),
    keyring_errors.KeyringError: (ExitCode.NOT_AVAILABLE, "The system keyring could not be used."),
    keyring_errors.KeyringUnavailable: (ExitCode.NOT_AVAILABLE, "This system has no keyring Chatdesk can trust."),
    keyring_errors.KeyringLocked: (ExitCode.NOT_AVAILABLE, "The system keyring is locked."),
    keyring_errors.KeyringFailed: (ExitCode.NOT_AVAILABLE, "The system keyring did not answer, or failed: {reason}"),
    keyring_errors.KeyInvalid: (ExitCode.REFUSED, "The key holds a character that no request may carry."),
    PresetInvalid: (ExitCode.USAGE, "{file} is no preset: {problem} {detail} (line {line})"),
    storage_errors.StorageError: (ExitCode.BUG, "A file could not be read or written: {path}"),
    storage_errors.DatabaseNewer: (ExitCode.BUG, "The chats were written by a newer version of Chatdesk."),
    storage_errors.FileNewer: (ExitCode.BUG, "The file was written by a newer version of Chatdesk: {path}"),
    storage_errors.DatabaseDamaged: (ExitCode.BUG, "The file with the chats is damaged: {path}"),
    storage_errors.TextDamaged: (ExitCode.BUG, "Some text in the file with the chats is damaged: {path}"),
    storage_errors.DatabaseUnavailable: (ExitCode.BUG, "The file with the chats cannot be opened: {path} ({reason})"),
    storage_errors.DatabaseLocked: (ExitCode.BUG, "Another program is holding the file with the chats: {path}"),
    storage_errors.DatabaseReplaced: (ExitCode.BUG, "Another program has replaced the file with the chats: {path}"),
    storage_errors.FileUnavailable: (ExitCode.BUG, "A file of Chatdesk cannot be read or written: {path} ({reason})"),
    storage_errors.FolderInPlaceOfFile: (ExitCode.BUG, "There is a folder where a file of Chatdesk belongs: {path}"),
    storage_errors.DatabaseMissing: (ExitCode.BUG, "The file with the chats is not where it was: {path}"),
    storage_errors.FolderUnavailable: (ExitCode.BUG, "The folder cannot be made or written: {path} ({reason})"),
    storage_errors.AlreadyRunning: (
        ExitCode.NOT_AVAILABLE,
        "Chatdesk is running already and does not answer. End it, then start it again.",
    ),
    storage_errors.RunningUnreachable: (
        ExitCode.NOT_AVAILABLE,
        "Chatdesk is running already and cannot be reached safely; nothing was handed over to it: {reason}",
    ),
    storage_errors.DiskFull: (ExitCode.BUG, "The disk is full: {path}"),
    attachment_errors.AttachmentError: (ExitCode.USAGE, "{name} cannot be attached."),
    attachment_errors.AttachmentUnreadable: (ExitCode.USAGE, "{name} could not be read: {reason}"),
    attachment_errors.AttachmentNotAFile: (ExitCode.USAGE, "{name} is not a file."),
    attachment_errors.AttachmentTooLarge: (ExitCode.USAGE, "{name} is larger than {megabytes} MB."),
    attachment_errors.AttachmentNotAPicture: (ExitCode.USAGE, "{name} is not a PNG, JPEG, WebP or GIF picture."),
    attachment_errors.AttachmentNotAText: (ExitCode.USAGE, "{name} is no text that can be read."),
    attachment_errors.AttachmentNotATable: (ExitCode.USAGE, "{name} is no table: look at line {line}."),
    attachment_errors.TooManyRows: (ExitCode.USAGE, "No more than {limit} rows or files at once."),
    attachment_errors.PictureDamaged: (ExitCode.USAGE, "{name} is damaged or incomplete."),
    attachment_errors.PictureTooManyPixels: (ExitCode.USAGE, "{name} has more than {megapixels} megapixels."),
    attachment_errors.TooManyPictures: (ExitCode.USAGE, "A message takes {limit} pictures."),
    pull_errors.PullError: (ExitCode.NOT_AVAILABLE, "{server} could not download {model}."),
    pull_errors.PullNameUnknown: (ExitCode.NOT_AVAILABLE, "There is no model named {model} in the library."),
    pull_errors.PullNameMistyped: (ExitCode.NOT_AVAILABLE, "There is no model named {model}; there is {near}."),
    pull_errors.PullTagUnknown: (ExitCode.NOT_AVAILABLE, "{model} is not there in this quantisation."),
    pull_errors.PullNotAllowed: (ExitCode.NOT_AVAILABLE, "The library does not give {model} to everyone."),
    pull_errors.PullDiskShort: (ExitCode.NOT_AVAILABLE, "There is not enough room on the disk for {model}."),
    pull_errors.PullDiskFull: (ExitCode.NOT_AVAILABLE, "The disk where {server} keeps its models is full."),
    pull_errors.RegistryUnreachable: (ExitCode.NOT_AVAILABLE, "{server} could not reach the library: {reason}"),
    pull_errors.ServerTooOld: (ExitCode.NOT_AVAILABLE, "{model} needs a newer version of {server}."),
    pull_errors.RegistryUntrusted: (
        ExitCode.NOT_AVAILABLE,
        "{server} does not trust the certificate of the library: {reason}",
    ),
    pull_errors.PartDamaged: (
        ExitCode.NOT_AVAILABLE,
        "What {server} kept of an earlier download of {model} is damaged. {files}",
    ),
    pull_errors.PullBrokenOff: (ExitCode.CUT_OFF, "{server} stopped downloading {model}."),
    model_management_errors.ModelNotChanged: (
        ExitCode.NOT_AVAILABLE,
        "{server} could not do this with {model}: {detail}",
    ),
    model_management_errors.ModelNameTaken: (ExitCode.USAGE, "{server} has a model named {model} already."),
    model_management_errors.ModelFileRefused: (ExitCode.USAGE, "{file} is no model that {server} can read."),
    model_management_errors.ModelFileUnreadable: (ExitCode.USAGE, "{file} could not be read: {reason}"),
    pull_errors.PullFailed: (ExitCode.NOT_AVAILABLE, "{server} could not download {model}: {detail}"),
    translation_errors.TranslationError: (ExitCode.REFUSED, "This could not be translated."),
    translation_errors.TextTooLong: (ExitCode.USAGE, "The text is longer than {limit} characters."),
    translation_errors.TooManyParagraphs: (ExitCode.USAGE, "The text has more than {limit} paragraphs."),
    translation_errors.GlossaryInvalid: (ExitCode.USAGE, "This file is no table of terms (line {line})."),
    translation_errors.NothingTranslated: (ExitCode.REFUSED, "The model answered without a translation."),
    translation_errors.AnswerWentAstray: (ExitCode.REFUSED, "The model wrote far more than a translation."),
    storage_errors.FileNotSaved: (ExitCode.BUG, "{name} could not be saved: {reason}"),
    errors.ProgramClosed: (ExitCode.CUT_OFF, "Chatdesk was closed while this answer was being written."),
    errors.UnexpectedFailure: (ExitCode.BUG, "Something went wrong in Chatdesk itself ({kind})."),
    errors.ChatdeskError: (ExitCode.BUG, "Something went wrong."),
}


def describe(error: errors.ChatdeskError) -> tuple[ExitCode, str]:
    """Return the exit code and the sentence for an error; a type without an entry is worded by its parent's."""
    code, text = next(TEXTS[kind] for kind in type(error).__mro__ if kind in TEXTS)
    return code, text.format_map({field.name: getattr(error, field.name) for field in fields(error)}).strip()


def thinking_changed(wanted: Thinking, used: Thinking) -> str:
    """Return what to say when a server was asked to think in another way than was wanted."""
    if used is Thinking.AUTO:
        return f'The server does not let this model be told how to think ("{wanted}"); it was asked without.'
    return f'The server does not know "{wanted}" for thinking; it was asked with "{used}".'
