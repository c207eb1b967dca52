"""Batch page, next to the sidebar: choose a preset and inputs, run the preset over them, read and save the answers.

In a narrow page, the list and the answer are shown one at a time.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.batch.domain.batch import (
    BatchInput,
    BatchRow,
    BatchState,
    ColumnMapping,
    RowState,
    Table,
    inputs_of_table,
    suggested_mapping,
)
from chatdesk.features.batch.services.batch_sources import from_files, read_table
from chatdesk.features.batch.services.preset_batch import BatchChanged, PresetBatch
from chatdesk.features.batch.ui.batch_answer import BatchAnswer
from chatdesk.features.batch.ui.batch_foot import BatchFoot
from chatdesk.features.batch.ui.batch_rows import BatchRowDelegate, BatchRows, state_text
from chatdesk.features.batch.ui.batch_setup import BatchDropTarget, BatchSetup, titles_of
from chatdesk.features.chat.ui.transcript.read_only_transcript import ReadOnlyTranscript
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.picker.page_model import PageModel
from chatdesk.features.presets.domain.search import PresetSearch
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.presets.ui.editor.preset_texts import category_name
from chatdesk.features.presets.ui.use.filled_text import Run
from chatdesk.features.presets.ui.use.preview_runs import filled_runs
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.preset import Preset, PresetKind
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.errors.error_texts import describe_failure, sentence_and_consequence
from chatdesk.ui_kit.files.file_saver import FileSaver, dialog_folder
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.lists.scrolling import FittingArea
from chatdesk.ui_kit.lists.spinner_clock import SpinnerClock
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import SubpageHeader
from chatdesk.ui_kit.widgets.splitter import Splitter

_TABLES = (".csv", ".tsv")
_LAYOUT_BATCH = 1_000
_MIN_TWO_COLUMNS = 720
_LIST_WIDTH, _MIN_LIST, _MAX_LIST = 400, 360, 520
"""Pixels at 100 %."""
_SETUP_SHARE = 0.5
"""Maximum share of the height for the form; beyond that it scrolls."""


class BatchPage(Translated, QWidget):
    """Page for batch runs. The run belongs to the program: it continues while the page is not shown."""

    closed = Signal()
    """The user returned to the presets."""

    def __init__(
        self,
        appearance: Appearance,
        batch: PresetBatch,
        presets: Presets,
        settings: Settings,
        files: FileSaver,
        tasks: Tasks,
        transcript: ReadOnlyTranscript,
        make_model: Callable[[ModelPicker], PageModel],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._batch = batch
        self._presets = presets
        self._settings = settings
        self._files = files
        self._tasks = tasks
        self._search = PresetSearch(category_name)
        self._inputs: list[BatchInput] = []
        """Inputs that were chosen for the next run."""
        self._table: Table | None = None
        """The table that they come from."""
        self._mapped = ColumnMapping()
        """The columns with which they were made of it."""
        self._shows_answer = False
        """Whether a narrow page shows the answer."""
        self.header = SubpageHeader(appearance, "batch", self)
        self.header.parent_requested.connect(self.closed)
        picker = ModelPicker(appearance, self.header)
        picker.setObjectName("batchModel")
        self.header.add(picker)
        self._model = make_model(picker)
        self._model.changed.connect(self._show_state)
        self._setup = BatchSetup(appearance, self._find_presets)
        self._setup.preset_chosen.connect(lambda key: self._use(self._applied(key)))
        self._setup.changed.connect(self._setup_changed)
        self._setup_area = FittingArea(self._setup, self)
        self._drop_target = BatchDropTarget(appearance)
        self._drop_target.files_requested.connect(self._ask_for_files)
        self._drop_target.table_requested.connect(self._ask_for_table)
        self._heading = Label(appearance, "label", "text", elide=True)
        self._heading.setObjectName("batchHeading")
        self._more_files = self._button("plus", "addBatchFiles", self._ask_for_files)
        self._other_table = self._button("table", "addBatchTable", self._ask_for_table)
        self._trouble = Notice(appearance, None, NoticeKind.WARNING)
        self._trouble.setObjectName("batchTrouble")
        self._trouble.hide()
        self._rows = BatchRows()
        self._list = self._make_list()
        self._clock = SpinnerClock(appearance, self)
        self._clock.ticked.connect(self._turn_spinners)
        self._answer = BatchAnswer(appearance, transcript)
        self._answer.back_requested.connect(lambda: self._show_side(answer=False))
        self._answer.copy_requested.connect(self._copy_answer)
        self._answer.save_requested.connect(self._save_answer)
        self._answer.again_requested.connect(self._ask_again)
        self._foot = BatchFoot(appearance, batch, self)
        for signal, act in (
            (self._foot.start_requested, self._begin),
            (self._foot.pause_requested, batch.pause),
            (self._foot.resume_requested, batch.resume),
            (self._foot.stop_requested, self._stop_run),
            (self._foot.retry_requested, batch.retry_failed),
            (self._foot.save_requested, self._save_table),
        ):
            signal.connect(act)
        self._lay_out()
        self.setAutoFillBackground(True)
        self.setAcceptDrops(True)
        self._end_listening = batch.changes.subscribe(self._on_change)
        appearance.bind(self._restyle)
        self._retranslate()

    def open(self, preset: AppliedPreset | None) -> None:
        """Prepare a run with a preset; the previous run stays visible until another one starts."""
        if preset is None:
            preset = self._setup.preset or self._batch.preset
        self._use(preset)
        if not self._has_rows:
            self._setup.focus_first() if preset is None else self._drop_target.focus_first()
        else:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_files(self, paths: Sequence[Path]) -> None:
        """Use files as inputs; a single table provides one input per row."""
        if not paths or self._batch.state is BatchState.RUNNING:
            return
        self._settings.set(ATTACH_FOLDER, str(paths[0].parent))
        if len(paths) == 1 and paths[0].suffix.lower() in _TABLES:
            self._tasks.start(self._use_table(paths[0]), "read a table")
        else:
            self._tasks.start(self._use_files(paths), "take files")

    def end(self) -> None:
        """Stop listening for changes."""
        self._model.end()
        self._end_listening()

    # The preset and the inputs.

    def _find_presets(self, text: str) -> tuple[Preset, ...]:
        """Return the presets that a run can use: those for chats."""
        found = self._search.find(self._presets.all(), text, self._presets.state)
        return tuple(preset for preset in found if preset.kind is PresetKind.CHAT)

    def _applied(self, key: str) -> AppliedPreset | None:
        preset = self._presets.find(key)
        return AppliedPreset.of(preset, self._presets.state(key).values) if preset else None

    def _use(self, preset: AppliedPreset | None) -> None:
        self._setup.show_preset(preset)
        if self._table:
            self._setup.show_table(self._table, suggested_mapping(self._table, titles_of(preset)))
        self._map_table()
        self._show_rows()
        self._show_state()

    async def _use_files(self, paths: Sequence[Path]) -> None:
        inputs = await asyncio.to_thread(from_files, paths)
        kept = self._inputs if self._table is None else []
        known = {each.path for each in kept}
        self._table = None
        self._setup.show_table(None, ColumnMapping())
        await self._use_inputs([*kept, *(each for each in inputs if each.path not in known)])

    async def _use_table(self, path: Path) -> None:
        table = await read_table(path)
        mapping = suggested_mapping(table, titles_of(self._setup.preset))
        inputs = await asyncio.to_thread(inputs_of_table, table, mapping)
        self._table, self._mapped = table, mapping
        self._setup.show_table(table, mapping)
        await self._use_inputs(inputs)

    async def _use_inputs(self, inputs: list[BatchInput]) -> None:
        await self._show_inputs(inputs)
        if self.isVisible():
            self._foot.focus_start()

    async def _show_inputs(self, inputs: list[BatchInput]) -> None:
        rows = await asyncio.to_thread(lambda: [BatchRow(each) for each in inputs])
        self._inputs = inputs
        self._rows.show(rows)
        if rows:
            self._list.setCurrentIndex(self._rows.index(0))
        self._show_answer()
        self._show_state()

    def _setup_changed(self) -> None:
        """Follow another column or value."""
        self._map_table()
        self._show_answer()
        self._show_state()

    def _map_table(self) -> None:
        """Make the inputs of the table again if other columns were chosen."""
        if self._table and self._setup.mapping != self._mapped:
            self._tasks.start(self._remap(self._table, self._setup.mapping), "map the columns of a table")

    async def _remap(self, table: Table, mapping: ColumnMapping) -> None:
        self._mapped = mapping
        inputs = await asyncio.to_thread(inputs_of_table, table, mapping)
        if table is self._table and mapping == self._mapped:
            await self._show_inputs(inputs)

    # The run.

    def _begin(self) -> None:
        preset, model = self._setup.preset, self._model.chosen
        if self._setup.missing:
            self._setup.show_missing()
        elif preset and model and self._inputs:
            self._tasks.start(self._start(preset, model.ref), "begin a batch")

    async def _start(self, preset: AppliedPreset, model: ModelRef) -> None:
        """Start a run; the chosen inputs are kept if it cannot be saved."""
        inputs, self._inputs = self._inputs, []
        table, self._table = self._table, None
        try:
            await self._batch.start(preset, model, inputs, at_once=self._foot.at_once)
        except FileNotSaved:
            self._inputs, self._table = inputs, table
            self._show_state()
            raise
        self._setup.show_table(None, ColumnMapping())
        if self.isVisible():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
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

    # What is shown.

    @property
    def _has_rows(self) -> bool:
        return bool(self._inputs or self._batch.rows)

    def _show_rows(self) -> None:
        if self._rows.shows(self._batch.rows):
            self._list.viewport().update()
        elif not self._inputs:
            row = max(self._list.currentIndex().row(), 0)
            self._rows.show(self._batch.rows)
            if self._rows.rowCount():
                self._list.setCurrentIndex(self._rows.index(min(row, self._rows.rowCount() - 1)))
        self._show_answer()

    def _show_answer(self) -> None:
        index = self._list.currentIndex()
        row = self._rows.row(index) if index.isValid() and index.row() < self._rows.rowCount() else None
        if row is None:
            self._answer.show_introduction()
            return
        can_retry = not self._inputs and row.state in {RowState.DONE, RowState.FAILED}
        self._answer.show_row(row, self._sent(row), can_retry=can_retry)

    def _sent(self, row: BatchRow) -> list[Run]:
        """Return the text that is sent for a row. The content of a file is named, not read."""
        preset = self._setup.preset if self._inputs else self._batch.preset
        if preset is None:
            return []
        text = row.input.text or self.tr("[the text of {file}]").format(file=row.input.title)
        return filled_runs(preset.with_values(row.input.values), text)

    def _show_state(self) -> None:
        batch = self._batch
        running = batch.state is BatchState.RUNNING
        shown = self._has_rows
        self._inside.setCurrentIndex(1 if shown else 0)
        count = len(self._inputs) or len(batch.rows)
        self._heading.set_text(counted(lambda number: self.tr("%n text(s)", "", number), count))
        for button in (self._more_files, self._other_table):
            button.setEnabled(not running)
        self._setup.setEnabled(not running)
        trouble = batch.trouble if not self._inputs and not running else None
        if trouble:
            self._trouble.show_text(sentence_and_consequence(describe_failure(trouble)))
        self._trouble.setVisible(trouble is not None)
        self._foot.show_state(len(self._inputs), self._obstacle())
        if running:
            self._clock.start()
        else:
            self._clock.stop()
        self._fit_setup()

    def _obstacle(self) -> str:
        """Return why the chosen inputs cannot be run; empty if they can."""
        if self._setup.preset is None:
            return self.tr("Choose a preset first")
        if self._model.chosen is None:
            return self.tr("Choose a model first")
        return ""

    def _turn_spinners(self, angle: float) -> None:
        self._delegate.angle = angle
        if not self.isVisible():
            return
        top = self._list.indexAt(self._list.viewport().rect().topLeft())
        height = self._appearance.theme.length("rowMenu")
        for number in range(max(top.row(), 0), top.row() + self._list.viewport().height() // height + 2):
            if number < self._rows.rowCount():
                index = self._rows.index(number)
                if self._rows.row(index).state is RowState.RUNNING:
                    self._list.update(index)

    # Answers.

    def _copy_answer(self) -> None:
        if row := self._answer.row:
            QGuiApplication.clipboard().setText(row.answer)

    def _save_answer(self) -> None:
        if row := self._answer.row:
            name = safe_file_name(Path(row.input.title).stem) or self.tr("Answer")
            self._files.ask(f"{name}.md", row.answer)

    def _ask_again(self) -> None:
        self._batch.retry([self._list.currentIndex().row()])

    def _save_table(self) -> None:
        headings = (self.tr("Input"), self.tr("Answer"), self.tr("State"), self.tr("Seconds"), self.tr("Tokens"))

        async def make(_path: Path) -> str:
            return await asyncio.to_thread(self._batch.as_csv, headings, state_text)

        preset = self._batch.preset
        name = safe_file_name(preset.name if preset else "") or self.tr("Results")
        self._files.ask_for(name, {"csv": self.tr("Table")}, make)

    # Files.

    def _ask_for_files(self) -> None:
        self._ask(self.tr("Choose files"), self.tr("All files") + " (*)", several=True)

    def _ask_for_table(self) -> None:
        self._ask(self.tr("Choose a table"), self.tr("Tables") + " (*.csv *.tsv *.txt)", several=False)

    def _ask(self, title: str, kinds: str, *, several: bool) -> None:
        dialog = QFileDialog(self, title, str(dialog_folder(self._settings.get(ATTACH_FOLDER))), kinds)
        dialog.setObjectName("batchDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if several:
            dialog.filesSelected.connect(lambda names: self.use_files([*map(Path, names)]))
        else:
            dialog.fileSelected.connect(lambda name: self._tasks.start(self._use_table(Path(name)), "read a table"))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self._batch.state is not BatchState.RUNNING:
            event.acceptProposedAction()
            self._drop_target.set_awaiting(awaiting=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_target.set_awaiting(awaiting=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_target.set_awaiting(awaiting=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.use_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # Layout.

    def _make_list(self) -> ListView:
        view = ListView(self)
        view.setObjectName("batchList")
        view.setModel(self._rows)
        self._delegate = BatchRowDelegate(self._appearance, self._rows)
        view.setItemDelegate(self._delegate)
        view.setUniformItemSizes(True)
        view.setLayoutMode(QListView.LayoutMode.Batched)  # laying out 20,000 rows at once would block the window
        view.setBatchSize(_LAYOUT_BATCH)
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentChanged.connect(self._show_answer)
        view.clicked.connect(lambda _index: self._show_side(answer=True))
        view.activated.connect(lambda _index: self._show_side(answer=True))
        return view

    def _button(self, icon: str, name: str, act: object) -> Button:
        button = Button(self._appearance, "", ButtonKind.PLAIN, self, icon=icon, small=True)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        self._left = QWidget(self)
        self._empty, listed = QWidget(self._left), QWidget(self._left)
        self._empty_layout = QVBoxLayout(self._empty)
        self._empty_layout.addWidget(self._drop_target)
        self._list_head = QHBoxLayout()
        self._list_head.addWidget(self._heading, 1)
        for button in (self._more_files, self._other_table):
            self._list_head.addWidget(button)
        self._trouble_layout = QVBoxLayout()
        self._trouble_layout.addWidget(self._trouble)
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(self._appearance, listed))
        column.addLayout(self._list_head)
        column.addLayout(self._trouble_layout)
        column.addWidget(self._list, 1)
        self._inside = QStackedWidget(self._left)
        self._inside.addWidget(self._empty)
        self._inside.addWidget(listed)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._setup_area)
        left.addWidget(self._inside, 1)
        self._split = Splitter(Qt.Orientation.Horizontal, self)
        self._split.addWidget(self._left)
        self._split.addWidget(self._answer)
        self._split.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self._split, 1)
        page.addWidget(self._foot)

    def _scaled(self, length: int) -> int:
        return round(length * self._appearance.theme.scale)

    @property
    def _narrow(self) -> bool:
        return self.width() < self._scaled(_MIN_TWO_COLUMNS)

    def _show_side(self, *, answer: bool) -> None:
        """Show the list or the answer in a narrow page."""
        self._shows_answer = answer
        self._arrange()
        if self._narrow and not answer:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        narrow = self._narrow
        self._left.setVisible(not narrow or not self._shows_answer)
        self._answer.setVisible(not narrow or self._shows_answer)
        self._answer.set_back(shown=narrow)
        self._left.setMinimumWidth(0 if narrow else self._scaled(_MIN_LIST))
        self._left.setMaximumWidth(16_777_215 if narrow else self._scaled(_MAX_LIST))
        self._foot.set_compact(compact=narrow)
        self._fit_setup()

    def _fit_setup(self) -> None:
        self._setup_area.set_max_height(round(self.height() * _SETUP_SHARE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, gap = theme.length("l"), theme.length("s")
        self._empty_layout.setContentsMargins(side, 0, side, side)
        self._list_head.setContentsMargins(side, gap, gap, gap)
        self._list_head.setSpacing(0)
        self._trouble_layout.setContentsMargins(side, 0, side, gap)
        self._list.setPalette(make_palette(theme, "page"))
        width = self._scaled(_LIST_WIDTH)
        self._split.setSizes([width, max(self.width() - width, width)])

    def _retranslate(self) -> None:
        self.header.set_titles(
            QCoreApplication.translate("Pages", "Presets"), QCoreApplication.translate("Pages", "Batch run")
        )
        self._more_files.setText(self.tr("Add files…"))
        self._other_table.setText(self.tr("Table…"))
        self._list.setAccessibleName(self.tr("Inputs and answers"))
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc: to the list in a narrow page, then to the presets."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._narrow and self._shows_answer:
            self._show_side(answer=False)
        else:
            self.closed.emit()
