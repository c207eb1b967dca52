"""The wording of errors of storage, applications, the translator and models, for the table in `errors.py`."""

from chatdesk.kernel.errors import application_errors, engine_errors, storage_errors, translation_errors
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import model_errors as model_management_errors
from chatdesk.kernel.errors import model_errors as pull_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_wording import NextStep, Wording

# The database, files and folders.

STORAGE_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    storage_errors.StorageError: Wording(QT_TRANSLATE_NOOP("Errors", "Chats could not be read or saved.")),
    storage_errors.DatabaseNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your chats were saved by a newer version of Chatdesk and have not been changed."),
        QT_TRANSLATE_NOOP("Errors", "Install the newer version to open them."),
    ),
    storage_errors.FileNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your data was saved by a newer version of Chatdesk."),
        QT_TRANSLATE_NOOP("Errors", "This version cannot read it. The file has not been changed: {path}"),
    ),
    storage_errors.DatabaseDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat database is damaged."),
        QT_TRANSLATE_NOOP("Errors", "Chatdesk can repair it or restore a backup."),
    ),
    storage_errors.TextDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "Some characters in your chats are damaged on disk."),
        QT_TRANSLATE_NOOP("Errors", "They are shown as �. A backup may still contain the original text."),
    ),
    storage_errors.DatabaseUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat database cannot be opened."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.FileUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot read or write one of its files."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.FolderInPlaceOfFile: Wording(
        QT_TRANSLATE_NOOP("Errors", "A folder is in the place of a file that Chatdesk needs."),
        QT_TRANSLATE_NOOP("Errors", "Rename or move the folder, then try again: {path}"),
    ),
    storage_errors.DatabaseLocked: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your changes are kept in a separate file next to it, and saved once it is available: {path}"
        ),
    ),
    storage_errors.DatabaseReplaced: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program has moved or replaced the chat database."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Nothing more is written to it. Your changes are kept in a separate file next to it, and restored "
            "when you restart Chatdesk: {path}",
        ),
    ),
    storage_errors.DatabaseMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat database is missing."),
        QT_TRANSLATE_NOOP("Errors", "It was moved or deleted, or its disk is not connected: {path}"),
    ),
    storage_errors.FolderUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot write to its data folder."),
        QT_TRANSLATE_NOOP("Errors", "Check that the folder is writable and its disk is connected: {path}"),
    ),
    storage_errors.AlreadyRunning: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is already running but is not responding."),
        QT_TRANSLATE_NOOP("Errors", "It may be busy. Try again in a moment, or quit it first."),
    ),
    storage_errors.RunningUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is already running and cannot be contacted securely."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Another user of this computer could intercept the data, so nothing was sent. Use the window that is "
            "already open. ({reason})",
        ),
    ),
    storage_errors.DiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk is full."),
        QT_TRANSLATE_NOOP("Errors", "Unsaved changes are kept in memory and saved once there is space."),
    ),
    storage_errors.FileNotSaved: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Choose another folder, or free some disk space. System error: {reason}"),
    ),
}


# Applications of servers (Dify, n8n, …).

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


# The translator.

TRANSLATION_WORDINGS: dict[type[ChatdeskError], Wording] = {
    translation_errors.TranslationError: Wording(QT_TRANSLATE_NOOP("Errors", "The translation failed.")),
    translation_errors.TextTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "The text has more than {limit:,} characters. Translate it in parts.")
    ),
    translation_errors.TooManyParagraphs: Wording(
        QT_TRANSLATE_NOOP("Errors", "The text has more than {limit:,} paragraphs. Translate it in parts.")
    ),
    translation_errors.GlossaryInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "This file is not a glossary."),
        QT_TRANSLATE_NOOP(
            "Errors", "Each row must contain a term and its translation, separated by a comma. See line {line}."
        ),
    ),
    translation_errors.NothingTranslated: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model answered without a translation."),
        steps=(NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    translation_errors.AnswerWentAstray: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model wrote much more than a translation and was stopped."),
        QT_TRANSLATE_NOOP("Errors", "This can happen with small models. Try again, or choose another model."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
}


# Copying, deleting, loading and creating models.

MANAGEMENT_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    model_management_errors.ModelNotChanged: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not complete the action for {model}."),
        QT_TRANSLATE_NOOP("Errors", "Server message: {detail}"),
        (NextStep.RETRY,),
    ),
    model_management_errors.ModelNameTaken: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} already has a model named {model}."),
        QT_TRANSLATE_NOOP("Errors", "Choose another name, or delete the existing model first."),
    ),
    model_management_errors.ModelFileRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} cannot read the model file {file}."),
        QT_TRANSLATE_NOOP("Errors", "The GGUF file must be complete and of a supported architecture. {detail}"),
    ),
    model_management_errors.ModelFileUnreadable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be read."),
        QT_TRANSLATE_NOOP("Errors", "Check that the file exists and that you have permission to read it ({reason})."),
        (NextStep.RETRY,),
    ),
}


