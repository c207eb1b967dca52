"""Connects the model picker and the connection line of a new chat with the services: known models and the current choice."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.chat.services.chat_changes import ChatChange, MessageChanged
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_memory import WINDOW_MEMORY, ChatMemory
from chatdesk.features.chat.ui.chat_view import ChatView
from chatdesk.features.models.domain.model_rows import ModelRow, ServerGroup, StateKind
from chatdesk.features.models.services.model_choice import choose_model
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.picker.model_texts import (
    connection_line,
    model_name,
    server_group,
    server_state,
)
from chatdesk.features.servers.services.models import ModelsChanged, ServerState
from chatdesk.features.servers.services.servers import BUILT_IN_ID, ServersChanged, is_ollama_installed
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_rules import Ability, ability_of
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import DEFAULT_MODEL, DEFAULT_SERVER, LAST_MODEL, LAST_SERVER
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.tasks import Tasks

_BATCH_SIZE = 400
"""Models converted to picker rows between two frames."""
_CHECK_INTERVAL = 10_000
"""Milliseconds between checks of a local server that is not running: the user may be starting Ollama.

A check takes 12 ms of CPU time.
"""
_SERVER_FAILURES = frozenset({"ServerUnreachable", "ServerTimedOut", "ConnectionLost", "ModelNotFound"})
"""The failures of an answer after which the state of its server must be checked."""


class ModelPresenter(QObject):
    """The choice of the model for the next question, `chosen`, under its nickname if it has one.

    It is determined by the chat being shown, the default, the last use and the known models, in this order.
    """

    chosen_changed = Signal()
    groups_changed = Signal(tuple)
    """Carries the servers and their models as shown."""

    def __init__(
        self,
        picker: ModelPicker,
        page: ChatView,
        services: ChatServices,
        tasks: Tasks,
        parent: QObject,
        memory: ChatMemory = WINDOW_MEMORY,
    ) -> None:
        super().__init__(parent)
        self._picker = picker
        self._page = page
        self._services = services
        self._tasks = tasks
        self._memory = memory
        self._preferred: ModelRef | None = None
        self._chosen: Model | None = None
        self._ollama_checked = False
        self._ollama_is_installed = False
        self._generation = 0
        """Counts calls of `show`, so that outdated ones stop."""
        self._end_listening = (
            services.models.changes.subscribe(self._on_models),
            services.servers.changes.subscribe(self._on_servers),
            services.preferences.changes.subscribe(lambda _change: self.show()),
            services.settings.changes.subscribe(self._on_setting),
            # the window's presenter handles it for all views: they receive the same announcements
            *((services.chat.changes.subscribe(self._on_chat),) if memory is WINDOW_MEMORY else ()),
        )
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_INTERVAL)
        self._timer.timeout.connect(self.check_again)
        picker.model_chosen.connect(self.choose)
        picker.refresh_requested.connect(self.refresh)
        picker.opened.connect(lambda: tasks.start(self._estimate_fit(), "estimate model fit"))
        picker.opened.connect(self._refresh_memory)
        self.show()

    @property
    def chosen(self) -> Model | None:
        """The model that answers the next question; None if there is none."""
        return self._chosen

    @property
    def server_away(self) -> str:
        """The name of the server that gets the next question; empty if the model runs on this computer, or if there is none."""
        model = self._chosen
        server = self._services.servers.find(model.ref.server_id) if model else None
        if model is None or server is None:
            return ""
        stays = not model.remote and (server.is_built_in or server.is_on_this_machine)
        return "" if stays else server_name(server)

    @property
    def ability(self) -> Ability:
        """What can be expected of the chosen model; without one, of a model that the user may still choose."""
        rules = self._services.instruction_resolver.rules
        return ability_of(self._chosen, rules) if self._chosen else Ability.LARGE

    @property
    def server_failed(self) -> bool:
        """Whether the server of the chosen model fails; without a chosen model, whether any server does."""
        states, chosen = self._services.models.states(), self._chosen
        return any(state.error for state in states if chosen is None or state.server.id == chosen.ref.server_id)

    @property
    def stopped_ollama(self) -> ServerConfig | None:
        """The local Ollama server if it is installed but not running."""
        stopped = (state.server for state in self._services.models.states() if _is_stopped_ollama(state))
        return next(stopped, None) if self._ollama_is_installed else None

    async def wait_for_choice(self) -> Model | None:
        """Return the chosen model; at program start, wait until the models are known."""
        if self._chosen is None and not self._services.models.was_asked:
            await self._services.models.refresh()
        return self._chosen

    def close(self) -> None:
        """Unsubscribe and stop checking."""
        self._timer.stop()
        for end in self._end_listening:
            end()

    def refresh(self) -> None:
        """Refresh the models of all servers."""
        self._tasks.start(self._services.models.refresh(), "refresh models")

    def check_again(self) -> None:
        """Check the unreachable local servers: the user may just have started one."""
        for server in self._services.models.startable_servers():
            self._tasks.start(self._services.models.refresh_server(server), "check server")

    def _refresh_memory(self) -> None:
        """Update which models are in memory: that changes with every request, here and elsewhere."""
        for state in self._services.models.states():
            self._tasks.start(self._services.models.refresh_loaded_models(state.server.id), "refresh models in memory")

    def follow(self, model: ModelRef | None) -> None:
        """Use the model of a chat from now on; with None, the one used last."""
        self._preferred = model
        self._update_choice()

    def stay_with(self, ref: ModelRef) -> None:
        """Stay with the model a new chat began with, even while its server is unreachable, unless another one was chosen."""
        self._preferred = self._preferred or ref

    def choose(self, ref: ModelRef) -> None:
        """Use the model chosen by the user from now on, also for the next new chat."""
        self._services.settings.set(self._memory.server, ref.server_id)
        self._services.settings.set(self._memory.model, ref.model_id)
        self.follow(ref)

    def choose_built_in(self) -> bool:
        """Use the built-in model from now on; return False if there is none."""
        for model in self._services.models.all():
            if model.ref.server_id == BUILT_IN_ID:
                self.choose(model.ref)
                return True
        return False

    def show(self) -> None:
        """Show the current models in the current language; thousands of models are converted in batches."""
        states = self._services.models.states()
        self._generation += 1
        if sum(len(state.models) for state in states) <= _BATCH_SIZE:
            self._set_groups(tuple(map(self._group, states)))
        else:
            self._tasks.start(self._make_groups(states), "list models")
        self._update_choice()

    async def _make_groups(self, states: tuple[ServerState, ...]) -> None:
        generation, groups = self._generation, []
        for state in states:
            rows: list[ModelRow] = []
            for start in range(0, len(state.models), _BATCH_SIZE):
                part = replace(state, models=state.models[start : start + _BATCH_SIZE])
                rows += self._group(part).models
                await asyncio.sleep(0)
                if generation != self._generation:
                    return  # superseded by a later call
            rows.sort(key=lambda row: not row.favourite)
            groups.append(replace(self._group(replace(state, models=())), models=tuple(rows)))
        self._set_groups(tuple(groups))

    def _group(self, state: ServerState) -> ServerGroup:
        services = self._services
        vendor = services.servers.vendor_of(state.server)
        return server_group(state, vendor, services.library.fit_of, services.preferences.of)

    def _set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        self._picker.set_groups(groups)
        self.groups_changed.emit(groups)

    async def _estimate_fit(self) -> None:
        """Find out how well the listed models fit this machine and show it."""
        await self._services.library.prepare()
        await self._services.library.fits.judge_installed()
        self.show()

    def _update_choice(self) -> None:
        before = self._chosen
        states = self._services.models.states()
        self._chosen = self._with_nickname(self._choice(states))
        self._picker.set_current(*self._button_content(states), self._chosen.ref if self._chosen else None)
        self._page.set_connection_line(*connection_line(self._chosen, states, self.stopped_ollama))
        if self._chosen != before:
            self.chosen_changed.emit()
            if self._chosen and (self._chosen.capabilities is None or not self._chosen.described):
                self._tasks.start(self._services.models.describe(self._chosen.ref), "describe model")
        if self._services.models.startable_servers():
            self._timer.start()
        if not self._ollama_checked and any(map(_is_stopped_ollama, states)):
            self._ollama_checked = True
            self._tasks.start(self._check_for_ollama(), "check for Ollama")

    async def _check_for_ollama(self) -> None:
        self._ollama_is_installed = await is_ollama_installed()
        if self._ollama_is_installed:
            self.show()

    def _choice(self, states: tuple[ServerState, ...]) -> Model | None:
        """Return the chat's own model even while its server is unreachable: silently asking another one would be wrong."""
        models = self._services.models
        if self._preferred:
            return models.find(self._preferred) or Model(self._preferred, models.name_of(self._preferred))
        last = self._default_model()
        known = models.find(last)
        if known and known.can_chat:
            return known
        return choose_model([state.server for state in states], models.all(), last)

    def name_of(self, ref: ModelRef) -> str:
        """Return the display name of a model."""
        return model_name(self._services.models, self._services.preferences, ref)

    def _with_nickname(self, model: Model | None) -> Model | None:
        """Return a model under its nickname if it has one."""
        name = self._services.preferences.of(model.ref).nickname if model else ""
        return replace(model, name=name) if model and name else model

    def _default_model(self) -> ModelRef:
        """Return the model of a new chat.

        In the window: the default, then the model used last. In other views: the model used last there, then these.
        """
        settings = self._services.settings
        own_model = ModelRef(settings.get(self._memory.server), settings.get(self._memory.model))
        default = ModelRef(settings.get(DEFAULT_SERVER), settings.get(DEFAULT_MODEL))
        last = ModelRef(settings.get(LAST_SERVER), settings.get(LAST_MODEL))
        candidates = (default, last) if self._memory.model is LAST_MODEL else (own_model, default, last)
        available = (ref for ref in candidates if ref.model_id and self._services.models.find(ref))
        return next(available, last)

    def _button_content(self, states: tuple[ServerState, ...]) -> tuple[StateKind, str, str, str]:
        """Return the content of the picker button: the state and its text, the names of model and server."""
        if self._chosen is None:
            return StateKind.BUSY if not self._services.models.was_asked else StateKind.ERROR, "", "", ""
        state = next((state for state in states if state.server.id == self._chosen.ref.server_id), None)
        if state is None:
            return StateKind.ERROR, self.tr("Removed"), self._chosen.name, ""
        kind, text = server_state(state, self._services.servers.vendor_of(state.server))
        return kind, text, self._chosen.name, server_name(state.server)

    def _on_models(self, _change: ModelsChanged) -> None:
        self.show()

    def _on_chat(self, change: ChatChange) -> None:
        """Refresh a server that turned out to be unreachable, or reachable again."""
        if isinstance(change, MessageChanged) and change.message.model and self._affects_server_state(change.message):
            server = self._services.servers.find(change.message.model.server_id)
            if server and server.enabled:
                self._tasks.start(self._services.models.refresh_server(server), "refresh server")

    def _affects_server_state(self, message: Message) -> bool:
        if message.failure:
            return message.failure.kind in _SERVER_FAILURES
        if message.state is not MessageState.COMPLETE or message.model is None:
            return False
        states = self._services.models.states()
        return any(state.error and state.server.id == message.model.server_id for state in states)

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key in {DEFAULT_SERVER.key, DEFAULT_MODEL.key}:
            self._update_choice()

    def _on_servers(self, change: ServersChanged) -> None:
        server = self._services.servers.find(change.server_id)
        if server and server.enabled:
            self._tasks.start(self._services.models.refresh_server(server), "refresh server")
        self.show()


def _is_stopped_ollama(state: ServerState) -> bool:
    server = state.server
    is_local = server.manages_models and server.is_on_this_machine
    return is_local and isinstance(state.error, ServerUnreachable)
