"""User preferences for single models: display names, favourites, hidden models, and defaults for chats.

Loaded once at start; changes apply at once and are written with a delay. `kernel/models/model_preference.py` defines the fields.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.debounced_writer import DebouncedWriter
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import (
    NO_PREFERENCE,
    EngineChoices,
    ModelPreference,
    preference_of,
    preference_record,
)
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

# File of the preferences: a JSON object with a list that has a row for each model with preferences.

_KNOWN_FIELDS = frozenset({"nickname", "favourite", "hidden", "system_prompt", "parameters", "engine"})


class ModelPreferencesFile:
    """File of the preferences. It preserves fields of other versions.

    `read` comes first; both methods raise a `StorageError` if the disk fails.
    """

    def __init__(self, path: Path) -> None:
        self._file = JsonFile(path)
        self._content: dict[str, object] = {}

    def read(self) -> tuple[dict[ModelRef, ModelPreference], FileOutcome]:
        """Return the preferences by model, and how reading went."""
        self._content, outcome = self._file.read()
        return {ref: preference_of(row) for ref, row in self._rows().items()}, outcome

    def write(self, preferences: Mapping[ModelRef, ModelPreference]) -> None:
        """Write the preferences."""
        foreign_fields = {
            ref: {name: value for name, value in row.items() if name not in {"server", "model", *_KNOWN_FIELDS}}
            for ref, row in self._rows().items()
        }
        rows = [
            {
                "server": ref.server_id,
                "model": ref.model_id,
                **preference_record(preference),
                **foreign_fields.get(ref, {}),
            }
            for ref, preference in preferences.items()
        ]
        rows += [
            {"server": ref.server_id, "model": ref.model_id, **fields}
            for ref, fields in foreign_fields.items()
            if fields and ref not in preferences
        ]
        self._content = {**self._content, "models": rows}
        self._file.write(self._content)

    def _rows(self) -> dict[ModelRef, Mapping[str, object]]:
        rows = self._content.get("models")
        named: dict[ModelRef, Mapping[str, object]] = {}
        for row in rows if isinstance(rows, list) else ():
            if not isinstance(row, dict):
                continue
            server, model = row.get("server"), row.get("model")
            if isinstance(server, str) and isinstance(model, str) and model:
                named[ModelRef(server, model)] = row
        return named


@dataclass(frozen=True, slots=True)
class PreferenceChanged:
    """The preferences for a model changed."""

    ref: ModelRef


class ModelPreferences:
    """Preferences of all models. `stored` is the content of the file; `write` writes it (on a worker thread)."""

    def __init__(
        self,
        stored: Mapping[ModelRef, ModelPreference],
        write: Callable[[Mapping[ModelRef, ModelPreference]], object],
    ) -> None:
        self.changes: Announcer[PreferenceChanged] = Announcer()
        self._preferences = dict(stored)
        self._file = DebouncedWriter(lambda: partial(write, dict(self._preferences)))
        self.failures = self._file.failures

    def of(self, ref: ModelRef) -> ModelPreference:
        """Return the preferences for a model."""
        return self._preferences.get(ref, NO_PREFERENCE)

    def context(self, ref: ModelRef) -> int | None:
        """Return the user's context length for a model in tokens; None if not set."""
        return self.of(ref).parameters.num_ctx

    def name(self, ref: ModelRef, own: str) -> str:
        """Return the display name of a model: the user's, or its `own` name."""
        return self.of(ref).nickname or own

    def set_nickname(self, ref: ModelRef, nickname: str) -> None:
        """Set the display name of a model; empty for its own name."""
        self._set(ref, replace(self.of(ref), nickname=nickname))

    def set_favourite(self, ref: ModelRef, *, favourite: bool) -> None:
        """Mark a model as a favourite or not."""
        self._set(ref, replace(self.of(ref), favourite=favourite))

    def set_hidden(self, ref: ModelRef, *, hidden: bool) -> None:
        """Hide a model where models are chosen, or show it again."""
        self._set(ref, replace(self.of(ref), hidden=hidden))

    def set_system_prompt(self, ref: ModelRef, text: str) -> None:
        """Set the system prompt that applies if neither the chat nor its preset has one."""
        self._set(ref, replace(self.of(ref), system_prompt=text))

    def set_parameters(self, ref: ModelRef, parameters: Parameters) -> None:
        """Set the parameters that apply if neither the chat nor its preset sets them."""
        self._set(ref, replace(self.of(ref), parameters=parameters))

    def set_context(self, ref: ModelRef, tokens: int) -> None:
        """Set the context length that applies if neither the chat nor its preset sets it."""
        self.set_parameters(ref, replace(self.of(ref).parameters, num_ctx=tokens))

    def set_engine(self, ref: ModelRef, choices: EngineChoices) -> None:
        """Set how the built-in engine runs a model."""
        self._set(ref, replace(self.of(ref), engine=choices))

    async def close(self) -> None:
        """Write pending changes."""
        await self._file.close()

    def _set(self, ref: ModelRef, preference: ModelPreference) -> None:
        if preference == self.of(ref):
            return
        if preference == NO_PREFERENCE:
            del self._preferences[ref]
        else:
            self._preferences[ref] = preference
        self._file.soon()
        self.changes.announce(PreferenceChanged(ref))
