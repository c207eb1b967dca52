"""Writes the changes of this computer into the shared folder, and writes them again as fewer bundles when there are many.

Small bundles are joined: what is in them is written again as one. Less often, everything is written again, without what was deleted for
good.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from chatdesk.features.sync.domain.operations import Operation
from chatdesk.features.sync.files.bundle import MAX_BYTES, TEXT_BYTES, BundleHead, pack
from chatdesk.features.sync.files.change_log import ChangeLog, Sent, files_of, size_of
from chatdesk.features.sync.files.merged_bundles import mark_merged
from chatdesk.features.sync.files.records import FindServer
from chatdesk.features.sync.files.written_bundles import (
    forget_written,
    note_written,
    send_small_again,
    written_bundles,
)
from chatdesk.features.sync.services.shared_folder import SharedFolder
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncState
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles

_MOST_BUNDLES = 200
"""Number of bundles in the folder after the last time everything was written: then everything is written again, as few bundles."""
_MOST_WRITTEN = 1_000
"""The same for all bundles that were written since, also for those that were joined: they may contain what was deleted for good."""
_MOST_SMALL = 30
"""Number of small bundles that are joined."""
_SMALL_PART = 12
"""A bundle is small if it has at most this part of the text of a full one, so that joining always leaves far fewer bundles."""
_SMALL_OPERATIONS = 200


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

    async def write_and_tidy(self, folder: SharedFolder) -> None:
        """Write all changes, write again as fewer bundles what is in too many, and delete those. Raises as `write`."""
        await self.write(folder)
        while await self._begin_again():
            await self.write(folder)
        await self._delete_replaced(folder)

    async def write(self, folder: SharedFolder) -> None:
        """Write all changes that were not written yet. Raises what `SharedFolder` raises; the rest is written the next time."""
        while await self._database.run(lambda connection: self._log(connection).record_some()):
            pass
        while True:
            operations, sent = await self._database.run(lambda connection: self._log(connection).unsent(TEXT_BYTES))
            if not sent:
                break
            is_small = _is_small(operations)
            if operations:
                self._state.set(is_busy=True)
                await self._write_bundle(folder, operations, is_small=is_small)
            await self._database.run(partial(self._mark_sent, sent, is_small))
        await self._note_complete()

    def _log(self, connection: Connection) -> ChangeLog:
        return ChangeLog(connection, self._milliseconds)

    def _mark_sent(self, sent: Sequence[Sent], in_small: bool, connection: Connection) -> None:
        self._log(connection).mark_sent(sent, in_small=in_small)

    async def _write_bundle(self, folder: SharedFolder, operations: Sequence[Operation], *, is_small: bool) -> None:
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
                await self._write_bundle(folder, operations[:middle], is_small=is_small)
                await self._write_bundle(folder, operations[middle:], is_small=is_small)
            else:
                self.problems = (Problem(ProblemKind.TOO_LARGE),)
            return
        await self._state.save(replace(settings, bundle=number))
        await folder.write_bundle(settings.machine, number, data)
        await self._database.run(partial(_note_bundle, settings.machine, number, is_small))

    async def _note_complete(self) -> None:
        """Note with which bundle everything was written. Only later ones count: a large history takes many bundles each time."""
        settings = await self._state.settings()
        if settings.complete_bundle < settings.first_bundle <= settings.bundle:
            await self._state.save(replace(settings, complete_bundle=settings.bundle))

    async def _begin_again(self) -> bool:
        """Mark what is to be written again as not sent, if there are many bundles. Return whether there is something to write."""
        settings = await self._state.settings()
        written = await self._database.run(partial(written_bundles, settings.first_bundle, settings.complete_bundle))
        is_complete = settings.complete_bundle >= settings.first_bundle
        is_much = written.later >= _MOST_BUNDLES or settings.bundle - settings.complete_bundle >= _MOST_WRITTEN
        if is_complete and is_much:
            # In this order: after a crash in between, the bundles would be deleted although nothing replaces them.
            await self._database.run(lambda connection: self._log(connection).send_again())
            await self._state.save(replace(settings, first_bundle=settings.bundle + 1))
            return True
        if written.small < _MOST_SMALL or written.replaced:
            return False
        while await self._database.run(send_small_again):
            pass
        return True

    async def _delete_replaced(self, folder: SharedFolder) -> None:
        """Delete the bundles of this computer whose content was written again."""
        settings = await self._state.settings()
        written, is_waiting = await self._database.run(
            lambda connection: (
                written_bundles(settings.first_bundle, settings.complete_bundle, connection),
                self._log(connection).has_unsent_messages,
            )
        )
        if is_waiting:
            return
        for number in written.replaced:
            await folder.delete_bundle(folder.file_of(settings.machine, number))
        if written.replaced:
            await self._database.run(partial(forget_written, written.replaced))
        compacted = (settings.machine, settings.first_bundle)
        if settings.first_bundle > 1 and self._compacted != compacted:
            for bundle in await folder.bundles():
                if bundle.name.machine == settings.machine and bundle.name.number < settings.first_bundle:
                    await folder.delete_bundle(bundle.file)
            self._compacted = compacted


def _is_small(operations: Sequence[Operation]) -> bool:
    return len(operations) <= _SMALL_OPERATIONS and sum(map(size_of, operations)) <= TEXT_BYTES // _SMALL_PART


def _note_bundle(machine: str, number: int, is_small: bool, connection: Connection) -> None:
    mark_merged(connection, machine, number)
    note_written(connection, number, is_small=is_small)
