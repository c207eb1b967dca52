"""What can ask a model, put together by hand: settings, servers, the built-in engine, the network. No database and no screen.

The command line has no more than this; the window puts the rest on top of it in `composition.py`. It ends in the reverse order.
"""

import logging
import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.models.services.model_preferences import ModelPreferences, ModelPreferencesFile
from chatdesk.features.models.services.model_services import ModelServices, open_model_services
from chatdesk.features.models.services.reasoning import Reasoning
from chatdesk.features.servers.services.server_services import ServerServices, open_server_services
from chatdesk.features.servers.services.servers import BUILT_IN_ID, OLLAMA_ID, Servers, first_servers
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import SIDE_PANEL, USE_SYSTEM_PROXY, WINDOW_STATE
from chatdesk.kernel.settings.store import Settings, StartNotice
from chatdesk.network.addresses import base_url_from_ollama_host
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.model_rules import load_model_rules
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.storage.files.json_file import FileOutcome
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.storage.files.settings_file import EARLIER_CONTEXTS, SettingsFile, earlier_contexts
from chatdesk.system.folders import Folders
from chatdesk.system.key_store import SessionKeyStore, mask_extra
from chatdesk.system.keyring_store import KeyringStore
from chatdesk.system.resources import Resources

if TYPE_CHECKING:
    from chatdesk.network.http import HttpClient


# Where Ollama is said to be on this machine: OLLAMA_HOST, as Ollama itself reads it.

USUAL_OLLAMA_ADDRESS = "http://127.0.0.1:11434"

_ollama_address_log = logging.getLogger(__name__)


def at_its_address(server: ServerConfig) -> ServerConfig:
    """Return Ollama where OLLAMA_HOST says it is, unless the user set another address than the usual one."""
    host = os.environ.get("OLLAMA_HOST", "")
    if server.id != OLLAMA_ID or server.base_url != USUAL_OLLAMA_ADDRESS or not host:
        return server
    try:
        return replace(server, base_url=base_url_from_ollama_host(host))
    except AddressInvalid:
        _ollama_address_log.warning("OLLAMA_HOST is not an address; using %s", server.base_url)
        return server


_log = logging.getLogger(__name__)

PRESETS_NAME = "presets"
"""In the data folder: the user's presets, which any editor can change."""


_OUTLINE_OPEN = "state.outline_open"
"""Key of earlier versions, whose outline had a panel of its own."""

_NOTICES = {
    FileOutcome.RESTORED: StartNotice.FILE_RESTORED,
    FileOutcome.LOST: StartNotice.FILE_LOST,
    FileOutcome.NEWER: StartNotice.FILE_NEWER,
}


@dataclass(frozen=True, slots=True)
class Core:
    """What can ask a model."""

    settings: Settings
    window_state: Settings
    servers: ServerServices
    models: ModelServices
    network: NetworkThread
    http: "Lazy[HttpClient]"
    """Belongs to the network thread."""
    keyring: KeyringStore
    session_keys: SessionKeyStore
    """For secrets that the keyring cannot store."""
    work: RunningWork
    notices: tuple[StartNotice, ...]
    unusable_settings: tuple[str, ...]
    """Keys of settings whose stored values are invalid."""


def utc_now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


def _with_any(stored: tuple[ServerConfig, ...], first: tuple[ServerConfig, ...]) -> tuple[ServerConfig, ...]:
    """Return the stored servers; the first ones before them if all of them were removed."""
    return stored if any(not server.removed for server in stored) else (*first, *stored)


