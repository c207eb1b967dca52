"""Sheet with the measured speed of a model, and a button to measure it, with progress and cancelling. Only widgets and signals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from chatdesk.features.models.domain.speed_check import SpeedProgress, SpeedResult
from chatdesk.features.models.ui.speed.speed_texts import (
    duration_text,
    estimate_text,
    other_text,
    progress_text,
    speed_text,
    where_text,
)
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_MAX_OTHERS = 3


class SpeedSheet(Sheet):
    """Speed sheet: `open` it, then `show_results`. Closing it cancels a measurement."""

    measure_requested = Signal()
    stopped = Signal()

    def __init__(self, appearance: Appearance, window: QWidget, model: str) -> None:
        super().__init__(appearance, window, SheetKind.REPORT)
        self._model = plain_line(model)
        self._results: tuple[SpeedResult, ...] = ()
        self._error: ChatdeskError | None = None
        self._progress: SpeedProgress | None = None
        self.setObjectName("speedSheet")
        self._about = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._about.setObjectName("speedAbout")
        self._grid = QGridLayout()
        self._names = [Label(appearance, "ui", "textSecondary", self) for _ in range(4)]
        self._values = [Label(appearance, "label", "text", self) for _ in range(4)]
        self._notes = [Label(appearance, "caption", "textTertiary", self, wrap=True) for _ in range(4)]
        for row, (name, value, note) in enumerate(zip(self._names, self._values, self._notes, strict=True)):
            value.setObjectName(f"speedValue{row}")
            for column, part in enumerate((name, value, note)):
                self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(2, 1)
        self._where = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._where.setObjectName("speedWhere")
        self._others = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._others.setObjectName("speedOthers")
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("speedFailure")
        self._work = WorkRow(appearance, self)
        self._work.setObjectName("speedWork")
        self._work.cancelled.connect(self._stop)
        self._done = self.add_button("")
        self._done.setObjectName("closeSpeed")
        self._done.clicked.connect(self.cancel)
        self._measure = self.add_button("", ButtonKind.FILLED, icon="chart-line")
        self._measure.setObjectName("measureSpeed")
        self._measure.clicked.connect(self.measure_requested)
        self.closed.connect(self.stopped)
        theme = appearance.theme
        self._grid.setHorizontalSpacing(theme.length("l"))
        self._grid.setVerticalSpacing(theme.length("s"))
        self.body.setSpacing(theme.length("m"))
        self.body.addWidget(self._about)
        self.body.addLayout(self._grid)
        for line in (self._where, self._others, self._failure, self._work):
            self.body.addWidget(line)
        self._retranslate()

    def show_results(self, results: tuple[SpeedResult, ...]) -> None:
        """Show the results, the latest first."""
        self._results, self._progress = results, None
        self._retranslate()

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement is in progress."""
        return self._progress is not None

    def show_progress(self, progress: SpeedProgress) -> None:
        """Show the current run."""
        is_new = self._progress is None
        self._progress, self._error = progress, None
        if is_new:
            self._work.show_work(progress_text(progress))
        self._retranslate()
        self._work.show_work(progress_text(progress))
        self._work.set_share((progress.number - 1) / progress.total)

    def show_failure(self, error: ChatdeskError) -> None:
        """Show why the measurement failed; earlier results stay."""
        self._error, self._progress = error, None
        self._retranslate()

    def _stop(self) -> None:
        self.show_results(self._results)
        self.stopped.emit()

    def _retranslate(self) -> None:
        latest = self._results[0] if self._results else None
        super()._retranslate()
        self.set_heading(self.tr("How fast is {model}?").format(model=self._model))
        self._about.set_text(
            self.tr(
                "A short text without personal information is sent four times. A local model is reloaded first to "
                "measure the loading time."
            )
        )
        self._about.setVisible(latest is None)
        rows = self._rows(latest) if latest else ()
        for position, (name, value, note) in enumerate(zip(self._names, self._values, self._notes, strict=True)):
            texts = rows[position] if position < len(rows) else ("", "", "")
            for part, text in zip((name, value, note), texts, strict=True):
                part.set_text(text)
                part.setVisible(position < len(rows))
        self._where.set_text(where_text(latest) if latest else "")
        self._where.setVisible(latest is not None)
        self._others.set_text("\n".join(other_text(each) for each in self._results[1 : _MAX_OTHERS + 1]))
        self._others.setVisible(len(self._results) > 1)
        self._failure.setVisible(self._error is not None)
        if self._error:
            self._failure.show_text(sentence_and_consequence(describe_error(self._error)))
        is_working = self._progress is not None
        self._work.setVisible(is_working)
        self._measure.setVisible(not is_working)
        self._done.setVisible(not is_working)  # the progress bar has its own button
        self._measure.setText(self.tr("Measure again") if latest else self.tr("Measure"))
        self._done.setText(self.tr("Close"))
        self.foot.fit()

    def _rows(self, result: SpeedResult) -> tuple[tuple[str, str, str], ...]:
        rows = [
            (self.tr("Writing"), speed_text(result.writing_speed), estimate_text(result)),
            (self.tr("Reading the question"), speed_text(result.prompt_speed), ""),
            (
                self.tr("First token"),
                duration_text(result.first_token_milliseconds),
                self.tr("after the question, with the model loaded"),
            ),
        ]
        if result.load_milliseconds is not None:
            rows.append(
                (
                    self.tr("Loading the model"),
                    duration_text(result.load_milliseconds),
                    self.tr("before the first question"),
                )
            )
        return tuple(rows)
