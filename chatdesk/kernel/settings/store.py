"""The user's settings: read at startup, changed immediately in memory, and written shortly afterwards on a worker thread."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial
from typing import TypeVar, cast

from chatdesk.kernel.aio.debounced_writer import DebouncedWriter
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import ZOOM, ZOOM_STEPS, Setting

Value = TypeVar("Value", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has a new value."""

    key: str


class StartNotice(Enum):
    """The message for the user about problems at startup."""

    FILE_RESTORED = auto()
    """Settings, servers or model preferences were damaged on disk. The last good copy is used; the damaged file is kept under another name.
    """
    FILE_LOST = auto()
    """They were damaged and there was no good copy; the damaged file is kept under another name."""
    FILE_NEWER = auto()
    """A newer version of Chatdesk wrote them in a format that this one cannot read; that file is kept."""
    UNSAVED_RETURNED = auto()
    """Chats that an earlier run could not save, because the database was locked or replaced, have been saved now."""
    UNSAVED_SALVAGED = auto()
    """Likewise, but the file of the unsaved text was damaged and is kept: some of it may be lost."""
    UNSAVED_LOST = auto()
    """Text that an earlier run could not save cannot be read; the file is kept."""


class Settings:
    """Current values of all settings. `stored` is the content of the file; `write` saves all values (called on a worker thread)."""

    def __init__(
        self, stored: Mapping[str, object], write: Callable[[Mapping[str, bool | int | float | str]], None]
    ) -> None:
        self.changes: Announcer[SettingChanged] = Announcer()
        self._values = {key: value for key, value in stored.items() if isinstance(value, bool | int | float | str)}
        self._file = DebouncedWriter(lambda: partial(write, dict(self._values)))
        self.failures = self._file.failures

    def get(self, setting: Setting[Value]) -> Value:
        """Return the value, or the default if no valid one is stored."""
        value = self._values.get(setting.key, setting.default)
        fits = setting.accepts(value) and (not setting.choices or value in {choice.value for choice in setting.choices})
        return cast("Value", value) if fits else setting.default

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Change a value, notify listeners, and schedule a write. Raise `ValueError` if the value is out of bounds."""
        if not setting.accepts(value):
            raise ValueError(f"{setting.key} cannot be {value!r}")
        if self.get(setting) == value:
            return
        self._values[setting.key] = value
        self._file.soon()
        self.changes.announce(SettingChanged(setting.key))

    async def close(self) -> None:
        """Write pending changes."""
        await self._file.close()


def step_zoom(settings: Settings, step: int) -> None:
    """Set the next (1) or previous (-1) zoom level, starting from the nearest one in the list; unchanged at its ends."""
    now = settings.get(ZOOM)
    nearest = min(range(len(ZOOM_STEPS)), key=lambda index: abs(ZOOM_STEPS[index] - now))
    settings.set(ZOOM, ZOOM_STEPS[min(max(nearest + step, 0), len(ZOOM_STEPS) - 1)])
