"""Section of the model details with the measured speed, the time and machine of the measurement, and a button to measure again."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.domain.speed_check import SpeedResult
from chatdesk.features.models.services.model_fits import ModelFits
from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.page.details.fact_grid import FactGrid
from chatdesk.features.models.ui.speed.speed_texts import (
    duration_text,
    estimate_text,
    other_text,
    speed_text,
    where_text,
)
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label

# Measured speeds for the list and the details: loaded after the page is shown, and updated from then on.


class SpeedResultStore(QObject):
    """Measured speeds of all models. Empty until `load` has loaded them."""

    changed = Signal()

    def __init__(self, services: ModelServices, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._machine = ""
        self._results: Mapping[ModelRef, tuple[SpeedResult, ...]] = {}
        self._end_listening: Callable[[], None] | None = None

    async def load(self, fits: ModelFits) -> None:
        """Load the results. `fits` knows this machine. Raises `FileNewer`, once, if a newer version wrote the file."""
        speeds = self._services.library.speed_checks
        await speeds.load()
        self._machine = fits.machine_name
        if self._end_listening is None:
            self._end_listening = speeds.changes.subscribe(lambda _change: self._update())
        self._update()
        speeds.show_newer_version()

    def end(self) -> None:
        """Stop listening for changes."""
        if self._end_listening:
            self._end_listening()

    def results(self, ref: ModelRef) -> tuple[SpeedResult, ...]:
        """Return the results of a model: those that apply here first, then the latest ones of other machines."""
        return tuple(sorted(self._results.get(ref, ()), key=lambda result: not self._applies_here(result)))

    def speed_of(self, ref: ModelRef) -> float | None:
        """Return the speed of a model here in tokens per second; None if not measured."""
        found = self._results.get(ref)
        return next((result.writing_speed for result in found if self._applies_here(result)), None) if found else None

    def _applies_here(self, result: SpeedResult) -> bool:
        """Return whether the model ran where it runs now. Servers elsewhere are independent of this machine."""
        server = self._services.servers.find(result.ref.server_id)
        return result.machine == self._machine or (server is not None and not server.is_on_this_machine)

    def _update(self) -> None:
        before, self._results = self._results, self._services.library.speed_checks.all()
        if self._results != before:
            self.changed.emit()


_MAX_OTHERS = 3


class SpeedSection(Translated, QWidget):
    """Section with the measured speed: the first result in full, those of other machines in one line each."""

    measure_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._results: tuple[SpeedResult, ...] = ()
        self._title = Label(appearance, "label", "text", self)
        self._measure = Button(appearance, "", ButtonKind.OUTLINED, self, icon="chart-line", small=True)
        self._measure.setObjectName("measureModel")
        self._measure.clicked.connect(self.measure_requested)
        self.facts = FactGrid(appearance, self)
        self._where = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._where.setObjectName("speedOfModelWhere")
        header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self._measure, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(header)
        self._column.addWidget(self.facts)
        self._column.addWidget(self._where)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_results(self, results: tuple[SpeedResult, ...]) -> None:
        """Show the results of a model, the most relevant one first."""
        if results != self._results:
            self._results = results
            self._retranslate()

    def _retranslate(self) -> None:
        latest = self._results[0] if self._results else None
        self._title.set_text(self.tr("Speed"))
        self._measure.setText(self.tr("Measure again") if latest else self.tr("Measure"))
        self._measure.setToolTip(self.tr("A short text without personal information is sent four times."))
        self.facts.show_facts(self._facts(latest) if latest else ())
        self.facts.setVisible(latest is not None)
        lines = [where_text(latest), *map(other_text, self._results[1 : _MAX_OTHERS + 1])] if latest else []
        self._where.set_text("\n".join(lines) or self.tr("Not measured yet."))

    def _facts(self, result: SpeedResult) -> tuple[tuple[str, str], ...]:
        expected = estimate_text(result)
        writing = speed_text(result.writing_speed)
        facts = [
            (self.tr("Writing"), f"{writing} · {expected}" if expected else writing),
            (self.tr("Reading the question"), speed_text(result.prompt_speed)),
            (self.tr("First token"), duration_text(result.first_token_milliseconds)),
        ]
        if result.load_milliseconds is not None:
            facts.append((self.tr("Loading the model"), duration_text(result.load_milliseconds)))
        return tuple(facts)

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("xs"))
