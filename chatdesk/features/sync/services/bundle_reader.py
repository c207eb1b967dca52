"""Reads the bundles of other computers from the shared folder and merges them, and fetches the files that their messages refer to.

A bundle that cannot be read is tried again, because it may not have been copied completely, or the process that reads it was killed; then
it is reported as a problem.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, Operation
from chatdesk.features.sync.files.bundle import BundleHead, BundleProblem, BundleRefused, Finding, NameKind
from chatdesk.features.sync.files.merge_batches import chats_of, merge_batches
from chatdesk.features.sync.files.merged_bundles import mark_merged, merged_bundles, newest_bundles
from chatdesk.features.sync.files.merging import Merged, Merging, combined
from chatdesk.features.sync.services.live_chats import LiveChats
from chatdesk.features.sync.services.shared_folder import SharedFolder, StoredBundle, temporary_file
from chatdesk.features.sync.services.shared_presets import SharedPresets
from chatdesk.features.sync.services.sync_settings import OtherComputer
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncState
from chatdesk.features.sync.services.unlisted_bundles import UnlistedBundles
from chatdesk.kernel.errors.backup_errors import BackupDamaged, KeyNotKnown
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles

_TRIES = 3
"""How often a damaged bundle is read before it is reported."""
_SETTLED_SECONDS = 60.0
"""A bundle that could not be read is not read again before, unless its size changes."""

ReadBundle = Callable[[Path, int, Callable[[Finding], None]], Awaitable[bool]]
"""Reads a bundle in a process of its own and passes on what it finds; returns whether it was read to the end.

