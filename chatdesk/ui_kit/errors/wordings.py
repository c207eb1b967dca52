"""The table of error wordings, for the window and the command line. Data only, without Qt.

`error_texts.py` renders it in the window and `app/console/error_texts.py` on the command line. It is loaded with the first error.
A server's own text is only ever inserted as a value, and shown as plain text.
"""

from collections.abc import Mapping

from chatdesk.kernel.errors import (
    attachment_errors,
    backup_errors,
    base,
    engine_errors,
    keyring_errors,
    preset_errors,
    storage_errors,
    translation_errors,
)
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.presets import preset_import
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.hub_wordings import HUB_WORDINGS
from chatdesk.ui_kit.errors.server_wordings import SERVER_WORDINGS
from chatdesk.ui_kit.errors.wording_types import NextStep, Wording

_LOCAL_WORDINGS: Mapping[type[ChatdeskError], Wording] = {
    # Chatdesk itself.
    base.ChatdeskError: Wording(QT_TRANSLATE_NOOP("Errors", "Something went wrong.")),
    base.UnexpectedFailure: Wording(
        QT_TRANSLATE_NOOP("Errors", "An internal error occurred in Chatdesk."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message and the text received so far are saved. Try again, or see the log for details."
        ),
        (NextStep.CONTINUE, NextStep.RETRY),
        advice=QT_TRANSLATE_NOOP("Console", "See the log for details."),
    ),
    base.ProgramClosed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk was closed while this answer was being written."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    preset_errors.PresetInvalid: Wording(QT_TRANSLATE_NOOP("Errors", "This is not a valid preset. See line {line}.")),
    preset_import.ImportRefused: Wording(QT_TRANSLATE_NOOP("Errors", "{file} could not be imported.")),
    # The database, files and folders.
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
    storage_errors.BackupNotSaved: Wording(
        QT_TRANSLATE_NOOP("Errors", "The backup could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Check that the folder is writable and its disk is connected: {path}"),
    ),
    storage_errors.FileUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot read or write one of its files."),
        QT_TRANSLATE_NOOP("Errors", "Check that the disk is connected and writable: {path}"),
    ),
    storage_errors.AttachmentsNotSaved: Wording(
        QT_TRANSLATE_NOOP("Errors", "Pictures and documents could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Check that the folder is writable and its disk is connected: {path}"),
    ),
    storage_errors.FolderInPlaceOfFile: Wording(
        QT_TRANSLATE_NOOP("Errors", "A folder is in the place of a file that Chatdesk needs."),
        QT_TRANSLATE_NOOP("Errors", "Rename or move the folder, then try again: {path}"),
    ),
    storage_errors.DatabaseLocked: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP("Errors", "The last change was not saved. Close that program, then try again: {path}"),
    ),
    storage_errors.LockedForNow: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP("Errors", "Your changes are kept and saved as soon as it is available: {path}"),
    ),
    storage_errors.LockedForNewChat: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "The new chat was not created. What you have written is kept. Close that program, then try again: {path}",
        ),
    ),
    storage_errors.LockedForDeletion: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP("Errors", "What is still listed was not deleted. Close that program, then try again: {path}"),
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
        QT_TRANSLATE_NOOP("Errors", "Chatdesk cannot use its data folder."),
        QT_TRANSLATE_NOOP("Errors", "Check that the folder is writable and its disk is connected: {path}"),
        advice=QT_TRANSLATE_NOOP("Console", "Set CHATDESK_HOME to use another folder."),
    ),
    storage_errors.AlreadyRunning: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is already running but is not responding."),
        QT_TRANSLATE_NOOP("Errors", "It may be busy. Try again in a moment, or quit it first."),
        advice=QT_TRANSLATE_NOOP("Console", "Quit it, then start it again."),
    ),
    storage_errors.RunningUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Chatdesk is already running and cannot be contacted securely."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Another user of this computer could intercept the data, so nothing was sent. Use the window that is "
            "already open. ({reason})",
        ),
        advice=QT_TRANSLATE_NOOP("Console", "Nothing was sent to it."),
    ),
    storage_errors.DiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk is full."),
        QT_TRANSLATE_NOOP("Errors", "The last change was not saved. Free some space, then try again."),
    ),
    storage_errors.FullForNow: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk with your chats is full."),
        QT_TRANSLATE_NOOP("Errors", "Unsaved changes are kept in memory and saved once there is space."),
    ),
    storage_errors.FullForNewChat: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk with your chats is full."),
        QT_TRANSLATE_NOOP(
            "Errors", "The new chat was not created. What you have written is kept. Free some space, then try again."
        ),
    ),
    storage_errors.FullForDeletion: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk with your chats is full."),
        QT_TRANSLATE_NOOP("Errors", "What is still listed was not deleted. Free some space, then try again."),
    ),
    storage_errors.FullForAttachments: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough space to save pictures and documents."),
        QT_TRANSLATE_NOOP("Errors", "Free some space on the disk of this folder, then try again: {path}"),
    ),
    storage_errors.FullForChange: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk with your chats is full."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was changed. Free some space, then try again."),
    ),
    storage_errors.LockedForChange: Wording(
        QT_TRANSLATE_NOOP("Errors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was changed. Close that program, then try again: {path}"),
    ),
    storage_errors.FileNotSaved: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved."),
        QT_TRANSLATE_NOOP("Errors", "Choose another folder, or free some disk space. System error: {reason}"),
    ),
    storage_errors.NoSpaceToSave: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved, because the disk is full."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, or choose a folder on another disk."),
    ),
    storage_errors.SavingNotPermitted: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved, because you do not have permission."),
        QT_TRANSLATE_NOOP("Errors", "Choose another folder, or another name if the file is protected."),
    ),
    storage_errors.DiskReadOnly: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved, because the disk is read-only."),
        QT_TRANSLATE_NOOP("Errors", "Choose a folder on another disk."),
    ),
    storage_errors.SavingFolderUnavailable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved, because its folder is not available."),
        QT_TRANSLATE_NOOP(
            "Errors", "Check that its disk or network drive is connected and in order, or choose another folder."
        ),
    ),
    storage_errors.FileNameRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk does not accept the name {name}."),
        QT_TRANSLATE_NOOP("Errors", "Choose a shorter name without special characters."),
    ),
    storage_errors.FileInUse: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is open in another program."),
        QT_TRANSLATE_NOOP("Errors", "Close it there, or choose another name."),
    ),
    storage_errors.NameConflict: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be saved, because a file or folder already has this name."),
        QT_TRANSLATE_NOOP("Errors", "Choose another name."),
    ),
    storage_errors.FileTooLargeForDisk: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is larger than the disk allows for a single file."),
        QT_TRANSLATE_NOOP("Errors", "Choose a folder on another disk."),
    ),
    storage_errors.PdfNotMade: Wording(
        QT_TRANSLATE_NOOP("Errors", "The PDF file could not be made."),
        QT_TRANSLATE_NOOP("Errors", "Close other programs if memory is short and try again, or choose another format."),
    ),
    storage_errors.NotPrinted: Wording(
        QT_TRANSLATE_NOOP("Errors", "The chat could not be printed."),
        QT_TRANSLATE_NOOP("Errors", "Check that the printer is connected, or save the chat as PDF."),
    ),
    # Backups, folders outside the program, and the passphrase.
    backup_errors.PassphraseWrong: Wording(QT_TRANSLATE_NOOP("Errors", "This is not the passphrase.")),
    backup_errors.KeyNotKnown: Wording(QT_TRANSLATE_NOOP("Errors", "The passphrase of this backup is needed.")),
    backup_errors.EncryptionFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The passphrase could not be used."),
        QT_TRANSLATE_NOOP(
            "Errors", "This takes up to 1 GB of memory for a moment. Close other programs and try again."
        ),
    ),
    backup_errors.BackupDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The backup is damaged."),
        QT_TRANSLATE_NOOP("Errors", "Nothing has been changed. Choose another backup."),
    ),
    backup_errors.BackupNewer: Wording(
        QT_TRANSLATE_NOOP("Errors", "This backup was made by a newer version of Chatdesk."),
        QT_TRANSLATE_NOOP("Errors", "Nothing has been changed. Install the newer version to restore it."),
    ),
    backup_errors.LocationMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The folder was not found."),
        QT_TRANSLATE_NOOP("Errors", "Connect its disk, or choose another folder: {path}"),
    ),
    backup_errors.LocationUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The folder cannot be read or written."),
        QT_TRANSLATE_NOOP("Errors", "Check its permissions, or choose another folder: {path}"),
    ),
    backup_errors.LocationSilent: Wording(
        QT_TRANSLATE_NOOP("Errors", "The folder does not respond."),
        QT_TRANSLATE_NOOP(
            "Errors", "Check the connection to its disk or network drive, or choose another folder: {path}"
        ),
    ),
    backup_errors.LocationFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough space in the folder."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, or choose another folder: {path}"),
    ),
    backup_errors.TemporaryFilesFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Temporary files could not be written."),
        QT_TRANSLATE_NOOP("Errors", "Check that the folder is writable and its disk is connected: {path}"),
    ),
    backup_errors.TemporaryFilesFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough space for temporary files."),
        QT_TRANSLATE_NOOP("Errors", "Free some space on the disk of this folder, then try again: {path}"),
    ),
    backup_errors.RemoteLoginRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} did not accept the user name and password."),
        QT_TRANSLATE_NOOP("Errors", "Some servers need a separate password for programs."),
    ),
    backup_errors.RemoteFolderRefused: Wording(QT_TRANSLATE_NOOP("Errors", "{server} refused the request ({status}).")),
    backup_errors.NotAWebDavServer: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is no WebDAV folder at this address."),
        QT_TRANSLATE_NOOP("Errors", "Check the address: {address}"),
    ),
    # The built-in engine.
    engine_errors.EngineError: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine could not start."),
        steps=(NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    engine_errors.EngineNotInstalled: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine is not installed."),
        QT_TRANSLATE_NOOP("Errors", "Connect Ollama or another provider in the settings instead."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
        advice=QT_TRANSLATE_NOOP("Console", "Start it, or choose another server with --server."),
    ),
    engine_errors.StarterModelMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in model file is missing."),
        QT_TRANSLATE_NOOP("Errors", "Connect Ollama or another provider in the settings instead."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
        advice=QT_TRANSLATE_NOOP("Console", "Start it, or choose another server with --server."),
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
    engine_errors.EngineProgramUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The program {path} cannot run models."),
        QT_TRANSLATE_NOOP("Errors", "Models run with the built-in engine instead, on the processor."),
        (NextStep.ENGINE_SETTINGS, NextStep.RETRY),
    ),
    engine_errors.EngineBuildMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "llama.cpp {tag} is no longer available."),
        QT_TRANSLATE_NOOP(
            "Errors", "A newer version of Chatdesk offers another one. Until then, models run on the processor."
        ),
        (NextStep.RETRY,),
    ),
    engine_errors.GraphicsCardNotFound: Wording(
        QT_TRANSLATE_NOOP("Errors", "llama.cpp found no graphics card that it can use."),
        QT_TRANSLATE_NOOP("Errors", "Install or update the driver of your graphics card, then try again."),
        (NextStep.RETRY,),
    ),
    engine_errors.EngineStopped: Wording(
        QT_TRANSLATE_NOOP("Errors", "The built-in engine stopped."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "The text received so far is kept. The computer may have run out of memory. The engine restarts with the next question.",
        ),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.CONTINUE),
    ),
    # The system keyring.
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
        QT_TRANSLATE_NOOP("Errors", "The API key contains an invalid character or is too long."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "An API key is a single line of letters, digits and symbols. Copy it again without any surrounding text.",
        ),
    ),
    # Attachments.
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
    attachment_errors.PictureWithoutDecoder: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is a HEIC picture, which cannot be read on this computer."),
        QT_TRANSLATE_NOOP("Errors", "Save a copy as JPEG, then attach that file."),
    ),
    attachment_errors.TooManyAttachments: Wording(
        QT_TRANSLATE_NOOP("Errors", "A message can have at most {limit} attachments. Send the rest in another message.")
    ),
    attachment_errors.DocumentUnsupported: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is not a picture or a document that can be read.")
    ),
    attachment_errors.DocumentLegacy: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} has an old format that cannot be read."),
        QT_TRANSLATE_NOOP(
            "Errors", "Save it in a current format (.docx, .pptx or PDF), or install LibreOffice, which then reads it."
        ),
    ),
    attachment_errors.DocumentNotConverted: Wording(
        QT_TRANSLATE_NOOP("Errors", "LibreOffice could not convert {name}."),
        QT_TRANSLATE_NOOP("Errors", "Open it in an office program, and save it in a current format."),
    ),
    attachment_errors.DocumentDamaged: Wording(QT_TRANSLATE_NOOP("Errors", "{name} is damaged or incomplete.")),
    attachment_errors.DocumentEncrypted: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} is protected by a password."),
        QT_TRANSLATE_NOOP("Errors", "Save a copy without the password, then attach that file."),
    ),
    attachment_errors.DocumentEmpty: Wording(QT_TRANSLATE_NOOP("Errors", "{name} is empty.")),
    attachment_errors.DocumentWithoutText: Wording(
        QT_TRANSLATE_NOOP("Errors", "No text was found in {name}. Its pages are pictures.")
    ),
    attachment_errors.DocumentTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} has more than {characters:,} characters. Attach a part of it.")
    ),
    attachment_errors.DocumentUnsafe: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} was not opened, because it would expand to far more than its size.")
    ),
    attachment_errors.DocumentNotCopied: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be read, because a temporary copy was not possible."),
        QT_TRANSLATE_NOOP("Errors", "Free some disk space, then try again. System error: {reason}"),
    ),
    attachment_errors.DocumentReaderEnded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{name} could not be read: it took too much time or memory.")
    ),
    attachment_errors.DocumentReaderNotStarted: Wording(
        QT_TRANSLATE_NOOP(
            "Errors", "{name} could not be read: the system could not start the process that reads files."
        ),
        QT_TRANSLATE_NOOP("Errors", "Close other programs, then try again."),
    ),
    attachment_errors.NothingFound: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing in {name} matches “{words}”."),
        QT_TRANSLATE_NOOP("Errors", "Nothing has been sent. Edit the question to search with other words."),
        (NextStep.SEND_WITHOUT_PASSAGES,),
    ),
    attachment_errors.TextNotRecognised: Wording(
        QT_TRANSLATE_NOOP("Errors", "Tesseract could not read {name}."),
        QT_TRANSLATE_NOOP("Errors", "Send it as pictures to a model with vision, or install Tesseract again."),
    ),
    attachment_errors.TooManyPictures: Wording(
        QT_TRANSLATE_NOOP("Errors", "A message can have at most {limit} pictures. Send the rest in another message.")
    ),
    # Translation.
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
    translation_errors.TranslationTooLong: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model wrote much more than a translation and was stopped."),
        QT_TRANSLATE_NOOP("Errors", "This can happen with small models. Try again, or choose another model."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
}

WORDINGS: Mapping[type[ChatdeskError], Wording] = {**_LOCAL_WORDINGS, **SERVER_WORDINGS, **HUB_WORDINGS}
"""A type without an entry has the wording of its nearest base class."""


def wording_of(kind: type[ChatdeskError]) -> Wording:
    """Return the English source texts for a type of error."""
    return next(WORDINGS[each] for each in kind.__mro__ if each in WORDINGS)
