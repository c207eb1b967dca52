"""Getting a model by its name: a field, and the downloads of names that are not in the guide."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.model import ModelRef
from chatdesk.domain.pull_state import Pull
from chatdesk.ui.guide.pull_actions import PullActions
from chatdesk.ui.guide.pull_progress import PullProgressLine
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.text_field import TextField

_LONGEST_NAME = 300


class OtherModels(QWidget):
    """`named` carries what was typed; the other signals the `ModelRef` of a download."""

    named = Signal(str)
    resumed = Signal(ModelRef)
    paused = Signal(ModelRef)
    cancelled = Signal(ModelRef)
    chat_requested = Signal(ModelRef)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = Label(appearance, "ui", "text", self, strong=True)
        self._name = TextField(appearance, "", self, icon="search")
        self._name.edit.setObjectName("modelName")
        self._name.edit.setMaxLength(_LONGEST_NAME)
        self._name.submitted.connect(self._get)
        self._name.changed.connect(self._enable)
        self._button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._button.setObjectName("getNamedModel")
        self._button.clicked.connect(self._get)
        self._can_get = False
        self._rows: list[_PullRow] = []
        line = QHBoxLayout()
        line.setSpacing(appearance.theme.length("s"))
        line.addWidget(self._name, 1)
        line.addWidget(self._button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(appearance.theme.length("s"))
        self._column.addWidget(self._title)
        self._column.addLayout(line)
        self._retranslate()

    def show_pulls(self, pulls: Sequence[Pull], *, can_get: bool) -> None:
        """Show these downloads."""
        self._can_get = can_get
        while len(self._rows) < len(pulls):
            row = _PullRow(self._appearance, self)
            row.buttons.get_requested.connect(lambda row=row: self.resumed.emit(row.ref))
            row.buttons.pause_requested.connect(lambda row=row: self.paused.emit(row.ref))
            row.buttons.cancel_requested.connect(lambda row=row: self.cancelled.emit(row.ref))
            row.buttons.chat_requested.connect(lambda row=row: self.chat_requested.emit(row.ref))
            self._rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(pulls))
            if place < len(pulls):
                row.show_pull(pulls[place], can_get=can_get)
        self._enable()

    def _get(self) -> None:
        name = self._name.edit.text().strip()
        if name and self._can_get:
            self._name.edit.clear()
            self.named.emit(name)

    def _enable(self) -> None:
        self._button.setEnabled(self._can_get and bool(self._name.edit.text().strip()))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Another model"))
        words = self.tr("Name in Ollama's library, such as qwen3:14b")
        self._name.edit.setPlaceholderText(words)
        self._name.edit.setAccessibleName(words)
        self._button.setText(self.tr("Get"))
        self._enable()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _PullRow(QWidget):
    """One download: its name, its buttons, how far it is."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.ref = ModelRef("", "")
        self.buttons = PullActions(appearance, self, small=True)
        self._name = Label(appearance, "ui", "text", self, elide=True)
        self._progress = PullProgressLine(appearance, self)
        line = QHBoxLayout()
        line.setSpacing(appearance.theme.length("s"))
        line.addWidget(self._name, 1)
        line.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._progress)

    def show_pull(self, pull: Pull, *, can_get: bool) -> None:
        """Show it."""
        self.ref = pull.ref
        self._name.set_text(plain_line(pull.ref.model_id))
        self.buttons.show_pull(pull, can_get=can_get)
        self._progress.show_pull(pull)
