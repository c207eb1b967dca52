"""Selection and order of the listed entries: sorting is cached, filtering runs at every key press."""

from collections.abc import Sequence
from itertools import chain

from chatdesk.features.models.domain.model_list import ModelEntry, ModelFilter, ModelOrder, by_name, in_order
from chatdesk.features.models.ui.page.entry_store import EntryStore

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
