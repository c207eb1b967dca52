"""The settings file: one JSON object, a setting's key to its value. Which settings there are: domain/settings.py."""

from collections.abc import Mapping
from pathlib import Path

from chatdesk.domain.settings import SETTINGS
from chatdesk.storage.json_file import FileOutcome, JsonFile


class SettingsFile:
    """Knows the settings by key. What another version wrote under other keys stays in the file untouched.

    `read` comes first; both methods raise a `StorageError` if the disk will not.
    """

    def __init__(self, path: Path) -> None:
        self._file = JsonFile(path)
        self._content: dict[str, object] = {}

    def read(self) -> tuple[Mapping[str, object], FileOutcome]:
        """Return the known settings that are in the file, and how reading went."""
        self._content, outcome = self._file.read()
        known = {setting.key for setting in SETTINGS}
        return {key: value for key, value in self._content.items() if key in known}, outcome

    def strange(self, key: str) -> object:
        """Return what another version wrote under a key of its own; None if it wrote nothing."""
        return self._content.get(key)

    def write(self, values: Mapping[str, bool | int | float | str]) -> None:
        """Keep `values`; keys not among them stay as they are."""
        self._content = {**self._content, **values}
        self._file.write(self._content)
