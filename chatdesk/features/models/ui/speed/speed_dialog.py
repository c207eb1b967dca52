"""Dialog with the measured speed of a model, and a button to measure it, with progress and cancelling. Only widgets and signals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

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
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow

_MAX_OTHERS = 3


class SpeedDialog(Translated, QDialog):
    """Speed dialog: `open` it, then `show_results`. Closing it cancels a measurement. Deletes itself when it is closed."""

    measure_requested = Signal()
    stopped = Signal()

    def __init__(self, appearance: Appearance, window: QWidget, model: str) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._model = plain_line(model)
        self._results: tuple[SpeedResult, ...] = ()
        self._error: ChatdeskError | None = None
        self._progress: SpeedProgress | None = None
        self.setObjectName("speedDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Label(appearance, "title", "text", self, wrap=True)
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
        self._close = Button(appearance, "", parent=self)
        self._close.setObjectName("closeSpeed")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        self._measure = Button(appearance, "", ButtonKind.FILLED, self, icon="chart-line")
        self._measure.setObjectName("measureSpeed")
        self._measure.setDefault(True)
        self._measure.clicked.connect(self.measure_requested)
        self.finished.connect(lambda _result: self.stopped.emit())
        self._arrange(window)
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

    def _arrange(self, window: QWidget) -> None:
        theme = self._appearance.theme
        self._grid.setHorizontalSpacing(theme.length("l"))
        self._grid.setVerticalSpacing(theme.length("s"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.length("s"))
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._measure)
        column = QVBoxLayout(self)
        margin = theme.length("xxl")
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.length("m"))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._grid)
        for part in (self._where, self._others, self._failure, self._work):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setFixedWidth(min(theme.length("settingsColumn") * 3 // 4, window.width() - theme.length("page")))

    def _retranslate(self) -> None:
        latest = self._results[0] if self._results else None
        self.setWindowTitle(self.tr("Speed"))
        self._title.set_text(self.tr("How fast is {model}?").format(model=self._model))
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
            self._failure.show_text(in_one_piece(describe_error(self._error)))
        is_working = self._progress is not None
        self._work.setVisible(is_working)
        self._measure.setVisible(not is_working)
        self._close.setVisible(not is_working)  # the progress bar has its own button
        self._measure.setText(self.tr("Measure again") if latest else self.tr("Measure"))
        self._close.setText(self.tr("Close"))
        self.setAccessibleName(self._title.text())
        if layout := self.layout():
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

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
