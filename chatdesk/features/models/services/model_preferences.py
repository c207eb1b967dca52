"""What the user wants of single models: nicknames, favourites, what is hidden, and what chats with them begin with.

Read once at start, changed at once, written a moment later. What the fields mean: `kernel/models/model_preference.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.debounced_writer import DebouncedWriter
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference, preference_of, preference_record
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

# The file of what the user wants of single models: a JSON object with a list, a row for each model of which
# anything is wanted.

_OURS = frozenset({"nickname", "favourite", "hidden", "system_prompt", "parameters"})


class ModelPreferencesFile:
    """Fields of another version stay with their model.

    `read` comes first; both methods raise a `StorageError` if the disk will not.
    """

    def __init__(self, path: Path) -> None:
        self._file = JsonFile(path)
        self._content: dict[str, object] = {}

    def read(self) -> tuple[dict[ModelRef, ModelPreference], FileOutcome]:
        """Return what is wanted, by model, and how reading went."""
        self._content, outcome = self._file.read()
        return {ref: preference_of(row) for ref, row in self._rows().items()}, outcome

    def write(self, preferences: Mapping[ModelRef, ModelPreference]) -> None:
        """Replace the list."""
        strange = {
            ref: {name: value for name, value in row.items() if name not in {"server", "model", *_OURS}}
            for ref, row in self._rows().items()
        }
        rows = [
            {
                "server": ref.server_id,
                "model": ref.model_id,
                **preference_record(preference),
                **strange.get(ref, {}),
            }
            for ref, preference in preferences.items()
        ]
        rows += [
            {"server": ref.server_id, "model": ref.model_id, **fields}
            for ref, fields in strange.items()
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
    """Something else is wanted of a model now."""

    ref: ModelRef


class ModelPreferences:
    """`stored` is what the file held; `write` puts everything back into it (called on a worker thread)."""

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
        """Return what is wanted of a model."""
        return self._preferences.get(ref, NO_PREFERENCE)

    def context(self, ref: ModelRef) -> int | None:
        """Return how much context is wanted for a model, in tokens; None if nobody said."""
        return self.of(ref).parameters.num_ctx

    def name(self, ref: ModelRef, own: str) -> str:
        """Return what a model is called: the nickname, or its `own` name."""
        return self.of(ref).nickname or own

    def set_nickname(self, ref: ModelRef, nickname: str) -> None:
        """Call a model something else; empty for its own name."""
        self._keep(ref, replace(self.of(ref), nickname=nickname))

    def set_favourite(self, ref: ModelRef, *, favourite: bool) -> None:
        """Make a model a favourite, or one like others."""
        self._keep(ref, replace(self.of(ref), favourite=favourite))

    def set_hidden(self, ref: ModelRef, *, hidden: bool) -> None:
        """Leave a model out where models are chosen, or list it again."""
        self._keep(ref, replace(self.of(ref), hidden=hidden))

    def set_system_prompt(self, ref: ModelRef, text: str) -> None:
        """Tell a model this where neither a chat nor its preset has instructions."""
        self._keep(ref, replace(self.of(ref), system_prompt=text))

    def set_parameters(self, ref: ModelRef, parameters: Parameters) -> None:
        """Ask a model with these where neither a chat nor its preset says otherwise."""
        self._keep(ref, replace(self.of(ref), parameters=parameters))

    def set_context(self, ref: ModelRef, tokens: int) -> None:
        """Ask a model for this much context, likewise."""
        self.set_parameters(ref, replace(self.of(ref).parameters, num_ctx=tokens))

    async def close(self) -> None:
        """Write what is not written yet."""
        await self._file.close()

    def _keep(self, ref: ModelRef, preference: ModelPreference) -> None:
        if preference == self.of(ref):
            return
        if preference == NO_PREFERENCE:
            del self._preferences[ref]
        else:
            self._preferences[ref] = preference
        self._file.soon()
        self.changes.announce(PreferenceChanged(ref))
