"""What can be done with the answer to a quick question, and where it is kept."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

COPY_KEYS, OPEN_KEYS, NEW_KEYS = "Ctrl+Shift+C", "Ctrl+O", "Ctrl+N"


class QuickFoot(QWidget):
    """In a narrow row the words go: where it is kept first, then those of two buttons, which keep their names for who hears them."""

    copy_wanted = Signal()
    chat_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._folder = ""
        self._kept = Label(appearance, "caption", "textTertiary", self, elide=True)
        self._kept.setObjectName("quickKept")
        self._new = Button(appearance, "", ButtonKind.PLAIN, self, icon="square-pen", small=True)
        self._new.setObjectName("newQuick")
        self._new.clicked.connect(self.new_wanted)
        self._chat = Button(appearance, "", ButtonKind.OUTLINED, self, icon="message-square", small=True)
        self._chat.setObjectName("openAsChat")
        self._chat.clicked.connect(self.chat_wanted)
        self._copy = Button(appearance, "", ButtonKind.OUTLINED, self, icon="copy", small=True)
        self._copy.setObjectName("copyAnswer")
        self._copy.clicked.connect(self.copy_wanted)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._kept, 1)
        for button in (self._new, self._chat, self._copy):
            self._row.addWidget(button)
        appearance.changed.connect(self._arrange)
        self._arrange()
        self._retranslate()

    def set_answered(self, *, answered: bool) -> None:
        """Let the answer be copied if there is one."""
        self._copy.setEnabled(answered)

    def set_folder(self, name: str) -> None:
        """Say in which folder of the sidebar the question is kept; nothing for none."""
        self._folder = name
        self._retranslate()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, above = theme.length("l"), theme.length("s")
        self._row.setContentsMargins(side, above, side, theme.length("m"))
        self._row.setSpacing(theme.length("s"))
        self._fit()

    def _fit(self) -> None:
        """Show as many words as there is room for."""
        buttons = (self._new, self._chat, self._copy)
        for button in buttons:
            button.setText(button.accessibleName())
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - len(buttons) * self._row.spacing()
        if sum(button.sizeHint().width() for button in buttons) > room:
            self._new.setText("")
            self._copy.setText("")

    def _retranslate(self) -> None:
        self._kept.set_text(self.tr("Kept in “{folder}”").format(folder=self._folder) if self._folder else "")
        for button, words, keys in (
            (self._new, self.tr("New question"), NEW_KEYS),
            (self._chat, self.tr("Open as chat"), OPEN_KEYS),
            (self._copy, self.tr("Copy answer"), COPY_KEYS),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(_with_keys(words, keys))
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for no width: the row does with what there is."""
        return QSize(0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _with_keys(words: str, keys: str) -> str:
    return f"{words}  {QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
