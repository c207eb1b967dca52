"""The preset library: what there is, how it is used, and changing one's own. Using a preset in a chat: `instruction_resolver.py`.

Built-in presets are read only; changing one makes a copy of one's own in its place. Files are read and written on a thread, and read again
when the folder changed (`look_again`); the database remembers use and versions.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chatdesk.features.presets.domain.preset_state import PresetState, PresetVersion
from chatdesk.features.presets.files.preset_file import read_preset
from chatdesk.features.presets.files.preset_folder import SUFFIX, FolderContents, PresetFolder
from chatdesk.features.presets.files.preset_repository import PresetRepository
from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.preset_errors import BrokenPreset
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.storage.database.database import Database

FALLBACK_LANGUAGE = "en"
LONGEST_REMEMBERED = 20_000
"""Characters of a value; a longer one is a text that was worked on, not a habit."""


_NOTHING = PresetState()
LARGEST_MENDED = 200_000
"""Bytes of a broken file that can be mended here; one of another size is no text that anybody writes."""


@dataclass(frozen=True, slots=True)
class PresetsChanged:
    """Something in the library is other than it was. `keys` are the presets it is about; empty for all."""

    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DeletedPresets:
    """What `restore` brings back: names in the trash, and what was remembered of each, by its old key."""

    names: tuple[str, ...]
    states: Mapping[str, PresetState]


class Presets:
    """`built_in` has a folder for each language; `own` is the user's.

    What changes a file raises `FileNotSaved`, and `PresetInvalid` for what could not be read again; nothing was changed then.
    """

    def __init__(self, built_in: Path, own: PresetFolder, database: Database, now: Callable[[], datetime]) -> None:
        self.changes: Announcer[PresetsChanged] = Announcer()
        self._built_in = built_in
        self._own = own
        self._database = database
        self._now = now
        self._language = FALLBACK_LANGUAGE
        self._shipped = FolderContents()
        self._contents = FolderContents()
        self._states: dict[str, PresetState] = {}
        self._reading = asyncio.Lock()
        self.loaded = False

    def now(self) -> datetime:
        """Return the moment."""
        return self._now()

    @property
    def folder(self) -> Path:
        """Where one's own presets lie."""
        return self._own.path

    @property
    def language(self) -> str:
        """Of the built-in presets that are shown."""
        return self._language

    def all(self) -> tuple[Preset, ...]:
        """Return one's own presets and the built-in ones that none of them replaces."""
        own = [entry.preset for entry in self._contents.texts.values()]
        replaced = {preset.replaces for preset in own if preset.replaces}
        shipped = [entry.preset for entry in self._shipped.texts.values() if entry.preset.id not in replaced]
        return (*own, *shipped)

    def broken(self) -> tuple[BrokenPreset, ...]:
        """Return one's own files that cannot be read as presets."""
        return self._contents.broken

    def files(self) -> tuple[Path, ...]:
        """Return one's own files that were read, the broken ones among them."""
        broken = (entry.file for entry in self._contents.broken)
        return tuple(self.folder / name for name in (*(f"{key}{SUFFIX}" for key in self._contents.texts), *broken))

    def find(self, key: str) -> Preset | None:
        """Return a preset by its key, shown or replaced by another one; None if there is none."""
        origin, _, preset_id = key.partition(":")
        contents = self._contents if origin == PresetOrigin.OWN else self._shipped
        entry = contents.texts.get(preset_id)
        return entry.preset if entry else None

    def shown(self, key: str) -> Preset | None:
        """Return a preset by its key; one's own in the place of a built-in one that it replaces. None if there is none."""
        preset = self.find(key)
        if preset is None or preset.origin is PresetOrigin.OWN:
            return preset
        own = (entry.preset for entry in self._contents.texts.values())
        return next((each for each in own if each.replaces == preset.id), preset)

    def text_of(self, key: str) -> str:
        """Return the text of a preset's file. Raises `KeyError` if it is gone."""
        origin, _, preset_id = key.partition(":")
        return (self._contents if origin == PresetOrigin.OWN else self._shipped).texts[preset_id].text

    def state(self, key: str) -> PresetState:
        """Return what is remembered of a preset."""
        return self._states.get(key, _NOTHING)

    async def make_folder(self) -> None:
        """Make the folder of one's own presets if it is missing."""
        try:
            await asyncio.to_thread(self.folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FileNotSaved(name=self.folder.name, reason=error.strerror or str(error)) from error

    async def load(self, language: str) -> None:
        """Read the library, the built-in presets in this language. Again with another one when the window's language changes."""
        self._language = language if await asyncio.to_thread((self._built_in / language).is_dir) else FALLBACK_LANGUAGE
        shipped = PresetFolder(self._built_in / self._language, PresetOrigin.BUILT_IN)
        self._shipped = await asyncio.to_thread(shipped.read)
        self._states = await self._database.run(lambda connection: PresetRepository(connection).states())
        if not self.loaded:
            await asyncio.to_thread(self._own.empty_trash)
        await self._read_own()
        self.loaded = True
        self.changes.announce(PresetsChanged())

    async def look_again(self) -> None:
        """Read one's own files that changed since they were last read: another program may have written them."""
        before = self._contents
        if changed := await self._read_own():
            self.changes.announce(PresetsChanged(frozenset(changed)))
        elif before.broken != self._contents.broken:
            self.changes.announce(PresetsChanged())

    async def create(self, preset: Preset, text: str = "") -> Preset:
        """Make a preset of one's own and return it. `text` is a whole file to begin with, as of one that is copied or imported."""
        async with self._reading:
            preset_id = await asyncio.to_thread(self._own.free_id, preset.name)
            made = replace(preset, id=preset_id, origin=PresetOrigin.OWN)
            await self._write_preset(made, text)
        await self.look_again()
        return self.find(made.key) or made

    async def write_all(
        self, new: Sequence[tuple[str, str]], changed: Mapping[str, str], told: Callable[[int], None]
    ) -> tuple[str, ...]:
        """Write presets of one's own, all of them or none, and return the ids of the new ones; `told` hears how many are written.

        New ones are name and text, changed ones text by id. Cancelled or refused by the disk, nothing has changed.
        """
        loop, stopped = asyncio.get_running_loop(), threading.Event()

        def one_more(number: int) -> bool:
            loop.call_soon_threadsafe(told, number)
            return not stopped.is_set()

        async with self._reading:
            ids = await asyncio.to_thread(self._own.free_ids, [name for name, _ in new])
            texts = {**dict(zip(ids, (text for _, text in new), strict=True)), **changed}
            work = asyncio.ensure_future(asyncio.to_thread(self._own.save_all, texts, one_more))
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                stopped.set()
                await asyncio.wait([work])
                if work.exception() or not work.result():
                    raise  # else it was done before it could be stopped
            except OSError as error:
                raise FileNotSaved(name=self.folder.name, reason=error.strerror or str(error)) from error
        await self.look_again()
        return tuple(ids)

    async def save(self, preset: Preset) -> Preset:
        """Keep a changed preset as its next version and return it. A built-in one becomes a copy of one's own in its place."""
        if preset.origin is PresetOrigin.BUILT_IN:
            state = self.state(preset.key)
            made = await self.create(replace(preset, replaces=preset.id), self.text_of(preset.key))
            await self._remember({made.key: state})
            return made
        await self._read_own()  # what another program wrote just now is kept as a version
        entry = self._contents.texts.get(preset.id)
        async with self._reading:
            await self._write_preset(preset, entry.text if entry else "")
        await self.look_again()
        return self.find(preset.key) or preset

    async def read_text(self, file: str) -> str | None:
        """Return what stands in a file that cannot be read as a preset, as far as it is text; None for what cannot be mended here."""
        if file not in {entry.file for entry in self._contents.broken}:
            return None
        try:
            text = await asyncio.to_thread(self._own.text_of, file, LARGEST_MENDED)
        except OSError:
            return None
        return None if text is None else text.replace("\r\n", "\n")

    async def save_text(self, preset_id: str, text: str) -> None:
        """Keep the whole text of a file of one's own, as of a version that is restored or a broken file that is mended.

        A broken file has no versions: what it held stays in the trash for a while.
        """
        broken = f"{preset_id}{SUFFIX}" in {entry.file for entry in self._contents.broken}

        def write() -> None:
            read_preset(text, preset_id, PresetOrigin.OWN)
            if broken:
                self._own.keep_aside(preset_id)
            self._own.save(preset_id, text)

        async with self._reading:
            await self._write(preset_id, write)
        await self.look_again()

    async def duplicate(self, key: str, name: str) -> Preset:
        """Make a copy of one's own, under another name."""
        preset = self.find(key)
        if preset is None:
            raise KeyError(key)
        return await self.create(replace(preset, name=name, replaces=""), self.text_of(key))

    async def delete(self, keys: Iterable[str]) -> DeletedPresets:
        """Move presets of one's own into the trash; built-in ones stay. Returns what `restore` needs."""
        ids = [key.partition(":")[2] for key in keys if key.startswith(f"{PresetOrigin.OWN}:")]
        states = {f"{PresetOrigin.OWN}:{preset_id}": self.state(f"{PresetOrigin.OWN}:{preset_id}") for preset_id in ids}
        async with self._reading:
            try:
                names = await asyncio.to_thread(self._own.trash, ids)
            except OSError as error:
                raise FileNotSaved(name=self.folder.name, reason=error.strerror or str(error)) from error
        await self.look_again()
        return DeletedPresets(tuple(names), states)

    async def restore(self, deleted: DeletedPresets) -> None:
        """Undo `delete`, as far as it can be; what cannot come back is told by `FileNotSaved`."""
        failed: FileNotSaved | None = None
        async with self._reading:
            for name in deleted.names:
                try:
                    await asyncio.to_thread(self._own.restore, name)
                except OSError as error:
                    failed = FileNotSaved(name=name.partition(" ")[2], reason=error.strerror or str(error))
        await self._remember(deleted.states)
        await self.look_again()
        if failed:
            raise failed

    async def versions(self, preset_id: str) -> tuple[PresetVersion, ...]:
        """Return the versions of a preset of one's own, oldest first."""
        return await self._database.run(lambda connection: PresetRepository(connection).versions(preset_id))

    def written(self, preset: Preset) -> str:
        """Return the text that the preset's file would have."""
        kept = (self._contents if preset.origin is PresetOrigin.OWN else self._shipped).texts.get(preset.id)
        return write_preset(preset, kept.text if kept else "")

    def read_version(self, preset_id: str, text: str) -> Preset:
        """Return the preset that a version's text says. Raises `PresetInvalid`."""
        return read_preset(text, preset_id, PresetOrigin.OWN)

    async def set_favourite(self, keys: Sequence[str], *, favourite: bool) -> None:
        """Mark presets as favourites, or no longer."""
        await self._remember({key: replace(self.state(key), favourite=favourite) for key in keys})
        self.changes.announce(PresetsChanged(frozenset(keys)))

    async def note_use(self, key: str, values: Mapping[str, str]) -> None:
        """Count that a preset was used, and remember what it was filled with, as far as its variables want that."""
        preset = self.find(key)
        forgotten = {variable.name for variable in preset.variables if not variable.remember} if preset else set()
        state = self.state(key)
        kept = {
            name: value for name, value in values.items() if name not in forgotten and len(value) <= LONGEST_REMEMBERED
        }
        used = replace(state, uses=state.uses + 1, last_used=self._now(), values={**state.values, **kept})
        await self._remember({key: used})
        self.changes.announce(PresetsChanged(frozenset((key,))))

    async def place(self, keys: Sequence[str]) -> None:
        """Remember this order, in which the user put all presets that are shown together."""
        await self._remember({key: replace(self.state(key), position=float(number)) for number, key in enumerate(keys)})
        self.changes.announce(PresetsChanged(frozenset(keys)))

    async def _read_own(self) -> set[str]:
        """Read the folder, keep what is new as versions, and return the keys of what changed."""
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

            def keep(repository: PresetRepository) -> None:
                for preset_id, text in new.items():
                    repository.add_version(preset_id, text, moment)

            await self._database.run(lambda connection: keep(PresetRepository(connection)))
        return {f"{PresetOrigin.OWN}:{preset_id}" for preset_id in changed}

    async def _remember(self, states: Mapping[str, PresetState]) -> None:
        self._states.update(states)

        def remember(repository: PresetRepository) -> None:
            for key, state in states.items():
                repository.remember(key, state)

        await self._database.run(lambda connection: remember(PresetRepository(connection)))

    async def _write_preset(self, preset: Preset, before: str) -> None:
        """Write a preset's file, from which the same can be read again: a list that lost one to its own rules would lose it."""

        def write() -> None:
            text = write_preset(preset, before)
            read_preset(text, preset.id, PresetOrigin.OWN)
            self._own.save(preset.id, text)

        await self._write(preset.id, write)

    async def _write(self, preset_id: str, write: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(write)
        except OSError as error:
            raise FileNotSaved(name=preset_id, reason=error.strerror or str(error)) from error
