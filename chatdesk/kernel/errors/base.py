"""The base class of all errors and the errors of servers.

ChatdeskError
├── ServerError                      something about a server that answers chat; of applications: application_errors.py
│   ├── AddressInvalid               its address cannot be used as it is written
│   ├── ServerOptionUnusable         something the user set for it cannot be used
│   │   └── ProxyUnusable / CaFileInvalid / ExtraBodyUnusable
│   ├── ServerUnreachable            nothing answers at the address (refused, no route, name unknown)
│   ├── ServerTimedOut               no answer in time, before the first byte
│   ├── RequestTimedOut              408: the server, or what stands before it, gave up
│   ├── CertificateRefused           TLS could not be trusted
│   ├── ProxyFailed                  the proxy on the way refused
│   │   └── ProxyLoginRefused        it wants a name and a password
│   ├── RedirectRefused              the server points elsewhere; keys are never sent along
│   │   └── MovedToTls               to itself, over TLS
│   ├── NotAChatServer               something answers, but not the protocol (wrong port, login page, missing /v1)
│   ├── KeyMissing / KeyRejected (SignInNeeded) / AccessDenied
│   ├── KeyExposed                   the key would go over plain http to another machine, and nobody allowed that
│   ├── ModelNotFound
│   ├── RateLimited / QuotaExhausted
│   ├── ContextTooLong
│   ├── PicturesRefused              the model takes no pictures
│   ├── RequestRefused               400, 422 and the like, with the server's own words
│   ├── ServerFailed                 5xx, or an error inside the stream
│   ├── ModelProcessEnded            the process that runs the model at the server died
│   ├── ServerLoading                503 while a model loads
│   ├── ConnectionLost               cut in mid-stream
│   ├── AnswerEndedEarly             the stream closed without saying that it was finished
│   ├── AnswerEmpty                  it finished without a word, where words were needed
│   ├── AnswerUndecodable            it came compressed, and cannot be unpacked
│   └── AnswerTooLarge               a line or the whole answer went over our caps
├── EngineError                      something about the built-in engine: engine_errors.py
├── KeyringError                     something about the system's keyring: keyring_errors.py
├── AttachmentError                  a file the user wants to send along: attachment_errors.py
├── UnexpectedFailure                a bug
├── ProgramClosed                    Chatdesk itself ended in the middle of an answer
└── StorageError                     something about the database or a file: storage_errors.py
"""

from dataclasses import field, fields

from chatdesk.kernel.errors.failure import Failure, FailureValue
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class ChatdeskError(Exception):
    """Base of everything we expect to go wrong. Anything else is a bug.

    `eq=False` keeps exceptions hashable; compare `to_failure(error)` values instead.
    """

    def __str__(self) -> str:
        """For logs and tests, never for people."""
        return repr(self)


@dataclass(eq=False)
class UnexpectedFailure(ChatdeskError):
    """A bug, ours or of something we rely on. `kind` is the exception's name; what it says stands in the log only."""

    kind: str = ""


@dataclass(eq=False)
class ProgramClosed(ChatdeskError):
    """The user closed the program, or the system did, while an answer was being written."""


@dataclass(eq=False)
class ServerError(ChatdeskError):
    """Something about a server. `server` is its name, `address` its base URL."""

    server: str = ""
    address: str = ""
    reply: str = field(default="", kw_only=True)
    """The beginning of what was answered, as it came, where no API said it (a web page, say). Plain text."""


@dataclass(eq=False)
class AddressInvalid(ServerError):
    """`address` cannot be used as it is written. `problem`: `scheme`, `host`, `port`, or `userinfo` (a name or key before an @)."""

    problem: str = ""


@dataclass(eq=False)
class ServerOptionUnusable(ServerError):
    """Something the user set for the server cannot be used, so it is not asked. `reason` is technical."""

    reason: str = ""


@dataclass(eq=False)
class ProxyUnusable(ServerOptionUnusable):
    """Of the address of its proxy. `reason` as `AddressInvalid.problem`, or `path`."""


@dataclass(eq=False)
class CaFileInvalid(ServerOptionUnusable):
    """Of the file of authorities: it cannot be read, or holds no certificate."""


@dataclass(eq=False)
class ExtraBodyUnusable(ServerOptionUnusable):
    """Of the JSON that goes along with every chat (`extra_body.py`)."""


