"""The settings file and the window state: JSON objects with values by setting key. See kernel/settings/declarations.py.

The user may edit them. For an invalid value, the default applies, and a copy of the file is kept before anything is written.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import ModelPreference
from chatdesk.kernel.models.parameters import NUMBER_RANGES, Parameters
from chatdesk.kernel.settings.declarations import SETTINGS, Setting
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

# The context lengths of models before `models.json` existed: a single setting with a JSON object, tokens by server and model.
#
# It is read while there is no `models.json`, and never written.

EARLIER_CONTEXTS = "state.model_contexts"
"""Key of the setting."""
_BETWEEN = "\n"
"""Separator between the ids of server and model."""
_MAX_UNKNOWN_KEYS = 500


def earlier_contexts(value: object) -> dict[ModelRef, ModelPreference]:
    """Return the preferences in the setting. Tolerant: invalid values are skipped."""
    try:
        stored = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return {}
    found: dict[ModelRef, ModelPreference] = {}
    for key, tokens in list(stored.items())[-_MAX_UNKNOWN_KEYS:] if isinstance(stored, dict) else ():
        server, between, model = key.partition(_BETWEEN)
        whole = isinstance(tokens, int) and not isinstance(tokens, bool)
        if server and between and model and whole and NUMBER_RANGES["num_ctx"].has(tokens):
            found[ModelRef(server, model)] = ModelPreference(parameters=Parameters(num_ctx=tokens))
    return found


class SettingsFile:
    """Reads and writes settings by key. Keys of other versions are preserved.

    Call `read` first. Both methods raise a `StorageError` if the disk access fails.
    """

    def __init__(self, path: Path, settings: Iterable[Setting[Any]] = SETTINGS) -> None:
        self._file = JsonFile(path)
        self._settings = tuple(settings)
        self._content: dict[str, object] = {}
        self.unusable: tuple[str, ...] = ()
        """Keys of settings whose stored values have a wrong type or are out of bounds."""

    def read(self) -> tuple[Mapping[str, object], FileOutcome]:
        """Return the known, valid settings of the file, and the result of reading."""
        self._content, outcome = self._file.read()
        stored = {setting: self._content[setting.key] for setting in self._settings if setting.key in self._content}
        self.unusable = tuple(setting.key for setting, value in stored.items() if not setting.accepts(value))
        for key in self.unusable:
            del self._content[key]
        return {setting.key: value for setting, value in stored.items() if setting.key not in self.unusable}, outcome

    def unknown_value(self, key: str) -> object:
        """Return the value of an unknown key, written by another version; None if there is none."""
        return self._content.get(key)

    def write(self, values: Mapping[str, bool | int | float | str]) -> None:
        """Save `values`; other keys are preserved."""
        if self.unusable:
            self._file.save_unusable_copy()
            self.unusable = ()
        self._content = {**self._content, **values}
        self._file.write(self._content)
