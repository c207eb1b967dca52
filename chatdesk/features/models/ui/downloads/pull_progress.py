"""Progress of a download: a bar, a line of text, and the reason for a failure."""

import time
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.download_texts import progress_text
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class PullProgressLine(QWidget):
    """Progress line, hidden if there is nothing to show."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar = ProgressBar(appearance, "", self)
        self._text_label = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._text_label.setObjectName("pullProgress")
        self._failure = Label(appearance, "caption", "danger", self, wrap=True)
        self._failure.setObjectName("pullFailure")
        self._retrying: Pull | None = None
        self._shown_at = 0.0
        self._countdown_timer = QTimer(self, interval=1_000)
        self._countdown_timer.timeout.connect(self._count_down)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, appearance.theme.length("s"), 0, 0)
        column.setSpacing(appearance.theme.length("xs"))
        for part in (self._bar, self._text_label, self._failure):
            column.addWidget(part)

    def show_pull(self, pull: Pull | None) -> None:
        """Show a download; None for nothing."""
        shown = pull is not None and pull.state is not PullState.DONE
        self.setVisible(shown)
        self._follow_wait(pull)
        if pull is None or not shown:
            return
        failed = pull.state is PullState.FAILED
        text = progress_text(pull)
        self._bar.setVisible(not failed or bool(pull.progress.completed))
        self._bar.set_fraction(pull.progress.fraction)
        self._bar.set_color("danger" if failed else "accent")
        self._bar.setAccessibleName(pull.ref.model_id)
        self._text_label.set_text(text)
        self._text_label.setVisible(bool(text))
        self._failure.set_text(in_one_piece(describe_error(pull.error)) if failed and pull.error else "")
        self._failure.setVisible(failed)

    def _follow_wait(self, pull: Pull | None) -> None:
        """Count down the seconds until the next attempt."""
        retrying = pull if pull and pull.state is PullState.RETRYING else None
        if retrying == self._retrying:
            return
        self._retrying, self._shown_at = retrying, time.monotonic()
        if retrying:
            self._countdown_timer.start()
        else:
            self._countdown_timer.stop()

    def _count_down(self) -> None:
        if self._retrying:
            left = max(0.0, self._retrying.waits - (time.monotonic() - self._shown_at))
            self._text_label.set_text(progress_text(replace(self._retrying, waits=left)))
