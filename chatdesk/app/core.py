"""What can ask a model, put together by hand: settings, servers, the built-in engine, the network. No database and no screen.

The command line has no more than this; the window puts the rest on top of it in `composition.py`. It ends in the reverse order.
"""

import logging
import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.chat.services.request.reasoning import Reasoning
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.models.services.model_preferences import ModelPreferences, ModelPreferencesFile
from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import OLLAMA_ID, Servers, first_servers
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model_rules import ModelRule
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import USE_SYSTEM_PROXY, WINDOW_STATE
from chatdesk.kernel.settings.store import Settings, StartNotice
from chatdesk.network.addresses import base_url_from_ollama_host
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.model_rules import load_model_rules
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.storage.files.json_file import FileOutcome, JsonFile
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.storage.files.settings_file import EARLIER_CONTEXTS, SettingsFile, earlier_contexts
from chatdesk.system.folders import Folders
from chatdesk.system.key_store import SessionKeyStore, mask_extra
from chatdesk.system.keyring_store import KeyringStore
from chatdesk.system.machine import physical_cores
from chatdesk.system.resources import Resources

if TYPE_CHECKING:
    from chatdesk.engine.engine import BuiltInEngine
    from chatdesk.features.attachments.services.pictures import Pictures
    from chatdesk.kernel.models.machine import Machine
    from chatdesk.network.http import HttpClient


# Where Ollama is said to be on this machine: OLLAMA_HOST, as Ollama itself reads it.

USUAL_OLLAMA_ADDRESS = "http://127.0.0.1:11434"

_ollama_address_log = logging.getLogger(__name__)


def at_its_address(server: ServerConfig) -> ServerConfig:
    """Return Ollama where OLLAMA_HOST says it is, unless the user gave it another address than the usual one."""
    host = os.environ.get("OLLAMA_HOST", "")
    if server.id != OLLAMA_ID or server.base_url != USUAL_OLLAMA_ADDRESS or not host:
        return server
    try:
        return replace(server, base_url=base_url_from_ollama_host(host))
    except AddressInvalid:
        _ollama_address_log.warning("OLLAMA_HOST is not an address; using %s", server.base_url)
        return server


_log = logging.getLogger(__name__)

CONTEXTS_NAME = "contexts.json"
MODEL_HEADS_NAME = "model heads.json"
"""In the folder of what can be made again: what was read of model files."""
PRESETS_NAME = "presets"
"""In the folder of data; what the user makes and changes there with any editor."""


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
    preferences: ModelPreferences
    servers: Servers
    built_in: BuiltIn
    connections: Connections
    answers: Answers
    """What asks models: the connections, in a context that is enough."""
    models: Models
    contexts: Contexts
    pictures: "Lazy[Pictures]"
    model_rules: tuple[ModelRule, ...]
    reasoning: Reasoning
    network: NetworkThread
    http: "Lazy[HttpClient]"
    """Belongs to the network thread."""
    notices: tuple[StartNotice, ...]
    unusable_settings: tuple[str, ...]


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
        stored_preferences = earlier_contexts(settings_file.strange(EARLIER_CONTEXTS))
    window_file = SettingsFile(folders.config / "window.json", WINDOW_STATE)
    stored_state, state_outcome = window_file.read()
    if state_outcome is FileOutcome.NEW:  # earlier versions kept it among the settings
        stored_state = {state.key: settings_file.strange(state.key) for state in WINDOW_STATE}
    stored_servers, servers_outcome = servers_file.read()
    for header in (header for server in stored_servers for header in server.headers if header.value):
        redactor.add_value(header.value or "")
    if unusable_settings := (*settings_file.unusable, *window_file.unusable):
        _log.warning("Settings whose values cannot be used; the defaults hold: %s", ", ".join(unusable_settings))
    settings = Settings(stored_settings, settings_file.write)
    window_state = Settings(stored_state, window_file.write)
    preferences = ModelPreferences(stored_preferences, preferences_file.write)
    servers = Servers(
        tuple(at_its_address(server) for server in _with_any(stored_servers, first_servers(vendors))),
        vendors,
        servers_file.write,
        KeyringStore(redactor),
        SessionKeyStore(redactor),
    )
    for server in servers.all():
        mask_extra(server, redactor)
    servers.changes.subscribe(lambda change: mask_extra(servers.find(change.server_id), redactor))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(settings.close)
        stack.push_async_callback(window_state.close)
        stack.push_async_callback(preferences.close)
        stack.push_async_callback(servers.close)
        files = ModelFiles(settings, JsonFile(folders.cache / MODEL_HEADS_NAME))
        built_in = BuiltIn(_make_engine, files, settings, _total_memory)
        stack.push_async_callback(built_in.close)
        network = NetworkThread()
        stack.push_async_callback(network.aclose)
        http = Lazy(lambda: _make_http(settings), lambda client: client.aclose())
        stack.push_async_callback(network.call, http.close)
        rules = load_model_rules((resources.resources / "models.toml").read_text("utf-8"))
        reasoning = Reasoning(servers, rules, settings)
        connections = Connections(
            servers, built_in, network, http, with_thinking_resolved=reasoning.with_thinking_resolved
        )
        outcomes = (settings_outcome, state_outcome, servers_outcome, preferences_outcome)
        notices = tuple(_NOTICES[outcome] for outcome in outcomes if outcome in _NOTICES)
        models = Models(servers, connections)
        contexts = Contexts(models, servers, preferences.context, _read_machine, JsonFile(folders.data / CONTEXTS_NAME))
        stack.push_async_callback(contexts.close)
        pictures = Lazy(lambda: _make_pictures(network, http))
        yield Core(
            settings,
            window_state,
            preferences,
            servers,
            built_in,
            connections,
            Answers(connections, contexts),
            models,
            contexts,
            pictures,
            rules,
            reasoning,
            network,
            http,
            notices,
            unusable_settings,
        )


def _make_engine() -> "BuiltInEngine":
    from chatdesk.engine.engine import BuiltInEngine  # noqa: PLC0415 - start-up time: made when a chat needs it
    from chatdesk.engine.options import EngineOptions  # noqa: PLC0415 - likewise

    return BuiltInEngine(EngineOptions(cores=physical_cores()))


def _make_http(settings: Settings) -> "HttpClient":
    from chatdesk.network.http import HttpClient  # noqa: PLC0415 - start-up time: made with the first request

    return HttpClient(lambda: settings.get(USE_SYSTEM_PROXY))


def _make_pictures(network: NetworkThread, http: "Lazy[HttpClient]") -> "Pictures":
    from chatdesk.features.attachments.services.pictures import (  # noqa: PLC0415 - start-up time: made when the user asks for one
        Pictures,
    )

    return Pictures(network, http.get())


def _read_machine() -> "Machine":
    from chatdesk.system.model_machine import read_machine  # noqa: PLC0415 - start-up time: before a larger context is taken

    return read_machine()


def _total_memory() -> int | None:
    from chatdesk.system.memory import memory_facts  # noqa: PLC0415 - start-up time: asked when the engine is

    return memory_facts().total