@asynccontextmanager
async def open_core(folders: Folders, resources: Resources, redactor: Redactor) -> AsyncGenerator[Core, None]:
    """Read settings and servers and start the network thread. Raises `StorageError` if a file cannot be read."""
    vendors = load_vendors((resources.resources / "providers.toml").read_text("utf-8"))
    settings_file = SettingsFile(folders.config / "settings.json")
    servers_file = ServersFile(folders.config / "servers.json")
    preferences_file = ModelPreferencesFile(folders.config / "models.json")
    stored_preferences, preferences_outcome = preferences_file.read()
    stored_settings, settings_outcome = settings_file.read()
    if preferences_outcome is FileOutcome.NEW:
        stored_preferences = earlier_contexts(settings_file.unknown_value(EARLIER_CONTEXTS))
    window_file = SettingsFile(folders.config / "window.json", WINDOW_STATE)
    stored_state, state_outcome = window_file.read()
    if state_outcome is FileOutcome.NEW:  # earlier versions kept it among the settings
        stored_state = {state.key: settings_file.unknown_value(state.key) for state in WINDOW_STATE}
    if SIDE_PANEL.key not in stored_state or stored_state[SIDE_PANEL.key] is None:
        was_open = True in (window_file.unknown_value(_OUTLINE_OPEN), settings_file.unknown_value(_OUTLINE_OPEN))
        stored_state = {**stored_state, SIDE_PANEL.key: "outline" if was_open else SIDE_PANEL.default}
    stored_servers, servers_outcome = servers_file.read()
    for header in (header for server in stored_servers for header in server.headers if header.value):
        redactor.add_value(header.value or "")
    if unusable_settings := (*settings_file.unusable, *window_file.unusable):
        _log.warning("Settings whose values cannot be used; the defaults hold: %s", ", ".join(unusable_settings))
    outcomes = (settings_outcome, state_outcome, servers_outcome, preferences_outcome)
    settings = Settings(stored_settings, settings_file.write)
    window_state = Settings(stored_state, window_file.write)
    preferences = ModelPreferences(stored_preferences, preferences_file.write)
    keyring, session_keys = KeyringStore(redactor), SessionKeyStore(redactor)
    servers = Servers(
        tuple(at_its_address(server) for server in _with_any(stored_servers, first_servers(vendors))),
        vendors,
        servers_file.write,
        keyring,
        session_keys,
    )
    for server in servers.all():
        mask_extra(server, redactor)
    servers.changes.subscribe(lambda change: mask_extra(servers.find(change.server_id), redactor))
    rules = load_model_rules((resources.resources / "models.toml").read_text("utf-8"))
    reasoning = Reasoning(servers, rules, settings)
    work = RunningWork()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(settings.close)
        stack.push_async_callback(window_state.close)
        stack.push_async_callback(preferences.close)
        network = NetworkThread()
        stack.push_async_callback(network.aclose)
        http = Lazy(lambda: _make_http(settings), lambda client: client.aclose())
        stack.push_async_callback(network.call, http.close)
        server_services = await stack.enter_async_context(
            open_server_services(
                settings,
                servers,
                folders.cache,
                folders.data,
                resources.resources / "engine_archives.toml",
                network,
                http,
                redactor,
                reasoning.with_thinking_resolved,
                lambda: model_services.library.downloads,
                _move_to_trash,
                lambda model_id: preferences.of(ModelRef(BUILT_IN_ID, model_id)).engine,
            )
        )
        model_services = await stack.enter_async_context(
            open_model_services(
                server_services,
                window_state,
                preferences,
                reasoning,
                rules,
                resources.resources / "model_catalogue.toml",
                folders.data,
                utc_now,
                work,
                network,
                http,
            )
        )
        yield Core(
            settings,
            window_state,
            server_services,
            model_services,
            network,
            http,
            keyring,
            session_keys,
            work,
            tuple(_NOTICES[outcome] for outcome in outcomes if outcome in _NOTICES),
            unusable_settings,
        )


def _move_to_trash(path: Path) -> None:
    """Move a file to the trash. Raise `OSError` if that fails."""
    from PySide6.QtCore import QFile  # noqa: PLC0415 - start-up time, and commands without a window

    if not QFile.moveToTrash(str(path)):
        raise OSError(f"{path.name} cannot be moved to the trash")


def _make_http(settings: Settings) -> "HttpClient":
    from chatdesk.network.http import HttpClient  # noqa: PLC0415 - start-up time: made with the first request

    return HttpClient(lambda: settings.get(USE_SYSTEM_PROXY))
