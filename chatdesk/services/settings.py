"""A person's settings: read once at start, changed at once, written a moment later off the loop's thread."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.settings import Setting
from chatdesk.domain.storage_errors import StorageError
from chatdesk.services.announcer import Announcer

Value = TypeVar("Value", bool, int, float, str)

_WRITE_AFTER_SECONDS = 0.3
"""Long enough to gather a drag of the splitter into one write, short enough to lose nothing worth having."""


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has another value now."""

    key: str


class Settings:
    """`stored` is what the file held; `write` puts everything back into it (called on a worker thread)."""

    def __init__(
        self, stored: Mapping[str, object], write: Callable[[Mapping[str, bool | int | float | str]], None]
    ) -> None:
        self.changes: Announcer[SettingChanged] = Announcer()
        self.failures: Announcer[StorageError] = Announcer()
        """The file could not be written; the next change, or the end of the program, tries again."""
        self._values = {key: value for key, value in stored.items() if isinstance(value, bool | int | float | str)}
        self._write = write
        self._pending: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self._dirty = False

    def get(self, setting: Setting[Value]) -> Value:
        """Return the value, or the default if none is stored or the stored one is not of its kind."""
        value = self._values.get(setting.key, setting.default)
        fits = type(value) is type(setting.default) and (
            not setting.choices or value in {choice.value for choice in setting.choices}
        )
        return cast("Value", value) if fits else setting.default

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Change it, tell everyone, and write soon."""
        if self.get(setting) == value:
            return
        self._values[setting.key] = value
        self._dirty = True
        if self._pending is None:
            self._pending = asyncio.get_running_loop().call_later(_WRITE_AFTER_SECONDS, self._write_soon)
        self.changes.announce(SettingChanged(setting.key))

    async def close(self) -> None:
        """Write what is not written yet."""
        if self._pending:
            self._pending.cancel()
            self._pending = None
        if self._writing:
            await self._writing
        await self._save()

    def _write_soon(self) -> None:
        self._pending = None
        self._writing = asyncio.get_running_loop().create_task(self._save_in_turn(self._writing))

    async def _save_in_turn(self, earlier: asyncio.Task[None] | None) -> None:
        if earlier:
            await earlier
        await self._save()

    async def _save(self) -> None:
        if self._dirty:
            self._dirty = False
            try:
                await asyncio.get_running_loop().run_in_executor(None, self._write, dict(self._values))
            except StorageError as error:
                self._dirty = True
                self.failures.announce(error)
