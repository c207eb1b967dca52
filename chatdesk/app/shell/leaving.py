"""Closing the window and quitting while the program works: asks, keeps working without a window, and ends when that is done.

Made when it is first needed. The question: `jobs_sheet.py`; the time without a window: `background.py`.
"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.background import Background
from chatdesk.app.shell.job_words import JobWords
from chatdesk.app.shell.jobs_sheet import JobsSheet
from chatdesk.app.shell.notifications import notify
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

_MOST_NAMES = 5


class Leaving(QObject):
    """`window` is what is closed; it tells when it is seen again (`came_back`). `end` before the services are closed."""

    quit_requested = Signal()

    def __init__(self, appearance: Appearance, program: Program, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._program = program
        self._tasks = tasks
        self._window = window
        self._words = JobWords(program, self)
        self._sheet: JobsSheet | None = None
        self._background: Background | None = None
        self._with_it: list[QWidget] = []
        """Windows that were hidden together with this one."""
        self._names: list[str] = []
        """What was to be finished without the window."""

    def ask(self, *, closing: bool) -> None:
        """Ask what shall become of the work: `closing` when the window is closed, otherwise the program is to end."""
        if not self._program.work.jobs():
            self.quit_requested.emit()
            return
        if self._sheet and self._sheet.closing is closing:
            return
        self._forget_sheet()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._sheet = sheet = JobsSheet(self._appearance, self._program, self._window, closing=closing)
        sheet.keep_wanted.connect(self._keep_working)
        sheet.stop_wanted.connect(self._stop)
        sheet.nothing_left.connect(self._stop)
        sheet.dismissed.connect(self._forget_sheet)
        sheet.open()

    def came_back(self) -> None:
        """Wait no longer for the end of the work: the window is seen again."""
        if self._background:
            self._background.end()
            self._background = None
        for window in self._with_it:
            window.show()
        self._with_it.clear()

    def end(self) -> None:
        """Ask and wait no longer."""
        self._forget_sheet()
        if self._background:
            self._background.end()
            self._background = None

    def _keep_working(self) -> None:
        self._forget_sheet()
        self._names = [self._words.name(job) for job in self._program.work.jobs()]
        self._with_it = [
            window
            for window in QApplication.topLevelWidgets()
            if window.isVisible() and window.objectName() == "previewWindow"
        ]
        for window in (*self._with_it, self._window):
            window.hide()
        self._background = Background(self._program.work, self)
        self._background.done.connect(
            lambda: self._tasks.start(self._quit_with_words(self.tr("Chatdesk is done and has quit")), "end when done")
        )
        self._background.fell_silent.connect(
            lambda: self._tasks.start(
                self._quit_with_words(self.tr("Chatdesk has quit: nothing came for 30 minutes")), "end in silence"
            )
        )

    async def _quit_with_words(self, words: str) -> None:
        self.end()
        names = self._names[:_MOST_NAMES] + (["…"] if len(self._names) > _MOST_NAMES else [])
        await notify(words, "\n".join(names))
        if not self._window.isVisible():  # it may have been brought back meanwhile
            self.quit_requested.emit()

    def _stop(self) -> None:
        self._forget_sheet()
        self.quit_requested.emit()

    def _forget_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet:
            sheet.leave()
