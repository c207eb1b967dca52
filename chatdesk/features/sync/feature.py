"""Contribution of synchronisation to the window: a command, which a row of the settings runs as well."""

import asyncio
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import Command, DataAction, Feature, WindowContext, Wording

if TYPE_CHECKING:
    from chatdesk.features.sync.services.sync import Sync
    from chatdesk.features.sync.ui.sync_row import SyncRow

_TITLE = QT_TRANSLATE_NOOP("Sync", "Sync with other computers")


class SyncFeature(Feature):
    """One instance per window."""

    def __init__(self, sync: "Lazy[Sync]", window: WindowContext) -> None:
        self._sync = sync
        self._window = window

    def commands(self) -> Sequence[Command]:
        """Return the command that opens the sheet."""
        return (
            Command(
                "sync",
                Wording.of("Sync", _TITLE),
                self.open,
                "refresh-cw",
                also=Wording.of(
                    "Sync",
                    QT_TRANSLATE_NOOP(
                        "Sync",
                        "synchronise, synchronize, several devices, cloud, share history, Syncthing, iCloud, OneDrive, "
                        "WebDAV",
                    ),
                ),
            ),
        )

    def data_actions(self) -> Sequence[DataAction]:
        """Return the row that opens the sheet."""
        return (
            DataAction(
                "syncSetUp",
                "refresh-cw",
                30,
                QT_TRANSLATE_NOOP("DataActions", "Sync with other computers"),
                QT_TRANSLATE_NOOP(
                    "DataActions",
                    "Through a folder that all can reach: Syncthing, iCloud, OneDrive, Nutstore or WebDAV",
                ),
                QT_TRANSLATE_NOOP("DataActions", "Set up…"),
                self.open,
                self._make_row,
            ),
        )

    def _make_row(self) -> "SyncRow":
        from chatdesk.features.sync.ui.sync_row import SyncRow  # noqa: PLC0415 - start-up time

        return SyncRow(self._load, self._window.tasks)

    async def _load(self) -> "Sync":
        """Return the service, whose modules are imported on a thread: that takes longer than the window may be blocked."""
        await asyncio.to_thread(import_module, "chatdesk.features.sync.services.sync_services")
        return self._sync.get()

    def open(self) -> None:
        """Open the sheet."""
        self._window.tasks.start(self._open(), "show synchronisation")

    async def _open(self) -> None:
        from chatdesk.features.sync.ui.sync_sheet import SyncSheet  # noqa: PLC0415 - start-up time

        sync, window = await self._load(), self._window
        try:
            status = await sync.status()
        except StorageError as error:
            from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence  # noqa: PLC0415 - rarely needed

            window.show_toast(sentence_and_consequence(describe_error(error)), None)
            return
        SyncSheet(window.appearance, window.files.window, sync, status, window.tasks).open_ready()
