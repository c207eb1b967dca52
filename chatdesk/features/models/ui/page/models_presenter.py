"""Presenter of *On this computer*: listing, sorting and filtering, the selected model, and the requests to servers that the page needs."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.models.domain.model_list import ModelEntry, ModelFilter, ModelOrder, key_of
from chatdesk.features.models.domain.parameter_state import Inherited, Origin
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.engine.engine_texts import origin_tag
from chatdesk.features.models.ui.engine.runners import runner_of
from chatdesk.features.models.ui.page.actions import ActionSection, OwnActions, PageAction, PageActions
from chatdesk.features.models.ui.page.details.details_loader import DetailsLoader
from chatdesk.features.models.ui.page.details.engine_settings import EngineCosts
from chatdesk.features.models.ui.page.details.own_settings import PARAMETERS
from chatdesk.features.models.ui.page.details.speed_section import SpeedResultStore
from chatdesk.features.models.ui.page.entry_store import EntryStore
from chatdesk.features.models.ui.page.here_tab import HereTab
from chatdesk.features.models.ui.page.list_content import ListContent, Listing
from chatdesk.features.models.ui.page.listed_rows import neighbour
from chatdesk.features.models.ui.page.models_column import ALL_PROVIDERS
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.services.servers import BUILT_IN_ID, is_ollama_installed
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.context.context_size import CONTEXTS
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import EngineChoices
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.settings.declarations import (
    DEFAULT_MODEL,
    DEFAULT_SERVER,
    MODELS_DESCENDING,
    MODELS_GROUPED,
    MODELS_ORDER,
    MODELS_SELECTED,
    THINKING_OF_MODELS,
)
from chatdesk.kernel.settings.store import SettingChanged
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.download_texts import download_size

if TYPE_CHECKING:
    from chatdesk.features.models.services.model_fits import ModelFits


class ActionMenu(QMenu):
    """Context menu with the actions for a model or a server. Deletes itself when it is closed."""

    def __init__(self, appearance: Appearance, actions: Sequence[PageAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("modelActions")
        before: PageAction | None = None
        for each in actions:
            if before and before.section is not each.section:
                self.addSeparator()
            before = each
            ink = "danger" if each.danger else "textSecondary"
            action = self.addAction(live_icon(appearance, each.icon, ink), each.label.replace("&", "&&"))
            action.setObjectName(each.key)
            action.setShortcut(QKeySequence(each.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(each.enabled)
            action.setProperty(DANGER_PROPERTY, each.danger)
            action.triggered.connect(lambda _checked=False, act=each.act: act())


_MANY = 8
"""Number of models beyond which the search is always shown."""
_REFRESH_INTERVAL = 15_000
"""Milliseconds between two requests for the models in the servers' memory while the page is visible."""


