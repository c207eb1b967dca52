"""Sheet of the import of chats, in steps: where from, what is in it, which chats, waiting, and the report.

The sheet itself does not read or save anything; `import_presenter.py` does.
"""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.services.files.chat_imports import AddProgress, ImportPreview
from chatdesk.features.conversations.services.files.import_folders import ImportDestination
from chatdesk.features.conversations.services.files.program_data import ProgramData
from chatdesk.features.conversations.ui.importing.chats_step import ChatsStep
from chatdesk.features.conversations.ui.importing.drop_target import ImportDropTarget
from chatdesk.features.conversations.ui.importing.found_step import ExportHelp, FoundStep
from chatdesk.features.conversations.ui.importing.import_choices import ImportChoices
from chatdesk.features.conversations.ui.importing.import_report import Report
from chatdesk.features.conversations.ui.importing.import_texts import program_name
from chatdesk.features.conversations.ui.importing.imported_servers_card import ImportedServersCard
from chatdesk.features.conversations.ui.importing.preview_step import PreviewStep
from chatdesk.features.conversations.ui.importing.report_step import ReportStep
from chatdesk.features.conversations.ui.importing.work_step import ReadingStep, WorkStep
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


class Step(Enum):
    """What the sheet shows."""

    FOUND = auto()
    HELP = auto()
    READING = auto()
    PREVIEW = auto()
    CHATS = auto()
    WORKING = auto()
    REPORT = auto()


_WIDTHS = {Step.READING: SheetKind.REPORT, Step.WORKING: SheetKind.REPORT, Step.REPORT: SheetKind.REPORT}


