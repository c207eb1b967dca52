"""What can be done with a model that can be downloaded: *Get*, the state of its download, or *Chat*."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label


class GetAction(Translated, QWidget):
    """One button, or the progress instead of it. If the button disappears while it has the focus, `parent` gets it."""

    get_requested = Signal()
    chat_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._name = ""
        self._pull: Pull | None = None
        self._installed = False
        self._offered = False
        self._progress = Label(appearance, "ui", "accentText", self)
        self._progress.setObjectName("cardProgress")
        self._button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._button.setObjectName("getModel")
        self._button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._progress)
        row.addWidget(self._button)

    @property
    def progress(self) -> str:
        """The state of the download, if it is shown."""
        return self._progress.text()

    def show_state(
        self,
        name: str,
        pull: Pull | None,
        *,
        installed: bool,
        offered: bool,
        enabled: bool = True,
        is_best: bool = False,
    ) -> None:
        """Show what is possible with a model. `offered`: it can be downloaded; `is_best`: the button is the one to press first."""
        self._name, self._pull, self._installed, self._offered = name, pull, installed, offered
        self._button.setEnabled(installed or enabled)
        self._button.set_kind(ButtonKind.FILLED if is_best else ButtonKind.OUTLINED)
        self._retranslate()

    def _act(self) -> None:
        (self.chat_requested if self._installed else self.get_requested).emit()

    def _retranslate(self) -> None:
        pull, had_focus = self._pull, self._button.hasFocus()
        self._progress.set_text(self._progress_text(pull) if pull and pull.is_active and not self._installed else "")
        label = ""
        if self._installed:
            label = self.tr("Chat")
        elif self._offered and not self._progress.text():
            label = self._get_text()
        self._button.setText(label)
        self._button.setAccessibleName(f"{label}: {self._name}")
        self._progress.setVisible(bool(self._progress.text()))
        self._button.setVisible(bool(label))
        if had_focus and not label:
            self._owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _get_text(self) -> str:
        match self._pull.state if self._pull else None:
            case PullState.PAUSED:
                return self.tr("Resume")
            case PullState.FAILED:
                return self.tr("Try again")
            case _:
                return self.tr("Get")

    def _progress_text(self, pull: Pull) -> str:
        if pull.state is PullState.WAITING:
            return self.tr("Waiting")
        return f"{self.locale().toString(int(pull.progress.fraction * 100))}{self.locale().percent()}"