class ModelsPresenter(QObject):
    """Connects *On this computer* with the services. It follows them only while the tab is visible.

    `actions` supplies the actions for models and servers; `own` holds the actions of the page itself.
    """

    def __init__(
        self,
        appearance: Appearance,
        services: ModelServices,
        page: HereTab,
        actions: PageActions,
        own: OwnActions,
        tasks: Tasks,
    ) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._services = services
        self.page = page
        """The tab."""
        self._actions = actions
        self._own = own
        self._tasks = tasks
        self._speeds = SpeedResultStore(services, self)
        self._speeds.changed.connect(self._update_all_servers)
        self._store = EntryStore(services.preferences, self._entries_changed, self._speeds.speed_of, self._origin_of)
        self._listing = Listing(self._store)
        self._content = ListContent(services.servers, self._store, self)
        self._ollama_is_installed: bool | None = None
        """None while it is unknown."""
        self._fits: ModelFits | None = None
        """Judges how well models fit this machine. None until the page has been shown."""
        self._update_timer = QTimer(self, singleShot=True, interval=0)
        """Combines several changes within one turn of the event loop into one update."""
        self._update_timer.timeout.connect(self._show)
        self._pane_timer = QTimer(self, singleShot=True, interval=0)
        """Fills the details pane one turn of the event loop after the list; laying it out takes another turn."""
        self._pane_timer.timeout.connect(self._update_pane)
        self._reveal_timer = QTimer(self, singleShot=True, interval=0)
        self._reveal_timer.timeout.connect(self._reveal_pane)
        self._show_current_pane: Callable[[], object] = page.show_no_pane
        """Brings the pane that was filled last into view."""
        self._selected = services.window_state.get(MODELS_SELECTED)
        self._opened_server = ""
        """ID of the server whose details were opened from its card; empty while those of the selected row are meant."""
        self._pending_key = ""
        """Key of the model to select as soon as it appears in the list; empty for none."""
        self._shown_filter: ModelFilter | None = None
        self._details_loader = DetailsLoader(services.models, tasks, self._entry, self)
        self._details_loader.loaded.connect(page.model_pane.show_details)
        self._details_loader.failed.connect(page.model_pane.show_problem)
        self._memory_timer = QTimer(self, interval=_REFRESH_INTERVAL)
        self._memory_timer.timeout.connect(self._refresh_loaded_models)
        self._end_listening = (
            services.models.changes.subscribe(lambda change: self._update_server(change.server_id)),
            services.servers.changes.subscribe(lambda _change: self._update_all_servers()),
            services.preferences.changes.subscribe(lambda change: self._update_server(change.ref.server_id)),
            services.settings.changes.subscribe(self._on_setting),
        )
        self._connect()
        self._apply_order()

    def end(self) -> None:
        """Stop all timers and subscriptions."""
        self.page.model_pane.own.flush()
        self._details_loader.stop()
        self._memory_timer.stop()
        self._update_timer.stop()
        self._pane_timer.stop()
        self._reveal_timer.stop()
        self._speeds.end()
        for end in self._end_listening:
            end()

    def open(self) -> None:
        """Refresh the servers on this machine. Servers elsewhere are refreshed only on the user's request, except the first time."""
        models = self._services.models
        for state in models.states():
            if state.server.is_on_this_machine or state.status is None:
                self._tasks.start(models.refresh_server(state.server), "refresh server")
        self._tasks.start(self._inspect_machine(), "look at the machine")

    def select_model(self, ref: ModelRef) -> None:
        """Select a model as soon as it appears in the list. A filter that hides it is cleared then."""
        key = key_of(ref.server_id, ref.model_id)
        self._select(key)
        self._pending_key = key
        self._show()

    def _connect(self) -> None:
        page, column, rows = self.page, self.page.models, self.page.models.list
        page.installEventFilter(self)
        page.detail_closed.connect(self._close_details)
        page.runners.opened.connect(self._open_server)
        column.filter_changed.connect(self._show)
        column.order_chosen.connect(self._set_order)
        column.grouped_chosen.connect(lambda grouped: self._services.settings.set(MODELS_GROUPED, grouped))
        rows.selected.connect(self._select)
        rows.opened.connect(self._select)
        rows.used.connect(self._activate)
        rows.menu_requested.connect(self._show_menu)
        rows.act = self._handle_key
        page.model_pane.menu_requested.connect(self._show_menu)
        self._own.refresh_requested.connect(self._refresh_one)
        self._own.nickname_requested.connect(self._rename)
        own, preferences = page.model_pane.own, self._services.preferences
        own.nickname_changed.connect(preferences.set_nickname)
        own.prompt_changed.connect(preferences.set_system_prompt)
        own.parameter_changed.connect(self._set_parameter)
        own.thinking_chosen.connect(self._services.reasoning.remember)
        own.engine_chosen.connect(self._set_engine)

    # Services.

    def _on_visibility_changed(self, seen: bool) -> None:
        if seen:
            self._update_all_servers()
            self._refresh_loaded_models()
            self._memory_timer.start()
            self._details_loader.schedule()
        else:
            self.page.model_pane.own.flush()
            self._memory_timer.stop()
            self._details_loader.stop()

    def _update_all_servers(self) -> None:
        if self.page.isVisible():
            states = self._services.models.states()
            self._store.forget([state.server.id for state in states])
            for position, state in enumerate(states):
                self._tasks.start(self._store.follow(state, position), "list models")
            self._entries_changed()

    def _update_server(self, server_id: str) -> None:
        states = self._services.models.states()
        for position, state in enumerate(states):
            if state.server.id == server_id and self.page.isVisible():
                self._tasks.start(self._store.follow(state, position), "list models")

    def _refresh_one(self, server_id: str) -> None:
        if server := self._services.servers.find(server_id):
            self._tasks.start(self._services.models.refresh_server(server), "refresh server")

    def _refresh_loaded_models(self) -> None:
        for state in self._services.models.states():
            self._tasks.start(self._services.models.refresh_loaded_models(state.server.id), "look into memory")
        self.page.models.list.viewport().update()  # the displayed times depend on the current time

    async def _inspect_machine(self) -> None:
        await self._services.library.prepare()
        self._fits = self._services.library.fits
        self._ollama_is_installed = await is_ollama_installed()
        await self._fits.refresh()
        self.page.strip.show_machine(self._fits.machine)
        self._update_timer.start()
        line = self._services.library.catalogue.line_speed
        amount = QCoreApplication.translate("Guide", "{amount}/s")
        self.page.strip.show_line(amount.format(amount=download_size(round(line))) if line else "")
        try:
            await self._speeds.load(self._fits)
        finally:
            self._pane_timer.start()

    # The list.

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key in {MODELS_ORDER.key, MODELS_DESCENDING.key, MODELS_GROUPED.key}:
            self._apply_order()
            self._entries_changed()
        elif change.key in {DEFAULT_SERVER.key, DEFAULT_MODEL.key, THINKING_OF_MODELS.key}:
            self._update_timer.start()

    @property
    def _order(self) -> ModelOrder:
        try:
            return ModelOrder(self._services.settings.get(MODELS_ORDER))
        except ValueError:
            return ModelOrder.NAME

    def _set_order(self, order: ModelOrder, descending: bool) -> None:
        self._services.settings.set(MODELS_DESCENDING, descending)
        self._services.settings.set(MODELS_ORDER, order.value)

    def _apply_order(self) -> None:
        settings = self._services.settings
        descending, grouped = settings.get(MODELS_DESCENDING), settings.get(MODELS_GROUPED)
        self.page.models.set_order(self._order, descending=descending, grouped=grouped)

    def _entries_changed(self) -> None:
        self._listing.forget()
        self._update_timer.start()

    def _show(self) -> None:
        """Update the list for the current filter."""
        if not self.page.isVisible():
            return
        column, all_states = self.page.models, self._services.models.states()
        column.set_servers([(state.server.id, server_name(state.server)) for state in all_states])
        states = [state for state in all_states if _is_listed(state, column.provider)]
        self._show_runners(all_states)
        model_filter, grouped = column.model_filter, self._services.settings.get(MODELS_GROUPED)
        servers = [state.server.id for state in states]
        descending = self._services.settings.get(MODELS_DESCENDING)
        if self._listing.must_sort(servers, self._order, descending=descending, grouped=grouped):
            self._update_timer.start()
            return
        found = self._listing.found(servers, model_filter, self._order, descending=descending, grouped=grouped)
        rows = self._content.rows(found, states, narrow=model_filter.is_narrow)
        column.set_count(self._content.count(found, servers))
        column.set_many(many=sum(self._store.totals(server)[0] for server in servers) > _MANY)
        column.show_empty_message(*self._content.nothing(rows, states, model_filter))
        default = self._own.default
        current, before = column.list.current_key(), column.list.rows.all()
        column.list.show_rows(rows, key_of(default.server_id, default.model_id), grouped=grouped)
        if not column.list.select(self._selected, scroll=False):
            is_there = not current or column.list.rows.index_of(current).isValid()
            near = current if is_there else neighbour(before, rows, current)
            self._select_fallback(near if model_filter == self._shown_filter else "")
        self._shown_filter = model_filter
        self._pane_timer.start()
        if self._pending_key and self._store.find(self._pending_key):
            self._show_pending()

    def _origin_of(self, ref: ModelRef, server: str) -> str:
        file = self._services.built_in.files.found.find(ref.model_id) if ref.server_id == BUILT_IN_ID else None
        return origin_tag(file.origin) if file else server

    def _show_runners(self, states: Sequence[ServerState]) -> None:
        local = (state for state in states if state.server.is_on_this_machine and not state.server.is_built_in)
        self.page.runners.show_servers(
            [runner_of(state, self._content.heading(state), is_installed=self._ollama_is_installed) for state in local]
        )

    def _select_fallback(self, near: str) -> None:
        """Select the row `near`, or else the first model. The user did not choose it, so it is not stored."""
        rows = self.page.models.list
        if not rows.select(near, scroll=False):
            first = rows.rows.row(rows.rows.first_model())
            rows.select(first.key if first and self._services.models.was_asked else "")
        self._details_loader.schedule()

    def _show_pending(self) -> None:
        key, self._pending_key = self._pending_key, ""
        if not self.page.models.list.select(key):
            self.page.models.clear_filter()
            self.page.models.list.select(key)
        self._details_loader.schedule()
        self.page.show_detail()

    # The details pane.

    def _open_server(self, server_id: str) -> None:
        self._opened_server = server_id
        self._show_pane()
        self.page.show_detail()

    def _close_details(self) -> None:
        self._opened_server = ""
        self._fill_pane()

    def _select(self, key: str) -> None:
        self._pending_key = self._opened_server = ""
        if key != self._selected:
            self._selected = key
            self._services.window_state.set(MODELS_SELECTED, key)
        self._show_pane()
        self._details_loader.schedule()

    def _update_pane(self) -> None:
        self._fill_pane()
        self._reveal_timer.start()

    def _show_pane(self) -> None:
        """Show the details of the selected row."""
        self._fill_pane()
        self._reveal_pane()

    def _reveal_pane(self) -> None:
        self._show_current_pane()

    def _fill_pane(self) -> None:
        key = self._opened_server or self.page.models.list.current_key()
        entry = self._store.find(key)
        state = next((state for state in self._services.models.states() if state.server.id == key), None)
        if entry:
            fit = self._fits.fit_of_model(entry.model) if self._fits else None
            context = self._fits.context_of(entry.model) if self._fits else 0
            speed = self._fits.speed_of_model(entry.model, fit) if self._fits and fit else None
            is_default = entry.model.ref == self._own.default
            self.page.model_pane.show_model(
                entry, fit, speed, context, self._actions.for_model(entry), is_default=is_default
            )
            self.page.model_pane.speed.show_results(self._speeds.results(entry.model.ref))
            self._show_own(entry)
            if known := self._details_loader.known(entry):
                self.page.model_pane.show_details(key, known)
            self._show_current_pane = self.page.show_model_pane
        elif state:
            self.page.server_pane.show_server(self._content.heading(state), state, self._actions.for_server(state))
            self._show_current_pane = self.page.show_server_pane
        else:
            self._show_current_pane = self.page.show_no_pane

    def _entry(self) -> ModelEntry | None:
        return self._store.find(self.page.models.list.current_key())

    def _show_own(self, entry: ModelEntry) -> None:
        """Show the user's settings for a model, and the values that apply where there are none."""
        ref, services = entry.model.ref, self._services
        advised = rule_for(services.rules, ref.model_id).parameters
        found = {name: getattr(advised, name) for name in PARAMETERS}
        inherited = {name: Inherited(value, Origin.MAKERS) for name, value in found.items() if value is not None}
        if "num_ctx" not in inherited and (asked := services.contexts.budget_of(ref, Parameters()).requested_length):
            inherited["num_ctx"] = Inherited(asked, Origin.CHOSEN_HERE)
        known, choices = services.models.known_parameters(ref), services.reasoning.choices(entry.model)
        self.page.model_pane.own.show_model(
            entry, inherited, known, choices, services.reasoning.remembered(ref), self._engine_costs(ref)
        )

    def _engine_costs(self, ref: ModelRef) -> EngineCosts | None:
        """Return what the choices for a model of the built-in engine cost; None for other models."""
        built_in = self._services.built_in
        file = built_in.files.found.find(ref.model_id) if ref.server_id == BUILT_IN_ID else None
        if file is None:
            return None
        trained = (file.head and file.head.trained_context) or CONTEXTS[-1]
        return EngineCosts(
            tuple(tokens for tokens in CONTEXTS if tokens <= trained),
            os.cpu_count() or 1,
            built_in.machine_memory,
            lambda choices: built_in.context_of(file, choices),
            lambda choices: built_in.memory_with(file, choices),
        )

    def _set_engine(self, ref: ModelRef, choices: EngineChoices) -> None:
        """Set how the built-in engine runs a model. Its context is a property of the listed model, so that is listed again."""
        self._services.preferences.set_engine(ref, choices)
        self._refresh_one(ref.server_id)

    # Actions.

    def _actions_of(self, key: str) -> tuple[PageAction, ...]:
        if entry := self._store.find(key):
            return self._actions.for_model(entry)
        state = next((state for state in self._services.models.states() if state.server.id == key), None)
        return self._actions.for_server(state) if state else ()

    def _show_menu(self, key: str, position: QPoint) -> None:
        if actions := self._actions_of(key):
            self.page.menu_position = position
            ActionMenu(self._appearance, actions, self.page).popup(position)

    def _activate(self, key: str) -> None:
        """Run the first action if it is enabled: chat with a model. A server only shows its details."""
        if entry := self._store.find(key):
            actions = [action for action in self._actions.for_model(entry) if action.section is ActionSection.USE]
            if actions and actions[0].enabled:
                actions[0].act()
        else:
            self.page.show_detail()

    def _handle_key(self, key: str, event: QKeyEvent) -> bool:
        """Run the action that a key is assigned to, and return whether there is one."""
        pressed = QKeySequence(event.keyCombination())
        for action in self._actions_of(key):
            if action.enabled and action.keys and (QKeySequence(action.keys) == pressed or action.keys == event.text()):
                if not (action.danger and event.isAutoRepeat()):  # a held key must not affect the following rows too
                    action.act()
                return True
        return False

    def _rename(self, _key: str) -> None:
        self.page.show_detail()
        self.page.model_pane.rename()

    def _set_parameter(self, ref: ModelRef, name: str, value: object) -> None:
        preferences = self._services.preferences
        preferences.set_parameters(ref, replace(preferences.of(ref).parameters, **{name: value}))  # type: ignore[arg-type]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.LanguageChange:
                self._apply_order()
                self._update_all_servers()
            case QEvent.Type.Show | QEvent.Type.Hide:
                self._on_visibility_changed(event.type() is QEvent.Type.Show)
        return False


def _is_listed(state: ServerState, provider: str) -> bool:
    """Return whether the models of a server are listed for a choice of the provider."""
    if provider:
        return provider in {ALL_PROVIDERS, state.server.id}
    return state.server.is_on_this_machine or state.server.is_built_in
