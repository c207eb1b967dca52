"""What a server is called and how it is, in a word or two: the same words in the picker and on the cards of the settings.

Which colour goes with a standing is decided where it is drawn.
"""

from enum import Enum, auto
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.errors.base import KeyExposed, KeyMissing, KeyRejected, ServerLoading, ServerUnreachable
from chatdesk.kernel.servers.server import ServerConfig, Vendor, can_be_started


class Standing(Enum):
    """How a server is."""

    LOOKING = auto()
    READY = auto()
    """It is there, but runs only when a chat needs it."""
    CONNECTED = auto()
    LOADING = auto()
    NOT_RUNNING = auto()
    """Nobody answers, and the user can start it."""
    NOT_REACHABLE = auto()
    KEY_MISSING = auto()
    KEY_REJECTED = auto()
    KEY_HELD_BACK = auto()
    BROKEN = auto()
    """Anything else; `describe_error` has the sentence."""


def standing_of(state: ServerState, vendor: Vendor) -> Standing:
    """Return how a server is."""
    if state.status:
        return Standing.READY if state.server.is_built_in else Standing.CONNECTED
    match state.error:
        case None:
            return Standing.LOOKING
        case ServerUnreachable():
            return Standing.NOT_RUNNING if can_be_started(state.server, vendor) else Standing.NOT_REACHABLE
        case ServerLoading():
            return Standing.LOADING
        case KeyMissing():
            return Standing.KEY_MISSING
        case KeyRejected():
            return Standing.KEY_REJECTED
        case KeyExposed():
            return Standing.KEY_HELD_BACK
        case _:
            return Standing.BROKEN


def standing_words(standing: Standing) -> str:
    """Return a standing in a word or two."""
    translate = QCoreApplication.translate
    match standing:
        case Standing.LOOKING:
            return translate("Servers", "Checking…")
        case Standing.READY:
            return translate("Servers", "Ready")
        case Standing.CONNECTED:
            return translate("Servers", "Connected")
        case Standing.LOADING:
            return translate("Servers", "Loading model")
        case Standing.NOT_RUNNING:
            return translate("Servers", "Not running")
        case Standing.NOT_REACHABLE:
            return translate("Servers", "Not reachable")
        case Standing.KEY_MISSING:
            return translate("Servers", "API key required")
        case Standing.KEY_REJECTED:
            return translate("Servers", "API key rejected")
        case Standing.KEY_HELD_BACK:
            return translate("Servers", "API key not sent")
        case Standing.BROKEN:
            return translate("Servers", "Not working")
        case _:
            assert_never(standing)


def server_name(server: ServerConfig) -> str:
    """Return the name to show: the user's own, but the built-in engine's in the language of now."""
    if server.is_built_in:
        return QCoreApplication.translate("Servers", "Built-in engine")
    return server.name
