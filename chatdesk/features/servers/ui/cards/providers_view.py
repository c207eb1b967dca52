"""Providers: the list of vendors and servers, and beside it the card of the selected one, or of the server at another address.

If there is space for one column only, the card replaces the list.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.domain.provider_rows import (
    GroupHeading,
    ProviderGroup,
    ProviderRow,
    group_of,
    provider_rows,
)
from chatdesk.features.servers.services.models import ModelsChanged, ServerState
from chatdesk.features.servers.services.server_services import ServerServices
from chatdesk.features.servers.services.servers import ServersChanged
from chatdesk.features.servers.ui.cards.built_in_presenter import BuiltInPresenter
from chatdesk.features.servers.ui.cards.card_texts import server_summary
from chatdesk.features.servers.ui.cards.finder_presenter import FinderPresenter
from chatdesk.features.servers.ui.cards.provider_list import ProviderList
from chatdesk.features.servers.ui.cards.server_presenter import ServerPresenter
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.focus import keeps_focus
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_FINDER = "finder"
_MIN_CARD = 400
"""Least width of a card beside the list, in px at 100 %."""
Presenter = ServerPresenter | BuiltInPresenter


class ProvidersView(Translated, QWidget):
    """The view. It follows the services: changes of a server affect only its row and its card.

    Cards are created when they are first shown, and keep what was typed while others are looked at.
    """

    engine_requested = Signal()
    """The section of the built-in engine is requested."""
    models_requested = Signal()
    """Models are requested for a server without any."""
    use_requested = Signal(ModelRef)
    """A model is to be used in the chat."""
    shown = Signal()
    """Another card is shown, or the list again."""
    row_selected = Signal(int, int)
    """Top and bottom of the selected row, which must be visible; in px from the top of the view."""

    def __init__(
        self,
        appearance: Appearance,
        services: ServerServices,
        tasks: Tasks,
        open_link: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._tasks = tasks
        self._open_link = open_link
        self._presenters: dict[str, Presenter] = {}
        """By the keys of the rows; a server that was never saved has that of its vendor."""
        self._finder: FinderPresenter | None = None
        self._notices: dict[str, UndoNotice] = {}
        self._opened: set[ProviderGroup] = set()
        self._current = ""
        """The key of the row whose card is shown; empty if none is."""
        self._shows_card = False
        """Whether a narrow view shows the card."""
        self.list = ProviderList(appearance)
        """The list of vendors and servers."""
        self._list_card = Card(appearance)
        inside = QVBoxLayout(self._list_card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.list)
        self._note = Label(appearance, "caption", "textSecondary", wrap=True)
        note = QHBoxLayout()
        note.addWidget(IconLabel(appearance, "key-round", "textSecondary"), 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._note, 1)
        self._start = QWidget(self)
        self._start_column = QVBoxLayout(self._start)
        self._start_column.setContentsMargins(0, 0, 0, 0)
        self._start_column.addWidget(self._list_card)
        self._start_column.addLayout(note)
        self._start_column.addStretch(1)
        self._back = Button(appearance, "", ButtonKind.PLAIN, icon="arrow-left", small=True)
        self._back.setObjectName("allProviders")
        self._back.clicked.connect(self._show_list)
        self._end = QWidget(self)
        self._end_column = QVBoxLayout(self._end)
        self._end_column.setContentsMargins(0, 0, 0, 0)
        self._end_column.addWidget(self._back)
        self._end_column.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._start)
        self._layout.addWidget(self._end, 1)
        self.list.selected.connect(self._on_selected)
        self.list.opened.connect(self._on_opened)
        self.list.toggled.connect(self._toggle)
        self.destroyed.connect(services.servers.changes.subscribe(self._on_servers))
        self.destroyed.connect(services.models.changes.subscribe(self._on_models))
        appearance.bind(self._restyle)
        self._retranslate()

    # What other parts of the program ask for.

    def ask_for_address(self) -> None:
        """Show the card for finding a server by its address."""
        if self._finder is None:
            self._finder = finder = FinderPresenter(self._appearance, self._services, self._tasks, self)
            finder.chosen.connect(self._add_found)
            finder.known.connect(self._show_known)
            finder.cancelled.connect(self._close_finder)
            self._put(finder.card)
        self.show_card(_FINDER)
        self._finder.card.focus()

    def edit(self, server_id: str, part: str) -> None:
        """Show the card of a server, and focus its `key` or its `address`."""
        self.show_card(server_id)
        presenter = self._presenters.get(server_id)
        if isinstance(presenter, ServerPresenter):
            presenter.edit(part)

    def begin(self, vendor: Vendor) -> None:
        """Show the card of a new server of a vendor, and focus what is to be entered."""
        server = self._services.servers.new(vendor)
        if not vendor.is_known:
            server = replace(server, name=self.tr("My provider"))
        self._begin(server)

    def focus(self) -> None:
        """Focus the list, or the card if there is space for one of them only."""
        if self._start.isVisibleTo(self):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif presenter := self._presenters.get(self._current):
            presenter.focus()

    def leave(self) -> bool:
        """Show the list again if the card replaced it. Returns False if there is nothing to leave."""
        if shows_card := self._is_single and self._shows_card:
            self._show_list()
        return shows_card

    # The card that is shown.

    def _begin(self, server: ServerConfig, *, requires_key: bool = False) -> ServerPresenter:
        """Replace the card of a server of this vendor that was never saved."""
        vendor = self._services.servers.vendor_of(server)
        key = f"vendor:{vendor.id}"
        self._remove_card(key)
        self._remove_finder()
        presenter = self._presenters[key] = self._editor(server, is_new=True, requires_key=requires_key)
        presenter.show(server, None)
        self._put(presenter.card)
        self._opened.add(group_of(vendor))
        self.show_card(key)
        presenter.focus()
        return presenter

    def show_card(self, key: str) -> None:
        """Show the card of the row with this key, creating it if necessary."""
        if key != _FINDER and key not in self._presenters and not self._create(key):
            return
        self._current = key
        self._shows_card = True
        for other, hidden in self._presenters.items():
            hidden.card.setVisible(other == key)
        if self._finder:
            self._finder.card.setVisible(key == _FINDER)
        if presenter := self._presenters.get(key):
            presenter.open()
        self._show_rows()
        self._arrange()
        self.shown.emit()

    def _create(self, key: str) -> bool:
        """Create the card of a row; return whether there is such a row."""
        servers = self._services.servers
        vendor_id = key.removeprefix("vendor:")
        if server := servers.find(key):
            self._add_card(server)
        elif vendor_id != key and (vendor := servers.vendors.get(vendor_id)):
            fresh = servers.new(vendor)
            if not vendor.is_known:
                fresh = replace(fresh, name=self.tr("My provider"))
            presenter = self._presenters[key] = self._editor(fresh, is_new=True)
            presenter.show(fresh, None)
            self._put(presenter.card)
        else:
            return False
        return True

    def _add_card(self, server: ServerConfig) -> None:
        if server.is_built_in:
            built_in = BuiltInPresenter(self._appearance, server, self._services, self._tasks, self)
            built_in.engine_requested.connect(self.engine_requested)
            self._presenters[server.id] = built_in
        else:
            self._presenters[server.id] = self._editor(server)
        self._put(self._presenters[server.id].card)
        self._refresh(server.id)

    def _editor(self, server: ServerConfig, *, is_new: bool = False, requires_key: bool = False) -> ServerPresenter:
        presenter = ServerPresenter(
            self._appearance,
            server,
            self._services,
            self._tasks,
            self._open_link,
            self,
            is_new=is_new,
            requires_key=requires_key,
        )
        presenter.saved.connect(self._on_saved)
        presenter.models_requested.connect(self.models_requested)
        presenter.use_requested.connect(self.use_requested)
        presenter.another_requested.connect(self.begin)
        presenter.recognised.connect(self._on_recognised)
        presenter.remove_requested.connect(
            lambda server_id: self._tasks.start(self._remove(server_id), "remove a server")
        )
        return presenter

    def _on_saved(self, server_id: str) -> None:
        """Give a server that was saved for the first time a row of its own."""
        for key, presenter in self._presenters.items():
            if presenter.server.id == server_id and key != server_id:
                self._presenters[server_id] = self._presenters.pop(key)
                if self._current == key:
                    self._current = server_id
                break
        self._refresh(server_id)
        self._show_rows()

    def _put(self, widget: QWidget) -> None:
        """Add a widget to the column of cards."""
        self._end_column.insertWidget(self._end_column.count() - 1, widget)
        # A layout shows new widgets with a delay; until then they cannot be focused.
        widget.show()

    def _discard(self, widget: QWidget) -> None:
        self._end_column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _remove_card(self, key: str) -> None:
        if presenter := self._presenters.pop(key, None):
            presenter.end()
            self._discard(presenter.card)
            presenter.deleteLater()

    # Finding a server by its address.

    def _add_found(self, found: Recognised) -> None:
        """Save a found server if nothing else is needed, otherwise show its card."""
        server = self._found_server(found)
        if self._services.servers.vendors[found.vendor_id].needs_key or found.needs_key:
            self._begin(server, requires_key=found.needs_key)
        else:
            self._tasks.start(self._save_found(server, self._finder), "save a server that was found")

    def _found_server(self, found: Recognised) -> ServerConfig:
        servers = self._services.servers
        vendor = servers.vendors[found.vendor_id]
        server = found.applied_to(servers.new(vendor), vendor)
        used_names = {other.name for other in servers.all()}
        if server.name in used_names or not vendor.is_known:
            host = urlsplit(server.base_url).netloc
            server = replace(server, name=f"{server.name} ({host})" if vendor.is_known else host)
        return server

    def _on_recognised(self, found: Recognised, key: str) -> None:
        """Begin again with what a key made visible, and test that with the same key."""
        self._begin(self._found_server(found), requires_key=True).enter_key(key)

    async def _save_found(self, server: ServerConfig, finder: FinderPresenter | None) -> None:
        await self._services.servers.save(server)
        await self._services.models.refresh_server(server)  # its card then shows how to use it
        if finder is None or finder is not self._finder:
            return  # the user has left the finder meanwhile, and may have opened another one
        if self._current == _FINDER:
            self._show_known(server.id, focuses=keeps_focus(finder.card))
        else:
            finder.refresh()

    def _show_known(self, server_id: str, *, focuses: bool = True) -> None:
        """Show the card of a server that was found, unless the finder has more to add."""
        if self._finder and self._finder.has_more():
            self._finder.refresh()
            self._show_rows()
            return
        self._remove_finder()
        self.show_card(server_id)
        if focuses and (presenter := self._presenters.get(server_id)):
            presenter.focus()

    def _close_finder(self) -> None:
        self._remove_finder()
        if self._current == _FINDER and (first := self._first_row()):
            self.show_card(first.key)
        self._show_list()

    def _remove_finder(self) -> None:
        if finder := self._finder:
            self._finder = None
            finder.end()
            self._discard(finder.card)
            finder.deleteLater()

    # The list.

    def _show_rows(self) -> None:
        servers, models = self._services.servers, {state.server.id: state for state in self._services.models.states()}
        configured = [(server, servers.vendor_of(server)) for server in servers.all()]
        chinese = self._appearance.language.startswith("zh")
        rows = provider_rows(servers.vendors.values(), configured, self._opened, chinese=chinese)
        summaries = {
            server.id: server_summary(server, vendor, self._state_of(server, models.get(server.id)))
            for server, vendor in configured
        }
        self.list.show_rows(rows, summaries, self._current)

    def _first_row(self) -> ProviderRow | None:
        rows = (self.list.rows.row(self.list.rows.index(index)) for index in range(self.list.rows.rowCount()))
        return next((row for row in rows if isinstance(row, ProviderRow)), None)

    def _on_selected(self, key: str) -> None:
        if not self._is_single:
            self.show_card(key)
        row = self.list.visualRect(self.list.currentIndex())
        top = self.list.viewport().mapTo(self, row.topLeft()).y()
        self.row_selected.emit(top, top + row.height())

    def _on_opened(self, key: str) -> None:
        self.show_card(key)
        if presenter := self._presenters.get(key):
            presenter.focus()

    def _toggle(self, group: ProviderGroup) -> None:
        self._opened ^= {group}
        self._show_rows()
        if self.list.hasFocus():
            self.list.show_current(GroupHeading(group, is_open=True).key)

    def follow_scrolling(self, top: int, viewport_height: int) -> None:
        """Keep the card in sight while a long list is scrolled: `top` is the first visible px of the view."""
        presenter = self._presenters.get(self._current)
        margin = 0
        if presenter and not self._is_single:
            height = presenter.card.sizeHint().height()
            beside_list = self._start.sizeHint().height() - height
            margin = max(0, min(top - max(0, height - viewport_height), beside_list))
        if margin != self._end_column.contentsMargins().top():
            self._end_column.setContentsMargins(0, margin, 0, 0)

    def _show_list(self) -> None:
        self._shows_card = False
        self._arrange()
        self.shown.emit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_single(self) -> bool:
        theme = self._appearance.theme
        least = theme.length("providerList") + theme.length("xxl") + round(_MIN_CARD * theme.scale)
        return 0 < self.width() < least

    def _arrange(self) -> None:
        theme, single = self._appearance.theme, self._is_single
        self._start.setVisible(not single or not self._shows_card)
        self._end.setVisible(not single or self._shows_card)
        self._back.setVisible(single)
        width = theme.length("providerList")
        self._start.setMinimumWidth(0 if single else width)
        self._start.setMaximumWidth(16_777_215 if single else width)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setSpacing(theme.length("xxl"))
        self._start_column.setSpacing(theme.length("l"))
        self._end_column.setSpacing(theme.length("s"))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the first card; not before, because a card looks for its key in the keyring, which may have to be unlocked."""
        super().showEvent(event)
        if not self._current and not self._notices and (first := self._first_row()):
            self.show_card(first.key)
            self._shows_card = False
            self._arrange()

    # Changes of the services.

    def _state_of(self, server: ServerConfig, state: ServerState | None) -> ServerState | None:
        """Return the state of a server in its current configuration; results for another address do not count."""
        if state is None or state.server == server:
            return state
        return ServerState(server)

    def _refresh(self, server_id: str) -> None:
        """Show the current state on the card of a server."""
        presenter = self._presenters.get(server_id)
        if presenter is None:
            return
        server = self._services.servers.find(server_id) or presenter.server
        states = (state for state in self._services.models.states() if state.server.id == server_id)
        presenter.show(server, self._state_of(server, next(states, None)))

    def _on_servers(self, change: ServersChanged) -> None:
        if self._services.servers.find(change.server_id) is None:
            self._forget_card(change.server_id)
        elif notice := self._notices.pop(change.server_id, None):
            self._discard(notice)
            self.show_card(change.server_id)
        self._refresh(change.server_id)
        self._show_rows()

    def _forget_card(self, server_id: str) -> None:
        """Remove the card of a removed server, and show another one unless the removal can be undone in its place."""
        self._remove_card(server_id)
        if self._current == server_id:
            self._current = ""
            if server_id not in self._notices and (first := self._first_row()):
                self.show_card(first.key)

    def _on_models(self, change: ModelsChanged) -> None:
        self._refresh(change.server_id)
        self._show_rows()

    async def _remove(self, server_id: str) -> None:
        """Remove a server; its key is kept while the removal can be undone."""
        servers = self._services.servers
        server = servers.find(server_id)
        if server is None:
            return
        position = servers.all().index(server)
        notice = UndoNotice(self._appearance, server.name, self)
        notice.acted.connect(lambda: self._tasks.start(self._restore(server, position), "restore a server"))
        notice.expired.connect(lambda: self._tasks.start(self._forget(server), "forget a removed server"))
        self._notices[server_id] = notice
        self._put(notice)
        notice.focus()
        await servers.remove(server_id)

    async def _restore(self, server: ServerConfig, position: int) -> None:
        await self._services.servers.save(server, position)
        if keeps_focus(self) and (presenter := self._presenters.get(server.id)):
            presenter.card.focus()

    async def _forget(self, server: ServerConfig) -> None:
        if notice := self._notices.pop(server.id, None):
            self._discard(notice)
        await self._services.servers.forget(server)
        if not self._current and (first := self._first_row()):
            self.show_card(first.key)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Providers"))
        self._note.set_text(
            self.tr("API keys are never written to Chatdesk's files, and each is sent only to its own provider.")
        )
        self._back.setText(self.tr("All providers"))
        for key in self._presenters:
            self._refresh(key)
        self._show_rows()


class UndoNotice(Translated, Notice):
    """Notice in place of a removed server, with a button to restore it.

    `expired` is emitted when the time is up, but not while the notice is hovered or focused.
    """

    expired = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._name = name
        self._timer = QTimer(self, interval=appearance.theme.duration("toastStays"))
        self._timer.timeout.connect(self._time_is_up)
        self._timer.start()
        self._retranslate()

    def _time_is_up(self) -> None:
        if not self.underMouse() and not self.has_focus():
            self._timer.stop()
            self.expired.emit()

    def _retranslate(self) -> None:
        self.show_text(self.tr("{server} was removed").format(server=self._name), self.tr("Undo"))
