"""Names and states of servers in a few words, shared by the model picker and the cards in the settings.

The colours of the states are defined where they are drawn.
"""

from enum import Enum, auto
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.errors.base import KeyExposed, KeyMissing, KeyRejected, ServerLoading, ServerUnreachable
from chatdesk.kernel.servers.server import ServerConfig, Vendor, can_be_started


class ServerHealth(Enum):
    """State of a server."""

    LOOKING = auto()
    READY = auto()
    """Available, but started only when a chat needs it."""
    CONNECTED = auto()
    LOADING = auto()
    NOT_RUNNING = auto()
    """It does not answer, but the user can start it."""
    NOT_REACHABLE = auto()
    KEY_MISSING = auto()
    KEY_REJECTED = auto()
    KEY_HELD_BACK = auto()
    BROKEN = auto()
    """Any other error; `describe_error` has the sentence."""


def health_of(state: ServerState, vendor: Vendor) -> ServerHealth:
    """Return the state of a server."""
    if state.status:
        return ServerHealth.READY if state.server.is_built_in else ServerHealth.CONNECTED
    match state.error:
        case None:
            return ServerHealth.LOOKING
        case ServerUnreachable():
            return ServerHealth.NOT_RUNNING if can_be_started(state.server, vendor) else ServerHealth.NOT_REACHABLE
        case ServerLoading():
            return ServerHealth.LOADING
        case KeyMissing():
            return ServerHealth.KEY_MISSING
        case KeyRejected():
            return ServerHealth.KEY_REJECTED
        case KeyExposed():
            return ServerHealth.KEY_HELD_BACK
        case _:
            return ServerHealth.BROKEN


def health_text(health: ServerHealth) -> str:
    """Return a state in a few words."""
    translate = QCoreApplication.translate
    match health:
        case ServerHealth.LOOKING:
            return translate("Servers", "Checking…")
        case ServerHealth.READY:
            return translate("Servers", "Ready")
        case ServerHealth.CONNECTED:
            return translate("Servers", "Connected")
        case ServerHealth.LOADING:
            return translate("Servers", "Loading model")
        case ServerHealth.NOT_RUNNING:
            return translate("Servers", "Not running")
        case ServerHealth.NOT_REACHABLE:
            return translate("Servers", "Not reachable")
        case ServerHealth.KEY_MISSING:
            return translate("Servers", "API key required")
        case ServerHealth.KEY_REJECTED:
            return translate("Servers", "API key rejected")
        case ServerHealth.KEY_HELD_BACK:
            return translate("Servers", "API key not sent")
        case ServerHealth.BROKEN:
            return translate("Servers", "Not working")
        case _:
            assert_never(health)


def server_name(server: ServerConfig) -> str:
    """Return the displayed name: the user's, or that of the engine or the vendor in the current language."""
    if server.is_built_in:
        return QCoreApplication.translate("Servers", "Built-in engine")
    # Half a surrogate pair, in an edited file, cannot be translated.
    return QCoreApplication.translate("Vendors", server.name) if server.name.isprintable() else server.name
