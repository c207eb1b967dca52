"""The base class of all errors, and the errors of servers.

ChatdeskError
├── ServerError                      a server that answers chats; errors of applications: application_errors.py, of hubs: hub_errors.py
│   ├── AddressInvalid               the address is not valid
│   ├── ServerOptionUnusable         a setting of the server is not valid
│   │   └── ProxyUnusable / CaFileInvalid / ExtraBodyUnusable
│   ├── ServerUnreachable            no connection (refused, no route, unknown host name)
│   ├── ServerTimedOut               no response in time, before the first byte
│   ├── RequestTimedOut              408: the server or a proxy before it timed out
│   ├── CertificateRefused           the TLS certificate is not trusted
│   ├── ProxyFailed                  the proxy refused the request
│   │   └── ProxyLoginRefused        it requires a user name and password
│   ├── RedirectRefused              the server redirects elsewhere; keys are never sent along
│   │   └── MovedToTls               to itself, over TLS
│   ├── NotAChatServer               a response, but not of the protocol (wrong port, login page, missing /v1)
│   ├── KeyMissing / KeyRejected (SignInNeeded) / AccessDenied
│   ├── KeyExposed                   the key would be sent unencrypted to another machine, which the user has not allowed
│   ├── ModelNotFound
│   ├── RateLimited / QuotaExhausted
│   ├── ContextTooLong
│   ├── PicturesRefused              the model does not support pictures
│   ├── MemoryExceeded               the server does not have enough memory for the model
│   ├── RequestRefused               400, 422 and the like, with the server's own message
│   ├── ServerFailed                 5xx, or an error inside the stream
│   ├── ModelProcessEnded            the process that runs the model on the server ended
│   ├── ServerLoading                503 while a model is loading
│   ├── ConnectionLost               the connection broke during the answer
│   ├── AnswerEndedEarly             the stream ended without a finish reason
│   ├── AnswerEmpty                  the answer has no text where text is needed
│   ├── AnswerUndecodable            the compressed response cannot be decoded
│   └── AnswerTooLarge               a line or the whole answer exceeds the limit
├── EngineError                      the built-in engine: engine_errors.py
├── KeyringError                     the system keyring: keyring_errors.py
├── AttachmentError                  a file to attach: attachment_errors.py
├── UnexpectedFailure                a bug
├── ProgramClosed                    Chatdesk was closed during an answer
├── PassphraseWrong, KeyNotKnown …   a passphrase; folders of backups: backup_errors.py
└── StorageError                     the database or a file: storage_errors.py
"""

from dataclasses import field, fields

from chatdesk.kernel.errors.failure import Failure, FailureValue
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class ChatdeskError(Exception):
    """Base class of all expected errors. Any other exception is a bug.

    `eq=False` keeps exceptions hashable; compare `to_failure(error)` values instead.
    """

    def __str__(self) -> str:
        """Return the technical form, for logs and tests only."""
        return repr(self)


@dataclass(eq=False)
class UnexpectedFailure(ChatdeskError):
    """A bug, in Chatdesk or in a library. `kind` is the name of the exception; its message is in the log only."""

    kind: str = ""


@dataclass(eq=False)
class ProgramClosed(ChatdeskError):
    """The user or the system closed the program while an answer was being written."""


@dataclass(eq=False)
class ServerError(ChatdeskError):
    """Base class. `server` is the name of the server, `address` its base URL."""

    server: str = ""
    address: str = ""
    reply: str = field(default="", kw_only=True)
    """The beginning of the raw response where it did not come from an API (a web page, say). Plain text."""


@dataclass(eq=False)
class AddressInvalid(ServerError):
    """`address` is not valid. `problem` is `scheme`, `host`, `port`, or `userinfo` (a name or key before an @)."""

    problem: str = ""


@dataclass(eq=False)
class ServerOptionUnusable(ServerError):
    """A setting of the server is not valid, so nothing was sent. `reason` is technical."""

    reason: str = ""


@dataclass(eq=False)
class ProxyUnusable(ServerOptionUnusable):
    """The proxy address is not valid. `reason` is as in `AddressInvalid.problem`, or `path`."""


@dataclass(eq=False)
class CaFileInvalid(ServerOptionUnusable):
    """The CA file cannot be read, or has no certificate."""


@dataclass(eq=False)
class ExtraBodyUnusable(ServerOptionUnusable):
    """The JSON to add to every request is not valid (`extra_body.py`)."""


@dataclass(eq=False)
class ServerUnreachable(ServerError):
    """There is no connection to the server. `reason` is the system error."""

    reason: str = ""


@dataclass(eq=False)
class ServerTimedOut(ServerError):
    """The server did not respond within `seconds`."""

    seconds: float = 0.0


