"""Step of the import in which the user waits: while files are read, and while chats are added."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.conversations.services.files.chat_imports import AddProgress
from chatdesk.features.conversations.ui.importing.import_texts import chats_text, progress_text
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.download_texts import left_text
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.spinner import Spinner

_MIN_SECONDS, _MIN_SHARE = 2.0, 0.02
"""Before that, the remaining time cannot be estimated."""


def seconds_left(share: float, seconds: float) -> float | None:
    """Return the estimated remaining time after this many seconds; None if it is too early for an estimate."""
    if seconds < _MIN_SECONDS or not _MIN_SHARE < share < 1:
        return None
    return seconds * (1 - share) / share


class ReadingStep(Translated, QWidget):
    """Files are being read. Nothing is known about how much there is in them."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._found = 0
        self._words = Label(appearance, "ui", "text", self, elide=True)
        self._count = Label(appearance, "ui", "textTertiary", self)
        self._count.setObjectName("importReading")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, appearance.theme.length("s"), 0, 0)
        row.setSpacing(appearance.theme.length("m"))
        row.addWidget(Spinner(appearance, parent=self))
        row.addWidget(self._words, 1)
        row.addWidget(self._count)
        self._retranslate()

    def show_found(self, count: int) -> None:
        """Show the number of chats found so far."""
        self._found = count
        self._retranslate()

    def _retranslate(self) -> None:
        self._words.set_text(self.tr("Reading {name}…").format(name=self._name))
        self._count.set_text(chats_text(self._found) if self._found else "")


class WorkStep(Translated, QWidget):
    """Chats are being added."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._progress = AddProgress(0, 0)
        self._seconds = 0.0
        self._done = Label(appearance, "ui", "text", self, strong=True)
        self._done.setObjectName("importDone")
        self._left = Label(appearance, "ui", "textTertiary", self)
        self._bar = ProgressBar(appearance, parent=self)
        self._advice = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._top = QHBoxLayout()
        self._top.addWidget(self._done, 1)
        self._top.addWidget(self._left)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._advice)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_progress(self, progress: AddProgress, seconds: float) -> None:
        """Show what has been added in this many seconds."""
        self._progress, self._seconds = progress, seconds
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        progress = self._progress
        share = progress.share if progress.total else 0.0
        self._done.set_text(progress_text(progress))
        self._left.set_text(left_text(seconds_left(share, self._seconds)))
        self._bar.set_fraction(share)
        self._bar.setAccessibleName(self.tr("Import"))
        self._advice.set_text(
            self.tr("You can continue working. All chats appear together when the import is complete.")
        )
