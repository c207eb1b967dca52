"""The user's settings: read once at start, changed at once, written a moment later off the loop's thread."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial
from typing import TypeVar, cast

from chatdesk.kernel.aio.debounced_writer import DebouncedWriter
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import Setting

Value = TypeVar("Value", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has another value now."""

    key: str


class StartNotice(Enum):
    """What the user should know about how the start went."""

    FILE_RESTORED = auto()
    """Settings, servers or what is wanted of models were broken on disk; the last good copy is used, the broken file kept aside."""
    FILE_LOST = auto()
    """They were broken and there was no good copy; the broken file is kept aside."""
    FILE_NEWER = auto()
    """A newer Chatdesk wrote them in a way that this one does not read; that file is kept."""
    UNSAVED_RETURNED = auto()
    """What an earlier start could not save, as the file of the chats was held or replaced, is in the chats again."""


class Settings:
    """`stored` is what the file held; `write` puts everything back into it (called on a worker thread)."""

    def __init__(
        self, stored: Mapping[str, object], write: Callable[[Mapping[str, bool | int | float | str]], None]
    ) -> None:
        self.changes: Announcer[SettingChanged] = Announcer()
        self._values = {key: value for key, value in stored.items() if isinstance(value, bool | int | float | str)}
        self._file = DebouncedWriter(lambda: partial(write, dict(self._values)))
        self.failures = self._file.failures

    def get(self, setting: Setting[Value]) -> Value:
        """Return the value, or the default if none is stored or the stored one cannot be used."""
        value = self._values.get(setting.key, setting.default)
        fits = setting.takes(value) and (not setting.choices or value in {choice.value for choice in setting.choices})
        return cast("Value", value) if fits else setting.default

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Change it, tell everyone, and write soon. Raises `ValueError` for a value out of its bounds."""
        if not setting.takes(value):
            raise ValueError(f"{setting.key} cannot be {value!r}")
        if self.get(setting) == value:
            return
        self._values[setting.key] = value
        self._file.soon()
        self.changes.announce(SettingChanged(setting.key))

    async def close(self) -> None:
        """Write what is not written yet."""
        await self._file.close()
