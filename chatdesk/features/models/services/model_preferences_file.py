"""The file of what a person wants of single models: a JSON object with a list, a row for each model of which anything is wanted."""

from collections.abc import Mapping
from pathlib import Path

from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference, preference_of, preference_record
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

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
