"""Content of the model list: rows below the headings of their servers, the count, and the message for an empty list."""

from collections.abc import Mapping, Sequence
from itertools import chain

from PySide6.QtCore import QLocale, QObject

from chatdesk.features.models.domain.model_list import ModelEntry, ModelFilter, ModelOrder, by_name, in_order
from chatdesk.features.models.domain.model_names import read_model_name
from chatdesk.features.models.ui.page.entry_store import EntryStore
from chatdesk.features.models.ui.page.listed_rows import Row, ServerHeading
from chatdesk.features.models.ui.page.row_texts import size_text
from chatdesk.features.models.ui.picker.model_texts import server_state
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.services.servers import Servers
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import plain_line

# Selection and order of the listed entries: sorting is cached, filtering runs at every key press.

_MANY_ENTRIES = 1000
"""Number of entries from which sorting takes a turn of the event loop for itself."""
ALL_SERVERS = ""
"""Key that replaces a server's ID for the models of all servers."""


class Listing:
    """Cache of sorted entries. `forget` it when entries change."""

    def __init__(self, store: EntryStore) -> None:
        self._store = store
        self._named: dict[tuple[str, ...], list[ModelEntry]] = {}
        """Entries of these servers, sorted by name."""
        self._sorted: dict[tuple[str, ...], list[ModelEntry]] = {}
        self._order: tuple[ModelOrder, bool] | None = None
        """Sort order of `_sorted`, and whether it is descending."""

    def forget(self) -> None:
        """Clear the cache."""
        for known in (self._named, self._sorted):
            known.clear()

    def must_sort(self, servers: Sequence[str], order: ModelOrder, *, descending: bool, grouped: bool) -> bool:
        """Sort what is not sorted yet, and return whether that was so much that the update should wait for the next event loop turn."""
        if self._order != (order, descending):
            self._order = order, descending
            self._sorted.clear()
        sorted_now = 0
        for group in _groups(servers, grouped=grouped):
            if group not in self._sorted:
                sorted_now += len(self._in_order(group, order, descending=descending))
        return sorted_now > _MANY_ENTRIES

    def found(
        self, servers: Sequence[str], model_filter: ModelFilter, order: ModelOrder, *, descending: bool, grouped: bool
    ) -> dict[str, Sequence[ModelEntry]]:
        """Return the entries that match the filter, by server, or all of them under `ALL_SERVERS`."""
        self.must_sort(servers, order, descending=descending, grouped=grouped)
        return {
            group[0] if grouped else ALL_SERVERS: model_filter.chosen(
                self._in_order(group, order, descending=descending)
            )
            for group in _groups(servers, grouped=grouped)
        }

    def _in_order(self, group: tuple[str, ...], order: ModelOrder, *, descending: bool) -> list[ModelEntry]:
        if group not in self._named:
            self._named[group] = by_name(chain.from_iterable(map(self._store.of_server, group)))
        if group not in self._sorted:
            self._sorted[group] = in_order(self._named[group], order, descending=descending)
        return self._sorted[group]


def _groups(servers: Sequence[str], *, grouped: bool) -> list[tuple[str, ...]]:
    return [(server,) for server in servers] if grouped else [tuple(servers)]


Steps = tuple[tuple[str, str], ...]
"""Keys and labels of buttons."""


class ListContent(QObject):
    """Computes rows and texts from the entries of `store`. It neither paints nor sends requests."""

    def __init__(self, servers: Servers, store: EntryStore, parent: QObject) -> None:
        super().__init__(parent)
        self._servers = servers
        self._store = store

    def rows(
        self, found: Mapping[str, Sequence[ModelEntry]], states: Sequence[ServerState], *, narrow: bool
    ) -> list[Row]:
        """Return the models below the headings of their servers, or all models followed by the servers without models.

        Servers on this computer have cards of their own beside the list.
        """
        if ALL_SERVERS in found:
            empty = (state for state in states if not (narrow or state.models or state.server.is_on_this_machine))
            return [*found[ALL_SERVERS], *(self.heading(state) for state in empty if not state.server.is_built_in)]
        rows: list[Row] = []
        for state in states:
            if found[state.server.id] or not narrow:
                rows += (self.heading(state), *found[state.server.id])
        return rows

    def heading(self, state: ServerState) -> ServerHeading:
        """Return the heading row of a server."""
        kind, text = server_state(state, self._servers.vendor_of(state.server))
        count, size = self._store.totals(state.server.id)
        holds = self._count(count, count, size) if count else ""
        return ServerHeading(state.server.id, server_name(state.server), text, kind, holds)

    def count(self, found: Mapping[str, Sequence[ModelEntry]], servers: Sequence[str]) -> str:
        """Return a text with the numbers of shown and of all models, and the total size if all are shown."""
        shown, totals = sum(map(len, found.values())), [self._store.totals(server) for server in servers]
        there, size = sum(count for count, _ in totals), sum(size for _, size in totals)
        return self._count(shown, there, size if shown == there else 0)

    def nothing(
        self, rows: Sequence[Row], states: Sequence[ServerState], model_filter: ModelFilter
    ) -> tuple[str, Steps]:
        """Return why the list is empty, and the buttons that help; an empty text if it is not."""
        if rows:
            return "", ()
        if not states:
            return self.tr("No providers yet."), (("servers", self.tr("Add a provider…")),)
        if model_filter.is_narrow:
            clear = ("clear", self.tr("Show all models"))
            return self.tr("No results"), (clear, *self._step_to_get(model_filter.text, states))
        return self.tr("Looking for models…"), ()

    def _count(self, shown: int, there: int, size: int) -> str:
        models = self.tr("%n model(s)", "", there)
        if shown != there:
            models = self.tr("{count} of {all}").format(count=QLocale().toString(shown), all=models)
        return listed((models, size_text(size)))

    def _step_to_get(self, text: str, states: Sequence[ServerState]) -> Steps:
        """Offer to download the model that was searched for, if the text can be a model's name."""
        named = read_model_name(text)
        can_get = any(state.status and state.server.manages_models for state in states)
        if named.problem or not can_get:
            return ()
        return (("get", self.tr("Download {model}").format(model=plain_line(named.name))),)
