"""Asks before the program ends while it works: what goes on, as rows, and the ways on."""

from collections import Counter

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.job_words import JobWords
from chatdesk.kernel.running_work import Job, JobKind
from chatdesk.ui_kit.forms.row_card import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_line import plain_line
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind
from chatdesk.ui_kit.widgets.spinner import Spinner

_TICK = 1000  # ms


class JobsSheet(Sheet):
    """`closing` offers to keep working without the window; without it the program is to end. It follows what begins and ends meanwhile."""

    keep_wanted = Signal()
    stop_wanted = Signal()
    nothing_left = Signal()
    """All of it came to its end while the question stood there."""

    def __init__(self, appearance: Appearance, program: Program, window: QWidget, *, closing: bool) -> None:
        super().__init__(appearance, window, SheetKind.QUESTION)
        self.closing = closing
        self._look = appearance
        self._program = program
        self._words = JobWords(program, self)
        self._card: RowCard | None = None
        self._rows: list[_JobRow] = []
        self._says = Label(appearance, "ui", "textSecondary", wrap=True)
        self.body.setSpacing(appearance.theme.length("l"))
        self.body.addWidget(self._says)
        self._cancel = self.add_button("", ButtonKind.PLAIN)
        self._cancel.clicked.connect(self.cancel)
        self._stop = self.add_button("", ButtonKind.OUTLINED if closing else ButtonKind.FILLED)
        self._stop.clicked.connect(self.stop_wanted)
        self._keep = self.add_button("", ButtonKind.FILLED) if closing else None
        if self._keep:
            self._keep.clicked.connect(self.keep_wanted)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._end_listening = program.work.changes.subscribe(lambda _change: self._follow())
        self._show_jobs()

    def leave(self) -> None:
        """Go, and listen no longer."""
        self._end_listening()
        self._tick.stop()
        super().leave()

    def _follow(self) -> None:
        if self._program.work.jobs():
            self._show_jobs()
        else:
            self.nothing_left.emit()

    def _show_jobs(self) -> None:
        """Show what goes on now. Few things do at a time: all rows are made anew."""
        jobs = self._program.work.jobs()
        if self._card:
            self._card.hide()
            self._card.deleteLater()
        self._card = RowCard(self._look)
        self._card.set_colors("page", "borderDefault")
        self._rows = [_JobRow(self._look, job, self._words, self._server(job)) for job in jobs]
        for row in self._rows:
            self._card.add_row(row)
        self.body.insertWidget(0, self._card)
        self._card.show()
        kinds = Counter(job.kind for job in jobs)
        self.set_heading(self._words.heading(kinds))
        self._says.set_text(self._words.keeping() if self.closing else self._words.stopping(kinds))
        self._cancel.setText(self.tr("Cancel"))
        self._stop.setText(self.tr("Stop and quit"))
        if self._keep:
            self._keep.setText(self.tr("Keep working"))
        self.foot.fit()

    def _server(self, job: Job) -> str:
        server = self._program.servers.find(job.model.server_id) if job.model else None
        return server.name if server else ""

    def _show_time(self) -> None:
        for row in self._rows:
            row.show_progress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self._rows:
            self._show_jobs()
        super().changeEvent(event)


class _JobRow(QWidget):
    """One job: what it is, who does it, and how far it is."""

    def __init__(self, appearance: Appearance, job: Job, words: JobWords, server: str) -> None:
        super().__init__()
        self._job = job
        self._words = words
        theme = appearance.theme
        name, model = words.name(job), words.model(job)
        facts = [] if job.kind is JobKind.ANSWER or name == words.kind(job.kind) else [words.kind(job.kind)]
        facts += [each for each in (model, plain_line(server)) if each and each != name]
        if job.model and model != (model_id := plain_line(job.model.model_id)):
            self.setToolTip(model_id)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(appearance, "ui", "text", text=name, elide=True))
        if facts:
            texts.addWidget(Label(appearance, "caption", "textSecondary", text=" · ".join(facts), elide=True))
        self._progress = Label(appearance, "caption", "textSecondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("l"), theme.length("s"))
        row.setSpacing(theme.length("m"))
        row.addWidget(Spinner(appearance), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_progress()

    def show_progress(self) -> None:
        """Show how much is done, or where nobody knows, how long it has been going on."""
        share = self._job.share
        self._progress.set_text(self._words.time(self._job.seconds) if share is None else self._words.share(share))
