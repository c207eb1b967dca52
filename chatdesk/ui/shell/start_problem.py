"""What is shown instead of the window when the chats cannot be opened. Nothing was written; nothing is started fresh."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.errors import StorageError
from chatdesk.ui.errors import describe_error
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.label import Label


class StartProblem(QWidget):
    """Says what is wrong, where the files are, and that they are untouched."""

    def __init__(self, appearance: Appearance, error: StorageError, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("Chatdesk")
        theme = appearance.theme
        text = describe_error(error)
        quit_button = Button(appearance, self.tr("Quit"), ButtonKind.FILLED, self)
        quit_button.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        margin = theme.length("page")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.length("m"))
        layout.addWidget(Label(appearance, "title", "text", self, text=text.sentence, wrap=True))
        for words in (text.consequence, self.tr("Your files are in {folder}").format(folder=folder), text.details):
            if words:
                layout.addWidget(Label(appearance, "ui", "textSecondary", self, text=words, wrap=True, selectable=True))
        layout.addWidget(quit_button, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(theme.length("settingsColumn") * 3 // 4)
