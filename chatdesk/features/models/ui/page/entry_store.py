"""Entries of all models, synchronised with the servers and the user's preferences. Thousands are created in small steps."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence

from chatdesk.features.models.domain.model_list import ModelEntry, entry_of, key_of
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.servers.services.models import ServerState
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import ModelRef

_STEP_SECONDS = 0.001
"""Maximum seconds of work within one turn of the event loop, which may have to lay out and paint the page too."""
_CLOCK_INTERVAL = 64
"""Number of entries between two checks of the time."""


class EntryStore:
    """Model entries by server. `changed` is called after every change. `follow` returns when all entries of a server are created.

    `speed_of` returns the measured speed of a model in tokens per second, None if unknown; `origin_of` what it belongs to, for the name of
    its server.
    """

    def __init__(
        self,
        preferences: ModelPreferences,
        changed: Callable[[], object],
        speed_of: Callable[[ModelRef], float | None] = lambda _ref: None,
        origin_of: Callable[[ModelRef, str], str] = lambda _ref, _server: "",
    ) -> None:
        self._origin_of = origin_of
        self._speed_of = speed_of
        self._preferences = preferences
        self._changed = changed
        self._entries: dict[str, dict[str, ModelEntry]] = {}
        """By server ID and key, in the server's order."""
        self._bytes: dict[str, int] = {}
        """Total size of each server's models in bytes."""
        self._latest_states: dict[str, ServerState] = {}

    def of_server(self, server_id: str) -> Collection[ModelEntry]:
        """Return the entries of a server in its order."""
        return self._entries.get(server_id, {}).values()

    def totals(self, server_id: str) -> tuple[int, int]:
        """Return the number of a server's models and their total size in bytes."""
        return len(self.of_server(server_id)), self._bytes.get(server_id, 0)

    def find(self, key: str) -> ModelEntry | None:
        """Return the entry with a key; None if there is none."""
        server_id = key.partition("\n")[0]
        return self._entries.get(server_id, {}).get(key)

    async def follow(self, state: ServerState, position: int) -> None:
        """Create entries for the models that a server lists. A later call for the same server replaces an earlier one."""
        self._latest_states[state.server.id] = state
        known = self._entries.get(state.server.id, {})
        name = server_name(state.server)
        entries: dict[str, ModelEntry] = {}
        size = 0
        until = time.perf_counter() + _STEP_SECONDS
        for number, model in enumerate(state.models):
            key = key_of(model.ref.server_id, model.ref.model_id)
            entry = known.get(key)
            size += model.size_bytes or 0
            preference, speed = self._preferences.of(model.ref), self._speed_of(model.ref)
            origin = self._origin_of(model.ref, name)
            if (
                entry
                and entry.model is model
                and entry.preference is preference
                and (entry.server_position, entry.server, entry.speed, entry.origin) == (position, name, speed, origin)
            ):
                entries[key] = entry
            else:
                entries[key] = entry_of(model, name, position, preference, speed, origin)
            if number % _CLOCK_INTERVAL == 0 and time.perf_counter() > until:
                await asyncio.sleep(0)
                if self._latest_states.get(state.server.id) is not state:
                    return
                until = time.perf_counter() + _STEP_SECONDS
        self._entries[state.server.id], self._bytes[state.server.id] = entries, size
        self._changed()

    def forget(self, server_ids: Sequence[str]) -> None:
        """Remove the entries of all other servers."""
        for server_id in self._entries.keys() - set(server_ids):
            del self._entries[server_id]
            self._bytes.pop(server_id, None)
