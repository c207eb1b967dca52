"""Import of presets from files, and export to files.

An import is read and shown first; only what the user selects is written, completely or not at all, and it can be undone. `importing/`
reads the files and decides what is skipped.
"""

import asyncio
import io
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum, auto
from pathlib import Path

from chatdesk.features.presets.files.preset_folder import MAX_FILES, SUFFIX
from chatdesk.features.presets.files.preset_writer import write_preset
from chatdesk.features.presets.services.presets import DeletedPresets, Presets
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import MAX_PRESET_NAME_LENGTH, Preset, PresetOrigin
from chatdesk.kernel.presets.preset_import import (
    Candidate,
    ChatsFound,
    FileBegun,
    Finding,
    GlossaryFound,
    ImportFormat,
    ImportProblem,
    ImportRefused,
    SkippedEntry,
)
from chatdesk.kernel.running_work import JobKind, RunningWork

ReadFiles = Callable[[Sequence[Path], Callable[[Finding], None]], Awaitable[None]]
"""Reads untrusted files in isolation and reports their content."""

_FIXED_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
"""Fixed date for archives, which require one: the time of the export is private."""


class Conflict(Enum):
    """Conflict with an existing preset."""

    NONE = auto()
    SAME_NAME = auto()
    """Another preset has the same name or file name."""
    IDENTICAL = auto()
    """A preset with the same content exists."""
    IMPORTED = auto()
    """The same entry of another program was imported before, and it or the preset was changed since."""