# The built-in engine.

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
        QT_TRANSLATE_NOOP("Errors", "The built-in model file is missing."),
        QT_TRANSLATE_NOOP("Errors", "Connect Ollama or another server in the settings instead."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.ModelFileMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file of {model} is missing."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. The file was moved or deleted, or its disk is not connected."
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.ModelNotLoaded: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine could not load {model}."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. Choose another model, or see the log. Engine error: {reason}"
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.LoadBrokenOff: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine stopped while loading {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "The computer may not have enough memory. Choose a smaller model, or reduce the context window in "
            "the settings.",
        ),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    engine_errors.ProcessorUnsupported: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "The built-in engine needs a processor with {feature}, which this computer does not have."
        ),
        QT_TRANSLATE_NOOP("Errors", "You can still use Ollama or a server on the network."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
    ),
    engine_errors.LibraryMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine needs the system library {library}, which is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Install it with your system's package manager, then try again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    engine_errors.EngineStopped: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine stopped. The text received so far is kept."),
        QT_TRANSLATE_NOOP(
            "Errors", "The computer may have run out of memory. The engine restarts with the next question."
        ),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.CONTINUE),
    ),
}


# Downloads of models.

PULL_WORDINGS: dict[type[errors.ChatdeskError], Wording] = {
    **MANAGEMENT_WORDINGS,
    pull_errors.PullError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."), steps=(NextStep.RETRY,)
    ),
    pull_errors.PullNameUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} was not found in the model library."),
        QT_TRANSLATE_NOOP("Errors", "Look up the exact name, including the tag after the colon, at ollama.com."),
    ),
    pull_errors.PullNameMistyped: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} was not found in the model library."),
        QT_TRANSLATE_NOOP("Errors", "Similar names: {near}."),
    ),
    pull_errors.PullTagUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} is not available in this quantisation."),
        QT_TRANSLATE_NOOP(
            "Errors", "See the available quantisations on the model's page, or leave out the tag after the colon."
        ),
    ),
    pull_errors.PullNotAllowed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Access to {model} is restricted."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "It may be private, or you may need to accept its terms on the model's page. Sign in there and in "
            "{server}, then try again.",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PullDiskShort: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough disk space for {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB free. Free some disk space, or "
            "download anyway if {server} stores its models on another disk.",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PullDiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk where {server} stores its models is full."),
        QT_TRANSLATE_NOOP(
            "Errors", "Free some disk space, or delete a model you do not need. The part downloaded so far is kept."
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.RegistryUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not reach the model library."),
        QT_TRANSLATE_NOOP("Errors", "Check its internet connection. The part downloaded so far is kept."),
        (NextStep.RETRY,),
    ),
    pull_errors.RegistryUntrusted: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not trust the certificate of the model library."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "A proxy on your network may be inspecting encrypted connections. If so, {server} needs its CA "
            "certificate. Also check the date and time of the computer. Error: {reason}",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.PartDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The partial download of {model} on {server} is damaged."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Downloads fail until you delete the damaged files from the “blobs” folder of {server}. Their names "
            "contain “-partial”. {files}",
        ),
        (NextStep.RETRY,),
    ),
    pull_errors.ServerTooOld: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} needs a newer version of {server}."),
        QT_TRANSLATE_NOOP("Errors", "Update it, then try again."),
        (NextStep.RETRY,),
    ),
    pull_errors.PullBrokenOff: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} stopped downloading {model}."),
        QT_TRANSLATE_NOOP("Errors", "The part downloaded so far is kept. Try again to resume."),
        (NextStep.RETRY,),
    ),
    pull_errors.PullFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."),
        QT_TRANSLATE_NOOP("Errors", "Server message: {detail}"),
        (NextStep.RETRY,),
    ),
}

WORDINGS = STORAGE_WORDINGS | APPLICATION_WORDINGS | TRANSLATION_WORDINGS | ENGINE_WORDINGS | PULL_WORDINGS
"""All of the above."""
