"""The state of synchronisation in its row of the settings: off, when it was last complete and with how many computers, or a problem."""

from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.features.sync.services.sync_status import SyncStatus
from chatdesk.features.sync.ui.sync_texts import problem_text
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.ui_kit.feature import ActionState
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted, elapsed_text

if TYPE_CHECKING:
    from chatdesk.features.sync.services.sync import Sync


class SyncRow:
    """A `LiveState`. `load` creates the service if necessary."""

    def __init__(self, load: "Callable[[], Awaitable[Sync]]", tasks: Tasks) -> None:
        self._load = load
        self._tasks = tasks
        self._status: SyncStatus | None = None

    def follow(self, changed: Callable[[], object]) -> Callable[[], object]:
        """See `LiveState`."""
        ends = ExitStack()

        def apply_status(status: SyncStatus) -> None:
            self._status = status
            changed()

        async def begin() -> None:
            sync = await self._load()
            ends.callback(sync.changes.subscribe(apply_status))
            with suppress(StorageError):  # the sheet says why the settings cannot be read
                apply_status(await sync.status())

        beginning = self._tasks.start(begin(), "read the state of synchronisation")
        ends.callback(beginning.cancel)

        def end() -> None:  # a function, because Qt keeps no reference to the object of a method
            ends.close()

        return end

    def current(self) -> ActionState | None:
        """See `LiveState`."""
        return row_state(self._status, datetime.now(UTC)) if self._status else None


def row_state(status: SyncStatus, now: datetime) -> ActionState | None:
    """Return what the row shows at a time, which is aware; None as long as synchronisation was never set up."""
    texts = _Texts()
    if not status.settings.is_on:
        if status.problems:  # its settings were lost
            return ActionState(texts.state(status, now), texts.set_up())
        return ActionState(texts.off(), texts.set_up()) if status.settings.folder else None
    return ActionState(texts.state(status, now), texts.show())


class _Texts(QObject):
    """Texts, among them plurals, which Qt's lupdate finds only in `tr`."""

    def off(self) -> str:
        return self.tr("Off. What was shared stays on all computers and in the folder.")

    def set_up(self) -> str:
        return self.tr("Set up…")

    def show(self) -> str:
        return self.tr("Show…")

    def state(self, status: SyncStatus, now: datetime) -> str:
        if status.problems:
            return problem_text(status.problems[0], is_remote=status.settings.location.is_remote)
        if status.synchronised is None:
            return self.tr("Synchronising…")
        time = elapsed_text(status.synchronised, now)
        others = len(status.settings.other_computers)
        if not others:
            return self.tr("Synchronised {time}. No other computer uses the folder yet.").format(time=time)
        words = counted(lambda count: self.tr("Synchronised {time} with %n other computer(s)", "", count), others)
        return words.format(time=time)
