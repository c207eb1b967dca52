"""One thing a check found, how bad it is, and what mends it. How it is worded: `features/servers/ui/doctor/doctor_texts.py`."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


class Severity(StrEnum):
    """What a finding means for the user."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; the server can be used all the same."""
    BAD = "bad"


class System(StrEnum):
    """The systems for which there is advice of its own."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


class Cause(StrEnum):
    """What was found. Behind each the names of the facts it has."""

    INSTALLED = "installed"
    """`version`, empty if it did not tell."""
    NOT_INSTALLED = "not_installed"
    NOT_RUNNING = "not_running"
    """Installed, and nobody answers. `port`"""
    STARTED_ELSEWHERE = "started_elsewhere"
    """Its program runs on this machine, and does not answer here. `port`"""
    START_FAILED = "start_failed"
    """It was started in vain. `reason`, `code`: its exit code, `output`: what it wrote, in lines; each may be empty."""
    LISTENS = "listens"
    """`host`, `port`"""
    NOBODY_HERE = "nobody_here"
    """No program of this machine listens there. `port`"""
    NOBODY_THERE = "nobody_there"
    """The host refuses: nothing listens there, or only for the host itself. `host`, `port`"""
    HOST_UNKNOWN = "host_unknown"
    """`host`"""
    HOST_SILENT = "host_silent"
    """It does not react: off, another network, a firewall. `host`, `port`"""
    ANSWERS = "answers"
    """As it should. `version`, `milliseconds`, `models`: a number; empty where it does not tell."""
    SAYS_NOTHING = "says_nothing"
    """It takes the connection and never answers. `seconds`"""
    OTHER_LOOPBACK = "other_loopback"
    """It listens at the other one of 127.0.0.1 and ::1. `address`"""
    OTHER_PORT = "other_port"
    """The server was found at another port, or host name. `address`, `version`"""
    OTHER_SERVER = "other_server"
    """Another kind of server was found. `address`, `vendor`: the id of its row"""
    PROXY_IN_BETWEEN = "proxy_in_between"
    """A proxy fails where the direct way works. `proxy`: host and port"""
    PROXY_FAILS = "proxy_fails"
    """The proxy fails, and nothing better is known. `proxy`, `reason`"""
    HOST_NAME_REFUSED = "host_name_refused"
    """Ollama refuses requests for this host name (403, empty). `host`"""
    ORIGIN_REFUSED = "origin_refused"
    """A header Origin that the user set is refused."""
    SELF_SIGNED = "self_signed"
    """The certificate is vouched for by nobody we trust. `reason` in OpenSSL's words"""
    WRONG_NAME = "wrong_name"
    """The certificate is another host's. `host`, `reason`"""
    EXPIRED = "expired"
    """Or not valid yet. `reason`"""
    NOT_TRUSTED = "not_trusted"
    """Any other fault of a certificate. `reason`"""
    SPEAKS_PLAIN = "speaks_plain"
    """The address says https, and the server speaks plain http. `address`"""
    SPEAKS_TLS = "speaks_tls"
    """The address says http, and the server wants TLS. `address`"""
    OTHER_PATH = "other_path"
    """The API is at another path: `/v1` missing or doubled. `address`"""
    STRANGER = "stranger"
    """Something else answers. `status`, `program`: what it calls itself; `title` of its page; all of it bounded."""
    MOVED = "moved"
    """It sends everybody elsewhere. `location`"""
    KEY_ACCEPTED = "key_accepted"
    KEY_MISSING = "key_missing"
    KEY_REJECTED = "key_rejected"
    KEY_HELD_BACK = "key_held_back"
    """It would go unencrypted."""
    MODEL_THERE = "model_there"
    """`model`"""
    MODEL_MISSING = "model_missing"
    """`model`"""
    NO_MODELS = "no_models"
    """The server answers, and has none at all."""
    OLD_VERSION = "old_version"
    """`version`, `wanted`"""
    TOOK_TOO_LONG = "took_too_long"
    """A check was given up. `seconds`"""
    SERVER_GONE = "server_gone"
    """Somebody removed it from the list while it was looked at."""
    OTHER_ERROR = "other_error"
    """Worded as errors are: `Finding.error`."""


class RemedyKind(StrEnum):
    """What a button does."""

    USE_ADDRESS = "use_address"
    """Save the server with the address `value`."""
    ADD_SERVER = "add_server"
    """Add another server: of the vendor `detail`, at the address `value`."""
    START = "start"
    """Start the program on this machine."""
    NO_PROXY = "no_proxy"
    """Save the server with no proxy in between."""
    CHOOSE_AUTHORITIES = "choose_authorities"
    """Choose a file of authorities for the server."""
    EDIT_KEY = "edit_key"
    EDIT_ADDRESS = "edit_address"
    EDIT_SERVER = "edit_server"
    """Go to what else is set up for it."""
    PULL_MODEL = "pull_model"
    """Have the server download the model `value`."""
    CHOOSE_MODEL = "choose_model"
    OPEN_PAGE = "open_page"
    """Open `value` in the browser."""
    RUN_COMMAND = "run_command"
    """Tell the command `value`, to be copied and run by the user; `system` says where."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to mend it."""

    kind: RemedyKind
    value: str = ""
    detail: str = ""
    system: System | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`facts` are plain text of anybody: they are shown as values only. The best remedy comes first."""

    cause: Cause
    severity: Severity
    facts: Mapping[str, str] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()
    error: ChatdeskError | None = None


def good(cause: Cause, **facts: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(cause, Severity.GOOD, facts)


def note(cause: Cause, *remedies: Remedy, **facts: str) -> Finding:
    """Return something worth knowing."""
    return Finding(cause, Severity.NOTE, facts, remedies)


def bad(cause: Cause, *remedies: Remedy, **facts: str) -> Finding:
    """Return what is wrong."""
    return Finding(cause, Severity.BAD, facts, remedies)
