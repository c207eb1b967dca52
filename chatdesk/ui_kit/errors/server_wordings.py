"""The wording of errors of servers, their applications and their models: a part of the table in `wordings.py`."""

from collections.abc import Mapping

from chatdesk.kernel.errors import application_errors, base, keyring_errors, model_errors
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.wording_types import NextStep, Wording

SERVER_WORDINGS: Mapping[type[ChatdeskError], Wording] = {
    # Servers and what they answer.
    base.ServerError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not answer."), steps=(NextStep.SERVER_SETTINGS, NextStep.RETRY)
    ),
    base.AddressInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "Not a valid server address: {address}"),
        QT_TRANSLATE_NOOP("Errors", "It must start with http:// or https:// and must not contain a user name or key."),
        (NextStep.SERVER_SETTINGS,),
    ),
    base.ServerUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not respond at {address}."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your message is saved. Start the server, or check its address and your connection."
        ),
        (NextStep.USE_BUILT_IN, NextStep.RETRY, NextStep.DIAGNOSE),
        advice=QT_TRANSLATE_NOOP("Console", "Start it, or choose another server with --server."),
    ),
    base.ServerTimedOut: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} did not respond within {seconds:.0f} s."),
        QT_TRANSLATE_NOOP("Errors", "It may be loading a large model or handling another request."),
        (NextStep.CHOOSE_MODEL, NextStep.DIAGNOSE, NextStep.RETRY),
    ),
    base.RequestTimedOut: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} timed out (408)."),
        QT_TRANSLATE_NOOP("Errors", "Your message is saved. The connection may be slow, or the server busy."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    base.CertificateRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its certificate is not trusted."),
        QT_TRANSLATE_NOOP("Errors", "The address may be wrong, or someone may be intercepting the connection."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    base.ProxyFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The proxy refused the request to {server}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check the proxy in the provider settings and in the system settings. You can turn off the system "
            "proxy for Chatdesk.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY, NextStep.DIAGNOSE),
    ),
    base.ProxyLoginRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "The proxy for {server} requires a valid user name and password (407)."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Enter them in the provider settings, next to the proxy. For the system proxy, enter them in the "
            "system settings.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    base.ServerOptionUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: one of its settings is not valid."),
        steps=(NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    base.ProxyUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its proxy address is not valid."),
        QT_TRANSLATE_NOOP("Errors", "It must start with http://, https:// or socks5:// and must not contain a path."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    base.CaFileInvalid: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its CA file is not valid."),
        QT_TRANSLATE_NOOP("Errors", "The file must be in PEM format and contain at least one certificate."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    base.ExtraBodyUnusable: Wording(
        QT_TRANSLATE_NOOP("Errors", "Nothing was sent to {server}: its extra JSON is not valid."),
        QT_TRANSLATE_NOOP("Errors", "The provider settings show the line with the error."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    base.RedirectRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has moved to {location}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Chatdesk does not send an API key to a new address automatically. If the address is correct, enter "
            "it in the provider settings.",
        ),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
        advice=QT_TRANSLATE_NOOP(
            "Console", "If that address is correct, enter it in Settings, in the Chatdesk window."
        ),
    ),
    base.MovedToTls: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} requires an encrypted connection."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Change its address to {address_there}. Then enter the API key again, because the saved key belongs "
            "to the old address.",
        ),
        (NextStep.SERVER_SETTINGS, NextStep.USE_TLS),
        advice=QT_TRANSLATE_NOOP("Console", "Enter {address_there} in Settings, in the Chatdesk window."),
    ),
    base.NotAChatServer: Wording(
        QT_TRANSLATE_NOOP("Errors", "The server at {url} is not a chat API."),
        QT_TRANSLATE_NOOP("Errors", "The port may be wrong, or /v1 may be missing at the end of the address."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS, NextStep.DIAGNOSE),
        advice=QT_TRANSLATE_NOOP("Console", "Check the port, and whether /v1 is missing at the end."),
    ),
    base.KeyMissing: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} requires an API key, but none is saved."),
        QT_TRANSLATE_NOOP("Errors", "Paste the API key from your account in the provider settings, then try again."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
        advice=QT_TRANSLATE_NOOP("Console", "Enter it in Settings, in the Chatdesk window."),
    ),
    base.KeyRejected: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} rejected the API key (401)."),
        QT_TRANSLATE_NOOP("Errors", "It may have expired, or belong to another provider or region."),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
    ),
    base.SignInNeeded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} requires you to sign in to use this model."),
        QT_TRANSLATE_NOOP("Errors", "Sign in on the page that opens in your browser, then try again."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.SIGN_IN),
        advice=QT_TRANSLATE_NOOP("Console", "Sign in here: {sign_in_url}"),
    ),
    base.KeyExposed: Wording(
        QT_TRANSLATE_NOOP("Errors", "The API key for {server} was not sent, because {address} is not encrypted."),
        QT_TRANSLATE_NOOP("Errors", "Use an https address, or allow sending it in the provider settings."),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS),
        advice=QT_TRANSLATE_NOOP("Console", "Use https, or allow it in Settings, in the Chatdesk window."),
    ),
    base.AccessDenied: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} denied access (403)."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Your account may not have access to this model, or a reverse proxy may not accept the host name.",
        ),
        (NextStep.CHOOSE_MODEL, NextStep.SERVER_SETTINGS, NextStep.DIAGNOSE),
    ),
    base.ModelNotFound: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} has no model named {model}."),
        QT_TRANSLATE_NOOP("Errors", "It may have been removed or renamed."),
        (NextStep.RETRY, NextStep.DIAGNOSE, NextStep.CHOOSE_MODEL),
        advice=QT_TRANSLATE_NOOP("Console", "Run `chatdesk models` to list the available models."),
    ),
    base.RateLimited: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} received too many requests (429). Wait before trying again."),
        QT_TRANSLATE_NOOP("Errors", "Your message is saved. Try again in a moment."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    base.QuotaExhausted: Wording(
        QT_TRANSLATE_NOOP("Errors", "Your account at {server} has no credit left."),
        QT_TRANSLATE_NOOP("Errors", "Add credit to the account, or choose another model."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    base.ContextTooLong: Wording(  # on the command line; the window adds what can be left out: context_wordings.py
        QT_TRANSLATE_NOOP("Errors", "The question does not fit the model's context window."),
    ),
    base.PicturesRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} does not support pictures."),
        QT_TRANSLATE_NOOP("Errors", "Choose a model with vision, or send without the pictures."),
        (NextStep.CHOOSE_MODEL,),
    ),
    base.MemoryExceeded: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not have enough memory for {model}."),
        QT_TRANSLATE_NOOP("Errors", "Use a smaller context window, unload other models, or choose a smaller model."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    base.RequestRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} rejected the request ({status})."),
        "{detail}",
        (NextStep.CHOOSE_MODEL, NextStep.RETRY),
    ),
    base.ServerFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} reported an internal error."),
        "{detail}",
        (NextStep.CHOOSE_MODEL, NextStep.CONTINUE, NextStep.RETRY),
    ),
    base.ModelProcessEnded: Wording(
        QT_TRANSLATE_NOOP("Errors", "The model process on {server} ended."),
        QT_TRANSLATE_NOOP("Errors", "It may have run out of memory. The model is reloaded with the next question."),
        (NextStep.CHOOSE_MODEL, NextStep.RETRY, NextStep.CONTINUE),
        advice=QT_TRANSLATE_NOOP("Console", "{model} will be reloaded for the next question."),
    ),
    base.ServerLoading: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} is still loading its model."),
        QT_TRANSLATE_NOOP("Errors", "Large models can take a few minutes to load."),
        (NextStep.RETRY,),
        advice=QT_TRANSLATE_NOOP("Console", "Try again in a moment."),
    ),
    base.ConnectionLost: Wording(
        QT_TRANSLATE_NOOP("Errors", "The connection to {server} was lost."),
        QT_TRANSLATE_NOOP("Errors", "The text received so far is kept."),
        (NextStep.RETRY, NextStep.CONTINUE),
    ),
    base.AnswerEmpty: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} returned an empty answer."),
        QT_TRANSLATE_NOOP("Errors", "Try again, or send it a message in a chat to see whether it answers."),
        (NextStep.RETRY, NextStep.CHOOSE_MODEL),
    ),
    base.AnswerEndedEarly: Wording(
        QT_TRANSLATE_NOOP("Errors", "The connection ended before the answer was complete."),
        steps=(NextStep.RETRY, NextStep.CONTINUE),
    ),
    base.AnswerUndecodable: Wording(
        QT_TRANSLATE_NOOP("Errors", "The compressed response from {server} could not be decoded."),
        QT_TRANSLATE_NOOP("Errors", "Chatdesk does not request compression. A proxy may have changed the response."),
        (NextStep.SERVER_SETTINGS, NextStep.RETRY),
    ),
    base.AnswerTooLarge: Wording(
        QT_TRANSLATE_NOOP("Errors", "The answer exceeded the size limit and was cut off."),
        QT_TRANSLATE_NOOP("Errors", "The text received so far is kept."),
        (NextStep.RETRY,),
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
            "Enter it again in the provider settings. Values are saved for one address only. Without a system "
            "keyring, they are kept only until you quit Chatdesk.",
        ),
        (NextStep.RETRY, NextStep.SERVER_SETTINGS),
        advice=QT_TRANSLATE_NOOP("Console", "Enter it in Settings, in the Chatdesk window."),
    ),
    # Applications of servers (Dify, n8n, …).
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
    # Downloading, copying, deleting, loading and creating models.
    model_errors.ModelNotChanged: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not complete the action for {model}."),
        QT_TRANSLATE_NOOP("Errors", "Server message: {detail}"),
        (NextStep.RETRY,),
    ),
    model_errors.ModelNameInUse: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} already has a model named {model}."),
        QT_TRANSLATE_NOOP("Errors", "Choose another name, or delete the existing model first."),
    ),
    model_errors.ModelFileRefused: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} cannot read the model file {file}."),
        QT_TRANSLATE_NOOP("Errors", "The GGUF file must be complete and of a supported architecture. {detail}"),
    ),
    model_errors.ModelFileUnreadable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{file} could not be read."),
        QT_TRANSLATE_NOOP("Errors", "Check that the file exists and that you have permission to read it ({reason})."),
        (NextStep.RETRY,),
    ),
    model_errors.PullError: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."), steps=(NextStep.RETRY,)
    ),
    model_errors.PullNameUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} was not found in the model library."),
        QT_TRANSLATE_NOOP("Errors", "Look up the exact name, including the tag after the colon, at ollama.com."),
    ),
    model_errors.PullNameMistyped: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} was not found in the model library."),
        QT_TRANSLATE_NOOP("Errors", "Similar names: {near}."),
    ),
    model_errors.PullTagUnknown: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} is not available in this quantisation."),
        QT_TRANSLATE_NOOP(
            "Errors", "See the available quantisations on the model's page, or leave out the tag after the colon."
        ),
    ),
    model_errors.PullNotAllowed: Wording(
        QT_TRANSLATE_NOOP("Errors", "Access to {model} is restricted."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "It may be private, or you may need to accept its terms on the model's page. Sign in there and in "
            "{server}, then try again.",
        ),
        (NextStep.RETRY,),
    ),
    model_errors.PullDiskShort: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough disk space for {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB free. Free some disk space, or "
            "download anyway if {server} stores its models on another disk.",
        ),
        (NextStep.RETRY,),
    ),
    model_errors.ModelDiskShort: Wording(
        QT_TRANSLATE_NOOP("Errors", "There is not enough disk space for {model}."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB available; 1 GB stays free. Free some "
            "disk space, or choose another folder for models.",
        ),
        (NextStep.RETRY,),
    ),
    model_errors.FileNotAsPublished: Wording(
        QT_TRANSLATE_NOOP("Errors", "The file is not what its publisher listed. Deleted."),
        QT_TRANSLATE_NOOP(
            "Errors", "{file} from {server} has another checksum (SHA-256). Try again, or use another source."
        ),
        (NextStep.MODEL_SOURCES, NextStep.RETRY),
    ),
    model_errors.PullDiskFull: Wording(
        QT_TRANSLATE_NOOP("Errors", "The disk where {server} stores its models is full."),
        QT_TRANSLATE_NOOP(
            "Errors", "Free some disk space, or delete a model you do not need. The part downloaded so far is kept."
        ),
        (NextStep.RETRY,),
    ),
    model_errors.RegistryUnreachable: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not reach the model library."),
        QT_TRANSLATE_NOOP("Errors", "Check its internet connection. The part downloaded so far is kept."),
        (NextStep.RETRY,),
    ),
    model_errors.RegistryUntrusted: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} does not trust the certificate of the model library."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "A proxy on your network may be inspecting encrypted connections. If so, {server} needs its CA "
            "certificate. Also check the date and time of the computer. Error: {reason}",
        ),
        (NextStep.RETRY,),
    ),
    model_errors.PartDamaged: Wording(
        QT_TRANSLATE_NOOP("Errors", "The partial download of {model} on {server} is damaged."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Downloads fail until you delete the damaged files from the “blobs” folder of {server}. Their names "
            "contain “-partial”. {files}",
        ),
        (NextStep.RETRY,),
    ),
    model_errors.ServerTooOld: Wording(
        QT_TRANSLATE_NOOP("Errors", "{model} needs a newer version of {server}."),
        QT_TRANSLATE_NOOP("Errors", "Update it, then try again."),
        (NextStep.RETRY,),
    ),
    model_errors.PullBrokenOff: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} stopped downloading {model}."),
        QT_TRANSLATE_NOOP("Errors", "The part downloaded so far is kept. Try again to resume."),
        (NextStep.RETRY,),
    ),
    model_errors.PullFailed: Wording(
        QT_TRANSLATE_NOOP("Errors", "{server} could not download {model}."),
        QT_TRANSLATE_NOOP("Errors", "Server message: {detail}"),
        (NextStep.RETRY,),
    ),
}
