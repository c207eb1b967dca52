"""The foot of the batch page: progress, failures, and the buttons of the run. Only widgets and signals."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.batch.domain.batch import BatchState, RowState
from chatdesk.features.batch.services.preset_batch import PresetBatch
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageFoot
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.segments import Segments

_CONCURRENCY_CHOICES = ("1", "2", "4")
_MINUTE = 60


class BatchFoot(Translated, PageFoot):
    """Shows the state of a run, or of the chosen inputs before it."""

    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    retry_requested = Signal()
    save_requested = Signal()

    def __init__(self, appearance: Appearance, batch: PresetBatch, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._batch = batch
        self._compact = False
        self._inputs = 0
        self._can_start = False
        self._obstacle = ""
        self._bar = ProgressBar(appearance, "", self)
        self._progress_text = Label(appearance, "ui", "text", self, elide=True)
        self._progress_text.setObjectName("batchProgress")
        self._failed_icon = IconLabel(appearance, "circle-alert", "danger", self)
        self._failed = Label(appearance, "ui", "danger", self)
        self._failed.setObjectName("batchFailed")
        self._retry = self._button("retryBatch", "", self.retry_requested, ButtonKind.PLAIN, ink="accentText")
        self._left = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._at_once_name = Label(appearance, "ui", "textSecondary", self)
        self._at_once = Segments(appearance, "", self)
        self._at_once.set_segments([(number, number) for number in _CONCURRENCY_CHOICES])
        self._stop = self._button("stopBatch", "", self.stop_requested, ButtonKind.PLAIN)
        self._pause = self._button("pauseBatch", "pause", self.pause_requested, ButtonKind.OUTLINED)
        self._save = self._button("saveBatch", "download", self.save_requested, ButtonKind.OUTLINED)
        self._start = self._button("goBatch", "play", self._run, ButtonKind.FILLED)
        parts: tuple[QWidget, ...] = (
            self._bar,
            self._progress_text,
            self._failed_icon,
            self._failed,
            self._retry,
            self._left,
        )
        for part in parts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        parts = (self._at_once_name, self._at_once, self._stop, self._pause, self._save, self._start)
        for part in parts:
            self.row.addWidget(part)
        self._retranslate()

    @property
    def at_once(self) -> int:
        """The chosen number of requests at once."""
        return int(self._at_once.key())

    def focus_start(self) -> None:
        """Focus the button that starts the run."""
        if self._start.isEnabled():
            self._start.setFocus()

    def set_compact(self, *, compact: bool) -> None:
        """Show less in a narrow page."""
        self._compact = compact
        theme = self._appearance.theme
        self._bar.setFixedWidth(theme.length("sidebarOverlay") * (2 if compact else 3) // 5)
        self.show_state(self._inputs, self._obstacle)

    def show_state(self, inputs: int, obstacle: str) -> None:
        """Show the state of the run; `inputs` were chosen for the next one, which `obstacle` prevents."""
        self._inputs, self._obstacle = inputs, obstacle
        batch, locale, ready = self._batch, QLocale(), bool(inputs)
        running, paused = batch.state is BatchState.RUNNING, batch.state is BatchState.PAUSED and not ready
        done, failed = batch.count(RowState.DONE), batch.count(RowState.FAILED)
        count = 0 if ready else len(batch.rows)
        finished = bool(count) and not running and not paused
        self._bar.setVisible(bool(count))
        self._bar.set_fraction((done + failed) / count if count else 0)
        if count:
            text = self.tr("{done} of {count} done").format(
                done=locale.toString(done + failed), count=locale.toString(count)
            )
        elif ready:
            text = obstacle or counted(lambda number: self.tr("%n text(s)", "", number), inputs)
        else:
            text = self.tr("No texts yet")
        self._progress_text.set_text(text)
        self._progress_text.set_color("text" if count else "textSecondary")
        shows_failed = bool(count and failed)
        self._failed_icon.setVisible(shows_failed and not self._compact)
        self._failed.setVisible(shows_failed and not self._compact)
        self._failed.set_text(self.tr("{count} failed").format(count=locale.toString(failed)))
        self._retry.setVisible(shows_failed and not running)
        left = self._time_left() if count else ""
        self._left.set_text(left)
        self._left.setVisible(bool(left) and not self._compact)
        self._at_once_name.setVisible(ready and not self._compact)
        self._at_once.setVisible(ready and not self._compact)
        self._stop.setVisible(running or paused)
        self._pause.setVisible(running)
        self._save.setVisible(bool(count and done) and not (self._compact and (running or paused)))
        self._save.set_kind(ButtonKind.FILLED if finished else ButtonKind.OUTLINED)
        self._start.setVisible(not running and not finished)
        self._start.setText(self.tr("Resume") if paused else self.tr("Start"))
        self._start.setEnabled(paused or (ready and not obstacle))
        self._start.setToolTip(obstacle)

    def _run(self) -> None:
        if self._batch.state is BatchState.PAUSED and not self._inputs:
            self.resume_requested.emit()
        else:
            self.start_requested.emit()

    def _time_left(self) -> str:
        batch = self._batch
        running = batch.count(RowState.RUNNING)
        waiting = batch.count(RowState.WAITING) + running
        if batch.seconds_each is None or not waiting or batch.state is not BatchState.RUNNING:
            return ""
        seconds = batch.seconds_each * waiting / max(1, running)
        if seconds < _MINUTE:
            count = max(10, round(seconds / 10) * 10)
            return self.tr("about {count} s left").format(count=QLocale().toString(count))
        return self.tr("about {count} min left").format(count=QLocale().toString(round(seconds / _MINUTE)))

    def _button(self, name: str, icon: str, act: object, kind: ButtonKind, ink: str = "") -> Button:
        button = Button(self._appearance, "", kind, self, icon=icon, ink=ink)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _retranslate(self) -> None:
        self._bar.setAccessibleName(self.tr("Progress"))
        self._retry.setText(self.tr("Try again"))
        self._at_once_name.set_text(self.tr("Requests at once"))
        self._at_once.setAccessibleName(self.tr("Requests at once"))
        self._stop.setText(self.tr("Stop"))
        self._pause.setText(self.tr("Pause"))
        self._save.setText(self.tr("Save results…"))
        self.show_state(self._inputs, self._obstacle)
