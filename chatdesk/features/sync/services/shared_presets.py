"""Presets of the user on several computers: notes what was deleted and restored here, and merges changes of other computers."""

from collections.abc import Callable
from dataclasses import replace

from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind
from chatdesk.features.sync.domain.preset_merging import (
    Outcome,
    PresetChange,
    PresetHere,
    copy_id,
    outcome,
    text_digest,
)
from chatdesk.features.sync.domain.stamps import NEVER, Stamp
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.records import DELETED_PRESET, stored_stamp, to_json
from chatdesk.kernel.errors.preset_errors import PresetInvalid
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database


class SharedPresets:
    """Merges presets. `milliseconds` returns the time since 1970. Methods raise `StorageError` or `FileNotSaved`."""

    def __init__(self, database: Database, presets: Presets, milliseconds: Callable[[], int]) -> None:
        self._database = database
        self._presets = presets
        self._milliseconds = milliseconds

    async def note_all(self) -> None:
        """Note the presets that exist as changes, so that those are recorded that were not recorded yet."""
        await self._load()
        ids = list(self._own())
        await self._database.run(lambda connection: self._log(connection).note_presets(ids))

    async def record_deletions(self, preset_id: str | None = None) -> None:
        """Record which presets were deleted or restored, or whether one was. What another program has removed is not shared."""
        await self._load()
        own = self._own()
        known = await self._database.run(lambda connection: self._log(connection).presets(preset_id))
        restored = [id_ for id_, is_deleted in known.items() if is_deleted and id_ in own]
        missing = [id_ for id_, is_deleted in known.items() if not is_deleted and id_ not in own]
        deleted = await self._presets.deleted() if missing else {}
        if not restored and not deleted.keys() & missing:
            return

        def record(connection: Connection) -> None:
            log = self._log(connection)
            for id_ in restored:
                log.record_restored_preset(id_)
            for id_ in missing:
                if id_ in deleted:
                    log.record_deleted_preset(id_, deleted[id_])

        await self._database.run(record)

    async def merge(self, operation: FieldSet, name_of: Callable[[str], str]) -> None:
        """Merge a change of a preset. `name_of` returns the name of a computer, for presets of which both versions are kept."""
        await self._load()
        preset_id, own = operation.id, self._own()
        if any(each != preset_id and each.casefold() == preset_id.casefold() for each in own):
            return  # a file system may take both for the same
        await self.record_deletions(preset_id)
        present = own.get(preset_id)
        here = await self._here(preset_id, present)
        text, change = _change_of(operation)
        result = outcome(change, here)
        if result is Outcome.REPLACE_AND_COPY_OURS and present is not None:
            await self._save_copy(preset_id, present, name_of(here.stamp.machine))
        if result is Outcome.COPY_THEIRS:
            await self._save_copy(preset_id, text, name_of(operation.stamp.machine))
        elif result is not Outcome.IGNORE:
            await self._apply(preset_id, text, change, present)

    def _log(self, connection: Connection) -> ChangeLog:
        return ChangeLog(connection, self._milliseconds)

    async def _load(self) -> None:
        if not self._presets.loaded:
            await self._presets.load(self._presets.language)

    def _own(self) -> dict[str, str]:
        """Return the texts of the presets of the user."""
        own = (each for each in self._presets.all() if each.origin is PresetOrigin.OWN)
        return {each.id: self._presets.text_of(each.key) for each in own}

    async def _here(self, preset_id: str, present: str | None) -> PresetHere:
        def record(connection: Connection) -> Stamp:
            self._log(connection).record([(Kind.PRESET, preset_id)])
            return self._stamp(connection, preset_id)

        stamp = await self._database.run(record)
        seen = {text_digest(each.text) for each in await self._presets.versions(preset_id)}
        return PresetHere(None if present is None else text_digest(present), seen, stamp)

    async def _apply(self, preset_id: str, text: str, change: PresetChange, present: str | None) -> None:
        """Apply a change. A text that is no preset for this version of Chatdesk is ignored.

        The stamp is stored last: a preset that is known and has no file could be mistaken for one that was deleted here.
        """
        if change.text is None:
            if present is not None:
                await self._presets.delete([f"{PresetOrigin.OWN}:{preset_id}"])
            await self._save_stamp(preset_id, dict(DELETED_PRESET), change.stamp)
            return
        try:
            self._presets.read_version(preset_id, text)
        except PresetInvalid:
            return
        if text != present:
            await self._presets.save_text(preset_id, text)
        await self._save_stamp(preset_id, {"digest": change.text}, change.stamp)

    async def _save_copy(self, preset_id: str, text: str, computer: str) -> None:
        """Save a text as a preset of its own, unless that is known, even as a deleted one."""
        copied_id = copy_id(preset_id, text_digest(text))
        known = await self._database.run(lambda connection: self._log(connection).presets(copied_id))
        if known or copied_id in self._own():
            return
        try:
            preset = self._presets.read_version(copied_id, text)
            named = replace(preset, name=f"{preset.name} ({computer})" if computer else preset.name, replaces="")
            await self._presets.save_text(copied_id, write_preset(named, text))
        except PresetInvalid:
            return

    async def _save_stamp(self, preset_id: str, value: dict[str, object], stamp: Stamp) -> None:
        def save(connection: Connection) -> None:
            log = self._log(connection)
            log.observe(stamp.counter)
            log.save_merged_field(Kind.PRESET, preset_id, Field.TEXT, stamp, to_json(value))

        await self._database.run(save)

    def _stamp(self, connection: Connection, preset_id: str) -> Stamp:
        row = connection.execute(
            "SELECT counter, machine FROM sync_fields WHERE kind = ? AND id = ? AND field = ?",
            (Kind.PRESET, preset_id, Field.TEXT),
        ).fetchone()
        return stored_stamp(*row) if row else NEVER


def _change_of(operation: FieldSet) -> tuple[str, PresetChange]:
    """Return the text of an operation, and what it changes."""
    value = operation.value if isinstance(operation.value, dict) else {}
    if value == DELETED_PRESET:
        return "", PresetChange(operation.stamp, None)
    text, before = str(value.get("text")), value.get("before")
    return text, PresetChange(operation.stamp, text_digest(text), before if isinstance(before, list) else [])
