"""Getting a model by its name: a field, and the downloads of names that are not in the guide."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.cloud_errors import SignInNeeded
from chatdesk.domain.model import ModelRef
from chatdesk.domain.model_names import read_model_name
from chatdesk.domain.pull_errors import PullNameMistyped
from chatdesk.domain.pull_state import Pull
from chatdesk.ui.guide.guide_words import problem_words
from chatdesk.ui.guide.pull_actions import PullActions
from chatdesk.ui.guide.pull_progress import PullProgressLine
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.text_field import TextField

_LONGEST_TEXT = 2000
"""Addresses of pages are long; a model's name is at most a few hundred signs."""


class OtherModels(QWidget):
    """`named` carries what was typed; the other signals the `ModelRef` of a download."""

    named = Signal(str)
    insisted = Signal(ModelRef)
    resumed = Signal(ModelRef)
    paused = Signal(ModelRef)
    cancelled = Signal(ModelRef)
    chat_requested = Signal(ModelRef)
    page_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = Label(appearance, "ui", "text", self, strong=True)
        self._name = TextField(appearance, "", self, icon="search")
        self._name.edit.setObjectName("modelName")
        self._name.edit.setMaxLength(_LONGEST_TEXT)
        self._name.submitted.connect(self._get)
        self._name.changed.connect(self._enable)
        self._button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._button.setObjectName("getNamedModel")
        self._button.clicked.connect(self._get)
        self._problem = Label(appearance, "caption", "danger", self, wrap=True)
        self._problem.setObjectName("nameProblem")
        self._problem.hide()
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
        self._column.addWidget(self._problem)
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
            row.buttons.anyway_requested.connect(lambda row=row: self.insisted.emit(row.ref))
            row.page_requested.connect(self.page_requested)
            row.near_requested.connect(lambda near, row=row: self._get_near(row.ref, near))
            self._rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(pulls))
            if place < len(pulls):
                row.show_pull(pulls[place], can_get=can_get)
        self._enable()

    def _get(self) -> None:
        text = self._name.edit.text().strip()
        if not text or not self._can_get:
            return
        named = read_model_name(text)
        if named.problem:
            words = problem_words(named.problem)
            self._problem.set_text(words)
            self._problem.show()
            self._name.edit.setAccessibleDescription(words)
        else:
            self._name.edit.clear()
            self.named.emit(text)

    def _get_near(self, ref: ModelRef, near: str) -> None:
        self.cancelled.emit(ref)
        self.named.emit(near)

    def _enable(self) -> None:
        self._problem.hide()
        self._button.setEnabled(self._can_get and bool(self._name.edit.text().strip()))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Another model"))
        words = self.tr("Name such as qwen3:14b, a model's page, or a line of a terminal")
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
    """One download: its name, its buttons, how far it is; of a name nobody knows, one like it."""

    near_requested = Signal(str)
    page_requested = Signal(str)
    """The address where a person signs in."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.ref = ModelRef("", "")
        self.buttons = PullActions(appearance, self, small=True)
        self._name = Label(appearance, "ui", "text", self, elide=True)
        self._near, self._page = "", ""
        self._get_near = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._get_near.setObjectName("getNearModel")
        self._get_near.clicked.connect(lambda: self.near_requested.emit(self._near))
        self._sign_in = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._sign_in.setObjectName("signInForModel")
        self._sign_in.clicked.connect(lambda: self.page_requested.emit(self._page))
        self._progress = PullProgressLine(appearance, self)
        line = QHBoxLayout()
        line.setSpacing(appearance.theme.length("s"))
        line.addWidget(self._name, 1)
        line.addWidget(self._get_near)
        line.addWidget(self._sign_in)
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
        self._near = pull.error.near.partition(",")[0] if isinstance(pull.error, PullNameMistyped) else ""
        self._get_near.setVisible(bool(self._near) and can_get)
        self._get_near.setText(self.tr("Get {model}").format(model=self._near))
        self._page = pull.error.sign_in_url if isinstance(pull.error, SignInNeeded) else ""
        self._sign_in.setVisible(bool(self._page))
        self._sign_in.setText(self.tr("Sign in…"))
