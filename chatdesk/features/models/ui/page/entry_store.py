"""The entries of all models, kept in step with what servers tell and what the user wants; thousands are made some at a time."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence

from chatdesk.features.models.domain.model_list import ModelEntry, entry_of, key_of
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import ModelRef

_AT_ONCE = 0.001
"""Seconds of work between two turns of the loop, which may have to lay out and paint the page as well."""
_LOOK_AT_CLOCK = 64
"""Entries between two looks."""


class EntryStore:
    """`changed` is called whenever entries are others than before. `follow` runs until all of a server's are made.

    `speed_of` tells in tokens a second how fast a model was measured to be.
    """

    def __init__(
        self,
        preferences: ModelPreferences,
        changed: Callable[[], object],
        speed_of: Callable[[ModelRef], float | None] = lambda _ref: None,
    ) -> None:
        self._speed_of = speed_of
        self._preferences = preferences
        self._changed = changed
        self._entries: dict[str, dict[str, ModelEntry]] = {}
        """By server and key, in the server's own order."""
        self._bytes: dict[str, int] = {}
        """Of a server's models together."""
        self._wanted: dict[str, ServerState] = {}

    def of_server(self, server_id: str) -> Collection[ModelEntry]:
        """Return the entries of one, in its own order."""
        return self._entries.get(server_id, {}).values()

    def held(self, server_id: str) -> tuple[int, int]:
        """Return how many models a server has, and their bytes together."""
        return len(self.of_server(server_id)), self._bytes.get(server_id, 0)

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
        size = 0
        until = time.perf_counter() + _AT_ONCE
        for number, model in enumerate(state.models):
            key = key_of(model.ref.server_id, model.ref.model_id)
            entry = known.get(key)
            size += model.size_bytes or 0
            preference, speed = self._preferences.of(model.ref), self._speed_of(model.ref)
            if (
                entry
                and entry.model is model
                and entry.preference is preference
                and (entry.place, entry.server, entry.speed) == (place, name, speed)
            ):
                made[key] = entry
            else:
                made[key] = entry_of(model, name, place, preference, speed)
            if number % _LOOK_AT_CLOCK == 0 and time.perf_counter() > until:
                await asyncio.sleep(0)
                if self._wanted.get(state.server.id) is not state:
                    return
                until = time.perf_counter() + _AT_ONCE
        self._entries[state.server.id], self._bytes[state.server.id] = made, size
        self._changed()

    def forget(self, server_ids: Sequence[str]) -> None:
        """Have no entries of servers but these."""
        for gone in self._entries.keys() - set(server_ids):
            del self._entries[gone]
            self._bytes.pop(gone, None)
