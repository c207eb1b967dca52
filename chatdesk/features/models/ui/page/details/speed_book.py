"""How fast models were measured to be, for the list and the details: read once the page is shown, and followed from then on."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from chatdesk.app.program import Program
from chatdesk.features.models.domain.speed_check import SpeedResult
from chatdesk.features.models.services.model_guide import ModelGuide
from chatdesk.kernel.models.model import ModelRef


class SpeedBook(QObject):
    """`look` before there is anything in it."""

    changed = Signal()

    def __init__(self, program: Program, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        self._machine = ""
        self._results: Mapping[ModelRef, tuple[SpeedResult, ...]] = {}
        self._end_listening: Callable[[], None] | None = None

    async def look(self, guide: ModelGuide) -> None:
        """Read what was measured. `guide` knows this machine. Raises `FileNewer`, once, if a newer version wrote it."""
        speeds = self._program.speeds.get()
        await speeds.load()
        self._machine = guide.machine_name
        if self._end_listening is None:
            self._end_listening = speeds.changes.subscribe(lambda _change: self._take())
        self._take()
        speeds.tell_of_newer()

    def end(self) -> None:
        """Listen no longer."""
        if self._end_listening:
            self._end_listening()

    def results(self, ref: ModelRef) -> tuple[SpeedResult, ...]:
        """Return what was measured of a model: what counts here first, then the latest of other machines."""
        return tuple(sorted(self._results.get(ref, ()), key=lambda result: not self._counts(result)))

    def speed_of(self, ref: ModelRef) -> float | None:
        """Return how fast a model answers here, in tokens a second; None where that was not measured."""
        found = self._results.get(ref)
        return next((result.writing_speed for result in found if self._counts(result)), None) if found else None

    def _counts(self, result: SpeedResult) -> bool:
        """Whether it was measured where the model runs now: servers elsewhere stay the same wherever one sits."""
        server = self._program.servers.find(result.ref.server_id)
        return result.machine == self._machine or (server is not None and not server.is_on_this_machine)

    def _take(self) -> None:
        before, self._results = self._results, self._program.speeds.get().all()
        if self._results != before:
            self.changed.emit()