The number is the time in milliseconds since 1970.
"""


@dataclass(slots=True)
class _Attempt:
    """A bundle that could not be merged. `at` is monotonic time."""

    size: int
    at: float
    tries: int
    problem: ProblemKind | None = ProblemKind.DAMAGED
    """None if the bundle is fine, but an operation in it has to wait."""


class BundleReader:
    """Merges bundles. `now` returns aware UTC time, `milliseconds` the time since 1970. Methods raise `ChatdeskError`."""

    def __init__(
        self,
        database: Database,
        files: AttachmentFiles,
        live: LiveChats,
        presets: SharedPresets,
        state: SyncState,
        read_bundle: ReadBundle,
        now: Callable[[], datetime],
        milliseconds: Callable[[], int],
        temporary: Path,
    ) -> None:
        self.deletions = live.deletions
        self._database = database
        self._files = files
        self._live = live
        self._presets = presets
        self._state = state
        self._read_bundle = read_bundle
        self._now = now
        self._milliseconds = milliseconds
        self._temporary = temporary
        self._attempts: dict[str, _Attempt] = {}
        self._unlisted = UnlistedBundles()
        self._missing_files: set[str] = set()
        """Hashes of files that messages refer to and that are not here yet."""

    def try_all_again(self) -> None:
        """Read again in the next round what could not be read."""
        self._attempts.clear()
        self._unlisted.ask_again()

    async def expect_files(self, hashes: Collection[str]) -> None:
        """Fetch these files of messages from now on, as far as they are not here."""
        self._missing_files |= await asyncio.to_thread(self._not_here, hashes)

    # Bundles.

    async def merge_new(self, folder: SharedFolder) -> None:
        """Merge the bundles that were not merged yet."""
        merged, newest = await self._database.run(
            lambda connection: (merged_bundles(connection), newest_bundles(connection))
        )
        own = (await self._state.settings()).machine
        listed = await folder.bundles()
        bundles = (*listed, *await self._unlisted.find(folder, listed, merged, newest, own))
        for bundle in sorted(bundles, key=lambda each: (each.name.number, each.file)):
            if (bundle.name.machine, bundle.name.number) in merged:
                self._attempts.pop(bundle.file, None)
            elif self._is_due(bundle):
                self._state.set(is_busy=True)
                await self._merge_bundle(folder, bundle)
        there = {each.file for each in bundles}
        self._attempts = {file: attempt for file, attempt in self._attempts.items() if file in there}

    async def _merge_bundle(self, folder: SharedFolder, bundle: StoredBundle) -> None:
        if bundle.name.kind is NameKind.PLACEHOLDER:
            self._attempts[bundle.file] = _Attempt(bundle.size, time.monotonic(), 0, ProblemKind.NOT_DOWNLOADED)
            return
        found: list[Finding] = []
        with temporary_file(self._temporary) as path:
            try:
                await folder.read_bundle(bundle, path)
            except FileNotFoundError:
                return
            except BackupDamaged:
                is_other = bundle.name.is_encrypted != folder.is_encrypted
                self._fail(bundle, ProblemKind.UNENCRYPTED if is_other else ProblemKind.DAMAGED)
                return
            except KeyNotKnown:
                self._fail(bundle, ProblemKind.PASSPHRASE)
                return
            is_complete = await self._read_bundle(path, self._milliseconds(), found.append)
        head = next((each for each in found if isinstance(each, BundleHead)), None)
        problem = _problem(bundle, found, head, is_complete=is_complete)
        if problem or head is None:
            self._fail(bundle, problem)
            return
        operations = [each for each in found if not isinstance(each, BundleHead | BundleRefused)]
        merged = await self._merge(operations, head)
        await self.expect_files(merged.files)
        self._attempts.pop(bundle.file, None)
        if merged.postponed:
            self._fail(bundle, None)
        elif not merged.removed_for_good:
            await self._database.run(lambda connection: mark_merged(connection, head.machine, head.number))
        await self._note_computer(head)

    async def _merge(self, operations: Sequence[Operation], head: BundleHead) -> Merged:
        everything, waiting = Merged(), Merged()
        settings = await self._state.settings()
        deleted_on = {
            chat_id: head.name if machine == head.machine else settings.name_of(machine)
            for chat_id, machine in _deleted_on(operations).items()
        }
        of_presets = [each for each in operations if isinstance(each, FieldSet) and each.kind is Kind.PRESET]
        others = [each for each in operations if not (isinstance(each, FieldSet) and each.kind is Kind.PRESET)]
        chats = await self._database.run(partial(chats_of, others))
        for batch in merge_batches(others, chats):
            async with self._live.merging(batch.chat_ids):
                merged = await self._database.run_batch(partial(self._merge_batch, batch.operations))
            waiting = combined(waiting, merged)
            everything = combined(everything, merged)
            if any(self._live.is_known(chat_id) for chat_id in merged.chats):
                await self._show(waiting, deleted_on)
                waiting = Merged()
        await self._show(waiting, deleted_on)
        for operation in of_presets:
            await self._presets.merge(operation, settings.name_of)
        return everything

    def _merge_batch(self, batch: Sequence[Operation], connection: Connection) -> Merged:
        return Merging(connection, self._milliseconds).merge(batch)

    async def _show(self, merged: Merged, deleted_on: Mapping[str, str]) -> None:
        await self._live.show(merged, deleted_on)
        if ids := tuple(merged.chat_fields):
            await self._database.run(lambda connection: Merging(connection, self._milliseconds).assert_fields(ids))

    async def _note_computer(self, head: BundleHead) -> None:
        settings = await self._state.settings()
        if head.machine != settings.machine:
            other = OtherComputer(head.machine, head.name, self._now())
            await self._state.save(replace(settings, others={**settings.others, head.machine: other}))

    # Attempts.

    def _is_due(self, bundle: StoredBundle) -> bool:
        attempt = self._attempts.get(bundle.file)
        if attempt is None or attempt.size != bundle.size or attempt.problem is ProblemKind.NOT_DOWNLOADED:
            return True
        return attempt.tries < _TRIES or time.monotonic() - attempt.at > _SETTLED_SECONDS

    def _fail(self, bundle: StoredBundle, problem: ProblemKind | None) -> None:
        attempt = self._attempts.get(bundle.file)
        tries = attempt.tries + 1 if attempt and attempt.size == bundle.size else 1
        self._attempts[bundle.file] = _Attempt(bundle.size, time.monotonic(), tries, problem)

    async def problems(self) -> tuple[Problem, ...]:
        """Return the problems to report. Raises `StorageError`."""
        settings = await self._state.settings()
        found: dict[Problem, None] = {Problem(ProblemKind.LISTING_CUT): None} if self._unlisted.is_cut else {}
        for file, attempt in self._attempts.items():
            may_pass = attempt.problem in {ProblemKind.DAMAGED, ProblemKind.NOT_READ, ProblemKind.NOT_DOWNLOADED}
            if attempt.problem and (attempt.tries >= _TRIES or not may_pass):
                other = settings.others.get(file.lstrip(".")[:16])
                found[Problem(attempt.problem, other.name if other else "")] = None
        return tuple(found)

    # Files.

    async def fetch_files(self, folder: SharedFolder) -> None:
        """Fetch the files of messages that have arrived. One that is not there yet is tried again in the next round."""
        folder.forget_listing()
        for sha256 in tuple(self._missing_files):
            if await folder.has_file(sha256):
                data = await folder.read_file(sha256)
                if data is not None:
                    await asyncio.to_thread(self._files.add, data)
                    self._missing_files.discard(sha256)

    def _not_here(self, hashes: Collection[str]) -> set[str]:
        return {sha256 for sha256 in hashes if self._files.path(sha256) is None}


def _deleted_on(operations: Sequence[Operation]) -> dict[str, str]:
    """Return the computers on which chats were moved to the trash last, by chat."""
    deletions = [
        each
        for each in operations
        if isinstance(each, FieldSet) and each.kind is Kind.CHAT and each.field is Field.TRASHED and each.value
    ]
    return {each.id: each.stamp.machine for each in sorted(deletions, key=lambda each: each.stamp)}


_PROBLEMS = {
    BundleProblem.NEWER: ProblemKind.NEWER,
    BundleProblem.TOO_LARGE: ProblemKind.TOO_LARGE,
}


def _problem(
    bundle: StoredBundle, found: Sequence[Finding], head: BundleHead | None, *, is_complete: bool
) -> ProblemKind | None:
    """Return why a bundle that was read cannot be merged; None if it can."""
    if not is_complete:
        return ProblemKind.NOT_READ
    refused = next((each for each in found if isinstance(each, BundleRefused)), None)
    if refused:
        return _PROBLEMS.get(refused.problem, ProblemKind.DAMAGED)
    if head is None or head.machine != bundle.name.machine:
        return ProblemKind.DAMAGED
    # The number in the name of a copy may be the one that a synchronising program has added.
    has_other_number = head.number != bundle.name.number and bundle.name.kind is NameKind.BUNDLE
    return ProblemKind.DAMAGED if has_other_number else None