class Resolution(Enum):
    """How a preset is imported."""

    ADD = auto()
    """Add it; in case of a conflict, under a different name."""
    REPLACE = auto()
    """Add it as a new version of the existing preset."""
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Offer:
    """A preset of an import with its conflict. `key` is the key of the existing preset."""

    candidate: Candidate
    conflict: Conflict = Conflict.NONE
    key: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it is in the library, as it is in the file or changed since."""
        return self.conflict in {Conflict.IDENTICAL, Conflict.IMPORTED}


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The presets that can be imported, and what was skipped or refused and why."""

    offers: tuple[Offer, ...] = ()
    skipped: tuple[SkippedEntry, ...] = ()
    refused: tuple[ImportRefused, ...] = ()
    chats: tuple[ChatsFound, ...] = ()
    """Files that have chats, too."""
    glossaries: tuple[GlossaryFound, ...] = ()
    """Those that were exported together with presets."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Result of an import: the keys of new presets, and the previous texts of replaced ones by ID."""

    added: tuple[str, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of imported presets."""
        return len(self.added) + len(self.replaced)


class PresetSharing:
    """`read_files` reads in a separate process."""

    def __init__(self, presets: Presets, read_files: ReadFiles, work: RunningWork | None = None) -> None:
        self._work = work or RunningWork()
        self._presets = presets
        self._read_files = read_files

    async def read(self, paths: Sequence[Path], on_progress: Callable[[int], None]) -> ImportPreview:
        """Return the content of files without changing anything. `on_progress` receives the number of each file when it is started."""
        candidates: list[Candidate] = []
        skipped: list[SkippedEntry] = []
        refused: list[ImportRefused] = []
        chats: list[ChatsFound] = []
        glossaries: list[GlossaryFound] = []

        def found(finding: Finding) -> None:
            match finding:
                case FileBegun(number):
                    on_progress(number)
                case Candidate():
                    candidates.append(finding)
                case SkippedEntry():
                    skipped.append(finding)
                case ChatsFound():
                    chats.append(finding)
                case GlossaryFound():
                    glossaries.append(finding)
                case _:
                    refused.append(finding)

        await self._read_files(paths, found)
        offers = await asyncio.to_thread(lambda: tuple(self._with_conflicts(candidates)))
        return ImportPreview(offers, tuple(skipped), tuple(refused), tuple(chats), tuple(glossaries))

    async def with_presets(self, paths: Sequence[Path]) -> frozenset[Path]:
        """Return the files that contain presets, not only texts, each of which could be a prompt."""
        found, number = set[Path](), 0

        def note(finding: Finding) -> None:
            nonlocal number
            if isinstance(finding, FileBegun):
                number = finding.number
            elif isinstance(finding, Candidate) and finding.format is not ImportFormat.TEXT:
                found.add(paths[number])

        if paths:
            await self._read_files(paths, note)
        return frozenset(found)

    async def run_import(
        self, choices: Sequence[tuple[Offer, Resolution]], on_progress: Callable[[int], None]
    ) -> ImportResult:
        """Import the selected presets, all of them or, if cancelled or if writing fails, none.

        Raises `FileNotSaved` and `ImportRefused`. `on_progress` receives the number of presets written so far.
        """
        plan = await asyncio.to_thread(self._plan, choices)
        own = sum(preset.origin is PresetOrigin.OWN for preset in self._presets.all())
        if own + len(plan.new) > MAX_FILES:
            raise ImportRefused(ImportProblem.TOO_MANY)
        before = {preset_id: self._presets.text_of(f"{PresetOrigin.OWN}:{preset_id}") for preset_id in plan.changed}
        with self._work.begin(JobKind.IMPORT, str):
            ids = await self._presets.write_all(plan.new, plan.changed, on_progress)
        return ImportResult(tuple(f"{PresetOrigin.OWN}:{preset_id}" for preset_id in ids), before)

    async def undo(self, done: ImportResult) -> DeletedPresets:
        """Undo an import: new presets are moved to the trash, and replaced ones get their previous text as a new version."""
        for preset_id, text in done.replaced.items():
            await self._presets.save_text(preset_id, text)
        return await self._presets.delete(done.added)

    async def exported(self, keys: Sequence[str]) -> str | bytes:
        """Return the file of one preset, or an archive with the files of several. Missing presets are skipped."""
        found = [(preset.id, self._presets.text_of(key)) for key in keys if (preset := self._presets.find(key))]
        if len(found) == 1:
            return found[0][1]
        return await asyncio.to_thread(_archive, found)

    def _with_conflicts(self, candidates: Iterable[Candidate]) -> Iterable[Offer]:
        presets = sorted(self._presets.all(), key=lambda preset: preset.origin is PresetOrigin.OWN)
        same = {preset.said: preset.key for preset in presets}  # user presets come last, so they take precedence
        named = {_name_of(preset.name): preset.key for preset in presets}
        ids = {preset.id: preset.key for preset in presets if preset.origin is PresetOrigin.OWN}
        imported = {preset.imported_from: preset.key for preset in presets if preset.imported_from}
        for candidate in candidates:
            preset = candidate.preset
            if key := same.get(preset.said):
                yield Offer(candidate, Conflict.IDENTICAL, key)
            elif key := imported.get(preset.imported_from):
                yield Offer(candidate, Conflict.IMPORTED, key)
            elif key := named.get(_name_of(preset.name)) or ids.get(preset.id):
                yield Offer(candidate, Conflict.SAME_NAME, key)
            else:
                yield Offer(candidate)

    def _plan(self, choices: Sequence[tuple[Offer, Resolution]]) -> "_Plan":
        """Return what must be written. Runs on a thread: writing a header takes a moment, and there may be many."""
        plan = _Plan([], {})
        names = {_name_of(preset.name) for preset in self._presets.all()}
        for offer, resolution in choices:
            preset, text = offer.candidate.preset, offer.candidate.text
            existing = self._presets.find(offer.key)
            if resolution is Resolution.SKIP:
                continue
            if resolution is Resolution.REPLACE and existing and existing.id not in plan.changed:
                if existing.origin is PresetOrigin.OWN:
                    updated = replace(preset, replaces=existing.replaces)
                    plan.changed[existing.id] = write_preset(updated, text) if existing.replaces else text
                else:
                    plan.new.append((preset.name, write_preset(replace(preset, replaces=existing.id), text)))
                continue
            name = _free_name(preset, names)
            names.add(_name_of(name))
            plan.new.append((name, text if name == preset.name else write_preset(replace(preset, name=name), text)))
        return plan


@dataclass(frozen=True, slots=True)
class _Plan:
    new: list[tuple[str, str]]
    """Names and texts of new presets."""
    changed: dict[str, str]
    """Texts of changed presets by ID."""


def _name_of(name: str) -> str:
    """Return the normalized name for comparison."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _free_name(preset: Preset, names: set[str]) -> str:
    name, number = preset.name, 2
    stem = name[: MAX_PRESET_NAME_LENGTH - len(f" {MAX_FILES}")]
    while _name_of(name) in names:
        name, number = f"{stem} {number}", number + 1
    return name


def _archive(files: Sequence[tuple[str, str]]) -> bytes:
    import zipfile  # noqa: PLC0415 - start-up time: only an export needs it

    buffer, used_names = io.BytesIO(), set[str]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for preset_id, text in files:
            name, number = preset_id, 2
            while name.casefold() in used_names:  # a user preset may have the ID of a built-in one
                name, number = f"{preset_id}-{number}", number + 1
            used_names.add(name.casefold())
            entry = zipfile.ZipInfo(f"{name}{SUFFIX}", _FIXED_TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8", "replace"))
    return buffer.getvalue()
