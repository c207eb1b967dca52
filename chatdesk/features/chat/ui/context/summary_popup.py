"""The popup to view, edit and remove the summary that replaces the beginning of a chat."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup

_LINES = 12


class SummaryPopup(Translated, Popup):
    """The summary popup. Changes are emitted when it closes; there is no save button."""

    changed = Signal(str)
    removed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("summaryPopup")
        self._shown = ""
        self._title = Label(appearance, "label", "text")
        self._hint = Label(appearance, "caption", "textSecondary", wrap=True)
        self._field = LinesEdit(appearance, lines=_LINES, font="ui")
        self._edit = self._field.edit
        self._edit.setObjectName("summaryText")
        self._remove = Button(appearance, "", ButtonKind.PLAIN, icon="trash-2", small=True)
        self._remove.setObjectName("removeSummary")
        self._remove.clicked.connect(self._remove_summary)
        self._close = Button(appearance, "", ButtonKind.OUTLINED, small=True)
        self._close.setObjectName("closeSummary")
        self._close.clicked.connect(self.close)
        self._footer = QHBoxLayout()
        self._footer.addWidget(self._remove)
        self._footer.addStretch(1)
        self._footer.addWidget(self._close)
        content = QWidget()
        self._column = QVBoxLayout(content)
        for part in (self._title, self._hint, self._field):
            self._column.addWidget(part)
        self._column.addLayout(self._footer)
        self.content.addWidget(content)
        appearance.bind(self._arrange)
        self._retranslate()

    def show_summary(self, text: str, anchor: QRect) -> None:
        """Open the popup with this text at a screen rectangle, that of a button."""
        self._shown = text
        self._edit.setPlainText(text)
        self.open_at(anchor)
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _remove_summary(self) -> None:
        self._shown = self._edit.toPlainText()
        self.close()
        self.removed.emit()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        pad = theme.length("l")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.length("s"))
        self._field.setFixedWidth(theme.length("settingsColumn") * 2 // 3)

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Summary of earlier messages"))
        self._hint.set_text(self.tr("This summary is sent instead of the messages it covers. They stay in the chat."))
        self._edit.setAccessibleName(self._title.text())
        self._remove.setText(self.tr("Remove summary"))
        self._close.setText(self.tr("Done"))
        self.setAccessibleName(self._title.text())

    def hideEvent(self, event: QHideEvent) -> None:
        text = self._edit.toPlainText().strip()
        if text and text != self._shown.strip():
            self._shown = text
            self.changed.emit(text)
        super().hideEvent(event)
