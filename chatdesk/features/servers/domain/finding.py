"""Finding of a check, its severity, and its remedies. `features/servers/ui/doctor/doctor_texts.py` has the texts."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


class Severity(StrEnum):
    """Meaning of a finding for the user."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; the server is usable nevertheless."""
    BAD = "bad"


class System(StrEnum):
    """Operating systems with specific advice."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


class Cause(StrEnum):
    """What was found. The documentation of each member names its facts."""

    INSTALLED = "installed"
    """`version`: empty if unknown."""
    NOT_INSTALLED = "not_installed"
    NOT_RUNNING = "not_running"
    """Installed, but it does not answer. `port`"""
    STARTED_ELSEWHERE = "started_elsewhere"
    """Its process runs on this machine, but does not answer at this port. `port`"""
    START_FAILED = "start_failed"
    """Starting it failed. `reason`, `code`: its exit code, `output`: lines of its output; each may be empty."""
    LISTENS = "listens"
    """`host`, `port`"""
    NOBODY_HERE = "nobody_here"
    """No program of this machine listens at the port. `port`"""
    NOBODY_THERE = "nobody_there"
    """The host rejects the connection: nothing listens, or only locally. `host`, `port`"""
    HOST_UNKNOWN = "host_unknown"
    """`host`"""
    HOST_SILENT = "host_silent"
    """The host does not respond: switched off, another network, or a firewall. `host`, `port`"""
    ANSWERS = "answers"
    """The server answers correctly. `version`, `milliseconds`, `models`: their number; empty if unknown."""
    NO_ANSWER = "says_nothing"
    """The server accepts the connection but never answers. `seconds`"""
    OTHER_LOOPBACK = "other_loopback"
    """The server listens at the other of the addresses 127.0.0.1 and ::1. `address`"""
    OTHER_PORT = "other_port"
    """The server was found at another port or host name. `address`, `version`"""
    OTHER_SERVER = "other_server"
    """Another kind of server was found. `address`, `vendor`: its ID"""
    PROXY_IN_BETWEEN = "proxy_in_between"
    """Requests fail with the proxy, but work without it. `proxy`: host and port"""
    PROXY_FAILS = "proxy_fails"
    """The proxy fails, and no alternative is known. `proxy`, `reason`"""
    HOST_NAME_REFUSED = "host_name_refused"
    """Ollama rejects requests for this host name (403 without a body). `host`"""
    ORIGIN_REFUSED = "origin_refused"
    """The server rejects an Origin header that the user set."""
    SELF_SIGNED = "self_signed"
    """The certificate is not signed by a trusted CA. `reason`: OpenSSL's message"""
    WRONG_NAME = "wrong_name"
    """The certificate is for another host. `host`, `reason`"""
    EXPIRED = "expired"
    """The certificate has expired, or is not valid yet. `reason`"""
    NOT_TRUSTED = "not_trusted"
    """Any other error of the certificate. `reason`"""
    SPEAKS_PLAIN = "speaks_plain"
    """The address uses https, but the server is not encrypted. `address`"""
    SPEAKS_TLS = "speaks_tls"
    """The address uses http, but the server requires TLS. `address`"""
    OTHER_PATH = "other_path"
    """The API is at another path: `/v1` is missing or repeated. `address`"""
    UNKNOWN_SERVER = "unknown_server"
    """Another program answers. `status`, `program`: how it identifies itself; `title` of its page; all limited in length."""
    MOVED = "moved"
    """The server redirects to another site. `location`"""
    KEY_ACCEPTED = "key_accepted"
    KEY_MISSING = "key_missing"
    KEY_REJECTED = "key_rejected"
    KEY_HELD_BACK = "key_held_back"
    """The key was not sent, as the connection is not encrypted."""
    MODEL_THERE = "model_there"
    """`model`"""
    MODEL_MISSING = "model_missing"
    """`model`"""
    NO_MODELS = "no_models"
    """The server answers, but has no models."""
    OLD_VERSION = "old_version"
    """`version`, `wanted`"""
    TOOK_TOO_LONG = "took_too_long"
    """A check was abandoned. `seconds`"""
    SERVER_REMOVED = "server_gone"
    """The server was removed from the list during the examination."""
    OTHER_ERROR = "other_error"
    """Any other error: `Finding.error`."""


class RemedyKind(StrEnum):
    """Action of a button."""

    USE_ADDRESS = "use_address"
    """Save the server with the address `value`."""
    ADD_SERVER = "add_server"
    """Add another server: of the vendor `detail`, at the address `value`."""
    START = "start"
    """Start the program on this machine."""
    NO_PROXY = "no_proxy"
    """Save the server without a proxy."""
    CHOOSE_AUTHORITIES = "choose_authorities"
    """Choose a CA file for the server."""
    EDIT_KEY = "edit_key"
    EDIT_ADDRESS = "edit_address"
    EDIT_SERVER = "edit_server"
    """Open the server's other settings."""
    PULL_MODEL = "pull_model"
    """Let the server download the model `value`."""
    CHOOSE_MODEL = "choose_model"
    OPEN_PAGE = "open_page"
    """Open `value` in the browser."""
    RUN_COMMAND = "run_command"
    """Show the command `value`, for the user to copy and run on `system`."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Remedy for a finding."""

    kind: RemedyKind
    value: str = ""
    detail: str = ""
    system: System | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of a check. `facts` are untrusted text that is only displayed. The best remedy comes first."""

    cause: Cause
    severity: Severity
    facts: Mapping[str, str] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()
    error: ChatdeskError | None = None


def good(cause: Cause, **facts: str) -> Finding:
    """Return a finding without a problem."""
    return Finding(cause, Severity.GOOD, facts)


def note(cause: Cause, *remedies: Remedy, **facts: str) -> Finding:
    """Return a finding that is worth knowing."""
    return Finding(cause, Severity.NOTE, facts, remedies)


def bad(cause: Cause, *remedies: Remedy, **facts: str) -> Finding:
    """Return a finding with a problem."""
    return Finding(cause, Severity.BAD, facts, remedies)
