"""The entries of all models, kept in step with what servers tell and what a person wants; thousands are made some at a time."""

import asyncio
from collections.abc import Callable, Sequence

from chatdesk.domain.model_list.entry import ModelEntry, entry_of, key_of
from chatdesk.services.model_preferences import ModelPreferences
from chatdesk.services.models import ServerState
from chatdesk.ui.server_words import server_name

_AT_ONCE = 400
"""Entries made between two frames."""


class EntryBook:
    """`changed` is called whenever entries are others than before. `follow` runs until all of a server's are made."""

    def __init__(self, preferences: ModelPreferences, changed: Callable[[], object]) -> None:
        self._preferences = preferences
        self._changed = changed
        self._entries: dict[str, dict[str, ModelEntry]] = {}
        """By server and key, in the server's own order."""
        self._wanted: dict[str, ServerState] = {}

    def all(self, server_ids: Sequence[str]) -> list[ModelEntry]:
        """Return the entries of these servers."""
        return [entry for server_id in server_ids for entry in self._entries.get(server_id, {}).values()]

    def of_server(self, server_id: str) -> Sequence[ModelEntry]:
        """Return the entries of one."""
        return tuple(self._entries.get(server_id, {}).values())

    def find(self, key: str) -> ModelEntry | None:
        """Return an entry by its key."""
        server_id = key.partition("\n")[0]
        return self._entries.get(server_id, {}).get(key)

    async def follow(self, state: ServerState, place: int) -> None:
        """Have entries of what a server lists now. A later call about the same server takes over from an earlier one."""
        self._wanted[state.server.id] = state
        known = self._entries.get(state.server.id, {})
        name = server_name(state.server)
        made: dict[str, ModelEntry] = {}
        for number, model in enumerate(state.models, 1):
            key = key_of(model.ref.server_id, model.ref.model_id)
            preference = self._preferences.of(model.ref)
            entry = known.get(key)
            same = entry is not None and entry.model is model and entry.preference is preference
            if entry is not None and same and (entry.server, entry.place) == (name, place):
                made[key] = entry
            else:
                made[key] = entry_of(model, name, place, preference)
                if number % _AT_ONCE == 0:
                    await asyncio.sleep(0)
                    if self._wanted.get(state.server.id) is not state:
                        return
        self._entries[state.server.id] = made
        self._changed()

    def forget(self, server_ids: Sequence[str]) -> None:
        """Have no entries of servers but these."""
        for gone in self._entries.keys() - set(server_ids):
            del self._entries[gone]