@dataclass(eq=False)
class RequestTimedOut(ServerError):
    """408: the server, or a proxy before it, timed out."""


@dataclass(eq=False)
class CertificateRefused(ServerError):
    """The server's certificate is not trusted. `reason` is the message of OpenSSL."""

    reason: str = ""


@dataclass(eq=False)
class ProxyFailed(ServerError):
    """The proxy refused the request."""

    reason: str = ""


@dataclass(eq=False)
class ProxyLoginRefused(ProxyFailed):
    """407: the proxy requires a user name and password, or rejected them."""


@dataclass(eq=False)
class RedirectRefused(ServerError):
    """The server redirects to `location`. Requests with a key never follow."""

    location: str = ""


@dataclass(eq=False)
class MovedToTls(RedirectRefused):
    """The redirect is to the same host over TLS. `address_there` is the new base URL."""

    address_there: str = ""


@dataclass(eq=False)
class NotAChatServer(ServerError):
    """`url` answered with `status` and content that is not of the protocol; `detail` is its beginning as plain text."""

    url: str = ""
    status: int = 0
    detail: str = ""


@dataclass(eq=False)
class KeyMissing(ServerError):
    """The server requires a key and none is saved."""


@dataclass(eq=False)
class KeyRejected(ServerError):
    """401: the key is not accepted."""

    detail: str = ""


@dataclass(eq=False)
class SignInNeeded(KeyRejected):
    """401, and the server names the page where the user signs in (Ollama, for models in its cloud)."""

    sign_in_url: str = ""


@dataclass(eq=False)
class KeyExposed(ServerError):
    """Nothing was sent, because others could read the key on the way. The user can allow it for this server."""


@dataclass(eq=False)
class AccessDenied(ServerError):
    """403, or Ollama's refusal of the Host header (empty `detail`)."""

    detail: str = ""


@dataclass(eq=False)
class ModelNotFound(ServerError):
    """The server has no such model."""

    model: str = ""


@dataclass(eq=False)
class RateLimited(ServerError):
    """429. `retry_after` is in seconds, None if the server does not say."""

    retry_after: float | None = None
    detail: str = ""


@dataclass(eq=False)
class QuotaExhausted(ServerError):
    """No credit left (402, or 429 insufficient_quota)."""

    detail: str = ""


@dataclass(eq=False)
class ContextTooLong(ServerError):
    """The conversation exceeds the context window. Token counts are None where unknown.

    Without `server`, Chatdesk found it itself and nothing was sent. `detail` is the server's own message. `enough` is the smallest context
    window that is large enough, if the user can have it.
    """

    prompt_tokens: int | None = None
    limit: int | None = None
    detail: str = ""
    enough: int | None = None
    can_leave_out: bool = True
    """Whether the conversation fits without its older messages."""
    has_documents: bool = False
    """Whether the question has the text of documents, of which only the relevant passages can be sent."""


@dataclass(eq=False)
class PicturesRefused(ServerError):
    """`model` does not support pictures. `detail` is the server's own message, empty if nothing was sent."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class MemoryExceeded(ServerError):
    """The server does not have enough memory for `model` and its context. `detail` is its own message."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class RequestRefused(ServerError):
    """The server rejected the request. `detail` is its own message."""

    status: int = 0
    detail: str = ""


@dataclass(eq=False)
class ServerFailed(ServerError):
    """An error of the server. `status` is 0 inside a stream. `retry_after` is in seconds, None if the server does not say."""

    status: int = 0
    detail: str = ""
    retry_after: float | None = None


@dataclass(eq=False)
class ModelProcessEnded(ServerError):
    """The process that runs `model` on the server ended, possibly out of memory. `detail` is the server's own message."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class ServerLoading(ServerError):
    """The server is loading its model and does not accept requests yet."""


@dataclass(eq=False)
class ConnectionLost(ServerError):
    """The connection broke after the answer had begun."""

    reason: str = ""


@dataclass(eq=False)
class AnswerEndedEarly(ServerError):
    """The stream ended without a finish reason, so the answer may be incomplete."""


@dataclass(eq=False)
class AnswerEmpty(ServerError):
    """The model returned no text where text is needed."""

    model: str = ""


@dataclass(eq=False)
class AnswerUndecodable(ServerError):
    """The response is not compressed as it claims, or in an unknown way. `encoding` is what it claims, `reason` is technical."""

    encoding: str = ""
    reason: str = ""


@dataclass(eq=False)
class AnswerTooLarge(ServerError):
    """One line or the whole answer is larger than `limit_bytes`."""

    limit_bytes: int = 0


def to_failure(error: ChatdeskError) -> Failure:
    """Return the error as a value that can be stored with a message."""
    data: dict[str, FailureValue] = {field.name: getattr(error, field.name) for field in fields(error)}
    return Failure(type(error).__name__, data)
