"""Preset library: the presets, their usage data, and changes to user presets. `instruction_resolver.py` applies a preset to a chat.

Built-in presets are read-only; changing one creates a user copy that replaces it. Files are read and written on threads, and read again
by `reload_changed` when the folder has changed; the database stores usage data and versions.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.presets.domain.preset_state import PresetState, PresetVersion
from chatdesk.features.presets.files.preset_folder import SUFFIX, FolderContents, PresetFolder
from chatdesk.features.presets.files.preset_repository import PresetRepository
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.preset_errors import BrokenPreset
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.languages import ENGLISH, language_of
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.storage.database.database import Database

ORDER_FILE = "order.txt"
"""Lists the ids of the built-in presets in their curated order, next to the folders of the languages."""
MAX_REMEMBERED_LENGTH = 20_000
"""Maximum characters of a remembered value; a longer one is a text to work on rather than a recurring input."""


_NO_STATE = PresetState()
MAX_REPAIRABLE_BYTES = 200_000
"""Maximum bytes of a broken file that can be repaired in the program; a larger file was not written by hand."""


@dataclass(frozen=True, slots=True)
class PresetsChanged:
    """The library changed. `keys` are the affected presets; empty for all."""

    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DeletedPresets:
    """Data for `restore`: names in the trash, and the usage data by key."""

    names: tuple[str, ...]
    states: Mapping[str, PresetState]


class Presets:
    """The library. `built_in` has a folder for each language; `own` is the folder of the user.

    Methods that change files raise `FileNotSaved`, and `PresetInvalid` if the result could not be parsed; in both cases nothing is changed.
    """

    def __init__(self, built_in: Path, own: PresetFolder, database: Database, now: Callable[[], datetime]) -> None:
        self.changes: Announcer[PresetsChanged] = Announcer()
        self._built_in = built_in
        self._own = own
        self._database = database
        self._now = now
        self._language = ENGLISH.code
        self._shipped = FolderContents()
        self._positions: dict[str, int] = {}
        """Positions in the curated order, by id of a built-in preset."""
        self._contents = FolderContents()
        self._states: dict[str, PresetState] = {}
        self._reading = asyncio.Lock()
        self.loaded = False

    def now(self) -> datetime:
        """Return the current time."""
        return self._now()

    @property
    def folder(self) -> Path:
        """The folder of the user presets."""
        return self._own.path

    @property
    def language(self) -> str:
        """The language of the built-in presets."""
        return self._language

    def all(self) -> tuple[Preset, ...]:
        """Return the user presets by file name, then the built-in ones, or what replaces them, in the order of `ORDER_FILE`."""
        own = [entry.preset for entry in self._contents.texts.values()]
        replaced = {preset.replaces for preset in own if preset.replaces}
        shipped = [entry.preset for entry in self._shipped.texts.values() if entry.preset.id not in replaced]

        def position(preset: Preset) -> int:
            built_in = preset.replaces if preset.origin is PresetOrigin.OWN else preset.id
            return self._positions.get(built_in, len(self._positions)) if built_in else -1

        return tuple(sorted((*own, *shipped), key=position))

    def broken(self) -> tuple[BrokenPreset, ...]:
        """Return the files of the user that cannot be read as presets."""
        return self._contents.broken

    def files(self) -> tuple[Path, ...]:
        """Return the files of the user that were read, including broken ones."""
        broken = (entry.file for entry in self._contents.broken)
        return tuple(self.folder / name for name in (*(f"{key}{SUFFIX}" for key in self._contents.texts), *broken))

    def find(self, key: str) -> Preset | None:
        """Return a preset by key, including replaced ones; None if it does not exist."""
        origin, _, preset_id = key.partition(":")
        contents = self._contents if origin == PresetOrigin.OWN else self._shipped
        entry = contents.texts.get(preset_id)
        return entry.preset if entry else None

    def shown(self, key: str) -> Preset | None:
        """Return a preset by key, or the user preset that replaces it; None if it does not exist."""
        preset = self.find(key)
        if preset is None or preset.origin is PresetOrigin.OWN:
            return preset
        own = (entry.preset for entry in self._contents.texts.values())
        return next((each for each in own if each.replaces == preset.id), preset)

    def text_of(self, key: str) -> str:
        """Return the text of a preset file. Raises KeyError if the preset does not exist."""
        origin, _, preset_id = key.partition(":")
        return (self._contents if origin == PresetOrigin.OWN else self._shipped).texts[preset_id].text

    def state(self, key: str) -> PresetState:
        """Return the usage data of a preset."""
        return self._states.get(key, _NO_STATE)

    async def make_folder(self) -> None:
        """Create the folder of the user presets if it is missing."""
        try:
            await asyncio.to_thread(self.folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FileNotSaved(name=self.folder.name, reason=error.strerror or str(error)) from error

    async def load(self, language: str) -> None:
        """Load the library with the built-in presets in this language. Called again when the language changes."""
        self._language = language
        shipped = PresetFolder(self._built_in / language_of(language).preset_language, PresetOrigin.BUILT_IN)
        self._shipped = await asyncio.to_thread(shipped.read)
        self._positions = await asyncio.to_thread(self._read_order)
        self._states = await self._database.run(lambda connection: PresetRepository(connection).states())
        if not self.loaded:
            await asyncio.to_thread(self._own.empty_trash)
        await self._read_own()
        self.loaded = True
        self.changes.announce(PresetsChanged())

    async def reload_changed(self) -> None:
        """Read the changed files of the user again: another program may have written them."""
        before = self._contents
        if changed := await self._read_own():
            self.changes.announce(PresetsChanged(frozenset(changed)))
        elif before.broken != self._contents.broken:
            self.changes.announce(PresetsChanged())

    async def create(self, preset: Preset, text: str = "") -> Preset:
        """Create a user preset and return it. `text` is the file to start from, such as that of a copied or imported preset."""
        async with self._reading:
            preset_id = await asyncio.to_thread(self._own.free_id, preset.name)
            created = replace(preset, id=preset_id, origin=PresetOrigin.OWN)
            await self._write_preset(created, text)
        await self.reload_changed()
        return self.find(created.key) or created

    async def write_all(
        self, new: Sequence[tuple[str, str]], changed: Mapping[str, str], on_progress: Callable[[int], None]
    ) -> tuple[str, ...]:
        """Write user presets, all of them or none, and return the IDs of the new ones. `on_progress` receives the number written so far.

        New presets are given by name and text, changed ones by ID. If the call is cancelled or writing fails, nothing is changed.
        """
        loop, stopped = asyncio.get_running_loop(), threading.Event()

        def on_written(number: int) -> bool:
            loop.call_soon_threadsafe(on_progress, number)
            return not stopped.is_set()

        async with self._reading:
            ids = await asyncio.to_thread(self._own.free_ids, [name for name, _ in new])
            texts = {**dict(zip(ids, (text for _, text in new), strict=True)), **changed}
            work = asyncio.ensure_future(asyncio.to_thread(self._own.save_all, texts, on_written))
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                stopped.set()
                await asyncio.wait([work])
                if work.exception() or not work.result():
                    raise  # otherwise it had finished before it could be stopped
            except OSError as error:
                raise FileNotSaved(name=self.folder.name, reason=error.strerror or str(error)) from error
        await self.reload_changed()
        return tuple(ids)

    async def save(self, preset: Preset) -> Preset:
        """Save a changed preset as its next version and return it. A built-in preset is replaced by a user copy."""
        if preset.origin is PresetOrigin.BUILT_IN:
            state = self.state(preset.key)
            created = await self.create(replace(preset, replaces=preset.id), self.text_of(preset.key))
            await self._remember({created.key: state})
            return created
        await self._read_own()  # recent changes by another program become a version
        entry = self._contents.texts.get(preset.id)
        async with self._reading:
            await self._write_preset(preset, entry.text if entry else "")
        await self.reload_changed()
        return self.find(preset.key) or preset

    async def read_text(self, file: str) -> str | None:
        """Return the text of a broken file; None if it cannot be repaired here."""
        if file not in {entry.file for entry in self._contents.broken}:
            return None
        try:
            text = await asyncio.to_thread(self._own.text_of, file, MAX_REPAIRABLE_BYTES)
        except OSError:
            return None
        return None if text is None else text.replace("\r\n", "\n")

    async def save_text(self, preset_id: str, text: str) -> None:
        """Save the whole text of a user preset, for a restored version or a repaired file.

        A broken file has no versions, so its old content is moved to the trash.
        """
        broken = f"{preset_id}{SUFFIX}" in {entry.file for entry in self._contents.broken}

        def write() -> None:
            _read_own(preset_id, text)
            if broken:
                self._own.copy_to_trash(preset_id)
            self._own.save(preset_id, text)

        async with self._reading:
            await self._write(preset_id, write)
        await self.reload_changed()

    async def duplicate(self, key: str, name: str) -> Preset:
        """Create a user copy of a preset under another name."""
        preset = self.find(key)
        if preset is None:
            raise KeyError(key)
        return await self.create(replace(preset, name=name, replaces=""), self.text_of(key))

    async def delete(self, keys: Iterable[str]) -> DeletedPresets:
        """Move user presets to the trash; built-in ones are ignored. Returns the data for `restore`."""
        ids = [key.partition(":")[2] for key in keys if key.startswith(f"{PresetOrigin.OWN}:")]
        states = {f"{PresetOrigin.OWN}:{preset_id}": self.state(f"{PresetOrigin.OWN}:{preset_id}") for preset_id in ids}
        async with self._reading:
            try:
                names = await asyncio.to_thread(self._own.trash, ids)
            except OSError as error:
                raise FileNotSaved(name=self.folder.name, reason=error.strerror or str(error)) from error
        await self.reload_changed()
        return DeletedPresets(tuple(names), states)

    async def deleted(self) -> dict[str, datetime]:
        """Return the IDs of the user presets that were deleted in the last 30 days, with the aware time of that."""
        trashed = await asyncio.to_thread(self._own.trashed)
        there = self._contents.texts.keys() | {each.file.removesuffix(SUFFIX) for each in self._contents.broken}
        return {
            preset_id: datetime.fromtimestamp(time / 1e9, UTC)
            for preset_id, time in trashed.items()
            if preset_id not in there
        }

    async def restore(self, deleted: DeletedPresets) -> None:
        """Undo `delete` as far as possible; raises `FileNotSaved` if a file cannot be restored."""
        failed: FileNotSaved | None = None
        async with self._reading:
            for name in deleted.names:
                try:
                    await asyncio.to_thread(self._own.restore, name)
                except OSError as error:
                    failed = FileNotSaved(name=name.partition(" ")[2], reason=error.strerror or str(error))
        await self._remember(deleted.states)
        await self.reload_changed()
        if failed:
            raise failed

    async def versions(self, preset_id: str) -> tuple[PresetVersion, ...]:
        """Return the versions of a user preset, oldest first."""
        return await self._database.run(lambda connection: PresetRepository(connection).versions(preset_id))

    def file_text(self, preset: Preset) -> str:
        """Return the text that the preset file would have."""
        stored = (self._contents if preset.origin is PresetOrigin.OWN else self._shipped).texts.get(preset.id)
        return _written(preset, stored.text if stored else "")

    def read_version(self, preset_id: str, text: str) -> Preset:
        """Return the preset of a version text. Raises `PresetInvalid`."""
        return _read_own(preset_id, text)

    async def set_favourite(self, keys: Sequence[str], *, favourite: bool) -> None:
        """Mark or unmark presets as favorites."""
        await self._remember({key: replace(self.state(key), favourite=favourite) for key in keys})
        self.changes.announce(PresetsChanged(frozenset(keys)))

    async def record_use(self, key: str, values: Mapping[str, str]) -> None:
        """Count a use of a preset, and store the values of those variables that remember them."""
        preset = self.find(key)
        forgotten = {variable.name for variable in preset.variables if not variable.remember} if preset else set()
        state = self.state(key)
        stored = {
            name: value
            for name, value in values.items()
            if name not in forgotten and len(value) <= MAX_REMEMBERED_LENGTH
        }
        used = replace(state, uses=state.uses + 1, last_used=self._now(), values={**state.values, **stored})
        await self._remember({key: used})
        self.changes.announce(PresetsChanged(frozenset((key,))))

    async def set_order(self, keys: Sequence[str]) -> None:
        """Store the manual order of all presets."""
        await self._remember({key: replace(self.state(key), position=float(number)) for number, key in enumerate(keys)})
        self.changes.announce(PresetsChanged(frozenset(keys)))

    def _read_order(self) -> dict[str, int]:
        """Return the curated order; without its file, there is none."""
        try:
            lines = (self._built_in / ORDER_FILE).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return {}
        return {line: number for number, line in enumerate(line for line in lines if not line.startswith("#"))}

    async def _read_own(self) -> set[str]:
        """Read the folder, save changed texts as versions, and return the keys of changed presets."""
        async with self._reading:
            before, self._contents = self._contents, await asyncio.to_thread(self._own.read)
        changed = {
            preset_id
            for preset_id in before.texts.keys() | self._contents.texts.keys()
            if before.texts.get(preset_id) != self._contents.texts.get(preset_id)
        }
        new = {preset_id: entry.text for preset_id in changed if (entry := self._contents.texts.get(preset_id))}
        if new:
            moment = self._now()

            def add_versions(repository: PresetRepository) -> None:
                for preset_id, text in new.items():
                    repository.add_version(preset_id, text, moment)

            await self._database.run(lambda connection: add_versions(PresetRepository(connection)))
        return {f"{PresetOrigin.OWN}:{preset_id}" for preset_id in changed}

    async def _remember(self, states: Mapping[str, PresetState]) -> None:
        self._states.update(states)

        def remember(repository: PresetRepository) -> None:
            for key, state in states.items():
                repository.remember(key, state)

        await self._database.run(lambda connection: remember(PresetRepository(connection)))

    async def _write_preset(self, preset: Preset, before: str) -> None:
        """Write a preset file after checking that it can be parsed: otherwise the preset would disappear from the library."""

        def write() -> None:
            text = _written(preset, before)
            _read_own(preset.id, text)
            self._own.save(preset.id, text)

        await self._write(preset.id, write)

    async def _write(self, preset_id: str, write: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(write)
        except OSError as error:
            raise FileNotSaved(name=preset_id, reason=error.strerror or str(error)) from error


# The format of preset files is loaded with the first file, not at the start.


def _read_own(preset_id: str, text: str) -> Preset:
    from chatdesk.features.presets.files.preset_file import read_preset  # noqa: PLC0415

    return read_preset(text, preset_id, PresetOrigin.OWN)


def _written(preset: Preset, before: str) -> str:
    from chatdesk.features.presets.files.preset_writer import write_preset  # noqa: PLC0415

    return write_preset(preset, before)