@dataclass(eq=False)
class ServerUnreachable(ServerError):
    """Nothing answers there. `reason` is the system's word."""

    reason: str = ""


@dataclass(eq=False)
class ServerTimedOut(ServerError):
    """No answer within `seconds`."""

    seconds: float = 0.0


@dataclass(eq=False)
class RequestTimedOut(ServerError):
    """408: the server, or what stands before it, gave up waiting."""


@dataclass(eq=False)
class CertificateRefused(ServerError):
    """The server's certificate is not to be trusted; `reason` as OpenSSL says."""

    reason: str = ""


@dataclass(eq=False)
class ProxyFailed(ServerError):
    """The proxy did not let us through."""

    reason: str = ""


@dataclass(eq=False)
class ProxyLoginRefused(ProxyFailed):
    """The proxy wants a name and a password (407), or others than it was told."""


@dataclass(eq=False)
class RedirectRefused(ServerError):
    """The server sends us to `location`; requests with a key never follow."""

    location: str = ""


@dataclass(eq=False)
class MovedToTls(RedirectRefused):
    """It is the same host, which wants to be asked over TLS. `address_there` is the base URL then."""

    address_there: str = ""


@dataclass(eq=False)
class NotAChatServer(ServerError):
    """`url` answered `status` with something that is not the protocol; `detail` is the beginning of it, as plain text."""

    url: str = ""
    status: int = 0
    detail: str = ""


@dataclass(eq=False)
class KeyMissing(ServerError):
    """The server needs a key and none is saved."""


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
    """Others could read the key on the way, so nothing was sent. The user can allow it for this server."""


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
    """429. `retry_after` in seconds, where the server says."""

    retry_after: float | None = None
    detail: str = ""


@dataclass(eq=False)
class QuotaExhausted(ServerError):
    """No credit left (402, or 429 insufficient_quota)."""

    detail: str = ""


@dataclass(eq=False)
class ContextTooLong(ServerError):
    """The conversation does not fit. Token counts where the server tells; without a server it was not asked.

    `detail` is the server's own text, `enough` the smallest context with which it fits, where the user can have one.
    """

    prompt_tokens: int | None = None
    limit: int | None = None
    detail: str = ""
    enough: int | None = None
    can_leave_out: bool = True
    """Whether there are older messages without which it fits."""


@dataclass(eq=False)
class PicturesRefused(ServerError):
    """`model` takes no pictures; `detail` is the server's own text where it was asked."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class MemoryExceeded(ServerError):
    """The server has not enough memory for `model` and its context; `detail` is its own text."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class RequestRefused(ServerError):
    """The server did not accept the request; `detail` is its own text."""

    status: int = 0
    detail: str = ""


@dataclass(eq=False)
class ServerFailed(ServerError):
    """The server failed by itself; `status` is 0 for an error inside the stream. `retry_after` in seconds, where it says."""

    status: int = 0
    detail: str = ""
    retry_after: float | None = None


@dataclass(eq=False)
class ModelProcessEnded(ServerError):
    """The process that runs `model` at the server died, of memory perhaps. `detail` is the server's own text."""

    model: str = ""
    detail: str = ""


@dataclass(eq=False)
class ServerLoading(ServerError):
    """The server is loading its model and takes no request yet."""


@dataclass(eq=False)
class ConnectionLost(ServerError):
    """The connection broke after the answer had begun."""

    reason: str = ""


@dataclass(eq=False)
class AnswerEndedEarly(ServerError):
    """The stream ended without a finish reason: the answer may be incomplete."""


@dataclass(eq=False)
class AnswerEmpty(ServerError):
    """A model answered without a word where words were needed."""

    model: str = ""


@dataclass(eq=False)
class AnswerUndecodable(ServerError):
    """What came is not packed as it says, or in a way we do not know; `encoding` is what it says, `reason` technical."""

    encoding: str = ""
    reason: str = ""


@dataclass(eq=False)
class AnswerTooLarge(ServerError):
    """More than `limit_bytes` in one line or one answer."""

    limit_bytes: int = 0


def to_failure(error: ChatdeskError) -> Failure:
    """Return the error as a value that can be kept with a message."""
    data: dict[str, FailureValue] = {field.name: getattr(error, field.name) for field in fields(error)}
    return Failure(type(error).__name__, data)
