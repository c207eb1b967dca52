"""The right side of the batch page: an input with its answer, what will be sent, or what to do first. Only widgets and signals."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.batch.domain.batch import BatchRow, RowState
from chatdesk.features.chat.ui.transcript.read_only_transcript import ReadOnlyTranscript
from chatdesk.features.presets.ui.use.filled_text import FilledText, Run
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.ui_kit.errors.error_texts import describe_failure, sentence_and_consequence
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.disclosure import Disclosure
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader

_MAX_ANSWER_LENGTH = 50_000
"""Maximum number of characters of a displayed answer; the saved table is complete."""


class BatchAnswer(Translated, QWidget):
    """Shows one input of the run at a time with `show_row`, or the introduction with `show_introduction`."""

    back_requested = Signal()
    copy_requested = Signal()
    save_requested = Signal()
    again_requested = Signal()

    def __init__(self, appearance: Appearance, transcript: ReadOnlyTranscript, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.transcript = transcript
        self._row: BatchRow | None = None
        self._head = PageHeader(appearance, self)
        self._back = IconButton(appearance, "arrow-left", self._head)
        self._back.setObjectName("batchBack")
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._title = Label(appearance, "label", "text", self._head, elide=True)
        self._title.setObjectName("batchTitle")
        self._facts = Label(appearance, "caption", "textTertiary", self._head)
        self._copy = self._button("copyBatchAnswer", "copy", self.copy_requested.emit)
        self._save = self._button("saveBatchAnswer", "download", self.save_requested.emit)
        self._again = self._button("againBatchAnswer", "refresh-cw", self.again_requested.emit)
        self._head_row = QHBoxLayout(self._head)
        for head_part in (self._back, self._title, self._facts):
            self._head_row.addWidget(head_part)
        self._head_row.addStretch(1)
        for button in (self._copy, self._save, self._again):
            self._head_row.addWidget(button)
        self._sent = Disclosure(appearance, "batchSent", self)
        self._sent_text = FilledText(appearance)
        self._sent.content.addWidget(self._sent_text)
        self._sent_tokens = 0
        self._notice = Notice(appearance, self, NoticeKind.DANGER)
        self._notice.setObjectName("batchFailure")
        self._notice.acted.connect(self.again_requested)
        self._waiting = Label(appearance, "ui", "textTertiary", self)
        self._waiting.setObjectName("batchWaiting")
        transcript.setParent(self)
        transcript.setObjectName("batchAnswer")
        shown = QWidget(self)
        self._above = QVBoxLayout()
        for part in (self._sent, self._notice, self._waiting):
            self._above.addWidget(part)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(self._above)
        column.addWidget(transcript, 1)
        self._spacer = QWidget(shown)
        column.addWidget(self._spacer, 1)
        self._introduction = _Introduction(appearance, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._introduction)
        self._stack.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._stack)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def row(self) -> BatchRow | None:
        """The input that is shown."""
        return self._row

    def show_introduction(self) -> None:
        """Show the steps of a run."""
        self._row = None
        self._stack.setCurrentIndex(0)

    def show_row(self, row: BatchRow, sent: Sequence[Run], *, can_retry: bool) -> None:
        """Show an input: what is sent for it, and its answer or why there is none. While it waits, what will be sent is unfolded."""
        before, self._row = self._row, row
        changed = before is None or (row.input, row.state, row.answer) != (before.input, before.state, before.answer)
        self._stack.setCurrentIndex(1)
        self._sent_text.show_runs(sent)
        self._sent_tokens = 0 if row.input.path else estimate_tokens("".join(text for text, _color in sent))
        self._sent.setVisible(bool(sent))
        self._again.setEnabled(can_retry)
        if changed:
            (self._sent.open if row.state is RowState.WAITING else self._sent.close_content)()
            self.transcript.show_answer(row.answer[:_MAX_ANSWER_LENGTH])
        self._show_texts(can_retry=can_retry)

    def set_back(self, *, shown: bool) -> None:
        """Show the button that leads back to the list."""
        self._back.setVisible(shown)

    def _show_texts(self, *, can_retry: bool) -> None:
        row = self._row
        if row is None:
            return
        self._title.set_text(plain_line(row.input.title))
        facts = []
        if row.seconds is not None:
            facts.append(self.tr("{seconds} s").format(seconds=QLocale().toString(row.seconds, "f", 1)))
        if row.tokens is not None:
            facts.append(counted(lambda count: self.tr("%n token(s)", "", count), row.tokens))
        self._facts.setText(" · ".join(facts))
        waits = row.state is RowState.WAITING
        sent = self.tr("What will be sent") if waits else self.tr("What was sent")
        if self._sent_tokens:
            count = QLocale().toString(self._sent_tokens)
            sent = self.tr("{what}: about {count} tokens").format(what=sent, count=count)
        self._sent.set_labels(sent)
        self._notice.setVisible(row.failure is not None)
        if row.failure:
            reason = sentence_and_consequence(describe_failure(row.failure))
            self._notice.show_text(reason, self.tr("Try again") if can_retry else "")
        self._waiting.setVisible(row.state in {RowState.WAITING, RowState.RUNNING})
        self._waiting.set_text(self.tr("The answer appears here") if waits else self.tr("Writing…"))
        self.transcript.setVisible(bool(row.answer))
        self._spacer.setVisible(not row.answer)
        for button in (self._copy, self._save):
            button.setVisible(bool(row.answer))
        self._again.setVisible(row.state in {RowState.DONE, RowState.FAILED})

    def _button(self, name: str, icon: str, act: object) -> IconButton:
        button = IconButton(self._appearance, icon, self._head)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xl")
        self._head.setFixedHeight(theme.length("titleRow"))
        self._head_row.setContentsMargins(side, 0, theme.length("m"), 0)
        self._head_row.setSpacing(theme.length("s"))
        self._above.setContentsMargins(side, theme.length("m"), side, 0)
        self._above.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        self._back.set_name(self.tr("Back to the list"), shortcut="Esc")
        self._copy.set_name(self.tr("Copy answer"))
        self._save.set_name(self.tr("Save answer…"))
        self._again.set_name(self.tr("Ask again"))
        self._sent_text.set_name(self.tr("What is sent"))
        self._show_texts(can_retry=self._again.isEnabled())

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(
            QPainter(self), QPointF(0, 0), self.height(), self._appearance.theme.color("borderSubtle"), vertical=True
        )


class _Introduction(Translated, QWidget):
    """The three steps of a run."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._heading = Label(appearance, "heading2", "text", self, wrap=True)
        self._steps = [
            (
                Label(appearance, "ui", "text", self, wrap=True),
                Label(appearance, "ui", "textSecondary", self, wrap=True),
            )
            for _ in range(3)
        ]
        self._inside = QVBoxLayout()
        self._inside.addWidget(self._heading)
        for what, more in self._steps:
            step = QVBoxLayout()
            step.setSpacing(0)
            step.addWidget(what)
            step.addWidget(more)
            self._inside.addLayout(step)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addLayout(self._inside)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column, 3)
        row.addStretch(1)
        appearance.bind(self._restyle)
        self._retranslate()

    def _restyle(self) -> None:
        self._inside.setSpacing(self._appearance.theme.length("l"))

    def _retranslate(self) -> None:
        self._heading.set_text(self.tr("One preset, many texts"))
        texts = (
            (self.tr("Choose a preset"), self.tr("Summarise, translate, reply: any of yours")),
            (
                self.tr("Add files, or a table with a row for each"),
                self.tr("With a table, columns fill the preset's fields"),
            ),
            (
                self.tr("Start, and read the answers as they arrive"),
                self.tr("Nothing is sent before you press Start"),
            ),
        )
        for number, ((what, more), (first, second)) in enumerate(zip(self._steps, texts, strict=True), 1):
            what.set_text(f"{number}.  {first}")
            more.set_text(second)
            more.setAlignment(Qt.AlignmentFlag.AlignLeading)
