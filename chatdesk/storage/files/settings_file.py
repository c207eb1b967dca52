"""The settings file and the window state: each one JSON object, a setting's key to its value. See kernel/settings/declarations.py.

The user may edit it. Where a value cannot be used, the default holds; the file as it was is kept beside before anything is written.
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

# How much context was wanted for models before `models.json`: one setting then, an object in JSON, tokens by
# server and model.
#
# It is read while there is no `models.json` yet, and never written again.

EARLIER_CONTEXTS = "state.model_contexts"
"""The setting's key."""
_BETWEEN = "\n"
"""Stood between the id of a server and that of a model."""
_MOST_KEPT = 500


def earlier_contexts(value: object) -> dict[ModelRef, ModelPreference]:
    """Return what the setting says, as it is kept now. Tolerant: what was changed by hand into something else says nothing."""
    try:
        wishes = json.loads(value) if isinstance(value, str) else None
    except (ValueError, RecursionError):
        return {}
    found: dict[ModelRef, ModelPreference] = {}
    for key, tokens in list(wishes.items())[-_MOST_KEPT:] if isinstance(wishes, dict) else ():
        server, between, model = key.partition(_BETWEEN)
        whole = isinstance(tokens, int) and not isinstance(tokens, bool)
        if server and between and model and whole and NUMBER_RANGES["num_ctx"].has(tokens):
            found[ModelRef(server, model)] = ModelPreference(parameters=Parameters(num_ctx=tokens))
    return found


class SettingsFile:
    """Knows the settings by key. What another version wrote under other keys stays in the file untouched.

    `read` comes first; both methods raise a `StorageError` if the disk will not.
    """

    def __init__(self, path: Path, settings: Iterable[Setting[Any]] = SETTINGS) -> None:
        self._file = JsonFile(path)
        self._settings = tuple(settings)
        self._content: dict[str, object] = {}
        self.unusable: tuple[str, ...] = ()
        """Keys of the settings whose values in the file are of a wrong type or out of bounds."""

    def read(self) -> tuple[Mapping[str, object], FileOutcome]:
        """Return the known settings that are in the file and can be used, and how reading went."""
        self._content, outcome = self._file.read()
        stored = {setting: self._content[setting.key] for setting in self._settings if setting.key in self._content}
        self.unusable = tuple(setting.key for setting, value in stored.items() if not setting.takes(value))
        for key in self.unusable:
            del self._content[key]
        return {setting.key: value for setting, value in stored.items() if setting.key not in self.unusable}, outcome

    def strange(self, key: str) -> object:
        """Return what another version wrote under a key of its own; None if it wrote nothing."""
        return self._content.get(key)

    def write(self, values: Mapping[str, bool | int | float | str]) -> None:
        """Keep `values`; keys not among them stay as they are."""
        if self.unusable:
            self._file.keep_as_it_is()
            self.unusable = ()
        self._content = {**self._content, **values}
        self._file.write(self._content)
