"""Writes the changes of this computer into the shared folder, and compacts its bundles when they have become many."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from chatdesk.features.sync.domain.operations import Operation
from chatdesk.features.sync.files.bundle import MAX_BYTES, TEXT_BYTES, BundleHead, pack
from chatdesk.features.sync.files.change_log import ChangeLog, Sent, files_of
from chatdesk.features.sync.files.merged_bundles import mark_merged
from chatdesk.features.sync.files.records import FindServer
from chatdesk.features.sync.services.shared_folder import SharedFolder
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncState
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles

_MOST_BUNDLES = 300
"""Number of bundles after the last time everything was written: then this computer writes everything again, as few bundles."""


class BundleWriter:
    """Writes bundles. `milliseconds` returns the time since 1970. Methods raise `ChatdeskError`."""

    def __init__(
        self,
        database: Database,
        files: AttachmentFiles,
        state: SyncState,
        find_server: FindServer,
        milliseconds: Callable[[], int],
    ) -> None:
        self.problems: tuple[Problem, ...] = ()
        """Changes that are larger than a bundle may be, until they are forgotten by `forget_problems`."""
        self._database = database
        self._files = files
        self._state = state
        self._find_server = find_server
        self._milliseconds = milliseconds
        self._compacted = ("", 0)
        """This computer, and the number before which it has no bundles any more."""

    def forget_problems(self) -> None:
        """Report changes that were too large no longer."""
        self.problems = ()

    async def write(self, folder: SharedFolder) -> None:
        """Write all changes that were not written yet. Raises what `SharedFolder` raises; the rest is written the next time."""
        while await self._database.run(lambda connection: self._log(connection).record_some()):
            pass
        while True:
            operations, sent = await self._database.run(lambda connection: self._log(connection).unsent(TEXT_BYTES))
            if not sent:
                break
            if operations:
                self._state.set(is_busy=True)
                await self._write_bundle(folder, operations)
            await self._database.run(partial(self._mark_sent, sent))
        await self._note_complete()
        await self._delete_replaced(folder)

    def _log(self, connection: Connection) -> ChangeLog:
        return ChangeLog(connection, self._milliseconds)

    def _mark_sent(self, sent: Sequence[Sent], connection: Connection) -> None:
        self._log(connection).mark_sent(sent)

    async def _write_bundle(self, folder: SharedFolder, operations: Sequence[Operation]) -> None:
        for sha256 in files_of(operations):
            data = None if await folder.has_file(sha256) else await asyncio.to_thread(self._files.read, sha256)
            if data is not None:
                await folder.write_file(sha256, data)
        settings = await self._state.settings()
        number = await self._database.run(lambda connection: self._log(connection).next_bundle())
        head = BundleHead(settings.machine, settings.name, number)
        data = await asyncio.to_thread(pack, head, operations, self._find_server)
        if len(data) > MAX_BYTES:
            if len(operations) > 1:  # rare: texts that cannot be compressed
                middle = len(operations) // 2
                await self._write_bundle(folder, operations[:middle])
                await self._write_bundle(folder, operations[middle:])
            else:
                self.problems = (Problem(ProblemKind.TOO_LARGE),)
            return
        await self._state.save(replace(settings, bundle=number))
        await folder.write_bundle(settings.machine, number, data)
        await self._database.run(lambda connection: mark_merged(connection, settings.machine, number))

    async def _note_complete(self) -> None:
        """Note with which bundle everything was written. Only later ones count: a large history takes many bundles each time."""
        settings = await self._state.settings()
        if settings.complete_bundle < settings.first_bundle <= settings.bundle:
            await self._state.save(replace(settings, complete_bundle=settings.bundle))

    async def _delete_replaced(self, folder: SharedFolder) -> None:
        """Compact the bundles of this computer if there are many, and delete the replaced ones."""
        settings = await self._state.settings()
        if settings.complete_bundle and settings.bundle - settings.complete_bundle >= _MOST_BUNDLES:
            # In this order: after a crash in between, the bundles would be deleted although nothing replaces them.
            await self._database.run(lambda connection: self._log(connection).send_again())
            await self._state.save(replace(settings, first_bundle=settings.bundle + 1))
            return  # the next round writes them
        compacted = (settings.machine, settings.first_bundle)
        if settings.first_bundle > 1 and self._compacted != compacted:
            for bundle in await folder.bundles():
                if bundle.name.machine == settings.machine and bundle.name.number < settings.first_bundle:
                    await folder.delete_bundle(bundle)
            self._compacted = compacted