class ImportSheet(Sheet):
    """The sheet. Open it, then call one of the methods that show a step.

    Closing it while chats are being added, or by `background_requested`, does not end the import: `stop_requested` does.
    """

    paths_chosen = Signal(tuple)
    """Paths of files and folders to read."""
    file_requested = Signal()
    folder_requested = Signal()
    check_requested = Signal()
    start_requested = Signal()
    """Show the first step again, or for the first time."""
    import_requested = Signal()
    stop_requested = Signal()
    undo_requested = Signal()
    save_requested = Signal()
    chats_requested = Signal()
    """Close the sheet and show the imported chats."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(appearance, window, SheetKind.FORM)
        self.setObjectName("importChatsSheet")
        self.setAcceptDrops(True)
        self.step = Step.READING
        self.choices: ImportChoices | None = None
        self._program: Program | None = None
        self._problem = Notice(appearance, self, NoticeKind.DANGER)
        self._problem.setObjectName("importProblem")
        self._problem.acted.connect(self.file_requested)
        self._problem.hide()
        self._shown: QWidget | None = None
        self._preview: PreviewStep | None = None
        self._chats: ChatsStep | None = None
        self._work = WorkStep(appearance, self)
        self._work.hide()
        self._undo = self.add_button("", ButtonKind.PLAIN, icon="undo-2")
        self._undo.setObjectName("undoImport")
        self._undo.clicked.connect(self.undo_requested)
        self._dismiss = self.add_button("")
        self._dismiss.setObjectName("cancelImport")
        self._dismiss.clicked.connect(self._press_dismiss)
        self._second = self.add_button("")
        self._second.setObjectName("secondImport")
        self._second.clicked.connect(self._press_second)
        self._main = self.add_button("", ButtonKind.FILLED)
        self._main.setObjectName("importButton")
        self._main.clicked.connect(self._press_main)
        self.back_requested.connect(self._go_back)
        self.body.setSpacing(appearance.theme.length("m"))
        self.body.addWidget(self._problem)
        self.body.addWidget(self._work)

    @property
    def destination(self) -> ImportDestination | None:
        """Where the chats are to be put."""
        return self._preview.destination if self._preview else None

    @property
    def includes_presets(self) -> bool:
        """Whether the presets and glossaries in the files are to be imported, too."""
        return self._preview is not None and self._preview.includes_presets

    @property
    def includes_servers(self) -> bool:
        """Whether the servers in the files are to be added, too."""
        return self._preview is not None and self._preview.includes_servers

    def show_found(self, found: Sequence[ProgramData]) -> None:
        """Show the first step with the programs that are here."""
        if isinstance(self._shown, FoundStep) and self.step is Step.FOUND:
            self._shown.show_found(found)
            return
        step = FoundStep(self._appearance, self)
        step.show_found(found)
        step.look_requested.connect(lambda data: self.paths_chosen.emit((data.path,)))
        step.check_requested.connect(self.check_requested)
        step.help_requested.connect(self._show_help)
        self._connect_drop_target(step.drop_target)
        self._preview = self._chats = None
        self._show_step(Step.FOUND, step, step.first_button)

    def show_problem(self, text: str) -> None:
        """Show on top why the last file cannot be imported, or why an import failed; an empty text hides it."""
        is_start = self.step in {Step.FOUND, Step.HELP}
        self._problem.show_text(text, self.tr("Other file…") if is_start else "", NoticeKind.DANGER)
        self._problem.setVisible(bool(text))

    def show_reading(self, name: str) -> None:
        """Show that a file is being read."""
        self._show_step(Step.READING, ReadingStep(self._appearance, name, self))

    def show_read(self, count: int) -> None:
        """Show the number of chats found so far."""
        if isinstance(self._shown, ReadingStep):
            self._shown.show_found(count)

    def show_preview(
        self,
        preview: ImportPreview,
        folders: Sequence[Folder],
        *,
        servers: int = 0,
        glossaries: int = 0,
        shows_size: bool = True,
    ) -> None:
        """Show what is in the files, with the numbers of servers and glossaries that are not here yet.

        Not all that is in a folder is read: `shows_size` is False for one.
        """
        choices = self.choices = ImportChoices(preview.chats, self)
        programs = list(dict.fromkeys(source.program for source in preview.sources))
        self._program = programs[0] if len(programs) == 1 else None
        step = self._preview = PreviewStep(
            self._appearance,
            preview,
            choices,
            folders,
            self,
            servers=servers,
            glossaries=glossaries,
            shows_size=shows_size,
        )
        step.other_requested.connect(self.file_requested)
        step.choose_requested.connect(self._show_chats)
        step.changed.connect(self._show_texts)
        self._chats = None
        self._show_step(Step.PREVIEW, step)
        self._main.setFocus()
        self.start()

    def show_work(self, progress: AddProgress, seconds: float) -> None:
        """Show that chats are being added, and how far this is."""
        self._work.show_progress(progress, seconds)
        if self.step is not Step.WORKING:
            self._show_step(Step.WORKING, self._work, self._second)
            self.start()

    def show_report(
        self, make: Callable[[], Report], *, can_undo: bool, servers: ImportedServersCard | None = None
    ) -> None:
        """Show what was imported, and the servers that came with it."""
        self._show_step(Step.REPORT, ReportStep(self._appearance, make, servers, self), self._main)
        self._undo.setVisible(can_undo)
        self.foot.fit()

    def return_to_preview(self) -> None:
        """Show the preview again, because the import was cancelled or failed; close the sheet if there is none."""
        if self._preview:
            self._show_step(Step.PREVIEW, self._preview, self._main)
        else:
            self.leave()

    def _show_help(self, program: Program) -> None:
        self._program = program
        step = ExportHelp(self._appearance, program, self)
        self._connect_drop_target(step.drop_target)
        self._show_step(Step.HELP, step, step.drop_target.first_button)

    def _connect_drop_target(self, target: ImportDropTarget) -> None:
        target.file_requested.connect(self.file_requested)
        target.folder_requested.connect(self.folder_requested)

    def _show_chats(self) -> None:
        if self._chats is None and self.choices:
            self._chats = ChatsStep(self._appearance, self.choices, self)
        if self._chats:
            self._show_step(Step.CHATS, self._chats, self._chats.first_field)

    def _show_step(self, step: Step, widget: QWidget, first: QWidget | None = None) -> None:
        """Show a step in place of the one before. The preview and the list of chats are kept while they are needed."""
        before, self._shown = self._shown, widget
        if before and before is not widget:
            before.hide()
            if before not in {self._preview, self._chats, self._work}:
                before.deleteLater()
        if self.body.indexOf(widget) < 0:
            self.body.addWidget(widget)
        self.step = step
        widget.show()
        self.show_problem("")
        self.set_back(shown=step in {Step.HELP, Step.PREVIEW, Step.CHATS})
        self._show_texts()
        self.set_kind(_WIDTHS.get(step, SheetKind.FORM))
        if first and self.isVisible():
            first.setFocus()

    def _go_back(self) -> None:
        if self.step is Step.CHATS and self._preview:
            self._show_step(Step.PREVIEW, self._preview, self._main)
        else:
            self.start_requested.emit()

    def _press_dismiss(self) -> None:
        if self.step is Step.WORKING:
            self.stop_requested.emit()
        else:
            self.cancel()

    def _press_second(self) -> None:
        if self.step is Step.REPORT:
            self.save_requested.emit()
        else:
            self.leave()

    def _press_main(self) -> None:
        match self.step:
            case Step.PREVIEW if self._preview and self.choices and self.choices.count and self._preview.problem:
                self.show_problem(self._preview.problem)
            case Step.PREVIEW if self._is_all_here and not (self.includes_presets or self.includes_servers):
                self.leave()
                self.chats_requested.emit()
            case Step.PREVIEW:
                self.import_requested.emit()
            case Step.CHATS:
                self._go_back()
            case Step.REPORT:
                self.leave()
                self.chats_requested.emit()
            case _:
                pass

    @property
    def _is_all_here(self) -> bool:
        """Whether all chats of the preview are here already."""
        return self.choices is not None and bool(self.choices.chats) and not self.choices.available

    def _show_texts(self) -> None:
        step, count = self.step, self.choices.count if self.choices else 0
        others = self.includes_presets or self.includes_servers
        program = program_name(self._program) if self._program else ""
        self.set_heading(self._heading(program))
        self._undo.setVisible(False)
        self._undo.setText(self.tr("Undo the import"))
        self._dismiss.setVisible(step in {Step.READING, Step.PREVIEW, Step.WORKING})
        self._dismiss.setText(self.tr("Cancel"))
        self._second.setVisible(step in {Step.WORKING, Step.REPORT})
        self._second.setText(self.tr("Save report…") if step is Step.REPORT else self.tr("Continue in the background"))
        self._main.setVisible(step in {Step.PREVIEW, Step.CHATS, Step.REPORT})
        self._main.setEnabled(step is not Step.PREVIEW or count > 0 or others or self._is_all_here)
        if step is Step.PREVIEW:
            words = self.tr("Show the chats") if self._is_all_here and not others else self.tr("Import")
            if count:
                words = counted(lambda number: self.tr("Import %n chat(s)", "", number), count)
            self._main.setText(words)
        else:
            self._main.setText(self.tr("Done") if step is Step.CHATS else self.tr("Show the chats"))
        self.foot.show_message(
            self.tr("The chats are imported completely or not at all.") if step is Step.PREVIEW and count else ""
        )
        self.foot.fit()

    def _heading(self, program: str) -> str:
        match self.step:
            case Step.HELP:
                return self.tr("Export from {program}").format(program=program)
            case Step.READING:
                return self.tr("Reading…")
            case Step.PREVIEW if program:
                return self.tr("Import from {program}").format(program=program)
            case Step.CHATS:
                return self.tr("Choose chats")
            case Step.WORKING:
                text = self.tr("Importing from {program}") if program else self.tr("Importing chats")
                return text.format(program=program)
            case Step.REPORT:
                return self.tr("Import finished")
            case _:
                return self.tr("Import chats")

    def _retranslate(self) -> None:
        super()._retranslate()
        self._show_texts()

    @property
    def _drop_target(self) -> ImportDropTarget | None:
        return self._shown.drop_target if isinstance(self._shown, FoundStep | ExportHelp) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files wherever they are over the sheet."""
        if self._drop_target and _paths(event.mimeData()):
            event.acceptProposedAction()
            self._drop_target.set_target(is_target=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        if self._drop_target:
            self._drop_target.set_target(is_target=False)

    def dropEvent(self, event: QDropEvent) -> None:
        if self._drop_target and (paths := _paths(event.mimeData())):
            event.acceptProposedAction()
            self._drop_target.set_target(is_target=False)
            self.paths_chosen.emit(paths)


def _paths(data: QMimeData) -> tuple[Path, ...]:
    urls = data.urls() if data.hasUrls() else []
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
