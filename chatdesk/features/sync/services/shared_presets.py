"""Presets of the user on several computers. A version that was made with knowledge of the one here replaces it; otherwise both are kept."""

from collections.abc import Callable
from dataclasses import replace

from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind
from chatdesk.features.sync.domain.stamps import NEVER, Stamp
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.records import stored_stamp, text_digest, to_json
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database


class SharedPresets:
    """Merges presets. `milliseconds` returns the time since 1970. Methods raise `StorageError`."""

    def __init__(self, database: Database, presets: Presets, milliseconds: Callable[[], int]) -> None:
        self._database = database
        self._presets = presets
        self._milliseconds = milliseconds

    async def note(self) -> None:
        """Let the presets that exist be told to the other computers."""
        await self._load()
        ids = list(self._own())
        await self._database.run(lambda connection: ChangeLog(connection, self._milliseconds).note_presets(ids))

    async def merge(self, operation: FieldSet, name_of: Callable[[str], str]) -> None:
        """Merge a version of a preset. `name_of` returns the name of a computer, for presets of which both versions are kept."""
        await self._load()
        value = operation.value if isinstance(operation.value, dict) else {}
        text, before = str(value.get("text")), value.get("before")
        preset_id, told = operation.id, text_digest(text)
        own = self._own()
        if any(each != preset_id and each.casefold() == preset_id.casefold() for each in own):
            return  # a file system may take both for the same
        known = await self._database.run(lambda connection: self._record(connection, preset_id))
        versions = [text_digest(each.text) for each in await self._presets.versions(preset_id)]
        here = own.get(preset_id)
        if told in versions:
            if here is not None and told == text_digest(here) and operation.stamp > known:
                await self._keep_stamp(preset_id, told, operation.stamp)
        elif here is None or text_digest(here) in (before if isinstance(before, list) else []):
            await self._save(preset_id, text, operation.stamp)
        elif operation.stamp > known:
            await self._keep_both(preset_id, here, name_of(known.machine))
            await self._save(preset_id, text, operation.stamp)
        else:
            await self._keep_both(preset_id, text, name_of(operation.stamp.machine))

    async def _load(self) -> None:
        if not self._presets.loaded:
            await self._presets.load(self._presets.language)

    def _own(self) -> dict[str, str]:
        """Return the texts of the presets of the user."""
        own = (each for each in self._presets.all() if each.origin is PresetOrigin.OWN)
        return {each.id: self._presets.text_of(each.key) for each in own}

    async def _save(self, preset_id: str, text: str, stamp: Stamp) -> None:
        """Save a version; one that is no preset is ignored."""
        try:
            self._presets.read_version(preset_id, text)
        except PresetInvalid:
            return
        await self._keep_stamp(preset_id, text_digest(text), stamp)
        await self._presets.save_text(preset_id, text)

    async def _keep_both(self, preset_id: str, text: str, computer: str) -> None:
        """Save a text as a preset of its own, under an id that is the same on all computers."""
        copy_id = f"{preset_id}-{text_digest(text)[:8]}"
        try:
            preset = self._presets.read_version(copy_id, text)
            if copy_id not in self._own():
                named = replace(preset, name=f"{preset.name} ({computer})" if computer else preset.name, replaces="")
                await self._presets.save_text(copy_id, write_preset(named, text))
        except PresetInvalid:
            return

    async def _keep_stamp(self, preset_id: str, digest: str, stamp: Stamp) -> None:
        values = (Kind.PRESET, preset_id, Field.TEXT, stamp.counter, stamp.machine, to_json({"digest": digest}))

        def keep(connection: Connection) -> None:
            ChangeLog(connection, self._milliseconds).see(stamp.counter)
            connection.execute("INSERT OR REPLACE INTO sync_fields VALUES (?, ?, ?, ?, ?, ?, 1)", values)

        await self._database.run(keep)

    def _record(self, connection: Connection, preset_id: str) -> Stamp:
        """Record a pending change of a preset, and return the stamp of its present version."""
        ChangeLog(connection, self._milliseconds).record([("preset", preset_id)])
        row = connection.execute(
            "SELECT counter, machine FROM sync_fields WHERE kind = ? AND id = ? AND field = ?",
            (Kind.PRESET, preset_id, Field.TEXT),
        ).fetchone()
        return stored_stamp(*row) if row else NEVER
