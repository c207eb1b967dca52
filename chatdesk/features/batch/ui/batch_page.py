"""Batch page, shown in place of the chats: choose inputs, run a preset over them, view and save the answers."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.batch.domain.batch import BatchInput, BatchRow, BatchState, RowState
from chatdesk.features.batch.services.batch_sources import from_files, from_table
from chatdesk.features.batch.services.preset_batch import BatchChanged, PresetBatch
from chatdesk.features.batch.ui.batch_rows import BatchRowDelegate, BatchRows, state_text
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.presets.ui.use.variable_form import VariableForm
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.errors.error_texts import describe_failure, in_one_piece
from chatdesk.ui_kit.files.file_saver import FileSaver, dialog_folder
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.lists.scrolling import FittingArea
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import bounded_text, plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.splitter import Splitter

_TABLES = (".csv", ".tsv")
_CONCURRENCY_CHOICES = ("1", "2", "4")
_LAYOUT_BATCH = 1_000
_MAX_ANSWER_LENGTH = 50_000
"""Maximum number of characters of a displayed answer; the saved table is complete."""


class BatchPage(Translated, QWidget):
    """Page for batch runs. The run belongs to the program: it continues while the page is not shown."""

    closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        batch: PresetBatch,
        presets: Presets,
        settings: Settings,
        files: FileSaver,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._batch = batch
        self._presets = presets
        self._settings = settings
        self._files = files
        self._tasks = tasks
        self._preset: AppliedPreset | None = None
        self._model: ModelRef | None = None
        self._inputs: list[BatchInput] = []
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("leaveBatch")
        self._back.clicked.connect(self.closed)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._preset_label = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._choose_files = self._button("file-text", "chooseBatchFiles", self._ask_for_files)
        self._choose_table = self._button("list-plus", "chooseBatchTable", self._ask_for_table)
        self._chosen = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._at_once = Segments(appearance, "", self)
        self._at_once.set_segments([(number, number) for number in _CONCURRENCY_CHOICES])
        self._at_once_name = Label(appearance, "ui", "textSecondary", self)
        self._form = VariableForm(appearance)
        self._form_area = FittingArea(self._form, self)
        self._start_button = self._button("play", "goBatch", self._toggle_run, ButtonKind.FILLED)
        self._stop = self._button("circle-stop", "stopBatch", self._stop_run)
        self._retry_button = self._button("refresh-cw", "retryBatch", batch.retry_failed)
        self._save = self._button("download", "saveBatch", self._save_table)
        self._bar = ProgressBar(appearance, "", self)
        self._progress = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._progress.setObjectName("batchProgress")
        self._trouble = Notice(appearance, self, NoticeKind.WARNING)
        self._trouble.setObjectName("batchTrouble")
        self._trouble.hide()
        self._rows = BatchRows()
        self._list = QListView(self)
        self._list.setObjectName("batchList")
        self._list.setModel(self._rows)
        self._delegate = BatchRowDelegate(appearance, self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setLayoutMode(QListView.LayoutMode.Batched)  # laying out 20,000 rows at once would block the window
        self._list.setBatchSize(_LAYOUT_BATCH)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.selectionModel().currentChanged.connect(self._show_answer)
        self._answer = QPlainTextEdit(self)
        self._answer.setObjectName("batchAnswer")
        self._answer.setReadOnly(True)
        self._answer.setFrameShape(QFrame.Shape.NoFrame)
        self._split = Splitter(Qt.Orientation.Vertical, self)
        self._split.addWidget(self._list)
        self._split.addWidget(self._answer)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._lay_out()
        self.setAutoFillBackground(True)
        self.setAcceptDrops(True)
        self._end_listening = batch.changes.subscribe(self._on_change)
        appearance.bind(self._restyle)
        self._retranslate()

    def open(self, preset: AppliedPreset | None, model: ModelRef | None) -> None:
        """Prepare a run with a preset and model; the previous run stays visible until a new one starts."""
        batch = self._batch
        self._preset = preset or self._preset or batch.preset
        self._model = model or self._model or batch.model
        if self._preset:
            self._form.show_variables(self._preset.variables, self._preset.values)
        self._form_area.setVisible(bool(self._preset and self._preset.variables))
        self._show_rows()
        self._show_state()
        self._choose_files.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Use files as inputs; a single table provides one input per row."""
        if not paths:
            return
        self._settings.set(ATTACH_FOLDER, str(paths[0].parent))
        if len(paths) == 1 and paths[0].suffix.lower() in _TABLES:
            self._tasks.start(self._take_table(paths[0]), "read a table")
        else:
            self._tasks.start(self._take_files(paths), "take files")

    def end(self) -> None:
        """Stop listening for changes."""
        self._end_listening()

    async def _take_files(self, paths: Sequence[Path]) -> None:
        await self._take(await asyncio.to_thread(from_files, paths))

    async def _take_table(self, path: Path) -> None:
        names = [variable.name for variable in self._preset.variables] if self._preset else []
        await self._take(await from_table(path, names))

    async def _take(self, inputs: list[BatchInput]) -> None:
        rows = await asyncio.to_thread(lambda: [BatchRow(each) for each in inputs])
        self._inputs = inputs
        if self._batch.state is not BatchState.RUNNING:
            self._rows.show(rows)
        self._show_state()
        self._start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_run(self) -> None:
        batch = self._batch
        if batch.state is BatchState.RUNNING:
            batch.pause()
        elif self._inputs:
            self._begin()
        else:
            batch.resume()

    def _begin(self) -> None:
        if self._preset is None or self._model is None:
            return
        preset = self._preset.with_values(self._form.values())
        columns = set(self._inputs[0].values)
        if missing := [variable for variable in preset.missing if variable.name not in columns]:
            self._form.show_missing(missing)
            return
        self._tasks.start(self._start(preset, self._model, int(self._at_once.key())), "begin a batch")

    async def _start(self, preset: AppliedPreset, model: ModelRef, at_once: int) -> None:
        """Start a run; the chosen inputs are kept if it cannot be saved."""
        inputs, self._inputs = self._inputs, []
        self._start_button.setEnabled(False)
        try:
            await self._batch.start(preset, model, inputs, at_once=at_once)
        except FileNotSaved:
            self._inputs = inputs
            self._show_state()
            raise
        await self._presets.record_use(preset.key, preset.values)

    def _stop_run(self) -> None:
        self._tasks.start(self._batch.stop(), "stop the batch")

    def _on_change(self, change: BatchChanged) -> None:
        if not self.isVisible():
            return
        if change.row is None or self._rows.rowCount() != len(self._batch.rows):
            self._show_rows()
        else:
            self._list.update(self._rows.index(change.row))
            if change.row == self._list.currentIndex().row():
                self._show_answer()
        self._show_state()

    def _show_rows(self) -> None:
        if self._rows.shows(self._batch.rows):
            self._list.viewport().update()
            self._show_answer()
        elif not self._inputs:
            row = self._list.currentIndex().row()
            self._rows.show(self._batch.rows)
            if row >= 0:
                self._list.setCurrentIndex(self._rows.index(row))

    def _show_answer(self) -> None:
        index = self._list.currentIndex()
        row = self._rows.row(index) if index.isValid() else None
        text = bounded_text(row.answer or state_text(row), _MAX_ANSWER_LENGTH) if row else ""
        if text != self._answer.toPlainText():
            self._answer.setPlainText(text)

    def _show_state(self) -> None:
        batch, locale = self._batch, QLocale()
        running, ready = batch.state is BatchState.RUNNING, bool(self._inputs)
        done, failed, count = batch.count(RowState.DONE), batch.count(RowState.FAILED), len(batch.rows)
        can_go = running or (ready and self._preset is not None and self._model is not None)
        can_go = can_go or (not ready and bool(batch.count(RowState.WAITING)) and bool(count))
        paused = batch.state is BatchState.PAUSED and not ready
        text = self.tr("Pause") if running else self.tr("Resume") if paused else self.tr("Start")
        self._start_button.setText(text)
        self._start_button.set_icon("circle-stop" if running else "play")
        self._start_button.setEnabled(can_go)
        self._stop.setVisible(running)
        self._retry_button.setVisible(bool(failed) and not running and not ready)
        self._save.setVisible(bool(done or failed) and not ready)
        self._at_once.setVisible(ready)
        self._at_once_name.setVisible(ready)
        self._bar.set_fraction((done + failed) / count if count and not ready else 0)
        self._bar.setVisible(bool(count) and not ready)
        trouble = batch.trouble if not ready and not running else None
        if trouble:
            self._trouble.show_text(in_one_piece(describe_failure(trouble)))
        self._trouble.setVisible(trouble is not None)
        progress = self.tr("{done} of {count} done").format(done=locale.toString(done), count=locale.toString(count))
        if failed:
            progress += " · " + self.tr("{count} failed").format(count=locale.toString(failed))
        if left := self._time_left():
            progress += " · " + left
        self._progress.set_text("" if ready or not count else progress)
        chosen = self.tr("{count} inputs chosen").format(count=locale.toString(len(self._inputs)))
        self._chosen.set_text(chosen if ready else self.tr("Or drop text files or a table here"))
        self._choose_files.setEnabled(not running)
        self._choose_table.setEnabled(not running)
        preset = plain_line(self._preset.name) if self._preset else self.tr("No preset")
        self._preset_label.set_text(" · ".join(filter(None, (preset, self._model.model_id if self._model else ""))))

    def _time_left(self) -> str:
        batch = self._batch
        running = batch.count(RowState.RUNNING)
        waiting = batch.count(RowState.WAITING) + running
        if batch.seconds_each is None or not waiting or batch.state is not BatchState.RUNNING:
            return ""
        minutes = max(1, round(batch.seconds_each * waiting / 60 / max(1, running)))
        return self.tr("about {count} min left").format(count=QLocale().toString(minutes))

    def _save_table(self) -> None:
        headings = (self.tr("Input"), self.tr("Answer"), self.tr("State"), self.tr("Seconds"), self.tr("Tokens"))

        async def make(_path: Path) -> str:
            return await asyncio.to_thread(self._batch.as_csv, headings, state_text)

        name = safe_file_name(self._preset.name if self._preset else "") or self.tr("Results")
        self._files.ask_for(name, {"csv": self.tr("Table")}, make)

    def _ask_for_files(self) -> None:
        self._ask(self.tr("Choose text files"), self.tr("All files") + " (*)", several=True)

    def _ask_for_table(self) -> None:
        self._ask(self.tr("Choose a table"), self.tr("Tables") + " (*.csv *.tsv *.txt)", several=False)

    def _ask(self, title: str, kinds: str, *, several: bool) -> None:
        dialog = QFileDialog(self, title, str(dialog_folder(self._settings.get(ATTACH_FOLDER))), kinds)
        dialog.setObjectName("batchDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if several:
            dialog.filesSelected.connect(lambda names: self.take_files([*map(Path, names)]))
        else:
            dialog.fileSelected.connect(lambda name: self._tasks.start(self._take_table(Path(name)), "read a table"))
        dialog.open()

    def _button(self, icon: str, name: str, act: object, kind: ButtonKind = ButtonKind.OUTLINED) -> Button:
        button = Button(self._appearance, "", kind, self, icon=icon)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        header, sources, actions_row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line, widgets, rest in (
            (header, (self._back, self._title), self._preset_label),
            (sources, (self._choose_files, self._choose_table), self._chosen),
            (
                actions_row,
                (self._start_button, self._stop, self._retry_button, self._save, self._at_once_name, self._at_once),
                self._progress,
            ),
        ):
            for widget in widgets:
                line.addWidget(widget)
            line.addWidget(rest, 1)
        self._lines = (header, sources, actions_row)
        self._column = QVBoxLayout(self)
        self._column.addLayout(header)
        self._column.addLayout(sources)
        self._column.addWidget(self._form_area)
        self._column.addLayout(actions_row)
        self._column.addWidget(self._trouble)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._split, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._form_area.set_max_height(self.height() * 2 // 5)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = theme.length("l")
        self._column.setContentsMargins(pad, theme.length("s"), pad, pad)
        self._column.setSpacing(theme.length("m"))
        self._form.setContentsMargins(*[2 * theme.length("hair")] * 4)  # space for the focus ring
        for line in self._lines:
            line.setSpacing(theme.length("s"))
        self._list.setPalette(make_palette(theme, "page"))
        self._answer.setFont(theme.font("ui"))
        self._answer.setPalette(make_palette(theme, "sunken"))
        self._answer.document().setDocumentMargin(theme.length("s"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Batch run"))
        self._back.set_name(self.tr("Back to chats"), shortcut="Esc")
        self._choose_files.setText(self.tr("Text files…"))
        self._choose_table.setText(self.tr("Table rows…"))
        self._at_once_name.set_text(self.tr("at once"))
        self._at_once.setAccessibleName(self.tr("Requests at once"))
        self._stop.setText(self.tr("Stop"))
        self._retry_button.setText(self.tr("Retry failed"))
        self._save.setText(self.tr("Save as table…"))
        self._list.setAccessibleName(self.tr("Inputs and answers"))
        self._answer.setAccessibleName(self.tr("The answer"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
