"""Closing the window and quitting during work: asks the user, and optionally keeps working without a window until it is done.

Created only if work is in progress.
"""

from collections import Counter
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.job_texts import JobTexts
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.running_work import Job, JobKind, RunningWork
from chatdesk.system.desktop_notification import show_notification
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind
from chatdesk.ui_kit.widgets.spinner import Spinner

# Desktop notification for the time without a window.

_NOTIFICATION_TIMEOUT = 2.0
"""Seconds after which a desktop that does not respond is abandoned."""


async def notify(title: str, text: str) -> bool:
    """Show a notification. Return False if the desktop does not support it, or does not respond."""
    try:
        return await run_in_daemon_thread(
            partial(show_notification, title, text), "show a notification", _NOTIFICATION_TIMEOUT
        )
    except TimeoutError:
        return False


# Background work without a window: ends when all jobs are done, or after half an hour without progress.

STALL_SECONDS = 30 * 60.0
_SETTLE_DELAY = 1500
"""Milliseconds without jobs after which work is done: the next download in a queue starts shortly after the previous one."""
_CHECK_INTERVAL = 10_000
"""Milliseconds between checks for missing progress."""


class Background(QObject):
    """Waits for the end of all jobs. Create it when the window is closed; `end` it when the window is shown again, or the program ends."""

    done = Signal()
    stalled = Signal()

    def __init__(self, work: RunningWork, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._settle_timer = QTimer(self, interval=_SETTLE_DELAY, singleShot=True)
        self._settle_timer.timeout.connect(self._settle)
        self._check_timer = QTimer(self, interval=_CHECK_INTERVAL)
        self._check_timer.timeout.connect(self.check_progress)
        self._check_timer.start()
        self._end_listening = work.changes.subscribe(lambda _change: self._follow())
        self._follow()

    def check_progress(self) -> None:
        """Emit `stalled` after too long without progress."""
        if self._work.silent_seconds > STALL_SECONDS:
            self.stalled.emit()

    def end(self) -> None:
        """Stop waiting."""
        self._end_listening()
        self._settle_timer.stop()
        self._check_timer.stop()
        self.deleteLater()

    def _follow(self) -> None:
        if self._work.jobs():
            self._settle_timer.stop()
        else:
            self._settle_timer.start()

    def _settle(self) -> None:
        """Emit `done` unless another window is open, for example the quick question window."""
        if any(window.isVisible() for window in QApplication.topLevelWidgets()):
            self._settle_timer.start()
        else:
            self.done.emit()


# Question before quitting during work: the running jobs as rows, and the options.

_TICK = 1000  # ms


class JobsSheet(Sheet):
    """Question before quitting. `closing` offers to keep working without the window. The list follows jobs that start and end."""

    keep_requested = Signal()
    stop_requested = Signal()
    nothing_left = Signal()
    """All jobs ended while the question was open."""

    def __init__(self, appearance: Appearance, program: Program, window: QWidget, *, closing: bool) -> None:
        super().__init__(appearance, window, SheetKind.QUESTION)
        self.closing = closing
        self._program = program
        self._texts = JobTexts(program.models, self)
        self._card: RowCard | None = None
        self._rows: list[_JobRow] = []
        self._message = Label(appearance, "ui", "textSecondary", wrap=True)
        self.body.setSpacing(appearance.theme.length("l"))
        self.body.addWidget(self._message)
        self._cancel = self.add_button("", ButtonKind.PLAIN)
        self._cancel.clicked.connect(self.cancel)
        self._stop = self.add_button("", ButtonKind.OUTLINED if closing else ButtonKind.FILLED)
        self._stop.clicked.connect(self.stop_requested)
        self._keep_button = self.add_button("", ButtonKind.FILLED) if closing else None
        if self._keep_button:
            self._keep_button.clicked.connect(self.keep_requested)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._end_listening = program.work.changes.subscribe(lambda _change: self._follow())
        self._show_jobs()

    def leave(self) -> None:
        """Close the sheet and stop listening for changes."""
        self._end_listening()
        self._tick.stop()
        super().leave()

    def _follow(self) -> None:
        if self._program.work.jobs():
            self._show_jobs()
        else:
            self.nothing_left.emit()

    def _show_jobs(self) -> None:
        """Show the running jobs. There are few, so all rows are created again."""
        jobs = self._program.work.jobs()
        if self._card:
            self._card.hide()
            self._card.deleteLater()
        self._card = RowCard(self._appearance, fill="page", border="borderDefault")
        self._rows = [_JobRow(self._appearance, job, self._texts, self._server(job)) for job in jobs]
        for row in self._rows:
            self._card.add_row(row)
        self.body.insertWidget(0, self._card)
        self._card.show()
        kinds = Counter(job.kind for job in jobs)
        self.set_heading(self._texts.heading(kinds))
        self._message.set_text(self._texts.background_text() if self.closing else self._texts.stop_text(kinds))
        self._cancel.setText(self.tr("Cancel"))
        self._stop.setText(self.tr("Stop and quit"))
        if self._keep_button:
            self._keep_button.setText(self.tr("Keep working"))
        self.foot.fit()

    def _server(self, job: Job) -> str:
        server = self._program.servers.servers.find(job.model.server_id) if job.model else None
        return server.name if server else ""

    def _show_time(self) -> None:
        for row in self._rows:
            row.show_progress()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange and self._rows:
            self._show_jobs()
        super().changeEvent(event)


class _JobRow(QWidget):
    """Row of one job: its name, its model and server, and its progress."""

    def __init__(self, appearance: Appearance, job: Job, texts: JobTexts, server: str) -> None:
        super().__init__()
        self._job = job
        self._texts = texts
        theme = appearance.theme
        name, model = texts.name(job), texts.model(job)
        facts = [] if job.kind is JobKind.ANSWER or name == texts.kind(job.kind) else [texts.kind(job.kind)]
        facts += [each for each in (model, plain_line(server)) if each and each != name]
        if job.model and model != (model_id := plain_line(job.model.model_id)):
            self.setToolTip(model_id)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(appearance, "ui", "text", text=name, elide=True))
        if facts:
            column.addWidget(Label(appearance, "caption", "textSecondary", text=" · ".join(facts), elide=True))
        self._progress = Label(appearance, "caption", "textSecondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("l"), theme.length("s"))
        row.setSpacing(theme.length("m"))
        row.addWidget(Spinner(appearance), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_progress()

    def show_progress(self) -> None:
        """Show the completed share; if it is unknown, the elapsed time."""
        share = self._job.share
        self._progress.set_text(self._texts.time(self._job.seconds) if share is None else self._texts.share(share))


_MAX_NAMES = 5


class Leaving(QObject):
    """Handles closing and quitting during work. `window` is the main window; call `window_shown` when it is shown again.

    Call `end` before the services are closed.
    """

    quit_requested = Signal()

    def __init__(self, appearance: Appearance, program: Program, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._program = program
        self._tasks = tasks
        self._window = window
        self._texts = JobTexts(program.models, self)
        self._sheet: JobsSheet | None = None
        self._background: Background | None = None
        self._hidden_windows: list[QWidget] = []
        """Windows that were hidden together with the main window."""
        self._names: list[str] = []
        """Names of the jobs to be finished in the background."""

    def ask(self, *, closing: bool) -> None:
        """Ask what to do with the running work. `closing`: the window is being closed; otherwise the program is to end."""
        if not self._program.work.jobs():
            self.quit_requested.emit()
            return
        if self._sheet and self._sheet.closing is closing:
            return
        self._forget_sheet()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._sheet = sheet = JobsSheet(self._appearance, self._program, self._window, closing=closing)
        sheet.keep_requested.connect(self._keep_working)
        sheet.stop_requested.connect(self._stop)
        sheet.nothing_left.connect(self._stop)
        sheet.dismissed.connect(self._forget_sheet)
        sheet.open()

    def window_shown(self) -> None:
        """Stop working in the background, because the window is shown again."""
        if self._background:
            self._background.end()
            self._background = None
        for window in self._hidden_windows:
            window.show()
        self._hidden_windows.clear()

    def end(self) -> None:
        """Close the question, and stop working in the background."""
        self._forget_sheet()
        if self._background:
            self._background.end()
            self._background = None

    def _keep_working(self) -> None:
        self._forget_sheet()
        self._names = [self._texts.name(job) for job in self._program.work.jobs()]
        self._hidden_windows = [
            window
            for window in QApplication.topLevelWidgets()
            if window.isVisible() and window.objectName() == "previewWindow"
        ]
        for window in (*self._hidden_windows, self._window):
            window.hide()
        self._background = Background(self._program.work, self)
        self._background.done.connect(
            lambda: self._tasks.start(self._notify_and_quit(self.tr("Chatdesk has finished and quit")), "end when done")
        )
        self._background.stalled.connect(
            lambda: self._tasks.start(
                self._notify_and_quit(self.tr("Chatdesk has quit after 30 minutes without progress")), "end in silence"
            )
        )

    async def _notify_and_quit(self, text: str) -> None:
        self.end()
        names = self._names[:_MAX_NAMES] + (["…"] if len(self._names) > _MAX_NAMES else [])
        await notify(text, "\n".join(names))
        if not self._window.isVisible():  # the window may have been shown again meanwhile
            self.quit_requested.emit()

    def _stop(self) -> None:
        self._forget_sheet()
        self.quit_requested.emit()

    def _forget_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet:
            sheet.leave()
